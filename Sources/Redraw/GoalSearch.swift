/// Plans by goals: one search after the other, each within what the earlier ones reached.
///
/// The largest deviation and the moved weight are brought down by bisection of the bounds that the
/// search has to keep, crossings by a price above everything else. A plan takes the place of
/// another only where its measured values say so, so that no goal is lost to a later one.
struct GoalSearch {
  private let problem: RedrawProblem
  private let contraction: Contraction
  private let homes: Homes
  private let certificates: [Certificate]
  private var plan: RedrawPlan
  /// What earlier goals keep later ones to.
  private var held: [(measure: RedrawProblem.Goal.Measure, limit: Double)] = []
  private var evenness = Double.infinity
  private var movedShare: Double
  private var crossingPrice = 1.0

  /// Searches for one goal; more bring little.
  private static let tries = 8

  init(_ problem: RedrawProblem) {
    self.problem = problem
    homes = Homes(problem)
    contraction = Contraction(problem, homes: homes.ofUnit)
    plan = problem.searched()
    // What was found to be missed is told of each plan anew.
    certificates = plan.certificates.filter { $0.kind != .notFound && !($0.kind == .fixed && $0.units.isEmpty) }
    movedShare = problem.maxMoved
  }

  func best() -> RedrawPlan {
    var search = self
    for goal in problem.goals { search.pursue(goal) }
    if !problem.goals.contains(where: \.isShape) { search.shape(problem.objective) }
    return search.plan
  }

  private mutating func pursue(_ goal: RedrawProblem.Goal) {
    var bound: Double?
    switch goal.measure {
    case .deviation: bound = evenOut()
    case .moved: bound = moveLess()
    case .crossed: crossLess()
    case .shape(let objective): shape(objective)
    }
    let value = problem.value(of: goal.measure, plan)
    plan.reached.append(.init(measure: goal.measure, value: value, bound: bound.map { min($0, value) }))
    let limit = goal.isShare ? value + goal.slack : value * (1 + goal.slack)
    held.append((goal.measure, limit))
    if goal.measure == .deviation { evenness = limit }
    if goal.measure == .moved { movedShare = min(movedShare, limit) }
  }

  // MARK: Goals

  /// Returns what no plan can be below.
  private mutating func evenOut() -> Double {
    let bound = problem.leastDeviation(contraction, homes)
    var failing = bound
    var target = max(bound, 0.05)
    for attempt in 0..<Self.tries {
      let reached = problem.value(of: .deviation, plan)
      guard reached - failing > max(0.0005, 0.02 * reached), reached * Double(problem.bounds.ideal) >= 1 else { break }
      target = attempt == 0 && reached > target ? target : failing > bound ? (failing + reached) / 2 : bound + (reached - bound) / 4
      let found = variant(evenness: target, start: attempt == 0 && problem.existing == nil ? nil : plan.groups)
      if problem.value(of: .deviation, found) > target + 1e-9 { failing = max(failing, target) }
      take(found, by: .deviation)
    }
    return bound
  }

  /// Returns what no plan can be below.
  private mutating func moveLess() -> Double? {
    guard problem.existing != nil else { return nil }
    let bound = within(evenness, .infinity).leastMoved(contraction, homes).map { problem.share($0) }
    var failing = bound ?? 0
    for _ in 0..<Self.tries {
      let reached = problem.value(of: .moved, plan)
      guard reached - failing > max(0.0005, 0.02 * reached) else { break }
      let target = failing > (bound ?? 0) ? (failing + reached) / 2 : failing + (reached - failing) / 4
      let found = variant(movedShare: target, movedPrice: 4, start: nil)
      let isFound = misses(found) <= misses(plan) && keepsHeld(found) && problem.value(of: .moved, found) <= target + 1e-9
      if !isFound { failing = max(failing, target) }
      take(found, by: .moved)
    }
    return bound
  }

  private mutating func crossLess() {
    crossingPrice = 1000
    take(variant(start: plan.groups), by: .crossed)
    if problem.existing == nil { take(variant(start: nil), by: .crossed) }
  }

  private mutating func shape(_ objective: RedrawProblem.Objective) {
    take(variant(movedPrice: 0, objective: objective, start: plan.groups), by: .shape(objective))
  }

  // MARK: Searches

  private func variant(
    evenness: Double? = nil, movedShare: Double? = nil, movedPrice: Double = 1,
    objective: RedrawProblem.Objective? = nil, start: [Int]?
  ) -> RedrawPlan {
    var variant = within(evenness ?? self.evenness, movedShare ?? self.movedShare)
    variant.isTrial = true
    variant.movedPrice = movedPrice
    variant.crossingPrice = crossingPrice
    variant.objective = objective ?? problem.objective
    variant.start = start
    return problem.plan(of: variant.searched().groups, certificates: certificates, homes)
  }

  /// The problem with bounds within ±`evenness` of the ideal.
  private func within(_ evenness: Double, _ movedShare: Double) -> RedrawProblem {
    var variant = problem
    variant.goals = []
    variant.maxMoved = min(variant.maxMoved, movedShare)
    guard evenness < .infinity else { return variant }
    (variant.bounds.min, variant.bounds.max) = narrowed(
      problem.bounds.min, problem.bounds.ideal, problem.bounds.max, evenness)
    for index in variant.moreWeights.indices {
      let weight = variant.moreWeights[index]
      guard let ideal = weight.ideal else { continue }
      (variant.moreWeights[index].min, variant.moreWeights[index].max) = narrowed(weight.min, ideal, weight.max, evenness)
    }
    return variant
  }

  private func narrowed(_ low: Int, _ ideal: Int, _ high: Int, _ evenness: Double) -> (Int, Int) {
    let least = (Double(ideal) * (1 - evenness) - 1e-9).rounded(.up)
    let most = (Double(ideal) * (1 + evenness) + 1e-9).rounded(.down)
    let min = max(low, Int(max(0, least)))
    return (min, max(min, most < Double(high) ? Int(most) : high))
  }

  // MARK: Which plan is better

  private mutating func take(_ found: RedrawPlan, by measure: RedrawProblem.Goal.Measure) {
    let (miss, before) = (misses(found), misses(plan))
    guard miss <= before, miss < before || keepsHeld(found) else { return }
    let (value, old) = (problem.value(of: measure, found), problem.value(of: measure, plan))
    guard miss < before || value < old - 1e-9 * max(1, abs(old)) else { return }
    let reached = plan.reached
    plan = found
    plan.reached = reached
  }

  private func misses(_ plan: RedrawPlan) -> Int {
    plan.violations.reduce(max(0, plan.movedWeight - problem.movableWeight)) { $0 + $1.by }
  }

  private func keepsHeld(_ plan: RedrawPlan) -> Bool {
    held.allSatisfy { problem.value(of: $0.measure, plan) <= $0.limit + 1e-9 * max(1, abs($0.limit)) }
  }
}

extension RedrawProblem.Goal {
  fileprivate var isShape: Bool { if case .shape = measure { true } else { false } }

  fileprivate var isShare: Bool { measure == .deviation || measure == .moved }
}
