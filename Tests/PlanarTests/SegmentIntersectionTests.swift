import Planar
import Testing

@Suite struct SegmentIntersectionTests {
  func p(_ x: Double, _ y: Double) -> Point { Point(x: x, y: y) }

  @Test func crossing() {
    #expect(intersection(p(0, 0), p(2, 2), p(0, 2), p(2, 0)) == .crossing(p(1, 1)))
    #expect(intersection(p(0, 0), p(2, 0), p(1, 1), p(1, 2)) == .none)
  }

  @Test func touchingAtAnEnd() {
    #expect(intersection(p(0, 0), p(2, 0), p(1, 0), p(1, 2)) == .touching(p(1, 0)))
    #expect(intersection(p(0, 0), p(2, 0), p(2, 0), p(3, 5)) == .touching(p(2, 0)))
    #expect(intersection(p(0, 0), p(2, 0), p(2, 0), p(3, 0)) == .touching(p(2, 0)))
  }

  @Test func overlapping() {
    #expect(intersection(p(0, 0), p(4, 0), p(6, 0), p(1, 0)) == .overlapping(p(1, 0), p(4, 0)))
    #expect(intersection(p(0, 0), p(4, 0), p(5, 0), p(6, 0)) == .none)
    #expect(intersection(p(0, 0), p(0, 4), p(0, 3), p(0, 1)) == .overlapping(p(0, 1), p(0, 3)))
  }

  /// All pairs of segments on a 3 × 3 lattice, against common points found by rational arithmetic.
  @Test func aLatticeAgainstBruteForce() {
    let points = (0..<9).map { p(Double($0 % 3), Double($0 / 3)) }
    for a in points { for b in points where b != a { for c in points { for d in points where d != c {
      let answer = intersection(a, b, c, d)
      #expect((answer == .none) == !shareAPoint(a, b, c, d), "\(a) \(b) \(c) \(d)")
    } } } }
  }

  /// On a lattice of side 2 every common point is among the points of a fine lattice of 1/12.
  private func shareAPoint(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> Bool {
    let steps = 60
    return (0...steps).contains { i in
      let t = p(
        Double(steps - i) * a.x + Double(i) * b.x, Double(steps - i) * a.y + Double(i) * b.y)
      let s = p(Double(steps), Double(steps))
      let (c, d) = (p(c.x * s.x, c.y * s.y), p(d.x * s.x, d.y * s.y))
      return orientation(c, d, t) == .collinear
        && min(c.x, d.x) <= t.x && t.x <= max(c.x, d.x) && min(c.y, d.y) <= t.y && t.y <= max(c.y, d.y)
    }
  }
}
