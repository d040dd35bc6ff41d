import Planar
import Testing
import Topology

/// Squares near the origin and, to catch lost digits, far from it.
private let offsets = [Point(x: 0, y: 0), Point(x: 39_449_042, y: 4_420_261), Point(x: -3, y: 7)]

private func square(_ x: Double, _ y: Double, _ side: Double, at offset: Point = Point(x: 0, y: 0)) -> Polygon {
  let corner = offset + Point(x: x, y: y)
  return Polygon(Box(min: corner, max: corner + Point(x: side, y: side)))
}

private func area(_ polygons: [Polygon]) -> Double { polygons.reduce(0) { $0 + $1.area } }

@Suite struct OverlayTests {
  @Test(arguments: offsets)
  func overlaysOfTwoSquares(offset: Point) throws {
    let a = [square(0, 0, 2, at: offset)]
    let b = [square(1, 1, 2, at: offset)]
    #expect(try area(union(a, b)) == 7)
    #expect(try area(union(a + b)) == 7)
    #expect(try area(intersection(a, b)) == 1)
    #expect(try area(difference(a, b)) == 3)
    #expect(try area(symmetricDifference(a, b)) == 6)
    #expect(try intersectionArea(a, b) == 1)
    #expect(try intersection(a, b)[0].box == square(1, 1, 1, at: offset).box)
  }

  @Test func onAGridVerticesAreItsMultiples() throws {
    let a = [square(0.04, 0, 1.1)]
    let b = [square(1.1, 0.26, 2)]
    for polygon in try union(a, b, grid: 0.1) {
      for point in polygon.exterior.points {
        #expect(point.x == (point.x * 10).rounded() / 10)
        #expect(point.y == (point.y * 10).rounded() / 10)
      }
    }
  }

  @Test func nothingOverlaysWithNothing() throws {
    #expect(try union([]).isEmpty)
    #expect(try intersection([], [square(0, 0, 1)]).isEmpty)
    #expect(try union([], [square(0, 0, 1)]).count == 1)
    #expect(try intersectionArea([], []) == 0)
  }

  @Test func holesComeBackClockwise() throws {
    let ring = try difference([square(0, 0, 3)], [square(1, 1, 1)])
    #expect(ring.count == 1 && ring[0].holes.count == 1)
    #expect(ring[0].exterior.isCounterClockwise && !ring[0].holes[0].isCounterClockwise)
    #expect(ring[0].area == 8)
  }

  @Test func linesAreClipped() throws {
    let line = [Point(x: -1, y: 1), Point(x: 5, y: 1)]
    #expect(try intersection(lines: [line], [square(0, 0, 2)]) == [[Point(x: 0, y: 1), Point(x: 2, y: 1)]])
  }
}

@Suite struct ErrorTests {
  @Test func numbersMustBeFinite() {
    let bad = Polygon(exterior: Ring([Point(x: 0, y: 0), Point(x: 1, y: .nan), Point(x: 1, y: 1)]))
    #expect(throws: TopologyError.self) { try union([bad]) }
    #expect((try? validityProblem(of: .polygon(bad)))??.reason.contains("nan") == true)
    #expect(!isValid([bad]))
  }

  @Test func ringsNeedFourPoints() {
    let thin = Polygon(exterior: Ring([Point(x: 0, y: 0), Point(x: 1, y: 1)]))
    let error = #expect(throws: TopologyError.self) { try union([square(0, 0, 1), thin]) }
    #expect(error?.kind == .tooFewPoints)
    #expect(error?.place == Point(x: 0, y: 0))
  }

  @Test func holesNeedFourPointsToo() {
    let holed = Polygon(
      exterior: square(0, 0, 4).exterior, holes: [square(1, 1, 1).exterior, Ring([Point(x: 2, y: 2)])])
    #expect(throws: TopologyError.self) { try buffer(.polygon(holed), by: 1) }
  }

  @Test func anInvalidAreaFailsWithItsPlace() {
    let offset = offsets[1]
    let bow = Polygon(
      exterior: Ring([
        offset, offset + Point(x: 2, y: 2), offset + Point(x: 2, y: 0), offset + Point(x: 0, y: 2),
      ]))
    #expect(throws: TopologyError.self) { try intersection([bow], [square(0.5, 0.5, 3, at: offset)]) }
  }
}

@Suite struct ValidityTests {
  private let bow = Polygon(
    exterior: Ring([Point(x: 0, y: 0), Point(x: 2, y: 2), Point(x: 2, y: 0), Point(x: 0, y: 2)]))

  @Test func aBowTieCrossesItself() throws {
    let problem = try #require(try validityProblem(of: .polygon(bow)))
    #expect(problem.reason == "Self-intersection")
    #expect(problem.place == Point(x: 1, y: 1))
    let own = ringProblems(of: [bow])
    #expect(own.map(\.kind) == [.zeroArea, .selfCrossing])
    #expect(own.last?.place == Point(x: 1, y: 1))
    #expect(try area(repaired([bow])) == 2)
  }

  @Test func everyReasonIsListed() {
    let polygon = Polygon(
      exterior: Ring(
        [(0, 0), (10, 0), (10, 10), (5, 10), (5, 12), (5, 10), (0, 10)].map {
          Point(x: $0.0, y: $0.1)
        }),
      holes: [
        square(1, 1, 4).exterior, square(2, 2, 1).exterior, square(20, 20, 1).exterior,
        square(8, 8, 4).exterior, Ring([Point(x: 6, y: 6), Point(x: 7, y: 6)]),
      ])
    let kinds = ringProblems(of: [polygon]).map { "\($0.ring) \($0.kind)" }
    #expect(kinds.contains("0 spike"))
    #expect(kinds.contains("4 ringsCross"))
    #expect(kinds.contains("5 tooFewPoints"))
    let clean = Polygon(exterior: square(0, 0, 10).exterior, holes: Array(polygon.holes[0...2]))
    #expect(ringProblems(of: [clean]).map { "\($0.ring) \($0.kind)" } == ["2 holeInHole", "3 holeOutside"])
  }

  @Test func aRingMayNotTouchItself() {
    let pinched = Polygon(
      exterior: Ring(
        [(0, 0), (4, 0), (4, 4), (2, 0), (0, 4)].map { Point(x: $0.0, y: $0.1) }))
    #expect(ringProblems(of: [pinched]).map(\.kind) == [.selfTouch])
    #expect(ringProblems(of: [pinched])[0].place == Point(x: 2, y: 0))
  }

  @Test func touchingAtTheFirstVertexIsFound() {
    let eight = Polygon(
      exterior: Ring(
        [(0, 0), (2, -1), (2, 1), (0, 0), (-2, 1), (-2, -1)].map { Point(x: $0.0, y: $0.1) }))
    #expect(ringProblems(of: [eight]).map(\.kind) == [.selfTouch])
  }

  @Test func partsMayNotLieInEachOtherButMayLieInHoles() {
    let outer = Polygon(exterior: square(0, 0, 9).exterior, holes: [square(3, 3, 3).exterior])
    #expect(ringProblems(of: [outer, square(4, 4, 1)]).isEmpty)
    #expect(ringProblems(of: [outer, square(1, 1, 1)]).map(\.kind) == [.nestedPolygons])
  }

  /// On random rings of few lattice points, own checks and GEOS agree on whether all is well.
  @Test(arguments: 0..<400)
  func agreesWithGeosOnRandomRings(seed: Int) throws {
    var state = UInt32(seed &* 7919 + 13)
    func next(_ below: UInt32) -> Double {
      state = state &* 1_664_525 &+ 1_013_904_223
      return Double((state >> 16) % below)
    }
    let points = (0..<(3 + seed % 4)).map { _ in Point(x: next(5), y: next(5)) }
    let polygon = Polygon(exterior: Ring(points))
    let problem = try validityProblem(of: .polygon(polygon))
    let own = ringProblems(of: [polygon])
    #expect((problem == nil) == own.isEmpty, "seed \(seed): \(points): \(String(describing: problem)) \(own)")
  }
}

@Suite struct MeasureTests {
  @Test func hullAndCircle() throws {
    let points = [(0, 0), (2, 0), (1, 0.5), (2, 2), (0, 2)].map { Point(x: $0.0, y: $0.1) }
    #expect(try area(convexHull(of: points)) == 4)
    let circle = try #require(try minimumBoundingCircle(of: points))
    #expect(abs(circle.radius - 2.0.squareRoot()) < 1e-12)
    #expect(circle.center.distance(to: Point(x: 1, y: 1)) < 1e-12)
  }

  @Test func distancesAndMeeting() throws {
    let a = Geometry.polygon(square(0, 0, 1))
    let b = Geometry.polygon(square(4, 0, 1))
    #expect(try distance(a, b) == 3)
    #expect(try !intersects(a, b))
    #expect(try intersects(a, .polygon(square(1, 1, 1))))
    #expect(try distance(a, .multiPoint([])) == nil)
  }

  @Test func buffersAndSimplification() throws {
    let disc = try buffer(.point(Point(x: 5, y: 5)), by: 1, quadrantSegments: 90)
    #expect(abs(area(disc) - .pi) < 1e-3)
    #expect(try area(buffer(.polygon(square(0, 0, 4)), by: -1)) == 4)
    #expect(try buffer(.polygon(square(0, 0, 1)), by: -1).isEmpty)
    let dented = Polygon(
      exterior: Ring([(0, 0), (5, 0.01), (10, 0), (10, 10), (0, 10)].map { Point(x: $0.0, y: $0.1) }))
    #expect(try simplified([dented], tolerance: 0.1)[0].exterior.vertices.count == 4)
  }
}

@Suite struct LineworkTests {
  private let cross = [
    [Point(x: -1, y: 0), Point(x: 3, y: 0)], [Point(x: -1, y: 2), Point(x: 3, y: 2)],
    [Point(x: 0, y: -1), Point(x: 0, y: 3)], [Point(x: 2, y: -1), Point(x: 2, y: 3)],
  ]

  @Test func crossingLinesAreNoded() throws {
    #expect(try noded(cross).count == 12)
    #expect(try noded(cross + cross).count == 12)
    #expect(try noded([]).isEmpty)
  }

  @Test func theFaceAndTheDangles() throws {
    let result = try polygonized(noded(cross))
    #expect(result.polygons.map(\.area) == [4])
    #expect(result.dangles.count == 8)
    #expect(result.cutLines.isEmpty && result.invalidRings.isEmpty)
  }

  @Test func aBridgeBetweenFacesIsACut() throws {
    let rings = [square(0, 0, 1), square(3, 0, 1)].map(\.exterior.points)
    let result = try polygonized(noded(rings + [[Point(x: 1, y: 1), Point(x: 3, y: 1)]]))
    #expect(result.polygons.count == 2 && result.cutLines.count == 1)
  }
}

@Suite struct DiagramTests {
  @Test func voronoiCellsFillTheBox() throws {
    let box = Box(min: Point(x: 0, y: 0), max: Point(x: 4, y: 2))
    let cells = try voronoiCells(of: [Point(x: 1, y: 1), Point(x: 3, y: 1), Point(x: 3, y: 1)], in: box)
    #expect(cells.count == 2)
    #expect(cells.allSatisfy { $0.box.width >= 2 })
  }

  @Test func trianglesFillAnArea() throws {
    let holed = Polygon(exterior: square(0, 0, 3).exterior, holes: [square(1, 1, 1).exterior])
    let triangles = try constrainedDelaunayTriangles(of: [holed])
    #expect(triangles.count == 8)
    #expect(abs(area(triangles) - 8) < 1e-12)
  }
}
