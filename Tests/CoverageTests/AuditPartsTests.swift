import Planar
import PlanModel
import Testing

@testable import Coverage

@Suite struct HorizonTests {
  func arcs(_ pairs: (Double, Double)...) -> CameraHorizon {
    CameraHorizon(pairs.map { .init(start: $0.0, width: $0.1) })
  }

  /// Against a horizon of whole degrees.
  @Test(arguments: 1...60) func agreesWithDegreesOneByOne(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func random360() -> CameraHorizon {
      CameraHorizon(
        (0..<Int.random(in: 0..<5, using: &random)).map { _ in
          .init(start: Double(Int.random(in: -400..<800, using: &random)), width: Double(Int.random(in: 0..<200, using: &random)))
        })
    }
    let (a, b) = (random360(), random360())
    let both = a.intersection(b)
    for degree in 0..<360 {
      let azimuth = Double(degree) + 0.5
      #expect(a.gaps.contains(azimuth) == !a.contains(azimuth), "seed \(seed)")
      #expect(both.contains(azimuth) == (a.contains(azimuth) && b.contains(azimuth)), "seed \(seed)")
    }
    #expect(abs(a.width + a.gaps.width - 360) < 1e-9)
  }

  @Test func aRemedyTurnsTheLeastAndCostsWhatItTakes() {
    let eye = Point(x: 0, y: 0)
    let sight = CameraSight(
      parts: [.init(azimuth: 0, fieldOfView: 60)], range: 10, near: 0, levelRanges: [10], assumed: [])
    let view = WallIndex(polygons: []).view(
      of: Sector(eye: eye, azimuth: 0, fieldOfView: 60, range: 10), arcs: ArcRule(.step(0.1)))
    let remedy = ReachRemedy(reached: arcs((20, 15)), sight: sight, view: view, eye: eye)
    #expect(remedy.turn.map { abs($0 + 10) < 1e-9 } == true)
    #expect(remedy.turnCost.map { abs($0 - view.area / 6) < 0.01 } == true)
    #expect(abs(remedy.maskCost - view.area / 6) < 0.01)
    let closed = ReachRemedy(reached: arcs((0, 310)), sight: sight, view: view, eye: eye)
    #expect(closed.turn == nil && closed.turnCost == nil)
  }
}

@Suite struct RedundancyTests {
  /// Against all subsets of few cameras.
  @Test(arguments: 1...80) func agreesWithAllSubsets(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...8, using: &random)
    let demands = (0..<Int.random(in: 0...10, using: &random)).map { _ in
      let cameras = (0..<count).filter { _ in Bool.random(using: &random) }
      return CoverDemand(cameras: cameras, needed: Int.random(in: 1...2, using: &random))
    }
    func suffices(_ set: Set<Int>) -> Bool { demands.allSatisfy { $0.cameras.count(where: set.contains) >= $0.needed } }
    let found = Redundancy(cameras: count, demands: demands)
    let subsets = (0..<(1 << count)).map { bits in Set((0..<count).filter { bits >> $0 & 1 == 1 }) }
    let least = subsets.filter(suffices).map(\.count).min()!
    #expect(suffices(Set(found.sufficient)), "seed \(seed)")
    #expect(found.atLeast <= least && least <= found.sufficient.count, "seed \(seed)")
    #expect(found.single == (0..<count).filter { suffices(Set(0..<count).subtracting([$0])) }, "seed \(seed)")
  }
}

@Suite struct LineTests {
  @Test func stretchesAreCutWhereViewsBegin() {
    let set = ViewSet([
      View(polygons: [rectangle(0, -1, 4, 1)], area: 8), View(polygons: [rectangle(2, -1, 6, 1)], area: 8), .empty,
    ])
    let stretches = set.stretches(of: [Point(x: -2, y: 0), Point(x: 3, y: 0), Point(x: 10, y: 0)])
    #expect(stretches.map(\.cameras) == [[], [0], [0, 1], [1], []])
    #expect(stretches.map(\.length).map { ($0 * 1e9).rounded() / 1e9 } == [2, 2, 2, 2, 4])
    #expect(set.cameras(seeing: Point(x: 2, y: 0)) == [0, 1])
  }

  @Test(arguments: 1...20) func lengthsAddUpAndAgreeWithSamples(seed: UInt64) {
    let world = World(seed: seed)
    let walls = WallIndex(polygons: world.polygons)
    let sectors = world.places.map { walls.placed($0) }.filter { $0.status != .inside }.map {
      Sector(eye: $0.eye, azimuth: 20, fieldOfView: 250, range: 25)
    }
    let set = ViewSet(walls.views(of: sectors, arcs: ArcRule(.step(3))))
    var random = SeededGenerator(seed: seed)
    let line = (0..<5).map { _ in Point(x: random.uniform(-40..<40), y: random.uniform(-40..<40)) }
    let stretches = set.stretches(of: line)
    #expect(abs(stretches.reduce(0) { $0 + $1.length } - pathLength(line)) < 1e-6)
    var start = 0.0
    for (a, b) in zip(line, line.dropFirst()) {
      for share in [0.137, 0.391, 0.618, 0.877] {
        let at = start + share * a.distance(to: b)
        let stretch = stretches.first { $0.start <= at && at <= $0.end }!
        guard at - stretch.start > 1e-6 && stretch.end - at > 1e-6 else { continue }
        #expect(stretch.cameras == set.cameras(seeing: a + (b - a) * share), "seed \(seed)")
      }
      start += a.distance(to: b)
    }
  }

  @Test func crossingsAreSharedPointsWithThreeArms() {
    func p(_ x: Double, _ y: Double) -> Point { Point(x: x, y: y) }
    let roads = [[p(-20, 0), p(0, 0), p(30, 0)], [p(0, 0), p(0, 4), p(0, 40)], [p(50, 0), p(50, 9)], [p(-5, -9), p(-5, 9)]]
    let found = crossings(of: roads, armLength: 10)
    #expect(found.map(\.position) == [p(0, 0)])
    #expect(found[0].arms.map { pathLength($0) } == [10, 10, 10])
  }

  @Test func facadesAreMeasured() {
    let walls = WallIndex(polygons: [rectangle(-5, 10, 5, 20), rectangle(30, 30, 40, 40)])
    let eye = Point(x: 0, y: 0)
    let view = walls.view(
      of: Sector(eye: eye, azimuth: 0, fieldOfView: 360, range: 100), arcs: ArcRule(.step(1), side: .circumscribed),
      keepsWalls: true)
    let near = view.facades(from: eye, walls: walls, within: 20, largestIncidence: 90)
    #expect(near.map(\.footprint) == [0])
    #expect(abs(near[0].length - 10) < 1e-9 && abs(near[0].distance - 10) < 1e-9 && near[0].incidence < 1e-6)
    #expect(view.facades(from: eye, walls: walls, within: 100, largestIncidence: 90).count == 2)
    #expect(view.facades(from: eye, walls: walls, within: 100, largestIncidence: 40).map(\.footprint) == [0])
    #expect(view.facades(from: eye, walls: walls, within: 9, largestIncidence: 90).isEmpty)
  }
}
