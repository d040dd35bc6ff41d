internal import Assignment
internal import Fabric
internal import Planar
internal import Redraw

/// States the districting problem of a scenario.
enum RedrawStep {
  /// - Parameter members: the units to group, in order; the problem numbers them 0, 1, 2…
  static func problem(
    _ ground: DrawnGround, _ inputs: PlanInputs, _ scenario: Scenario, _ members: [Int],
    _ problems: inout [PlanProblem]
  ) throws -> RedrawProblem {
    let rules = scenario.grids
    var problem = RedrawProblem(
      graph: try graph(ground.fabric, ground.weights, ground.parents, members),
      bounds: .init(min: rules.households.min, ideal: rules.households.ideal, max: rules.households.max),
      count: rules.count.map { .exactly($0) } ?? .auto)
    if !inputs.communities.isEmpty { problem.parents = members.map { (ground.parents[$0] ?? -1) + 1 } }
    problem.wording = .grids
    problem.unitNames = members.map { ground.names[$0] }
    problem.parentNames = Dictionary(
      uniqueKeysWithValues: inputs.communities.enumerated().map { index, community in
        (index + 1, [community.code, community.name].compactMap { $0 }.joined(separator: " "))
      })
    problem.keepTogether = keptTogether(ground, inputs, rules, members, scenario, &problems)
    problem.oversize = rules.oversize == .own ? .own : .refuse
    problem.effort = RedrawProblem.Effort(rawValue: rules.effort.rawValue) ?? .default
    problem.seed = UInt64(rules.seed)
    if !inputs.grids.isEmpty {
      problem.existing = existing(ground, inputs, members)
      problem.maxMoved = rules.maxMoved ?? 1
    }
    return problem
  }

  /// The graph of some units of a fabric, in the order of `members`.
  static func graph(
    _ fabric: Fabric, _ weights: [Int], _ parents: [Int?], _ members: [Int]
  ) throws -> UnitGraph {
    let units = fabric.units
    var position = Array(repeating: -1, count: units.count)
    for (index, unit) in members.enumerated() { position[unit] = index }
    let edges = fabric.adjacency.compactMap { edge($0, position, parents) }
    return try UnitGraph(
      weights: members.map { weights[$0] },
      positions: members.map { SIMD2(units[$0].interiorPoint.x, units[$0].interiorPoint.y) }, edges: edges,
      areas: members.map { units[$0].area }, perimeters: members.map { units[$0].perimeter })
  }

  /// Units touch where they share a border that is neither a community's nor a barrier.
  private static func edge(
    _ adjacency: Adjacency, _ position: [Int], _ parents: [Int?]
  ) -> UnitGraph.Edge? {
    guard parents[adjacency.a] == parents[adjacency.b], isPassable(adjacency) else { return nil }
    let (a, b) = (position[adjacency.a], position[adjacency.b])
    guard a >= 0, b >= 0 else { return nil }
    let cost = adjacency.parts.reduce(0.0) { sum, part in
      guard case .street(let rank) = part.borderClass else { return sum }
      return sum + part.length * Double(rank) / 2
    }
    return .init(a, b, border: passableLength(adjacency), crossing: cost > 0 ? .cost(cost) : .open)
  }

  /// Whether one grid may hold both units: they share at least 1 m that is no barrier.
  static func isPassable(_ adjacency: Adjacency) -> Bool { passableLength(adjacency) >= 1 }

  private static func passableLength(_ adjacency: Adjacency) -> Double {
    adjacency.parts.reduce(0) { $1.borderClass == .barrier || $1.borderClass == .parent ? $0 : $0 + $1.length }
  }

  /// Compounds that fit in one grid, and communities whose households have no building.
  private static func keptTogether(
    _ ground: DrawnGround, _ inputs: PlanInputs, _ rules: GridRules, _ members: [Int], _ scenario: Scenario,
    _ problems: inout [PlanProblem]
  ) -> [[Int]] {
    var sets: [[Int]] = []
    let units = ground.fabric.units
    for community in ground.undivided.sorted() {
      sets.append(members.indices.filter { ground.parents[members[$0]] == community })
    }
    var compounds: [Int: [Int: [Int]]] = [:]
    for index in members.indices {
      let unit = units[members[index]]
      guard let compound = unit.compound, !ground.undivided.contains(ground.parents[members[index]] ?? -1) else { continue }
      compounds[compound, default: [:]][ground.parents[members[index]] ?? -1, default: []].append(index)
    }
    for (compound, parts) in compounds.sorted(by: { $0.key < $1.key }) {
      for (_, part) in parts.sorted(by: { $0.key < $1.key }) where part.count > 1 {
        let households = part.reduce(0) { $0 + ground.weights[members[$1]] }
        if households <= rules.households.max {
          sets.append(part)
        } else {
          problems.append(split(inputs.compounds[compound], households, units[members[part[0]]].interiorPoint, scenario))
        }
      }
    }
    return sets
  }

  private static func split(
    _ compound: Compound, _ households: Int, _ place: Point, _ scenario: Scenario
  ) -> PlanProblem {
    PlanProblem(
      "split-compound", .info, file: scenario.layers[.compounds]?.file ?? "", feature: compound.id,
      measure: Double(households), unit: "households", place: place,
      "\(households) households are more than a grid holds; borders run inside the compound, between buildings",
      "\(households) 户超过一个网格的上限；边界在小区内的建筑之间通过")
  }

  /// The grid of today of each unit, by its interior point.
  private static func existing(_ ground: DrawnGround, _ inputs: PlanInputs, _ members: [Int]) -> [Int?] {
    let index = AreaIndex(inputs.grids.map { Area(code: $0.code, polygons: $0.polygons) })
    return members.map { index.locate(ground.fabric.units[$0].interiorPoint) }
  }
}
