internal import Assignment
internal import Fabric
internal import Planar

/// The units of a scenario with their households: what grids are drawn from.
struct DrawnGround {
  var fabric: Fabric
  /// The community of each unit; nil where it lies in none.
  var parents: [Int?]
  /// What each unit is called: by its first building, or its own identifier.
  var names: [String]
  /// Ground without buildings or households that barriers cut off from the rest: in no grid.
  var empty: Set<Int> = []
  /// Households of each unit.
  var weights: [Int]
  /// Buildings of each unit.
  var buildingCounts: [Int]
  /// The unit of each building; nil where it has no place in any.
  var unitOfBuilding: [Int?]
  /// The unit that holds each ready unit of the input; nil where none does.
  var unitOfReady: [Int?] = []
  /// Units without ground of their own: in no grid.
  var vanished: Set<Int> = []
  /// Buildings that a community's border or a barrier cuts.
  var cutBuildings: Set<Int> = []
  /// The special area that each unit belongs to.
  var special: [Int?]
  /// Communities whose households have no building: their units stay together.
  var undivided: Set<Int> = []
  /// The grid of today of each unit, by its position in the input.
  var today: [Int?] = []
  /// Grids of today that stay as they are, and units that stay in theirs.
  var lockedGrids: Set<Int> = []
  var lockedUnits: Set<Int> = []
  /// Units with the same mark stay in one grid.
  var marks: [String?]
  /// Further weights of all units, in the order of the scenario's.
  var moreWeights: [[Double]]
  /// Units that lie on a barrier, such as water, each with the unit whose shore they belong to.
  var shore: [Int: Int] = [:]
  /// The codes of communities by position.
  var parentCodes: [String]
  var incoming: Int
  var problems: [PlanProblem] = []

  static func make(_ inputs: PlanInputs, _ scenario: Scenario) throws -> DrawnGround {
    if !inputs.buildings.isEmpty || !inputs.units.isEmpty {
      var ground = try inputs.buildings.isEmpty ? fromUnits(inputs, scenario) : fromBuildings(inputs, scenario)
      ground.findGridsOfToday(inputs)
      try ground.lock(inputs, scenario)
      return ground
    }
    let empty = [LayerKind.buildings, .units].compactMap { scenario.layers[$0]?.file }.joined(separator: ", ")
    throw ScenarioError(
      file: scenario.file, key: "layers",
      message: empty.isEmpty
        ? "nothing to draw grids from. Name a layer of buildings, or of ready units"
        : "nothing to draw grids from: \(empty) has no features. Export it again, or name another `layer` or `file`")
  }

  private init(_ fabric: Fabric, inputs: PlanInputs, _ rules: RedrawRules) {
    self.fabric = fabric
    parentCodes = inputs.communities.map(\.code)
    marks = Array(repeating: nil, count: fabric.units.count)
    moreWeights = rules.weights.map { rule in rule.isArea ? fabric.units.map(\.area) : Array(repeating: 0, count: fabric.units.count) }
    parents = fabric.units.map { inputs.communities.isEmpty ? nil : $0.parent }
    names = fabric.units.indices.map { "#\($0 + 1)" }
    weights = Array(repeating: 0, count: fabric.units.count)
    buildingCounts = weights
    unitOfBuilding = []
    special = fabric.units.map { unit in
      inputs.specials.firstIndex { area in area.polygons.contains { $0.locate(unit.interiorPoint) != .outside } }
    }
    incoming = 0
  }

  // MARK: Ready units

  private static func fromUnits(_ inputs: PlanInputs, _ scenario: Scenario) throws -> DrawnGround {
    let position = Dictionary(
      inputs.communities.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    let placed = inputs.units.indices.filter { !inputs.units[$0].polygons.isEmpty }
    let ready = placed.map { index in
      ReadyUnit(polygons: inputs.units[index].polygons, parent: inputs.units[index].parent.flatMap { position[$0] })
    }
    var fabric = try Fabric(units: ready, parents: inputs.communities.map(\.polygons))
    let crossings = scenario.grids.redraw.crossings
    let water = inputs.barriers.map(\.polygons).filter { !$0.isEmpty }
    fabric.classifyBorders(along: boundingLines(inputs, crossings), inside: water, within: barrierReach)
    var ground = DrawnGround(fabric, inputs: inputs, scenario.grids.redraw)
    ground.unitOfReady = Array(repeating: nil, count: inputs.units.count)
    for (unit, index) in placed.enumerated() {
      ground.unitOfReady[index] = unit
      ground.names[unit] = inputs.units[index].id
    }
    ground.replaceVanished(inputs, scenario)
    for (index, unit) in inputs.units.enumerated() {
      ground.incoming += unit.households
      guard let home = ground.unitOfReady[index] else { continue }
      ground.weights[home] += unit.households
      ground.marks[home] = ground.marks[home] ?? unit.together
      ground.add(unit.weights, to: home, scenario)
    }
    ground.findShores(water)
    ground.listFabric(scenario, kind: .units) { inputs.units[placed[$0]].id }
    return ground
  }

  /// A unit without ground of its own, such as a duplicate, goes with the unit that has its ground.
  private mutating func replaceVanished(_ inputs: PlanInputs, _ scenario: Scenario) {
    vanished = Set(fabric.units.indices.filter { fabric.units[$0].polygons.isEmpty })
    guard !vanished.isEmpty else { return }
    let cover = AreaIndex(
      fabric.units.enumerated().map { Area(code: String($0.offset), polygons: $0.element.polygons) })
    for (index, unit) in inputs.units.enumerated() {
      guard let home = unitOfReady[index], vanished.contains(home) else { continue }
      let point = interiorPoint(of: unit.polygons)
      unitOfReady[index] = point.flatMap { cover.locate($0) }
      guard unitOfReady[index] == nil else { continue }
      problems.append(
        PlanProblem(
          "unplaced", unit.households > 0 ? .error : .warning, file: scenario.layers[.units]?.file ?? "",
          feature: unit.id, measure: Double(unit.households), unit: "households", place: point,
          "\(unit.households) households have no place: the unit has no area",
          "\(unit.households) 户无法落位：该单元没有面积"))
    }
  }

  // MARK: Buildings

  private static func fromBuildings(_ inputs: PlanInputs, _ scenario: Scenario) throws -> DrawnGround {
    let footprints = inputs.buildings.indices.filter { !inputs.buildings[$0].polygons.isEmpty }
    let fabric = try Fabric(world(inputs, footprints, scenario.grids.redraw.crossings))
    var ground = DrawnGround(fabric, inputs: inputs, scenario.grids.redraw)
    ground.unitOfBuilding = Array(repeating: nil, count: inputs.buildings.count)
    for (unit, member) in fabric.units.enumerated() {
      for footprint in member.buildings { ground.unitOfBuilding[footprints[footprint]] = unit }
    }
    ground.placePoints(inputs, scenario)
    for (index, building) in inputs.buildings.enumerated() {
      ground.incoming += building.households
      guard let unit = ground.unitOfBuilding[index] else { continue }
      if ground.buildingCounts[unit] == 0 { ground.names[unit] = "of building \(building.id)" }
      ground.weights[unit] += building.households
      ground.buildingCounts[unit] += 1
      ground.add(building.weights, to: unit, scenario)
    }
    ground.takeStatedHouseholds(inputs, scenario)
    ground.leaveEmptyGround(scenario)
    ground.listFabric(scenario, kind: .buildings) { inputs.buildings[footprints[$0]].id }
    let cutting: Set<FabricProblem.Kind> = [.cutByParent, .cutByBarrier, .inWater]
    for problem in fabric.problems where cutting.contains(problem.kind) {
      ground.cutBuildings.formUnion(problem.subjects.prefix(1).map { footprints[$0] })
    }
    return ground
  }

  private static func world(
    _ inputs: PlanInputs, _ footprints: [Int], _ crossings: [String: CrossingRule]
  ) -> FabricWorld {
    FabricWorld(
      parents: inputs.communities.map(\.polygons),
      buildings: footprints.map { inputs.buildings[$0].polygons },
      lines: boundingLines(inputs, crossings),
      waterAreas: inputs.barriers.map(\.polygons).filter { !$0.isEmpty },
      compounds: inputs.compounds.map(\.polygons) + inputs.specials.map(\.polygons),
      // A special grid is its area and nothing else.
      closedCompounds: Set(inputs.specials.indices.map { $0 + inputs.compounds.count }))
  }

  /// Streets and barrier lines with what it costs to cross them.
  private static func boundingLines(_ inputs: PlanInputs, _ crossings: [String: CrossingRule]) -> [BoundingLine] {
    let streets = inputs.streets.map {
      BoundingLine(points: $0.points, kind: StreetRank.boundary(of: $0.streetClass, crossings))
    }
    let barriers = inputs.barriers.flatMap { barrier in
      barrier.lines.map { BoundingLine(points: $0, kind: StreetRank.boundary(ofBarrier: barrier.kind, crossings)) }
    }
    return streets + barriers
  }

  private mutating func add(_ weights: [Double], to unit: Int, _ scenario: Scenario) {
    for (index, rule) in scenario.grids.redraw.weights.enumerated() where !rule.isArea { moreWeights[index][unit] += weights[index] }
  }

  /// Buildings that are only points go to the unit that they lie in.
  private mutating func placePoints(_ inputs: PlanInputs, _ scenario: Scenario) {
    let loose = inputs.buildings.indices.filter { unitOfBuilding[$0] == nil && inputs.buildings[$0].point != nil }
    guard !loose.isEmpty else { return }
    let index = AreaIndex(
      fabric.units.enumerated().map { Area(code: String($0.offset), polygons: $0.element.polygons) })
    for building in loose {
      let point = inputs.buildings[building].point!
      if let unit = index.locate(point) {
        unitOfBuilding[building] = unit
      } else {
        let households = inputs.buildings[building].households
        problems.append(
          PlanProblem(
            "unplaced", households > 0 ? .error : .warning, file: scenario.layers[.buildings]?.file ?? "",
            feature: inputs.buildings[building].id, measure: Double(households), unit: "households",
            place: point, "\(households) households lie outside every community", "\(households) 户在所有社区之外"))
      }
    }
  }

  /// A community whose own figure counts households and whose buildings count none keeps them all
  /// in one grid, since nobody knows where in it they live.
  private mutating func takeStatedHouseholds(_ inputs: PlanInputs, _ scenario: Scenario) {
    let members = Dictionary(grouping: fabric.units.indices.filter { parents[$0] != nil }) { parents[$0]! }
    for (index, community) in inputs.communities.enumerated() {
      guard let stated = community.statedHouseholds, stated > 0, let units = members[index],
        units.allSatisfy({ weights[$0] == 0 })
      else { continue }
      weights[units[0]] = stated
      incoming += stated
      undivided.insert(index)
      problems.append(
        PlanProblem(
          "households-without-building", file: scenario.layers[.communities]?.file ?? "",
          feature: community.code, code: community.code, measure: Double(stated), unit: "households",
          place: fabric.units[units[0]].interiorPoint,
          "\(stated) households and no building with a count; they stay with the community, which is not divided",
          "\(stated) 户无对应建筑；留在该社区，社区不再划分"))
    }
  }

  /// Pieces without buildings or households that barriers cut off are in no grid, unless they are
  /// all that their community has.
  private mutating func leaveEmptyGround(_ scenario: Scenario) {
    for piece in connectedPieces() where piece.allSatisfy({ weights[$0] == 0 && buildingCounts[$0] == 0 }) {
      let parent = parents[piece[0]]
      guard fabric.units.indices.contains(where: { parents[$0] == parent && (weights[$0] > 0 || buildingCounts[$0] > 0) })
      else { continue }
      empty.formUnion(piece)
    }
    guard !empty.isEmpty else { return }
    let area = empty.sorted().reduce(0) { $0 + fabric.units[$1].area }.rounded(to: 1)
    problems.append(
      PlanProblem(
        "empty-ground", .info, file: scenario.layers[.water]?.file ?? scenario.layers[.barriers]?.file ?? "",
        measure: area, unit: "m2", place: empty.min().map { fabric.units[$0].interiorPoint },
        "\(empty.count) pieces of ground without buildings, \(area) m² in all, are cut off by barriers and belong to no grid",
        "\(empty.count) 块无建筑的地面（共 \(area) 平方米）被障碍隔断，不属于任何网格"))
  }

  /// Units that hang together inside their community without crossing a barrier.
  private func connectedPieces() -> [[Int]] {
    var neighbours = Array(repeating: [Int](), count: fabric.units.count)
    for pair in fabric.adjacency where parents[pair.a] == parents[pair.b] && isPassable(pair) {
      neighbours[pair.a].append(pair.b)
      neighbours[pair.b].append(pair.a)
    }
    var seen = Array(repeating: false, count: fabric.units.count)
    var pieces: [[Int]] = []
    for start in fabric.units.indices where !seen[start] {
      var piece = [start]
      seen[start] = true
      var next = 0
      while next < piece.count {
        for neighbour in neighbours[piece[next]] where !seen[neighbour] {
          seen[neighbour] = true
          piece.append(neighbour)
        }
        next += 1
      }
      pieces.append(piece)
    }
    return pieces
  }

  // MARK: Notes

  private mutating func listFabric(_ scenario: Scenario, kind: LayerKind, name: (Int) -> String) {
    for problem in fabric.problems {
      problems.append(FabricNotes.note(problem, scenario, kind: kind, name: name))
    }
  }
}
