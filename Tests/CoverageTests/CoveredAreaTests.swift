import Foundation
import Planar
import Testing

@testable import Coverage

@Suite struct CoveredAreaTests {
  @Test func rectanglesByHand() {
    let place = [rectangle(0, 0, 10, 10)]
    func areas(_ views: [Polygon]) -> [Double] { CoveredArea(of: views.map { [$0] }, within: place, depth: 3).atLeast }
    #expect(areas([]) == [0, 0, 0])
    #expect(areas([rectangle(-1, -1, 11, 11)]) == [100, 0, 0])
    #expect(areas([rectangle(0, 0, 5, 5), rectangle(0, 0, 5, 5)]) == [25, 25, 0])
    #expect(areas([rectangle(2, 2, 20, 4), rectangle(1, 3, 4, 12), rectangle(3, 0, 5, 9)]) == [16 + 21 + 18 - 2 - 4 - 6 + 1, 10, 1])
    // A shared wall counts once on each side.
    #expect(areas([rectangle(0, 0, 5, 10), rectangle(5, 0, 10, 10)]) == [100, 0, 0])
  }

  @Test func holesOfPlaceAndViewAreLeftOut() {
    let frame = Polygon(exterior: rectangle(0, 0, 10, 10).exterior, holes: [rectangle(4, 4, 6, 6).exterior])
    #expect(abs(CoveredArea(of: [[rectangle(0, 0, 10, 5)]], within: [frame]).atLeast[0] - 48) < 1e-9)
    #expect(abs(CoveredArea(of: [[frame]], within: [rectangle(5, 0, 20, 10)]).atLeast[0] - 48) < 1e-9)
  }

  /// Against counting points on a fine grid, far from the origin, with views that share walls.
  @Test(arguments: 1...4) func agreesWithCountedPoints(seed: UInt64) {
    let world = World(seed: seed)
    let walls = WallIndex(polygons: world.polygons)
    var random = SeededGenerator(seed: seed)
    var views: [View] = []
    for place in world.places {
      let placement = walls.placed(place)
      guard placement.status != .inside else { continue }
      let sector = Sector(
        eye: placement.eye, azimuth: random.uniform(0..<360), fieldOfView: random.uniform(40..<360), range: 35)
      views.append(walls.view(of: sector, arcs: ArcRule(.step(4))))
    }
    let place = [polygon((-35, -30), (30, -35), (36, 20), (0, 5), (-20, 38))]
    let found = CoveredArea(of: views.map(\.polygons), within: place, depth: 3)
    var counts = [0, 0, 0]
    let step = 1.0
    for x in stride(from: -40.13, to: 40, by: step) {
      for y in stride(from: -40.17, to: 40, by: step) where place[0].locate(Point(x: x, y: y)) == .inside {
        let n = views.count { $0.polygons.contains { $0.locate(Point(x: x, y: y)) != .outside } }
        for k in 0..<min(n, 3) { counts[k] += 1 }
      }
    }
    for k in 0..<3 {
      let counted = Double(counts[k]) * step * step
      #expect(abs(found.atLeast[k] - counted) < 0.01 * counted + 12, "seed \(seed), k \(k + 1)")
    }
    #expect(found.atLeast[0] <= found.whole && found.atLeast[1] <= found.atLeast[0])
    checkAdditivity(views, place, found, seed)
  }

  /// The parts of a place have together what the place has; more views never cover less.
  private func checkAdditivity(_ views: [View], _ place: [Polygon], _ found: CoveredArea, _ seed: UInt64) {
    let moved = Point(x: 4_000_000.123, y: 3_500_000.7)
    func shift(_ polygon: Polygon) -> Polygon {
      Polygon(exterior: Ring(polygon.exterior.points.map { $0 + moved }), holes: polygon.holes.map { Ring($0.points.map { $0 + moved }) })
    }
    let far = CoveredArea(of: views.map { $0.polygons.map(shift) }, within: place.map(shift), depth: 3)
    for k in 0..<3 { #expect(abs(far.atLeast[k] - found.atLeast[k]) < 1e-5, "seed \(seed)") }
    var last = 0.0
    for count in 1...views.count {
      let area = CoveredArea(of: views.prefix(count).map(\.polygons), within: place).atLeast[0]
      #expect(area >= last - 1e-7, "seed \(seed)")
      last = area
    }
    #expect(abs(last - found.atLeast[0]) < 1e-7)
    let half = [rectangle(-50, -50, 1, 50), rectangle(1, -50, 50, 50)]
    let both = half.map { CoveredArea(of: views.map(\.polygons), within: [$0]).atLeast[0] }
    let all = CoveredArea(of: views.map(\.polygons), within: [rectangle(-50, -50, 50, 50)]).atLeast[0]
    #expect(abs(both[0] + both[1] - all) < 1e-6, "seed \(seed)")
  }
}
