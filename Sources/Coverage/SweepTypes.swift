public import Planar

/// A stretch of a wall as seen from the eye, which is the origin.
///
/// Along a direction u the wall lies at the distance |u| / (w·u): the larger w·u, the nearer.
/// For one u the numbers w·u of several walls can thus be compared without division, and over a
/// range of directions their difference is linear in u: a wall nearer at both ends is nearer
/// throughout.
struct Span {
  var weight: Point
  /// Directions in which it begins and ends, counter-clockwise, and their turns from the sector's start.
  var start: Point
  var end: Point
  var startTurn: Double
  var endTurn: Double
  /// The wall in the index.
  var wall: Int32
}

/// Where a span begins or ends.
struct SweepEvent {
  var turn: Double
  /// The span; its complement (~span) where it ends.
  var code: Int32
}

/// A stretch of the border of a view that one wall makes.
public struct WallPiece: Sendable, Hashable {
  /// The wall in the index, see `WallIndex.ends(of:)`.
  public var wall: Int
  /// The visible stretch, counter-clockwise around the eye, in the caller's coordinates.
  public var from: Point
  public var to: Point

  public var length: Double { from.distance(to: to) }
}
