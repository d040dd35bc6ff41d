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
    let edges = try UnitEdges(ground, inputs, scenario, members)
    problems += edges.problems
    var problem = RedrawProblem(
      graph: try graph(ground.fabric, ground.weights, members, edges.edges),
      bounds: bounds(rules.households, members.reduce(0) { $0 + ground.weights[$1] }),
      count: rules.count.map { .exactly(max(1, $0 - ground.lockedGrids.count)) } ?? .auto)
    if !inputs.communities.isEmpty { problem.parents = members.map { (ground.parents[$0] ?? -1) + 1 } }
    problem.wording = .grids
    problem.unitNames = members.map { ground.names[$0] }
    problem.parentNames = Dictionary(
      uniqueKeysWithValues: inputs.communities.enumerated().map { index, community in
        (index + 1, [community.code, community.name].compactMap { $0 }.joined(separator: " "))
      })
    problem.keepTogether = KeptTogether(ground, inputs, rules, members).sets(scenario, &problems)
    problem.moreWeights = moreWeights(ground, rules, members)
    problem.oversize = rules.oversize == .own ? .own : .refuse
    problem.effort = RedrawProblem.Effort(rawValue: rules.effort.rawValue) ?? .default
    problem.seed = UInt64(rules.seed)
    if !inputs.grids.isEmpty {
      problem.existing = members.map { ground.today[$0] }
      problem.maxMoved = rules.maxMoved ?? 1
      problem.locked = members.indices.filter { ground.lockedUnits.contains(members[$0]) }
    }
    (problem.goals, problem.objective) = goals(rules.redraw.goals)
    return problem
  }

  /// The graph of some units of a fabric, in the order of `members`, by edges between their positions.
  static func graph(
    _ fabric: Fabric, _ weights: [Int], _ members: [Int], _ edges: [UnitGraph.Edge]
  ) throws -> UnitGraph {
    let units = fabric.units
    return try UnitGraph(
      weights: members.map { weights[$0] },
      positions: members.map { SIMD2(units[$0].interiorPoint.x, units[$0].interiorPoint.y) }, edges: edges,
      areas: members.map { units[$0].area }, perimeters: members.map { units[$0].perimeter })
  }

  /// No group is heavier than all units together.
  private static func bounds(_ stated: HouseholdBounds, _ total: Int) -> RedrawProblem.Bounds {
    .init(min: stated.min, ideal: stated.ideal, max: min(stated.max, max(total, stated.min, 1)))
  }

  /// Further weights as whole numbers, in thousandths where the input has fractions.
  private static func moreWeights(_ ground: DrawnGround, _ rules: GridRules, _ members: [Int]) -> [RedrawProblem.NamedWeight] {
    rules.redraw.weights.enumerated().map { index, rule in
      let values = members.map { ground.moreWeights[index][$0] }
      let scale = values.allSatisfy { $0 == $0.rounded() } ? 1.0 : 1000
      let total = ground.moreWeights[index].reduce(0, +) * scale
      func whole(_ value: Double) -> Int { Int(Swift.min(value * scale, total + 1).rounded()) }
      var weight = RedrawProblem.NamedWeight(
        name: rule.field, values: values.map { Int(($0 * scale).rounded()) }, min: whole(rule.min ?? 0),
        max: whole(rule.max ?? .infinity))
      guard let tolerance = rules.redraw.tolerance, let count = rules.count, rule.min == nil, rule.max == nil else { return weight }
      let bounds = RedrawProblem.Bounds(total: Int(total.rounded()), groups: count, tolerance: min(tolerance, 1e6))
      weight.ideal = bounds.ideal
      if tolerance.isFinite { (weight.min, weight.max) = (bounds.min, bounds.max) }
      return weight
    }
  }

  private static func goals(_ goals: [RedrawGoal]) -> ([RedrawProblem.Goal], RedrawProblem.Objective) {
    let stated = goals.map { RedrawProblem.Goal($0.measure.engines, slack: $0.slack) }
    let shapes = goals.compactMap { if case .shape(let objective) = $0.measure.engines { objective } else { nil } }
    // A shape alone needs no goals.
    return (goals.count == shapes.count && shapes.count < 2 ? [] : stated, shapes.last ?? .compactness)
  }
}

extension RedrawGoal.Measure {
  /// The same in the engine's words.
  var engines: RedrawProblem.Goal.Measure {
    switch self {
    case .deviation: .deviation
    case .moved: .moved
    case .crossed: .crossed
    case .compactness: .shape(.compactness)
    case .perimeter: .shape(.perimeter)
    case .cutEdges: .shape(.cutEdges)
    case .momentOfInertia: .shape(.momentOfInertia)
    case .pMedian: .shape(.pMedian(weighted: false))
    }
  }

  init(_ measure: RedrawProblem.Goal.Measure) {
    switch measure {
    case .deviation: self = .deviation
    case .moved: self = .moved
    case .crossed: self = .crossed
    case .shape(.cutEdges): self = .cutEdges
    case .shape(.perimeter): self = .perimeter
    case .shape(.momentOfInertia): self = .momentOfInertia
    case .shape(.pMedian): self = .pMedian
    case .shape(.compactness): self = .compactness
    }
  }
}
