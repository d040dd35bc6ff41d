/// A closed ring of a polygon: the last point repeats the first (OGC 06-103r4, 6.1.7.1).
///
/// A ring of fewer than four points has no inside. Nothing here requires a ring to be simple;
/// measures of a ring that crosses itself are those of the formula.
public struct Ring: Sendable, Hashable {
  public var points: [Point]

  /// - Parameter points: the vertices in order; the first is repeated at the end where it is not yet.
  public init(_ points: [Point]) {
    self.points = points
    if let first = points.first, points.last != first || points.count == 1 {
      self.points.append(first)
    }
  }

  /// Vertices without the repeated last one.
  @inlinable
  public var vertices: ArraySlice<Point> { points.dropLast() }

  @inlinable
  public var box: Box { Box(around: points) }

  /// The signed area in square units, positive when counter-clockwise.
  ///
  /// Taken about the first vertex, so that coordinates far from the origin lose no digits.
  public var signedArea: Double {
    guard points.count >= 4 else { return 0 }
    let origin = points[0]
    var twice = 0.0
    for i in 1..<(points.count - 1) {
      let a = points[i] - origin
      let b = points[i + 1] - origin
      twice += a.x * b.y - a.y * b.x
    }
    return twice / 2
  }

  public var isCounterClockwise: Bool { signedArea > 0 }

  /// The length of the ring.
  public var perimeter: Double { pathLength(points) }

  public func reversed() -> Ring { Ring(points.reversed()) }

  /// The ring turned to run counter-clockwise (or clockwise).
  public func oriented(counterClockwise: Bool) -> Ring {
    isCounterClockwise == counterClockwise || signedArea == 0 ? self : reversed()
  }
}

/// The length of the path through `points`.
public func pathLength(_ points: some Sequence<Point>) -> Double {
  var sum = 0.0
  var previous: Point?
  for point in points {
    if let previous { sum += previous.distance(to: point) }
    previous = point
  }
  return sum
}
