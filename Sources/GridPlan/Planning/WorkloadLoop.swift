internal import Assignment
internal import Planar
internal import PlanModel
internal import Redraw
internal import Workload

/// Draws grids of equal work: from grids to their workload to new grids, until the two agree.
///
/// How long a round takes depends on the grid that it is walked in, so the work of a unit is known only
/// once there are grids. Each turn lays the work of the grids on their units (`workloadShares`) and draws
/// again with these weights, beginning with the grids of the turn before. It has converged when the weights
/// foretold the work of the new grids within 1 % and at most 0.5 % of the households still moved. Then the
/// same within narrower bounds, as long as that makes the work more even.
struct WorkloadLoop {
  /// One turn, and what it made.
  struct Turn: Sendable {
    var groups: [Int]
    /// Of the grids' minutes a year.
    var balance: Balance
    /// Households that are in another grid than the turn before, after matching.
    var moved: Int
    /// The largest relative error of the minutes that the weights foretold for a grid; 0 before the first.
    var error: Double
    /// Minutes, and households, by which grids miss their bounds, in all.
    var missed: Double
    var missedHouseholds: Int
  }

  private static let mostTurns = 6
  /// How near to the ideal grids should come: first the bounds, then ever nearer as long as that makes
  /// the work more even.
  private static let tolerances: [Double?] = [nil, 0.15, 0.1, 0.05]
  /// Weights are off by up to this, so the search keeps so far within the bounds.
  private static let margin = 0.003
  private static let largestError = 0.01
  private static let largestMove = 0.005

  private let problem: RedrawProblem
  private let demands: [GridDemand]
  private let services: [Service]
  private let constants: WorkloadConstants
  private let stated: WorkBounds?
  private let keepsHouseholds: Bool

  /// - Parameters:
  ///   - problem: the districting problem in households.
  ///   - members: the units that it groups, in order.
  init(_ problem: RedrawProblem, _ members: [Int], _ ground: DrawnGround, _ inputs: PlanInputs, _ scenario: Scenario) {
    self.problem = problem
    services = scenario.services.isEmpty ? defaultServices : scenario.services
    constants = scenario.workload
    stated = scenario.grids.work
    keepsHouseholds = scenario.grids.boundsAreStated
    demands = UnitDemands(ground, inputs).demands(of: members)
  }

  struct Result {
    var plan: RedrawPlan
    var bounds: WorkBounds
    var turns: [Turn]
    var isConverged: Bool
    /// Groups that miss a bound of work or of households; and single units of more work than a grid may have.
    var missing: Set<Int>
    var oversize: Set<Int>
  }

  func run() throws -> Result {
    let first = try problem.solved()
    var turns = [turn(first.groups, before: nil, foretold: nil, bounds: nil)]
    let bounds = stated ?? WorkBounds(around: turns[0].balance.mean / 60)
    turns[0].missed = missed(minutes(of: first.groups), bounds)
    var best = Chosen(turn: turns[0], certificates: [], isConverged: false)
    var certificates: [Certificate] = []
    for tolerance in Self.tolerances {
      let found = try turned(from: best.turn, &turns, bounds, bounds.narrowed(to: tolerance))
      guard tolerance == nil || found.isBetter(than: best) else { break }
      best = found
      // Only what stands against the bounds themselves is worth telling.
      if tolerance == nil { certificates = found.certificates }
    }
    return result(best, certificates, turns, bounds)
  }

  /// Turns from some grids on until the weights agree with them, or the turns run out.
  private func turned(
    from start: Turn, _ turns: inout [Turn], _ bounds: WorkBounds, _ aim: WorkBounds
  ) throws -> Chosen {
    var best: Chosen?
    var last = start
    for _ in 0..<Self.mostTurns {
      let plan = try weighted(by: last.groups, aim).solved()
      let next = turn(plan.groups, before: last.groups, foretold: foretold(plan.groups, by: last.groups), bounds: bounds)
      let found = Chosen(turn: next, certificates: plan.certificates, isConverged: hasConverged(next))
      turns.append(next)
      if best.map({ found.isConverged || found.isBetter(than: $0) }) ?? true { best = found }
      if found.isConverged { break }
      last = next
    }
    return best!
  }

  private func hasConverged(_ turn: Turn) -> Bool {
    let households = problem.graph.weights.reduce(0, +)
    return turn.error <= Self.largestError && Double(turn.moved) <= Self.largestMove * Double(max(1, households))
  }

  private func result(
    _ best: Chosen, _ certificates: [Certificate], _ turns: [Turn], _ bounds: WorkBounds
  ) -> Result {
    let groups = best.turn.groups
    let oversize = problem.oversize == .own ? oversize(groups, bounds) : []
    let missing = missing(groups, bounds).subtracting(oversize)
    var plan = problem.assessed(groups)
    plan.keep(certificates: certificates.filter { !$0.isBlocking || !missing.isEmpty })
    return Result(
      plan: plan, bounds: bounds, turns: turns, isConverged: best.isConverged, missing: missing, oversize: oversize)
  }

  /// A turn with what the search said of it.
  private struct Chosen {
    var turn: Turn
    var certificates: [Certificate]
    var isConverged: Bool

    /// Whether it misses less, or as much and is clearly more even.
    func isBetter(than other: Chosen) -> Bool {
      let (own, others) = (turn, other.turn)
      if own.missedHouseholds != others.missedHouseholds { return own.missedHouseholds < others.missedHouseholds }
      if own.missed != others.missed { return own.missed < others.missed }
      return (turn.balance.maxDeviation ?? 0) < 0.98 * (other.turn.balance.maxDeviation ?? 0)
    }
  }

  // MARK: Turns

  private func turn(_ groups: [Int], before: [Int]?, foretold: [Double]?, bounds: WorkBounds?) -> Turn {
    let actual = minutes(of: groups)
    let error = foretold.map { foretold in
      zip(foretold, actual).map { $1 > 0 ? abs($0 / $1 - 1) : 0 }.max() ?? 0
    }
    return Turn(
      groups: groups, balance: Balance(of: actual), moved: before.map { moved($0, groups) } ?? 0, error: error ?? 0,
      missed: bounds.map { missed(actual, $0) } ?? 0, missedHouseholds: missedHouseholds(groups))
  }

  private func missed(_ minutes: [Double], _ bounds: WorkBounds) -> Double {
    minutes.reduce(0) { $0 + max(0, 60 * bounds.min - $1, $1 - 60 * bounds.max) }
  }

  /// Of all groups, where the scenario bounds them.
  private func missedHouseholds(_ groups: [Int]) -> Int {
    guard keepsHouseholds else { return 0 }
    return sums(problem.graph.weights, groups).reduce(0) { $0 + max(0, problem.bounds.min - $1, $1 - problem.bounds.max) }
  }

  private func missing(_ groups: [Int], _ bounds: WorkBounds) -> Set<Int> {
    var missing = Set<Int>()
    for (group, minutes) in minutes(of: groups).enumerated() where missed([minutes], bounds) > 0.5 { missing.insert(group) }
    guard keepsHouseholds else { return missing }
    let households = sums(problem.graph.weights, groups)
    for (group, count) in households.enumerated() where count < problem.bounds.min || count > problem.bounds.max {
      missing.insert(group)
    }
    return missing
  }

  /// Households that change group where groups are matched so that the fewest do.
  private func moved(_ old: [Int], _ new: [Int]) -> Int {
    struct Pair: Hashable {
      var old: Int
      var new: Int
    }
    var shares: [Pair: Int] = [:]
    for unit in old.indices { shares[Pair(old: old[unit], new: new[unit]), default: 0] += problem.graph.weights[unit] }
    let ground = shares.sorted { ($0.key.old, $0.key.new) < ($1.key.old, $1.key.new) }
      .map { CommonGround(left: $0.key.old, right: $0.key.new, share: CommonShare(weight: $0.value)) }
    let match = bestMatching(lefts: count(old), rights: count(new), ground: ground)
    return shares.reduce(0) { $0 + (match[$1.key.old] == $1.key.new ? 0 : $1.value) }
  }

  // MARK: Weights

  private func count(_ groups: [Int]) -> Int { (groups.max() ?? -1) + 1 }

  private func sums(_ values: [Int], _ groups: [Int]) -> [Int] {
    groups.indices.reduce(into: Array(repeating: 0, count: count(groups))) { $0[groups[$1]] += values[$1] }
  }

  private func members(_ groups: [Int]) -> [[Int]] {
    groups.indices.reduce(into: Array(repeating: [Int](), count: count(groups))) { $0[groups[$1]].append($1) }
  }

  /// Minutes a year of each group.
  private func minutes(of groups: [Int]) -> [Double] {
    let wholes = members(groups).map { units in GridDemand(code: "", joining: units.map { demands[$0] }) }
    return workload(of: wholes, services: services, constants: constants).map(\.totalMinutes)
  }

  /// The minutes of each unit as the grids stand, and those of a grid as such.
  private func shares(in groups: [Int]) -> (units: [Double], fixed: Double) {
    var units = [Double](repeating: 0, count: demands.count)
    var fixed = 0.0
    for own in members(groups) {
      let shares = workloadShares(of: own.map { demands[$0] }, services: services, constants: constants)
      for (position, unit) in own.enumerated() { units[unit] = shares.parts[position] }
      fixed = shares.fixed
    }
    return (units, fixed)
  }

  private func foretold(_ groups: [Int], by before: [Int]) -> [Double] {
    let (units, fixed) = shares(in: before)
    return members(groups).map { own in own.reduce(fixed) { $0 + units[$1] } }
  }

  /// The problem with the minutes of units for weights, from the grids of the turn before on.
  private func weighted(by groups: [Int], _ bounds: WorkBounds) throws -> RedrawProblem {
    let (units, fixed) = shares(in: groups)
    var next = problem
    next.graph = try problem.graph.weighing(units.map { Int($0.rounded()) })
    func whole(_ hours: Double) -> Int { max(0, Int((60 * hours - fixed).rounded())) }
    let margin = Self.margin * bounds.ideal
    next.wording = RedrawWording(weight: "minutes a year", weightChinese: "分钟/年", group: "grid", groupChinese: "网格")
    next.bounds = .init(
      min: whole(bounds.min + margin), ideal: max(1, whole(bounds.ideal)), max: max(1, whole(bounds.max - margin)))
    if keepsHouseholds {
      next.moreWeights.append(
        .init(name: "households", values: problem.graph.weights, min: problem.bounds.min, max: problem.bounds.max))
    }
    // A limit on moves counts from the grids of today, else the search goes on from the turn before.
    if problem.existing == nil || problem.maxMoved >= 1 {
      next.existing = groups.map { Int?($0) }
      next.maxMoved = 1
    }
    return next
  }

  /// Groups of one unit whose work is above the maximum.
  private func oversize(_ groups: [Int], _ bounds: WorkBounds) -> Set<Int> {
    let single = members(groups).map { $0.count == 1 }
    return Set(minutes(of: groups).enumerated().filter { single[$0.offset] && $0.element > 60 * bounds.max }.map(\.offset))
  }
}

/// What there is to serve in each unit.
private struct UnitDemands {
  private var all: [GridDemand]

  init(_ ground: DrawnGround, _ inputs: PlanInputs) {
    let units = ground.fabric.units
    all = units.indices.map { unit in
      GridDemand(
        code: "", households: ground.weights[unit], buildings: ground.buildingCounts[unit], hectares: units[unit].area / 10_000)
    }
    let homes = inputs.buildings.isEmpty ? inputs.units.map(\.households) : inputs.buildings.map(\.households)
    let unitOfHome = inputs.buildings.isEmpty ? ground.unitOfReady : ground.unitOfBuilding
    for (home, unit) in zip(homes, unitOfHome) where home > 0 { if let unit { all[unit].stops += 1 } }
    let index = AreaIndex(units.enumerated().map { Area(code: String($0.offset), polygons: $0.element.polygons) })
    for unit in index.locate(inputs.events.compactMap(\.point)) where unit >= 0 { all[Int(unit)].events += 1 }
    for unit in index.locate(inputs.keyPlaces.compactMap(\.point)) where unit >= 0 { all[Int(unit)].places += 1 }
    for street in inputs.streets {
      let middles = zip(street.points, street.points.dropFirst()).map { $0.midpoint(to: $1) }
      for (segment, unit) in index.locate(middles).enumerated() where unit >= 0 {
        all[Int(unit)].streetMetres += street.points[segment].distance(to: street.points[segment + 1])
      }
    }
  }

  func demands(of members: [Int]) -> [GridDemand] { members.map { all[$0] } }
}
