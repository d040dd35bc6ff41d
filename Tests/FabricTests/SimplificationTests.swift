import Planar
import Testing

@testable import Fabric

private func arc(_ coordinates: [(Int32, Int32)], room: Float = 1000, from start: Int32 = 0, to end: Int32 = 1) -> GridArc {
  GridArc(
    points: coordinates.map { GridPoint(x: $0.0, y: $0.1) }, room: coordinates.map { _ in room }, left: 0,
    right: 1, borderClass: .open, runsFree: true, start: start, end: end)
}

@Suite struct SimplificationTests {
  private let simplification = Simplification(tolerance: 100, lineTolerance: 4)

  private func points(_ arcs: [GridArc], pinned: [GridPoint] = []) -> [[GridPoint]] {
    simplification.apply(to: arcs, pinned: pinned).map(\.points)
  }

  @Test func smallBendsGoAndLargeOnesStay() {
    let bent = arc([(0, 0), (500, 20), (1000, -20), (1500, 0), (2000, 900)])
    #expect(points([bent])[0].map(\.x) == [0, 1500, 2000] || points([bent])[0].count == 3)
  }

  @Test func manyPointsOnALineGo() {
    let straight = arc((0...50).map { ($0 * 100, 0) }, room: 0)
    #expect(points([straight])[0] == [GridPoint(x: 0, y: 0), GridPoint(x: 5000, y: 0)])
  }

  @Test func aPinnedPointIsNotPassed() {
    let bent = arc([(0, 0), (500, 90), (1000, 0)])
    #expect(points([bent])[0].count == 2)
    #expect(points([bent], pinned: [GridPoint(x: 500, y: 40)])[0].count == 3)
    #expect(points([bent], pinned: [GridPoint(x: 500, y: 0)])[0].count == 3)
    #expect(points([bent], pinned: [GridPoint(x: 500, y: -1)])[0].count == 2)
  }

  @Test func withoutRoomNothingMoves() {
    #expect(points([arc([(0, 0), (500, 90), (1000, 0)], room: 0)])[0].count == 3)
  }

  @Test func arcsBetweenTheSameNodesStayApart() {
    let above = arc([(0, 0), (500, 60), (1000, 0)])
    let below = arc([(0, 0), (500, -60), (1000, 0)])
    let result = points([above, below])
    #expect(result[0] != result[1])
  }

  @Test func aClosedArcKeepsItsArea() {
    let loop = arc([(0, 0), (30, 0), (30, 30), (0, 30), (0, 0)], from: 0, to: 0)
    #expect(points([loop])[0].count >= 4)
  }
}
