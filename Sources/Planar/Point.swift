/// A position in a plane: x to the east, y to the north.
///
/// The unit is the caller's (metres in a projected CRS, degrees in a geographic one); nothing
/// in this module converts between them.
public struct Point: Sendable, Hashable {
  public var x: Double
  public var y: Double

  @inlinable
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }

  /// Whether both coordinates are finite.
  @inlinable
  public var isFinite: Bool { x.isFinite && y.isFinite }

  @inlinable
  public static func + (a: Point, b: Point) -> Point { Point(x: a.x + b.x, y: a.y + b.y) }

  @inlinable
  public static func - (a: Point, b: Point) -> Point { Point(x: a.x - b.x, y: a.y - b.y) }

  @inlinable
  public static func * (a: Point, factor: Double) -> Point { Point(x: a.x * factor, y: a.y * factor) }

  /// Euclidean distance.
  @inlinable
  public func distance(to other: Point) -> Double {
    squaredDistance(to: other).squareRoot()
  }

  @inlinable
  public func squaredDistance(to other: Point) -> Double {
    let d = other - self
    return d.x * d.x + d.y * d.y
  }

  /// The point half way to `other`.
  ///
  /// The same two points give the same bits in either order.
  @inlinable
  public func midpoint(to other: Point) -> Point {
    Point(x: (x + other.x) / 2, y: (y + other.y) / 2)
  }

  /// Whether `self` comes before `other` from west to east, then from south to north.
  @inlinable
  public func precedes(_ other: Point) -> Bool {
    x != other.x ? x < other.x : y < other.y
  }
}
