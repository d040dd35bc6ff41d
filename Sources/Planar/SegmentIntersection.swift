/// What two closed segments share.
public enum SegmentIntersection: Sendable, Hashable {
  case none
  /// Their interiors cross; the point is rounded.
  case crossing(Point)
  /// One common point that is an end of at least one of them; exact.
  case touching(Point)
  /// A common stretch; its ends, exact.
  case overlapping(Point, Point)
}

/// What the segments from `a` to `b` and from `c` to `d` share, decided exactly.
@inlinable
public func intersection(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> SegmentIntersection {
  guard max(a.x, b.x) >= min(c.x, d.x), max(c.x, d.x) >= min(a.x, b.x),
    max(a.y, b.y) >= min(c.y, d.y), max(c.y, d.y) >= min(a.y, b.y)
  else { return .none }
  let ca = orientation(c, d, a).rawValue
  let cb = orientation(c, d, b).rawValue
  if ca * cb > 0 { return .none }
  let ac = orientation(a, b, c).rawValue
  let ad = orientation(a, b, d).rawValue
  if ac * ad > 0 { return .none }
  if ca == 0 && cb == 0 && ac == 0 && ad == 0 { return commonStretch(a, b, c, d) }
  if ca * cb < 0 && ac * ad < 0 { return .crossing(crossingPoint(a, b, c, d)) }
  if ca == 0 { return .touching(a) }
  if cb == 0 { return .touching(b) }
  return .touching(ac == 0 ? c : d)
}

/// The common part of two segments on one line, whose boxes meet.
@usableFromInline
func commonStretch(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> SegmentIntersection {
  let (a, b) = a.precedes(b) ? (a, b) : (b, a)
  let (c, d) = c.precedes(d) ? (c, d) : (d, c)
  let low = a.precedes(c) ? c : a
  let high = b.precedes(d) ? b : d
  if low == high { return .touching(low) }
  return low.precedes(high) ? .overlapping(low, high) : .none
}

/// Where two lines cross that are known to; kept inside the box of the first segment.
@usableFromInline
func crossingPoint(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> Point {
  let r = b - a
  let s = d - c
  let t = ((c.x - a.x) * s.y - (c.y - a.y) * s.x) / (r.x * s.y - r.y * s.x)
  let p = a + r * t
  return Point(
    x: min(max(p.x, min(a.x, b.x)), max(a.x, b.x)),
    y: min(max(p.y, min(a.y, b.y)), max(a.y, b.y)))
}
