import Planar

/// A cell that some border touches: what decides where its points belong.
///
/// A ring's tests say whether the reference point is inside; a point is on the same side when the
/// segment between the two crosses the ring's edges in the cell an even number of times. The cell
/// is convex, so edges elsewhere don't meet that segment.
struct BorderCell: Sendable {
  /// A point on no edge of the cell's tests; every test knows its side.
  var reference: Point
  var firstTest: UInt32
  /// How many tests; `BorderCell.divided` where a nested frame decides, whose number is `firstTest`.
  var testCount: UInt32
  /// How many of the tests come before `cover`; later ones matter for overlaps only.
  var testsBeforeCover: UInt32
  /// The lowest area that covers the cell in full, as `CellValue` writes it; none where there is none.
  var cover: Int32

  static let divided = UInt32.max
}

/// One ring of one polygon in one border cell.
struct RingTest: Sendable {
  /// Where the ring's edges in the cell are listed.
  var firstEdge: UInt32
  var edgeCount: UInt32
  var rank: Int32
  var isReferenceInside: Bool
  var isHole: Bool
  /// Whether the next test belongs to another polygon.
  var endsPolygon: Bool
}

/// An edge, turned so that the cell's reference point lies on its left or on its line.
struct SidedEdge: Sendable {
  var a: Point
  var b: Point

  init(_ a: Point, _ b: Point, reference: Point) {
    let isLeft = orientation(a, b, reference) == .counterClockwise
    self.a = isLeft ? a : b
    self.b = isLeft ? b : a
  }
}

/// What a cell's 32 bits say.
enum CellValue {
  /// No area touches the cell.
  static let none: Int32 = -1
  /// Beside the rank of a covering area: another one covers the cell as well.
  static let overlap: Int32 = 1 << 30

  @inline(__always)
  static func border(_ index: Int) -> Int32 { Int32.min | Int32(index) }

  /// The number of the border cell, where the value is one.
  @inline(__always)
  static func borderIndex(_ value: Int32) -> Int? {
    value < -1 ? Int(value & Int32.max) : nil
  }
}

/// Whether `p` lies on the closed segment from `a` to `b`, exactly.
@inline(__always)
func isOnSegment(_ p: Point, _ a: Point, _ b: Point) -> Bool {
  p.x >= min(a.x, b.x) && p.x <= max(a.x, b.x) && p.y >= min(a.y, b.y) && p.y <= max(a.y, b.y)
    && (p == a || p == b || orientation(a, b, p) == .collinear)
}

/// Where `p` lies with respect to a ring, from the side of `reference` and the edges near both.
///
/// Vertices on the line through `reference` and `p` count as right of it, which moves the segment
/// a little to its left: no vertex is counted twice. Exact, as `orientation` is.
@inline(__always)
func locate(
  _ p: Point, from reference: Point, isReferenceInside: Bool, edges: UnsafeBufferPointer<SidedEdge>
) -> Location {
  var isInside = isReferenceInside
  for edge in edges {
    let (a, b) = (edge.a, edge.b)
    if p == a || p == b { return .boundary }
    let sideOfA = orientation(reference, p, a)
    let sideOfB = orientation(reference, p, b)
    if sideOfA == .collinear || sideOfB == .collinear, isOnSegment(p, a, b) { return .boundary }
    guard (sideOfA == .counterClockwise) != (sideOfB == .counterClockwise) else { continue }
    switch orientation(a, b, p) {
    case .collinear: return .boundary
    case .clockwise: isInside.toggle()
    case .counterClockwise: break
    }
  }
  return isInside ? .inside : .outside
}
