/// The point of the segment from `a` to `b` that is nearest to `p`.
@inlinable
public func nearestPoint(on a: Point, _ b: Point, to p: Point) -> Point {
  let d = b - a
  let lengthSquared = d.x * d.x + d.y * d.y
  guard lengthSquared > 0 else { return a }
  let t = ((p.x - a.x) * d.x + (p.y - a.y) * d.y) / lengthSquared
  return t <= 0 ? a : t >= 1 ? b : a + d * t
}

/// The distance from `p` to the segment from `a` to `b`.
@inlinable
public func distance(from p: Point, toSegment a: Point, _ b: Point) -> Double {
  p.distance(to: nearestPoint(on: a, b, to: p))
}

extension Polygon {
  /// The distance from `point` to the nearest border of the polygon. O(n).
  public func distanceToBoundary(from point: Point) -> Double {
    var best = Double.infinity
    for ring in rings {
      for (a, b) in zip(ring.points, ring.points.dropFirst()) {
        best = min(best, distance(from: point, toSegment: a, b))
      }
    }
    return best
  }
}
