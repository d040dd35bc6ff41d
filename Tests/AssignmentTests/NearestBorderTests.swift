import Planar
import Testing

@testable import Assignment

@Suite struct NearestBorderTests {
  @Test(arguments: 1...20) func asEveryBorderInTurn(seed: Int) {
    var dice = Dice(seed: seed)
    let areas = Town.tangled(Int.random(in: 1...40, using: &dice), size: 30, dice: &dice)
    let borders = NearestBorder(areas)
    for _ in 0..<40 {
      let p = dice.point(in: Box(min: Point(x: -20, y: -20), max: Point(x: 50, y: 50)))
      let scale = Point(x: Double.random(in: 0.5...2, using: &dice), y: 1)
      let distances = areas.map { area in
        area.polygons.map { polygon in
          let scaled = Town.moved([area], by: Point(x: 0, y: 0), scale: scale)[0]
          return scaled.polygons[area.polygons.firstIndex(of: polygon)!]
            .distanceToBoundary(from: Point(x: p.x * scale.x, y: p.y * scale.y))
        }.min() ?? .infinity
      }
      let expected = distances.min() ?? .infinity
      guard let found = borders.nearest(to: p, scale: scale) else {
        #expect(expected == .infinity, "seed \(seed)")
        continue
      }
      #expect(abs(found.distance - expected) < 1e-9, "seed \(seed) at \(p)")
      #expect(abs(distances[found.area] - expected) < 1e-9, "seed \(seed) at \(p)")
    }
  }

  @Test func ofEquallyNearAreasTheLowestCodeWins() {
    let square = { (x: Double) in Polygon(Box(min: Point(x: x, y: 0), max: Point(x: x + 1, y: 1))) }
    let areas = [Area(code: "9", polygons: [square(0)]), Area(code: "10", polygons: [square(3)])]
    #expect(NearestBorder(areas).nearest(to: Point(x: 2, y: 0.5)) == .init(area: 1, distance: 1))
    #expect(NearestBorder([]).nearest(to: Point(x: 2, y: 0.5)) == nil)
    #expect(NearestBorder(areas).nearest(to: Point(x: .nan, y: 0.5)) == nil)
  }

  /// Against geodesics over a thousandth of a degree about 30° N (PROJ, `Geod(ellps="GRS80").inv`).
  @Test func metresInADegree() {
    let scale = metresInDegree(atLatitude: 30)
    #expect(abs(scale.y - 110_852.442) < 0.01)
    #expect(abs(scale.x - 96_486.280) < 0.01)
  }
}
