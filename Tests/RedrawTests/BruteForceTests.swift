import Redraw
import Testing

@Suite struct SmallGraphsAgainstBruteForce {
  /// A connected random graph: a tree and some more edges.
  private func world(_ seed: UInt64) throws -> RedrawProblem {
    var random = TestRandom(seed)
    let n = Int.random(in: 3...9, using: &random)
    var edges = (1..<n).map { UnitGraph.Edge($0, Int.random(in: 0..<$0, using: &random), border: 5) }
    for _ in 0..<n {
      let (a, b) = (Int.random(in: 0..<n, using: &random), Int.random(in: 0..<n, using: &random))
      if a != b { edges.append(.init(a, b, border: 3)) }
    }
    let graph = try UnitGraph(
      weights: (0..<n).map { _ in Int.random(in: 0...9, using: &random) },
      positions: (0..<n).map { _ in SIMD2(Double.random(in: 0...100, using: &random), Double.random(in: 0...100, using: &random)) },
      edges: edges)
    let k = Int.random(in: 2...3, using: &random)
    var problem = RedrawProblem(
      graph: graph, bounds: .init(total: graph.weights.reduce(0, +), groups: k, tolerance: Double.random(in: 0.1...0.6, using: &random)),
      count: .exactly(k))
    let objectives: [RedrawProblem.Objective] = [.cutEdges, .perimeter, .momentOfInertia, .pMedian(weighted: false)]
    problem.objective = objectives[Int(seed % 4)]
    return problem
  }

  @Test(arguments: 1...120 as ClosedRange<UInt64>)
  func theBestPlanIsFoundOrThereIsNone(seed: UInt64) throws {
    let problem = try world(seed)
    guard case .exactly(let k) = problem.count, problem.graph.weights.max()! <= problem.bounds.max else { return }
    let plan = try problem.solved()
    #expect(Checker(problem: problem).faults(plan) == [], "seed \(seed)")
    guard let best = BruteForce(problem: problem).best(groups: k) else {
      #expect(!plan.isFeasible, "seed \(seed)")
      return
    }
    #expect(plan.isFeasible, "seed \(seed)")
    #expect(abs(plan.objective - best) <= 1e-6 * max(1, best), "seed \(seed): \(plan.objective), not \(best)")
    // A feasible plan exists, so no proof that there is none may be given.
    #expect(plan.certificates.filter(\.isBlocking) == [], "seed \(seed)")
  }
}
