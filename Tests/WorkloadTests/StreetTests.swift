import Planar
import Testing

@testable import Workload

/// A sequence of numbers from a seed, for tests.
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64
  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func point(in side: Double) -> Point {
    Point(x: .random(in: 0...side, using: &self), y: .random(in: 0...side, using: &self))
  }
}

/// A square net of streets with `n` × `n` junctions, drawn as whole lines that cross.
func squareNet(_ n: Int, spacing: Double = 100) -> [StreetPath] {
  let far = Double(n - 1) * spacing
  return (0..<n).flatMap { i -> [StreetPath] in
    let at = Double(i) * spacing
    return [
      StreetPath(points: [Point(x: 0, y: at), Point(x: far, y: at)]),
      StreetPath(points: [Point(x: at, y: 0), Point(x: at, y: far)]),
    ]
  }
}

@Suite struct StreetNetworkTests {
  @Test func crossingLinesMakeJunctions() {
    let network = StreetNetwork(squareNet(4))
    // The four corners have two neighbours each and are no junctions.
    #expect(network.junctions.count == 12)
    #expect(abs(network.length - 2 * 4 * 300) < 1e-9)
  }

  @Test func waysInASquareNetAreManhattan() {
    let network = StreetNetwork(squareNet(6))
    var random = SeededNumbers(1)
    let places = (0..<20).map { _ in
      Point(x: Double(Int.random(in: 0...5, using: &random)) * 100, y: Double(Int.random(in: 0...5, using: &random)) * 100)
    }
    var surveyor = StreetSurveyor(network, detour: 1.3)
    let ways = surveyor.ways(between: places)
    for i in places.indices {
      for j in places.indices {
        let expected = abs(places[i].x - places[j].x) + abs(places[i].y - places[j].y)
        #expect(abs(ways[i, j] - expected) < 1e-9, "\(places[i]) \(places[j])")
      }
    }
  }

  @Test func doorsCountTheWayFromTheStreet() {
    let network = StreetNetwork([StreetPath(points: [Point(x: 0, y: 0), Point(x: 100, y: 0)])])
    var surveyor = StreetSurveyor(network, detour: 1.3)
    let ways = surveyor.ways(between: [Point(x: 10, y: 5), Point(x: 60, y: -7)])
    #expect(ways[0, 1] == 5 + 50 + 7)
    #expect(surveyor.meanWay(from: Point(x: 10, y: 5), to: [Point(x: 60, y: -7), Point(x: 10, y: 0)]) == (62.0 + 5) / 2)
  }

  @Test func aBridgeMeetsNoStreetBelow() {
    let below = StreetPath(points: [Point(x: 0, y: 0), Point(x: 100, y: 0)])
    let above = StreetPath(points: [Point(x: 50, y: -50), Point(x: 50, y: 50)], level: 1)
    var surveyor = StreetSurveyor(StreetNetwork([below, above]), detour: 1.5)
    let ways = surveyor.ways(between: [Point(x: 0, y: 0), Point(x: 50, y: 50)])
    #expect(ways.unconnectedPairs == 1)
    #expect(abs(ways[0, 1] - 1.5 * 5000.0.squareRoot()) < 1e-9)
    let ramp = StreetPath(points: [Point(x: 100, y: 0), Point(x: 50, y: 50)])
    surveyor = StreetSurveyor(StreetNetwork([below, above, ramp]), detour: 1.5)
    #expect(surveyor.ways(between: [Point(x: 0, y: 0), Point(x: 50, y: 50)]).unconnectedPairs == 0)
  }

  @Test func aRingIsWalkedTheShorterWay() {
    let corners = [Point(x: 0, y: 0), Point(x: 100, y: 0), Point(x: 100, y: 100), Point(x: 0, y: 100), Point(x: 0, y: 0)]
    var surveyor = StreetSurveyor(StreetNetwork([StreetPath(points: corners)]), detour: 1.3)
    let ways = surveyor.ways(between: [Point(x: 10, y: 0), Point(x: 0, y: 10), Point(x: 90, y: 100)])
    #expect(abs(ways[0, 1] - 20) < 1e-9)
    #expect(abs(ways[0, 2] - 200) < 1e-9)
  }

  @Test func linesDrawnTwiceCountOnce() {
    let line = StreetPath(points: [Point(x: 0, y: 0), Point(x: 100, y: 0)])
    let longer = StreetPath(points: [Point(x: 150, y: 0), Point(x: 50, y: 0)])
    #expect(abs(StreetNetwork([line, line, longer]).length - 150) < 1e-9)
  }

  @Test func nothingToWalk() {
    var surveyor = StreetSurveyor(StreetNetwork([]), detour: 2)
    let ways = surveyor.ways(between: [Point(x: 0, y: 0), Point(x: 3, y: 4)])
    #expect(ways[0, 1] == 10)
    #expect(surveyor.ways(between: []).count == 0)
    #expect(StreetNetwork([StreetPath(points: [Point(x: 1, y: 1)])]).isEmpty)
  }
}

@Suite struct RoundTests {
  @Test func aLineIsWalkedThereAndBack() {
    let places = [3, 1, 4, 15, 9, 2, 6, 5, 35].map { Point(x: Double($0), y: 0) }
    let round = shortRound(WayMatrix(straightBetween: places))
    #expect(abs(round.length - 2 * 34) < 1e-9)
  }

  @Test(arguments: [5, 12, 40]) func aRingIsWalkedAround(_ n: Int) {
    // A ring street: the way between neighbours is 10 m, and there is no way across.
    var ways = WayMatrix(count: n)
    ways.fill { i, j in 10 * Double(min(abs(i * 7 % n - j * 7 % n), n - abs(i * 7 % n - j * 7 % n))) }
    guard n % 7 != 0 else { return }
    let round = shortRound(ways)
    #expect(abs(round.length - 10 * Double(n)) < 1e-9)
    #expect(round.gap < 0.01)
  }

  @Test(arguments: [4, 6, 8]) func aSquareOfStopsTakesOneStepEach(_ side: Int) {
    let places = (0..<side * side).map { Point(x: Double($0 % side), y: Double($0 / side)) }
    let round = shortRound(WayMatrix(straightBetween: places))
    #expect(abs(round.length - Double(side * side)) < 1e-6)
    #expect(round.gap < 0.02)
  }

  @Test(arguments: 1...20) func smallRoundsAreExact(_ seed: UInt64) {
    var random = SeededNumbers(seed)
    let places = (0..<Int.random(in: 1...8, using: &random)).map { _ in random.point(in: 100) }
    let ways = WayMatrix(straightBetween: places)
    let round = shortRound(ways)
    let best = shortestByTrial(ways)
    #expect(abs(round.length - best) < 1e-6, "seed \(seed), \(places.count) places")
    #expect(round.lowerBound <= best + 1e-6, "seed \(seed)")
    #expect(round.order.sorted() == Array(0..<places.count))
  }

  @Test func longRoundsAreNearTheBound() {
    var random = SeededNumbers(7)
    let ways = WayMatrix(straightBetween: (0..<90).map { _ in random.point(in: 1000) })
    let round = shortRound(ways)
    #expect(round.order.sorted() == Array(0..<90))
    #expect(round.order.first == 0)
    let length = round.order.indices.reduce(0.0) { $0 + ways[round.order[$1], round.order[($1 + 1) % 90]] }
    #expect(abs(length - round.length) < 1e-6)
    #expect(round.gap < 0.04, "\(round.gap)")
    #expect(shortRound(ways) == round)
  }

  private func shortestByTrial(_ ways: WayMatrix) -> Double {
    var best = Double.infinity
    func go(_ last: Int, _ left: [Int], _ length: Double) {
      if left.isEmpty { best = min(best, length + ways[last, 0]) }
      for next in left where length < best { go(next, left.filter { $0 != next }, length + ways[last, next]) }
    }
    guard ways.count > 0 else { return 0 }
    go(0, Array(1..<max(1, ways.count)), 0)
    return best
  }
}
