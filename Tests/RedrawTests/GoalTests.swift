import Redraw
import Testing

@Suite struct GoalTests {
  /// A board of 10 × 6 in three groups of today that are as uneven as can be.
  private func uneven(maxMoved: Double = 1) throws -> RedrawProblem {
    let graph = try board(10, 6)
    var problem = RedrawProblem(graph: graph, bounds: .init(min: 0, ideal: 20, max: 60), count: .exactly(3))
    problem.existing = (0..<60).map { $0 % 10 < 6 ? 0 : $0 % 10 < 8 ? 1 : 2 }
    problem.maxMoved = maxMoved
    return problem
  }

  @Test func theLargestDeviationComesFirst() throws {
    var problem = try uneven()
    problem.goals = [.init(.deviation), .init(.moved)]
    let plan = try problem.solved()
    #expect(Checker(problem: problem).faults(plan).isEmpty)
    #expect(plan.groupWeights == [20, 20, 20])
    // 36, 12, 12 of today: no fewer than 16 units have to move, and 24 where each goes one group on.
    #expect((16...24).contains(plan.movedWeight))
    #expect(plan.reached[0].value == 0)
    #expect(plan.reached[1].value == Double(plan.movedWeight) / 60)
    #expect(plan.reached[1].bound == 16.0 / 60)
  }

  /// At a fifth, what leaves the first group has to pass through the second one: 26, 20, 14.
  @Test(arguments: [(0.0, 0.8), (0.05, 0.65), (0.1, 0.5), (0.2, 0.3)])
  func theLimitOnWhatMovesIsKept(share: Double, deviation: Double) throws {
    var problem = try uneven(maxMoved: share)
    problem.goals = [.init(.deviation), .init(.moved)]
    let plan = try problem.solved()
    #expect(Checker(problem: problem).faults(plan).isEmpty)
    let movable = Int(share * 60)
    #expect(plan.movedWeight <= movable)
    // What is above 36 − movable cannot leave.
    let bound = max(Double(36 - movable) / 20 - 1, 0)
    #expect(abs((plan.reached[0].bound ?? -1) - bound) < 1e-6)
    #expect(abs(plan.reached[0].value - deviation) < 1e-6, "\(plan.groupWeights)")
  }

  @Test func slackIsGivenToLaterGoals() throws {
    var problem = try uneven()
    problem.goals = [.init(.deviation, slack: 0.2), .init(.moved)]
    let plan = try problem.solved()
    #expect(plan.groupWeights.allSatisfy { (16...24).contains($0) })
    #expect(plan.movedWeight < 16)
  }

  @Test func barriersAreNotCrossedForAShorterBorder() throws {
    // A road of cost 5 a metre cuts the board off the middle: without it the halves are 6 × 6.
    let plain = try board(12, 6)
    let edges = plain.edges.map { edge -> UnitGraph.Edge in
      var edge = edge
      let (a, b) = (edge.a % 12, edge.b % 12)
      if edge.b - edge.a == 1, a == 6, b == 7 { edge.crossing = .cost(50) }
      return edge
    }
    let graph = try UnitGraph(weights: plain.weights, positions: plain.positions, edges: edges)
    var problem = RedrawProblem(graph: graph, bounds: .init(min: 25, ideal: 36, max: 47), count: .exactly(2))
    problem.goals = [.init(.crossed), .init(.shape(.compactness))]
    let plan = try problem.solved()
    #expect(plan.reached[0].value == 0)
    #expect(Set(plan.groupWeights) == [42, 30])
  }

  @Test func furtherWeightsCountForTheDeviation() throws {
    let graph = try board(8, 4)
    var problem = RedrawProblem(graph: graph, bounds: .init(min: 0, ideal: 16, max: 32), count: .exactly(2))
    problem.moreWeights = [.init(name: "work", values: (0..<32).map { $0 % 8 < 4 ? 3 : 1 }, min: 0, max: 64, ideal: 32)]
    problem.goals = [.init(.deviation)]
    let plan = try problem.solved()
    let work = (0..<2).map { group in plan.groups.indices.reduce(0) { plan.groups[$1] == group ? $0 + problem.moreWeights[0].values[$1] : $0 } }
    #expect(plan.groupWeights == [16, 16])
    #expect(work == [32, 32])
  }

  @Test func aStartOfOnesOwnIsBegunWith() throws {
    let graph = try board(6, 6)
    var problem = RedrawProblem(graph: graph, bounds: .init(min: 12, ideal: 18, max: 24), count: .exactly(2))
    problem.start = (0..<36).map { $0 % 6 < 3 ? 7 : 3 }
    let plan = try problem.solved()
    #expect(plan.groupWeights.sorted() == [18, 18])
  }

  @Test func aSlackThatIsNoShareIsRefused() throws {
    var problem = try uneven()
    problem.goals = [.init(.deviation, slack: -1)]
    #expect(throws: RedrawError.self) { _ = try problem.solved() }
  }
}
