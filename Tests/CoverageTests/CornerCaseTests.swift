import Foundation
import Planar
import Testing

@testable import Coverage

/// Party walls and corners, one by one.
@Suite struct CornerCaseTests {
  let arcs = ArcRule(.tolerance(0.0005))

  func area(_ polygons: [Polygon], _ sector: Sector) -> Double {
    WallIndex(polygons: polygons).view(of: sector, arcs: arcs).area
  }

  @Test func anOpenSectorHasTheAreaOfItsChords() {
    for fov in [1.0, 30, 89.9, 180, 270, 359, 360] {
      let sector = Sector(eye: Point(x: 5, y: 7), azimuth: 33, fieldOfView: fov, range: 20)
      let n = ArcRule(.step(5)).chordCount(fieldOfView: fov, range: 20)
      let step = fov / Double(n) * .pi / 180
      let inscribed = WallIndex(polygons: []).view(of: sector, arcs: ArcRule(.step(5))).area
      #expect(abs(inscribed - Double(n) / 2 * 400 * sin(step)) < 1e-9)
      let outer = WallIndex(polygons: []).view(of: sector, arcs: ArcRule(.step(5), side: .circumscribed)).area
      #expect(inscribed < sector.openArea && sector.openArea < outer)
    }
  }

  @Test func aPartyWallDoesNotLeak() {
    // Two buildings share the wall x = 0; the eye looks straight at its end.
    let pair = [rectangle(-10, 0, 0, 10), rectangle(0, 0, 10, 10)]
    let one = [rectangle(-10, 0, 10, 10)]
    for eye in [Point(x: 0, y: -5), Point(x: 0, y: -0.01), Point(x: 3, y: -5), Point(x: -9, y: -1e-4)] {
      for fov in [360.0, 90, 1, 0.01] {
        let sector = Sector(eye: eye, azimuth: 0, fieldOfView: fov, range: 60)
        #expect(abs(area(pair, sector) - area(one, sector)) < 1e-7, "\(sector)")
      }
    }
  }

  @Test func aSharedCornerOfABlockDoesNotLeak() {
    // Four buildings meet in one point, seen along both diagonals.
    let four = [rectangle(-9, -9, 0, 0), rectangle(0, -9, 9, 0), rectangle(0, 0, 9, 9), rectangle(-9, 0, 0, 9)]
    let eye = Point(x: -20, y: -20)
    let sector = Sector(eye: eye, azimuth: 45, fieldOfView: 80, range: 90)
    #expect(abs(area(four, sector) - area([rectangle(-9, -9, 9, 9)], sector)) < 1e-9)
    // Two that touch in a corner only: no sight through the point.
    let diagonal = [rectangle(-9, -9, 0, 0), rectangle(0, 0, 9, 9)]
    let view = WallIndex(polygons: diagonal).view(
      of: Sector(eye: Point(x: -20, y: 20), azimuth: 135, fieldOfView: 60, range: 90), arcs: arcs)
    #expect(isValid(view))
    #expect(reach(of: view, from: Point(x: -20, y: 20), azimuth: 135 + 1e-9) < 29)
  }

  @Test func aWallSeenOnEdgeHidesNothing() {
    let wall = [rectangle(5, 0, 15, 4)]
    // The eye lies on the line of the lower side.
    let sector = Sector(eye: Point(x: 0, y: 0), azimuth: 90, fieldOfView: 360, range: 30)
    let expected = area([], sector)
    // Shadow of the side at x = 5: from y = 0 to 4, to the range.
    let angle = atan2(4.0, 5.0)
    let shadow = 900 * angle / 2 - 0.5 * 5 * 4
    #expect(abs(expected - area(wall, sector) - shadow) < 0.05)
  }

  @Test func placesAreFoundAsStated() {
    let walls = WallIndex(polygons: [rectangle(0, 0, 10, 10), rectangle(10, 0, 20, 10), rectangle(10, 10, 20, 20)])
    let rule = SnapRule(standoff: 0.01, maximum: 1)
    #expect(walls.placed(Point(x: -3, y: 5), by: rule).status == .used)
    #expect(walls.placed(Point(x: 5, y: 5), by: rule).status == .inside)
    #expect(walls.placed(Point(x: 10, y: 5), by: rule).status == .inside)
    // On a wall, on the end of a party wall, just inside, and in the corner at (10, 10).
    for point in [Point(x: 5, y: 0), Point(x: 10, y: 0), Point(x: 5, y: 0.5), Point(x: 10, y: 10), Point(x: 9.9, y: 9.9)] {
      let placement = walls.placed(point, by: rule)
      #expect(placement.status == .snapped, "\(point)")
      #expect(walls.locate(placement.eye) == .outside)
      #expect(placement.distance! <= 1 && placement.distance! > 0)
    }
    let corner = walls.placed(Point(x: 10, y: 10), by: rule).eye
    #expect(abs(corner.x - 9.99) < 1e-4 && abs(corner.y - 10.01) < 1e-4)
  }

  @Test func aSlitBetweenTouchingBuildingsIsLeft() {
    // A gap of 4 mm: the camera in it is moved to the street.
    let walls = WallIndex(polygons: [rectangle(0, 0, 10, 10), rectangle(10.004, 0, 20, 10)])
    let placement = walls.placed(Point(x: 10.002, y: 0.5), by: SnapRule(maximum: 1))
    #expect(placement.status == .snapped)
    #expect(placement.eye.y < 0)
  }

  @Test func everyVertexAndWallOfACourtyardSeesTheWholeCourt() {
    let court = Polygon(
      exterior: rectangle(0, 0, 30, 30).exterior, holes: [rectangle(10, 10, 20, 20).exterior.reversed()])
    let walls = WallIndex(polygons: [court])
    for point in [(10.0, 10.0), (20, 10), (20, 20), (10, 20), (15, 10), (10, 13), (15, 15), (9.5, 15), (20.5, 20.5)] {
      let placement = walls.placed(Point(x: point.0, y: point.1))
      #expect(placement.status != .inside)
      let view = walls.view(of: Sector(eye: placement.eye, azimuth: 0, fieldOfView: 360, range: 100), arcs: arcs)
      #expect(abs(view.area - 100) < 1e-6, "\(point)")
    }
  }

  @Test func crossingAndSelfCrossingFootprintsHide() {
    let crossing = [rectangle(2, -5, 3, 5), rectangle(0, -1, 8, 1).turnedBy90()]
    let walls = WallIndex(polygons: crossing)
    let eye = Point(x: -3, y: -7)
    let view = walls.view(of: Sector(eye: eye, azimuth: 45, fieldOfView: 120, range: 40), arcs: arcs, keepsWalls: true)
    #expect(isValid(view))
    // A bow tie: the far lobe runs the other way round, and hides all the same.
    let bow = [polygon((0, 0), (10, 10), (10, 0), (0, 10))]
    for degrees in stride(from: 1.0, to: 360, by: 7) {
      let eye = Point(x: 5 + 20 * cos(degrees), y: 5 + 20 * sin(degrees))
      let view = WallIndex(polygons: bow).view(of: Sector(eye: eye, azimuth: 0, fieldOfView: 360, range: 50), arcs: arcs)
      for azimuth in stride(from: 0.3, to: 360, by: 3) {
        let expected = sight(from: eye, azimuth: azimuth, range: 50, bow)
        if expected < 50 { #expect(abs(reach(of: view, from: eye, azimuth: azimuth) - expected) < 1e-6) }
      }
    }
  }

  @Test func visibleWallsHaveTheirLength() {
    let walls = WallIndex(polygons: [rectangle(-5, 10, 5, 20)])
    let view = walls.view(
      of: Sector(eye: Point(x: 0, y: 0), azimuth: 0, fieldOfView: 90, range: 50), arcs: arcs, keepsWalls: true)
    #expect(view.walls.count == 1)
    #expect(abs(view.walls[0].length - 10) < 1e-9)
    let narrow = walls.view(
      of: Sector(eye: Point(x: 0, y: 0), azimuth: 0, fieldOfView: 20, range: 50), arcs: arcs, keepsWalls: true)
    #expect(abs(narrow.walls[0].length - 20 * tan(.pi / 18)) < 1e-9)
    #expect(walls.footprint(of: narrow.walls[0].wall) == 0)
  }

  @Test func brokenInputYieldsEmptyViews() {
    let walls = WallIndex(polygons: [polygon((0, 0), (1, 1)), polygon((.nan, 0), (1, 0), (1, 1)), rectangle(0, 0, 0, 5)])
    for sector in [
      Sector(eye: Point(x: .nan, y: 0), azimuth: 0, fieldOfView: 90, range: 10),
      Sector(eye: Point(x: 0, y: 0), azimuth: 0, fieldOfView: 0, range: 10),
      Sector(eye: Point(x: 0, y: 0), azimuth: 0, fieldOfView: 90, range: .infinity),
      Sector(eye: Point(x: 0, y: 0), azimuth: 0, fieldOfView: 90, range: 10, near: 10),
    ] {
      #expect(walls.view(of: sector, arcs: arcs).polygons.isEmpty)
    }
    let view = walls.view(of: Sector(eye: Point(x: 3, y: 3), azimuth: 0, fieldOfView: 90, range: 10), arcs: arcs)
    #expect(view.area > 78)
  }
}

extension Polygon {
  /// The polygon turned by a right angle about the origin.
  fileprivate func turnedBy90() -> Polygon {
    Polygon(exterior: Ring(exterior.points.map { Point(x: -$0.y, y: $0.x) }))
  }
}
