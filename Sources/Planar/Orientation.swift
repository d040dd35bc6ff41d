/// On which side of a directed line a point lies.
public enum Orientation: Int, Sendable {
  case clockwise = -1
  case collinear = 0
  case counterClockwise = 1

  @inlinable
  init(sign value: Double) {
    self = value > 0 ? .counterClockwise : value < 0 ? .clockwise : .collinear
  }
}

/// The exact orientation of the triangle a, b, c.
///
/// A floating-point filter decides nearly every call; the rest is computed without rounding.
/// Exact for finite coordinates whose products neither overflow nor underflow, which holds for
/// any map. Source: J. R. Shewchuk, "Adaptive Precision Floating-Point Arithmetic and Fast Robust
/// Geometric Predicates", 1997 (the bound is his `ccwerrboundA`).
@inlinable
public func orientation(_ a: Point, _ b: Point, _ c: Point) -> Orientation {
  let left = (a.x - c.x) * (b.y - c.y)
  let right = (a.y - c.y) * (b.x - c.x)
  let determinant = left - right
  let bound = 3.3306690738754716e-16 * (abs(left) + abs(right))
  if determinant > bound || -determinant > bound { return Orientation(sign: determinant) }
  return exactOrientation(a, b, c)
}

/// The orientation from the six products of the expanded determinant, summed without rounding.
@usableFromInline
func exactOrientation(_ a: Point, _ b: Point, _ c: Point) -> Orientation {
  var sum = ExactSum()
  sum.add(product: a.x, b.y)
  sum.add(product: -a.y, b.x)
  sum.add(product: b.x, c.y)
  sum.add(product: -b.y, c.x)
  sum.add(product: c.x, a.y)
  sum.add(product: -c.y, a.x)
  return Orientation(sign: sum.leading)
}
