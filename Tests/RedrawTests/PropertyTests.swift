import Redraw
import Testing

@Suite struct Properties {
  /// A board whose units were dealt to connected groups of equal weight first.
  private func planted(_ seed: UInt64) throws -> RedrawProblem {
    var random = TestRandom(seed)
    // Columns of 3 × 4 blocks, each of which weighs 120 ± 6.
    var weights = [Int](repeating: 10, count: 12 * 12)
    for unit in weights.indices where Bool.random(using: &random) && unit % 2 == 0 && unit % 12 < 11 {
      weights[unit] += 5
      weights[unit + 1] -= 5
    }
    let graph = try board(12, 12) { weights[$0] }
    var problem = RedrawProblem(graph: graph, bounds: .init(min: 114, ideal: 120, max: 126), count: .exactly(12))
    problem.seed = seed
    return problem
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func aPlanThatExistsIsFound(seed: UInt64) throws {
    let problem = try planted(seed)
    let plan = try problem.solved()
    #expect(plan.isFeasible, "seed \(seed)")
    #expect(Checker(problem: problem).faults(plan) == [])
    #expect(Checker(problem: problem).misses(plan) == [])
  }

  @Test func theSameSeedGivesTheSamePlan() throws {
    let problem = try planted(7)
    #expect(try problem.solved().groups == problem.solved().groups)
  }

  @Test func scaledWeightsGiveAPlanOfTheSameKind() throws {
    let problem = try planted(3)
    var scaled = problem
    scaled.graph = try UnitGraph(
      weights: problem.graph.weights.map { $0 * 10 }, positions: problem.graph.positions.map { $0 + SIMD2(5000, -700) },
      edges: problem.graph.edges)
    scaled.bounds = .init(min: 1140, ideal: 1200, max: 1260)
    let (one, other) = (try problem.solved(), try scaled.solved())
    #expect(one.isFeasible && other.isFeasible)
    #expect(abs(one.objective - other.objective) <= 0.15 * one.objective)
  }

  @Test func aLargeBoardIsCutByRegionsWithinBounds() throws {
    var random = TestRandom(11)
    let graph = try board(40, 40) { _ in Int.random(in: 0...20, using: &random) }
    let problem = RedrawProblem(graph: graph, bounds: .init(min: 93, ideal: 100, max: 107))
    let plan = try problem.solved()
    #expect(plan.isFeasible)
    #expect(Checker(problem: problem).faults(plan) == [])
    #expect(Checker(problem: problem).misses(plan) == [])
  }

  @Test func setsKeptTogetherStayTogether() throws {
    var problem = try planted(5)
    problem.bounds = .init(min: 100, ideal: 120, max: 140)
    problem.keepTogether = [[0, 1, 13], [40, 43], [100, 101, 102]]
    let plan = try problem.solved()
    #expect(Checker(problem: problem).faults(plan) == [])
    #expect(plan.isFeasible)
  }

  @Test func seedsLieInDifferentGroups() throws {
    var problem = try planted(6)
    problem.bounds = .init(min: 90, ideal: 120, max: 150)
    problem.seeds = [0, 1, 2, 70]
    let plan = try problem.solved()
    #expect(Set(problem.seeds.map { plan.groups[$0] }).count == 4)
    #expect(Checker(problem: problem).faults(plan) == [])
  }

  @Test func fewHouseholdsLeaveThePlanOfToday() throws {
    var problem = try planted(8)
    problem.bounds = .init(min: 100, ideal: 120, max: 140)
    // Today: blocks of 3 × 4, with labels of their own, but two units are in the wrong one.
    var today = (0..<144).map { 100 + ($0 % 12) / 3 + 10 * ($0 / 12 / 4) }
    today[2] = today[3]
    problem.existing = today
    problem.maxMoved = 0.05
    problem.locked = [60]
    let plan = try problem.solved()
    #expect(plan.isFeasible)
    #expect(Checker(problem: problem).faults(plan) == [])
    #expect(plan.movedWeight * 20 <= problem.graph.weights.reduce(0, +))
    #expect(plan.existingGroups?[plan.groups[60]] == today[60])
    // What moved, counted from the labels.
    let moved = (0..<144).filter { plan.existingGroups![plan.groups[$0]] != today[$0] }
      .reduce(0) { $0 + problem.graph.weights[$1] }
    #expect(moved == plan.movedWeight)
  }

  @Test func badInputIsRefused() {
    #expect(throws: RedrawError.self) { try UnitGraph(weights: [1, -1], positions: [.zero, .zero], edges: []) }
    #expect(throws: RedrawError.self) { try UnitGraph(weights: [1], positions: [.zero], edges: [.init(0, 1)]) }
    #expect(throws: RedrawError.self) { try UnitGraph(weights: [1], positions: [SIMD2(.nan, 0)], edges: []) }
    #expect(throws: RedrawError.self) {
      let graph = try board(2, 2)
      _ = try RedrawProblem(graph: graph, bounds: .init(min: 1, ideal: 2, max: 3), count: .exactly(5)).solved()
    }
  }

  @Test func nothingToCut() throws {
    let graph = try UnitGraph(weights: [], positions: [], edges: [])
    let plan = try RedrawProblem(graph: graph, bounds: .init(min: 1, ideal: 2, max: 3)).solved()
    #expect(plan.groups == [] && plan.groupCount == 0)
  }
}
