import Planar
import Testing

@Suite struct InteriorPointTests {
  private func square(_ low: Double, _ high: Double) -> Ring {
    Polygon(Box(min: Point(x: low, y: low), max: Point(x: high, y: high))).exterior
  }

  @Test func liesInsideBesideTheHole() throws {
    let holed = Polygon(exterior: square(0, 9), holes: [square(1, 8)])
    let point = try #require(interiorPoint(of: [holed]))
    #expect(holed.locate(point) == .inside)
  }

  @Test func theDirectionOfRingsDoesNotMatter() {
    let ring = Ring([(0, 0), (7, 1), (5, 6), (3, 2), (1, 5)].map { Point(x: $0.0, y: $0.1) })
    #expect(
      interiorPoint(of: [Polygon(exterior: ring)]) == interiorPoint(of: [Polygon(exterior: ring.reversed())]))
  }

  @Test func theWidestPartHasIt() {
    let point = interiorPoint(of: [Polygon(exterior: square(0, 1)), Polygon(exterior: square(4, 8))])
    #expect(point == Point(x: 6, y: 6))
  }

  @Test func noAreaNoPoint() {
    #expect(interiorPoint(of: []) == nil)
    #expect(interiorPoint(of: [Polygon(exterior: square(1, 1))]) == nil)
    let flat = Ring([(0, 0), (2, 2), (4, 4)].map { Point(x: $0.0, y: $0.1) })
    #expect(interiorPoint(of: [Polygon(exterior: flat)]) == nil)
  }
}
