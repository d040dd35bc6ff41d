internal import Fabric
internal import Georeference
internal import PlanModel
internal import Planar
internal import Redraw
internal import Topology

/// Draws new grids: units, graph, search, borders, codes.
enum Drawing {
  static func draw(_ inputs: PlanInputs, _ scenario: Scenario) throws -> Plan {
    var ground = try DrawnGround.make(inputs, scenario)
    let groups = try GroupSearch.run(ground, inputs, scenario)
    ground.smoothBorders(of: groups.group, inputs)
    var plan = Plan(inputs, scenario, grids: [])
    plan.isDrawn = true
    plan.barriers = try union(
      ground.fabric.barriers + ground.empty.sorted().flatMap { ground.fabric.units[$0].polygons })
    plan.problems += ground.problems + groups.problems
    plan.certificates = groups.certificates
    let toDegrees = try Transformation(
      from: inputs.workingCRS.crs, to: .crs84, allowBallpark: scenario.allowBallpark)
    var outlines = GroupOutlines(ground.fabric, toDegrees: toDegrees)
    plan.grids = try groups.grids(&outlines)
    plan.count(ground, groups, householdsWithoutPlace: inputs.householdsWithoutPlace)
    plan.buildings = placedBuildings(ground, groups, inputs)
    plan.units = placedUnits(ground, groups, inputs)
    let order = try plan.assignCodes(inputs.grids, used: inputs.usedCodes, kept: groups.continued)
    plan.ground = PlanGround(ground, groups, codes: plan.grids.map(\.code), inputs)
    plan.markOversize(groups, scenario)
    plan.countMoves(ground, groups, inputs)
    plan.markMissedWeights(groups)
    if let micro = scenario.grids.micro {
      try MicroGrids.draw(micro, scenario.grids, &outlines, &plan)
    }
    plan.reorder(order)
    if scenario.grids.boundsHouseholds { plan.markBounds(scenario.grids) }
    plan.loop = groups.loop
    return plan
  }

  /// The grid of each building, by its unit; of one without footprint, by its point.
  private static func placedBuildings(
    _ ground: DrawnGround, _ groups: GroupSearch, _ inputs: PlanInputs
  ) -> [PlacedBuilding] {
    // Grids are known by their position until they have codes.
    inputs.buildings.enumerated().map { index, building in
      guard let unit = ground.unitOfBuilding[index] else {
        return PlacedBuilding(building, grid: nil, status: .unplaced)
      }
      let isCut = ground.cutBuildings.contains(index)
      return PlacedBuilding(building, grid: String(groups.group[unit]), status: isCut ? .straddles : .placed)
    }
  }

  /// The grid of each ready unit; those without an area have none.
  private static func placedUnits(
    _ ground: DrawnGround, _ groups: GroupSearch, _ inputs: PlanInputs
  ) -> [PlacedBuilding] {
    guard inputs.buildings.isEmpty else { return [] }
    return inputs.units.enumerated().map { index, unit in
      let grid = ground.unitOfReady[index].map { String(groups.group[$0]) }
      return PlacedBuilding(
        id: unit.id, grid: grid, households: unit.households, status: grid == nil ? .unplaced : .placed,
        polygons: unit.polygons, point: nil)
    }
  }
}

extension Plan {
  /// Adds up households and buildings of each grid, and what could not be placed.
  fileprivate mutating func count(
    _ ground: DrawnGround, _ groups: GroupSearch, householdsWithoutPlace: Int
  ) {
    for unit in ground.fabric.units.indices {
      let group = groups.group[unit]
      guard group >= 0 else { continue }
      grids[group].households += ground.weights[unit]
      grids[group].buildings += ground.buildingCounts[unit]
    }
    for index in grids.indices { grids[index].weights = ground.moreWeights.map { _ in 0 } }
    for (index, weights) in ground.moreWeights.enumerated() {
      for (unit, weight) in weights.enumerated() where groups.group[unit] >= 0 { grids[groups.group[unit]].weights[index] += weight }
    }
    for unit in ground.unitOfReady.compactMap({ $0 }) where groups.group[unit] >= 0 { grids[groups.group[unit]].units += 1 }
    totals.incoming = ground.incoming + householdsWithoutPlace
    totals.placed = ground.weights.reduce(0, +)
    totals.unplaced = totals.incoming - totals.placed
  }

  /// Marks grids of a single unit above the maximum, which the scenario allows.
  fileprivate mutating func markOversize(_ groups: GroupSearch, _ scenario: Scenario) {
    guard scenario.grids.oversize == .own else { return }
    for index in groups.oversize { grids[index].isOversize = true }
  }

  /// Gives every grid a code: the one of today that it continues, else a new one that continues its
  /// community's, west to east and north to south.
  ///
  /// - Parameters:
  ///   - used: further codes that grids had.
  ///   - kept: the grid of today that each grid continues.
  /// - Returns: the positions of the grids in the order of their codes.
  fileprivate mutating func assignCodes(_ today: [ExistingGrid], used: Set<String>, kept: [Int?]) throws -> [Int] {
    let used = used.union(today.map(\.code))
    for index in grids.indices {
      guard let old = kept[index] else { continue }
      grids[index].code = today[old].code
      grids[index].name = grids[index].name ?? today[old].name
    }
    let fresh = Dictionary(grouping: grids.indices.filter { grids[$0].code.isEmpty }) { grids[$0].parent }
    for (parent, members) in fresh.sorted(by: { $0.key < $1.key }) {
      let order = GridNumbering.order(
        of: members.map { centroid(of: grids[$0].polygons) }, heights: members.map { grids[$0].box.height })
      let width = max(3, String(members.count + used.count).count)
      let codes = try GridNumbering.codes(members.count, parent: parent, used: used, width: width)
      for (code, position) in zip(codes, order) { grids[members[position]].code = code }
    }
    return grids.indices.sorted { grids[$0].code.utf8.lexicographicallyPrecedes(grids[$1].code.utf8) }
  }

  /// Puts the grids in the order of their codes, and turns positions of grids into codes.
  fileprivate mutating func reorder(_ order: [Int]) {
    let codes = grids.map(\.code)
    func code(_ position: String?) -> String? { position.flatMap(Int.init).map { codes[$0] } }
    for index in buildings.indices { buildings[index].grid = code(buildings[index].grid) }
    for index in units.indices { units[index].grid = code(units[index].grid) }
    grids = order.map { grids[$0] }
  }
}
