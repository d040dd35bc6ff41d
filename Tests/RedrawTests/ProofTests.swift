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

  /// Perimeter and compactness are bounded too, if not always met.
  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func lengthsOfBordersAreBounded(seed: UInt64) throws {
    for objective in [RedrawProblem.Objective.perimeter, .compactness] {
      let problem = try world(seed, 4, 3, objective)
      let plan = try problem.solved()
      let proof = problem.proof(of: plan, within: 60)
      let bound = try #require(proof.bound, "seed \(seed)")
      #expect(bound <= proof.plan.objective && bound > 0, "seed \(seed) \(objective)")
      #expect(Checker(problem: problem).faults(proof.plan) == [])
    }
  }

  /// Irregular graphs with a wide spread of weights: no bound above the best of long searches.
  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func boundsOfUnevenBoardsHold(seed: UInt64) throws {
    var random = TestRandom(seed)
    let graph = try board(5, 4) { _ in Int.random(in: 0...40, using: &random) }
    var problem = RedrawProblem(
      graph: graph, bounds: .init(total: graph.weights.reduce(0, +), groups: 4, tolerance: 0.2), count: .exactly(4))
    problem.objective = .cutEdges
    let plan = try problem.solved()
    guard plan.isFeasible else { return }
    let proof = problem.proof(of: plan, within: 60)
    problem.effort = .high
    let best = try problem.solved()
    #expect(try #require(proof.bound) <= best.objective, "seed \(seed)")
    #expect(proof.bound == proof.plan.objective, "seed \(seed)")
  }

  @Test func whereThereIsNoBoundItSaysSo() throws {
    var problem = try world(1, 4, 3, .perimeter)
    problem.parents = problem.graph.weights.indices.map { $0 / 6 }
    problem.count = .auto
    #expect(problem.proof(of: try problem.solved(), within: 1).bound == nil)
  }
}
