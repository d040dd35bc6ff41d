import Redraw
import Testing

@Suite struct Proofs {
  private func world(_ seed: UInt64, _ columns: Int, _ rows: Int, _ objective: RedrawProblem.Objective) throws -> RedrawProblem {
    var random = TestRandom(seed)
    let graph = try board(columns, rows) { _ in Int.random(in: 5...15, using: &random) }
    var problem = RedrawProblem(
      graph: graph, bounds: .init(total: graph.weights.reduce(0, +), groups: 3, tolerance: 0.12), count: .exactly(3))
    problem.objective = objective
    problem.seed = seed
    return problem
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func boundsOfSmallBoardsMeetThePlan(seed: UInt64) throws {
    for objective in [RedrawProblem.Objective.cutEdges, .pMedian(weighted: true), .momentOfInertia] {
      let problem = try world(seed, 4, 3, objective)
      let plan = try problem.solved()
      try #require(plan.isFeasible)
      let proof = problem.proof(of: plan, within: 60)
      let bound = try #require(proof.bound, "seed \(seed)")
      #expect(abs(bound - proof.plan.objective) <= 1e-6 * proof.plan.objective, "seed \(seed) \(objective)")
      #expect(proof.plan.objective <= plan.objective)
      #expect(Checker(problem: problem).faults(proof.plan) == [])
    }
  }

  /// A poor plan must not be proven good.
  @Test func aBoundNeverExceedsABetterPlan() throws {
    for seed in 1...6 as ClosedRange<UInt64> {
      for objective in [RedrawProblem.Objective.cutEdges, .pMedian(weighted: false)] {
        var problem = try world(seed, 4, 3, objective)
        let good = try problem.solved()
        problem.objective = .compactness
        let other = try problem.solved()
        problem.objective = objective
        var poor = other
        poor = problem.assessed(other.groups)
        let proof = problem.proof(of: poor, within: 60)
        #expect(try #require(proof.bound) <= good.objective * (1 + 1e-9), "seed \(seed)")
      }
    }
  }

  /// Perimeter and compactness are met too, up to the rounding of lengths.
  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func lengthsOfBordersAreBounded(seed: UInt64) throws {
    for objective in [RedrawProblem.Objective.perimeter, .compactness] {
      let problem = try world(seed, 4, 3, objective)
      let proof = problem.proof(of: try problem.solved(), within: 60)
      let bound = try #require(proof.bound, "seed \(seed)")
      #expect(abs(bound - proof.plan.objective) <= 1e-5 * proof.plan.objective, "seed \(seed) \(objective)")
      #expect(Checker(problem: problem).faults(proof.plan) == [])
    }
  }

  /// A wide spread of weights: no bound above the best of long searches, and no gap.
  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func boundsOfUnevenBoardsHold(seed: UInt64) throws {
    var random = TestRandom(seed)
    let graph = try board(6, 5) { _ in Int.random(in: 0...4000, using: &random) }
    var problem = RedrawProblem(
      graph: graph, bounds: .init(total: graph.weights.reduce(0, +), groups: 4, tolerance: 0.02), count: .exactly(4))
    problem.objective = .cutEdges
    let plan = try problem.solved()
    guard plan.isFeasible else { return }
    let proof = problem.proof(of: plan, within: 60)
    #expect(proof.bound == proof.plan.objective, "seed \(seed)")
    #expect(Checker(problem: problem).faults(proof.plan) == [])
    problem.seed = seed &+ 100
    #expect(try #require(proof.bound) <= problem.solved().objective, "seed \(seed)")
  }

  /// Borders of parents are cut in every plan: their bounds add up.
  @Test func boundsOfParentsAddUp() throws {
    for objective in [RedrawProblem.Objective.cutEdges, .perimeter, .pMedian(weighted: true)] {
      var random = TestRandom(5)
      let graph = try board(8, 4) { _ in Int.random(in: 8...12, using: &random) }
      var problem = RedrawProblem(graph: graph, bounds: .init(min: 30, ideal: 40, max: 50))
      problem.objective = objective
      problem.parents = (0..<32).map { $0 % 8 / 4 }
      let proof = problem.proof(of: try problem.solved(), within: 60)
      let bound = try #require(proof.bound)
      #expect(abs(bound - proof.plan.objective) <= 1e-5 * proof.plan.objective, "\(objective)")
      #expect(Checker(problem: problem).faults(proof.plan) == [])
    }
  }

  @Test func whereThereIsNoBoundItSaysSo() throws {
    let graph = try board(30, 14)
    var problem = RedrawProblem(graph: graph, bounds: .init(total: 420, groups: 4, tolerance: 0.1), count: .exactly(4))
    problem.objective = .perimeter
    #expect(problem.proof(of: try problem.solved(), within: 1).bound == nil)
  }
}

@Suite struct ProofsAgainstBruteForce {
  /// A connected random graph with, by turns, parents, a set kept together, a second weight and edges
  /// that cost or hold nothing together.
  private func world(_ seed: UInt64) throws -> RedrawProblem {
    var random = TestRandom(seed)
    let n = Int.random(in: 4...8, using: &random)
    var edges = (1..<n).map { UnitGraph.Edge($0, Int.random(in: 0..<$0, using: &random), border: Double.random(in: 2...9, using: &random)) }
    for _ in 0..<n {
      let (a, b) = (Int.random(in: 0..<n, using: &random), Int.random(in: 0..<n, using: &random))
      let crossings: [UnitGraph.Crossing] = [.open, .open, .cost(4), .forbidden]
      if a != b { edges.append(.init(a, b, border: Double.random(in: 2...9, using: &random), crossing: crossings.randomElement(using: &random)!)) }
    }
    let graph = try UnitGraph(
      weights: (0..<n).map { _ in Int.random(in: 0...9, using: &random) },
      positions: (0..<n).map { _ in SIMD2(Double.random(in: 0...100, using: &random), Double.random(in: 0...100, using: &random)) },
      edges: edges)
    let k = Int.random(in: 2...3, using: &random)
    let total = graph.weights.reduce(0, +)
    var problem = RedrawProblem(
      graph: graph, bounds: .init(total: total, groups: k, tolerance: Double.random(in: 0.2...0.8, using: &random)), count: .exactly(k))
    if seed % 3 == 0 { problem.parents = (0..<n).map { $0 < n / 2 ? 0 : 1 } }
    problem.effort = .low
    if seed % 4 == 1, problem.parents == nil { problem.keepTogether = [[0, n - 1]] }
    if seed % 5 == 2 {
      problem.moreWeights = [.init(name: "area", values: (0..<n).map { _ in Int.random(in: 1...3, using: &random) }, min: 2, max: 2 * n / k)]
    }
    return problem
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func noPlanIsBetterThanTheBound(seed: UInt64) throws {
    var problem = try world(seed)
    guard case .exactly(let k) = problem.count, problem.graph.weights.max()! <= problem.bounds.max else { return }
    let brute = BruteForce(problem: problem)
    let plans = brute.plans(groups: k)
    guard !plans.isEmpty else { return }
    for objective in [RedrawProblem.Objective.cutEdges, .perimeter, .compactness, .momentOfInertia, .pMedian(weighted: false)] {
      problem.objective = objective
      let plan = try problem.solved()
      guard plan.isFeasible else { continue }
      let counts = brute.counts(plan.groups, k)
      let best = plans.filter { brute.counts($0, k) == counts }.map { problem.objectiveValue(of: $0) }.min()
      try check(problem, plan, best: #require(best, "seed \(seed)"), "seed \(seed) \(objective)")
    }
  }

  private func check(_ problem: RedrawProblem, _ plan: RedrawPlan, best: Double, _ place: Comment) {
    let proof = problem.proof(of: plan, within: 60)
    #expect(Checker(problem: problem).faults(proof.plan) == [], place)
    let isWhole = problem.keepTogether.isEmpty
    guard let bound = proof.bound else {
      let isCentred = problem.objective == .momentOfInertia || problem.objective == .pMedian(weighted: false)
      #expect(isCentred && !isWhole, place)
      return
    }
    let slack = 1e-5 * max(1, abs(best))
    #expect(bound <= best + slack, place)
    #expect(bound >= best - slack || !isWhole, place)
  }
}
