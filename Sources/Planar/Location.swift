/// Where a point lies with respect to an area.
public enum Location: Sendable {
  case inside, boundary, outside
}

extension Ring {
  /// Where `point` lies, exactly.
  ///
  /// Counts crossings of the ray to the east with half-open edges; a vertex on the ray counts once.
  /// O(n).
  public func locate(_ point: Point) -> Location {
    var isInside = false
    for i in 1..<max(points.count, 1) {
      switch crossing(of: point, points[i - 1], points[i]) {
      case .touches: return .boundary
      case .crosses: isInside.toggle()
      case .misses: break
      }
    }
    return isInside ? .inside : .outside
  }
}

/// What the ray from a point to the east does with an edge.
public enum RayCrossing: Sendable {
  case misses, crosses, touches
}

/// Whether the ray from `p` to the east crosses the half-open edge from `a` to `b`, or `p` lies on it.
@inlinable
public func crossing(of p: Point, _ a: Point, _ b: Point) -> RayCrossing {
  if (a.y > p.y) != (b.y > p.y) {
    if a.x < p.x && b.x < p.x { return .misses }
    if a.x > p.x && b.x > p.x { return .crosses }
    let side = orientation(a, b, p)
    if side == .collinear { return .touches }
    return (side == .counterClockwise) == (b.y > a.y) ? .crosses : .misses
  }
  let isOnHorizontal =
    a.y == p.y && b.y == p.y && min(a.x, b.x) <= p.x && p.x <= max(a.x, b.x)
  return isOnHorizontal || p == a || p == b ? .touches : .misses
}

extension Polygon {
  /// Where `point` lies, exactly; the border of a hole is boundary. O(n).
  public func locate(_ point: Point) -> Location {
    let shell = exterior.locate(point)
    guard shell == .inside else { return shell }
    for hole in holes {
      switch hole.locate(point) {
      case .inside: return .outside
      case .boundary: return .boundary
      case .outside: break
      }
    }
    return .inside
  }
}
