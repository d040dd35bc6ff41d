/// An axis-parallel rectangle with its border; empty when `min` exceeds `max`.
public struct Box: Sendable, Hashable {
  public var min: Point
  public var max: Point

  @inlinable
  public init(min: Point, max: Point) {
    self.min = min
    self.max = max
  }

  /// The box that holds nothing, neutral in unions.
  @inlinable
  public static var empty: Box {
    Box(
      min: Point(x: .infinity, y: .infinity),
      max: Point(x: -.infinity, y: -.infinity))
  }

  /// The smallest box around `points`; empty when there are none.
  @inlinable
  public init(around points: some Sequence<Point>) {
    self = .empty
    for point in points { extend(to: point) }
  }

  @inlinable
  public var isEmpty: Bool { !(min.x <= max.x && min.y <= max.y) }

  @inlinable
  public var width: Double { isEmpty ? 0 : max.x - min.x }

  @inlinable
  public var height: Double { isEmpty ? 0 : max.y - min.y }

  @inlinable
  public var center: Point { min.midpoint(to: max) }

  @inlinable
  public mutating func extend(to point: Point) {
    min.x = Swift.min(min.x, point.x)
    min.y = Swift.min(min.y, point.y)
    max.x = Swift.max(max.x, point.x)
    max.y = Swift.max(max.y, point.y)
  }

  @inlinable
  public mutating func formUnion(_ other: Box) {
    guard !other.isEmpty else { return }
    extend(to: other.min)
    extend(to: other.max)
  }

  @inlinable
  public func union(_ other: Box) -> Box {
    var result = self
    result.formUnion(other)
    return result
  }

  /// The box grown by `margin` on every side.
  @inlinable
  public func expanded(by margin: Double) -> Box {
    Box(
      min: Point(x: min.x - margin, y: min.y - margin),
      max: Point(x: max.x + margin, y: max.y + margin))
  }

  @inlinable
  public func contains(_ point: Point) -> Bool {
    point.x >= min.x && point.x <= max.x && point.y >= min.y && point.y <= max.y
  }

  @inlinable
  public func intersects(_ other: Box) -> Bool {
    min.x <= other.max.x && other.min.x <= max.x && min.y <= other.max.y && other.min.y <= max.y
  }
}
