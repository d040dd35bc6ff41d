internal import Parallel
internal import Planar
internal import Topology

/// Takes the grids of today as they are and finds who is in them.
enum ExistingPlan {
  static func take(_ inputs: PlanInputs, _ scenario: Scenario) throws -> Plan {
    guard !inputs.grids.isEmpty else {
      throw ScenarioError(
        file: scenario.file, key: "layers.grids", message: "no grids to take. Name their layer, or set grids.from: draw")
    }
    var plan = Plan(inputs, scenario, grids: inputs.grids.map { PlannedGrid($0, inputs: inputs) })
    let locator = GridLocator(plan.grids)
    let placed = place(homes(of: inputs), inputs, locator, scenario, &plan)
    if inputs.buildings.isEmpty { plan.units = placed } else { plan.buildings = placed }
    plan.problems += try TakenGrids.problems(inputs, scenario)
    if scenario.grids.boundsAreStated { plan.markBounds(scenario.grids) }
    return plan
  }

  /// Buildings, or ready units where there are none: whatever carries the households.
  private static func homes(of inputs: PlanInputs) -> [Building] {
    guard inputs.buildings.isEmpty else { return inputs.buildings }
    return inputs.units.map { unit in
      Building(
        id: unit.id, polygons: unit.polygons,
        point: interiorPoint(of: unit.polygons) ?? unit.polygons.first?.centroid,
        households: unit.households)
    }
  }

  private static func place(
    _ homes: [Building], _ inputs: PlanInputs, _ locator: GridLocator, _ scenario: Scenario, _ plan: inout Plan
  ) -> [PlacedBuilding] {
    let kind: LayerKind = scenario.layers[.buildings] == nil ? .units : .buildings
    let file = scenario.layers[kind]?.file ?? ""
    let outside = areasOutside(homes, locator, plan.grids)
    return homes.enumerated().map { index, home in
      let grid = home.point.flatMap { locator.grid(at: $0) }
      if let grid {
        plan.grids[grid].households += home.households
        plan.grids[grid].buildings += inputs.buildings.isEmpty ? 0 : 1
        plan.totals.placed += home.households
        if outside[index] > 0.05 {
          plan.problems.append(straddle(home, outside[index], plan.grids[grid].code, file))
        }
        return PlacedBuilding(home, grid: plan.grids[grid].code, status: outside[index] > 0.05 ? .straddles : .placed)
      }
      plan.totals.unplaced += home.households
      if let point = home.point {
        plan.problems.append(
          locator.outside(
            point, rule: "unplaced", file: file, feature: home.id,
            what: ("\(home.households) households ", "\(home.households) 户"),
            measure: (Double(home.households), "households")))
      }
      return PlacedBuilding(home, grid: nil, status: .unplaced)
    }
  }

  /// Square metres of each footprint outside the grid of its interior point.
  private static func areasOutside(
    _ homes: [Building], _ locator: GridLocator, _ grids: [PlannedGrid]
  ) -> [Double] {
    let parts = chunks(of: homes.count, parts: threadCount * 8)
    return parallelMap(count: parts.count) { part in
      parts[part].map { index -> Double in
        let home = homes[index]
        guard let grid = home.point.flatMap({ locator.grid(at: $0) }) else { return 0 }
        let corners = home.polygons.flatMap { $0.rings.flatMap(\.points) }
        guard corners.contains(where: { locator.grid(at: $0) != grid }) else { return 0 }
        let inside = (try? intersectionArea(home.polygons, grids[grid].polygons)) ?? 0
        return home.polygons.reduce(0) { $0 + $1.area } - inside
      }
    }.flatMap { $0 }
  }

  private static func straddle(_ home: Building, _ area: Double, _ code: String, _ file: String) -> PlanProblem {
    PlanProblem(
      "cut-building", file: file, feature: home.id, code: code, measure: area, unit: "m2", place: home.point,
      "\(area.rounded(to: 2)) m² lie outside its grid; it goes by its interior point",
      "有 \(area.rounded(to: 2)) 平方米在其网格之外；按内部点归属")
  }
}

extension PlannedGrid {
  init(_ grid: ExistingGrid, inputs: PlanInputs) {
    self.init(
      code: grid.code, name: grid.name, parent: grid.parent ?? ExistingPlan.parent(of: grid, inputs),
      kind: "grid", polygons: grid.polygons, households: 0, buildings: 0,
      area: grid.polygons.reduce(0) { $0 + $1.area }, perimeter: grid.polygons.reduce(0) { $0 + $1.perimeter })
  }
}

extension ExistingPlan {
  /// The community of a grid: the longest community code that its own begins with, else the one
  /// that its interior point lies in.
  fileprivate static func parent(of grid: ExistingGrid, _ inputs: PlanInputs) -> String {
    let prefixes = inputs.communities.filter { grid.code.hasPrefix($0.code) && $0.code != grid.code }
    if let best = prefixes.max(by: { $0.code.count < $1.code.count }) { return best.code }
    guard let point = interiorPoint(of: grid.polygons) else { return "" }
    let home = inputs.communities.first { $0.polygons.contains { $0.locate(point) != .outside } }
    return home?.code ?? ""
  }
}

extension PlacedBuilding {
  init(_ building: Building, grid: String?, status: Status) {
    self.init(
      id: building.id, grid: grid, households: building.households, status: status,
      polygons: building.polygons, point: building.point)
  }
}

extension Plan {
  /// A plan with its grids and nothing in them yet.
  init(_ inputs: PlanInputs, _ scenario: Scenario, grids: [PlannedGrid]) {
    let carried = inputs.buildings.reduce(0) { $0 + $1.households } + inputs.units.reduce(0) { $0 + $1.households }
    let unplaced = inputs.householdsWithoutPlace
    self.init(
      name: scenario.name, grids: grids,
      communities: inputs.communities.map { PlannedCommunity(code: $0.code, name: $0.name, polygons: $0.polygons) },
      buildings: [], units: [], cameras: [], events: [], barriers: inputs.barriers.flatMap(\.polygons),
      problems: inputs.problems, certificates: [],
      totals: PlanTotals(incoming: carried + unplaced, placed: 0, unplaced: unplaced, unrounded: inputs.unroundedHouseholds),
      bounds: scenario.grids.boundsHouseholds ? scenario.grids.households : nil,
      isEstimated: inputs.isEstimated)
    addressJoins = inputs.addressJoins
  }

  /// Marks the ordinary grids whose work is outside `bounds`, and lists them; allowed oversize grids are not.
  mutating func markWork(_ bounds: WorkBounds) {
    for index in grids.indices where grids[index].kind == "grid" && !grids[index].isOversize {
      let minutes = grids[index].workloadMinutes
      guard minutes < 60 * bounds.min - 0.5 || minutes > 60 * bounds.max + 0.5 else { continue }
      let isBelow = minutes < 60 * bounds.min
      let (hours, bound) = ((minutes / 60).rounded(to: 1), isBelow ? bounds.min : bounds.max)
      grids[index].violation = grids[index].violation ?? (isBelow ? .below : .above)
      problems.append(
        PlanProblem(
          isBelow ? "below-hours" : "above-hours", .error, code: grids[index].code, measure: hours, unit: "h",
          place: grids[index].polygons.first?.centroid,
          "\(hours) hours of work a year, \(isBelow ? "below the minimum" : "above the maximum") of \(bound)",
          "每年 \(hours) 小时工作量，\(isBelow ? "低于下限" : "高于上限") \(bound)"))
    }
  }

  /// Marks the grids that miss a bound of their kind, and lists them. Special grids have bounds only
  /// where the scenario states them; allowed oversize grids have none.
  mutating func markBounds(_ rules: GridRules) {
    for index in grids.indices where !grids[index].isOversize {
      let grid = grids[index]
      guard let bounds = grid.kind == "grid" ? rules.households : rules.kinds[grid.kind] else { continue }
      guard grid.households < bounds.min || grid.households > bounds.max else { continue }
      let isBelow = grid.households < bounds.min
      grids[index].violation = isBelow ? .below : .above
      let bound = isBelow ? bounds.min : bounds.max
      problems.append(
        PlanProblem(
          isBelow ? "below-minimum" : "above-maximum", .error, code: grid.code, measure: Double(grid.households),
          unit: "households", place: grid.polygons.first?.centroid,
          "\(grid.households) households, \(isBelow ? "below the minimum" : "above the maximum") of \(bound)",
          "\(grid.households) 户，\(isBelow ? "低于下限" : "高于上限") \(bound)"))
    }
  }
}
