import Redraw
import Testing

@Suite struct RedrawPlans {
  @Test func boardsAreCutIntoConnectedGroupsWithinBounds() throws {
    for seed in 1...5 as ClosedRange<UInt64> {
      var random = TestRandom(seed)
      let graph = try board(20, 20) { _ in Int.random(in: 0...20, using: &random) }
      var problem = RedrawProblem(graph: graph, bounds: .init(min: 150, ideal: 200, max: 250))
      problem.seed = seed
      let plan = try problem.solved()
      let checker = Checker(problem: problem)
      #expect(checker.faults(plan) == [], "seed \(seed)")
      #expect(checker.misses(plan) == [], "seed \(seed)")
      #expect(plan.isFeasible)
    }
  }

  /// On a path of nine units of 100 the ideal of 200 asks for five groups of at least 150, which is
  /// one unit too many; four fit.
  @Test func anotherNumberOfGroupsIsTriedBeforeBoundsAreMissed() throws {
    let graph = try board(9, 1) { _ in 100 }
    let problem = RedrawProblem(graph: graph, bounds: .init(min: 150, ideal: 190, max: 300))
    let plan = try problem.solved()
    #expect(Checker(problem: problem).faults(plan) == [])
    #expect(plan.isFeasible && plan.groupCount == 4)
    #expect(plan.certificates.isEmpty)
  }

  @Test func parentsAreNeverCrossed() throws {
    let graph = try board(12, 12) { $0 % 7 }
    var problem = RedrawProblem(graph: graph, bounds: .init(min: 20, ideal: 30, max: 40))
    problem.parents = (0..<144).map { ($0 % 12) / 4 + 10 }
    let plan = try problem.solved()
    #expect(Checker(problem: problem).faults(plan) == [])
    #expect(plan.groupParents?.first == 10)
  }

  @Test func anOversizedUnitIsAGroupOfItsOwnAndListed() throws {
    let graph = try board(5, 5) { $0 == 12 ? 100 : 2 }
    var problem = RedrawProblem(graph: graph, bounds: .init(min: 10, ideal: 12, max: 16))
    let plan = try problem.solved()
    #expect(Checker(problem: problem).faults(plan) == [])
    #expect(plan.isFeasible)
    #expect(plan.certificates.map(\.kind) == [.oversizeUnit])
    #expect(plan.groups.filter { $0 == plan.groups[12] }.count == 1)
    problem.oversize = .refuse
    let refused = try problem.solved()
    #expect(!refused.isFeasible)
    #expect(refused.violations.map(\.by) == [84])
  }
}
