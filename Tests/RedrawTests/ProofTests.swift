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

  @Test func whereThereIsNoBoundItSaysSo() throws {
    let problem = try world(1, 4, 3, .perimeter)
    #expect(problem.proof(of: try problem.solved(), within: 1).bound == nil)
  }
}
