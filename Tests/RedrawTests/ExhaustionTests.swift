import Testing

@testable import Redraw

@Suite struct ExhaustionTests {
  private func piece(_ graph: UnitGraph, _ limits: Limits) -> Piece {
    let problem = RedrawProblem(graph: graph, bounds: .init(min: limits.min, ideal: limits.ideal, max: limits.max))
    return Contraction(problem, homes: Array(repeating: -1, count: graph.count)).piece
  }

  @Test func aPathThatFitsIsCut() throws {
    let limits = Limits(min: 2, ideal: 2, max: 3)
    var exhaustion = try #require(Exhaustion(piece(try board(5, 1), limits), limits, count: nil))
    #expect(exhaustion.verdict() == .found([0, 0, 1, 1, 1]))
  }

  /// A star of three heavy arms: any two arms need the centre.
  @Test func aStarThatDoesNotFitIsProvenNotTo() throws {
    let edges = [UnitGraph.Edge(0, 1, border: 10), .init(0, 2, border: 10), .init(0, 3, border: 10)]
    let graph = try UnitGraph(
      weights: [1, 4, 4, 4], positions: [[0, 0], [1, 0], [0, 1], [-1, 0]], edges: edges)
    let limits = Limits(min: 5, ideal: 6, max: 8)
    var exhaustion = try #require(Exhaustion(piece(graph, limits), limits, count: nil))
    #expect(exhaustion.verdict() == .none)
  }

  @Test func thePlanSaysThatAllWaysWereTried() throws {
    let graph = try board(5, 1) { _ in 3 }
    let problem = RedrawProblem(graph: graph, bounds: .init(min: 4, ideal: 5, max: 6))
    #expect(try problem.solved().certificates.map(\.kind) == [.noDivision])
  }

  @Test func aBudgetThatRunsOutProvesNothing() throws {
    let limits = Limits(min: 3, ideal: 3, max: 3)
    var exhaustion = try #require(Exhaustion(piece(try board(6, 6), limits), limits, count: 11, steps: 500))
    #expect(exhaustion.verdict() == .unknown)
  }

  /// Against the search: what is found keeps the bounds, and where none exists the search finds none.
  @Test func verdictsAgreeWithTheSearchOnRandomGraphs() throws {
    for seed in 1...60 as ClosedRange<UInt64> {
      var random = TestRandom(seed)
      let graph = try board(4, 3) { _ in Int.random(in: 0...9, using: &random) }
      let bounds = RedrawProblem.Bounds(min: 12, ideal: 15, max: 17)
      let limits = Limits(min: bounds.min, ideal: bounds.ideal, max: bounds.max)
      var exhaustion = try #require(Exhaustion(piece(graph, limits), limits, count: nil))
      let verdict = exhaustion.verdict()
      let problem = RedrawProblem(graph: graph, bounds: bounds)
      let plan = try problem.solved()
      switch verdict {
      case .none: #expect(!plan.isFeasible, "seed \(seed)")
      case .unknown: Issue.record("seed \(seed): a board of twelve is small")
      case .found(let labels):
        let assessed = problem.assessed(labels.map(Int.init))
        #expect(assessed.violations.isEmpty && Checker(problem: problem).faults(assessed) == [], "seed \(seed)")
        #expect(plan.isFeasible, "seed \(seed)")
      }
    }
  }
}
