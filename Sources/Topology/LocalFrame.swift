import Planar

/// A shift to an origin near the data, so that products of coordinates keep their digits.
///
/// The shift there is exact: the origin is a multiple of a power of two no smaller than the
/// extent, and is used only where the data lie farther from zero than they are wide. The shift
/// back returns every vertex of the input to the same bits; new vertices are rounded once more,
/// so overlays, whose results must stay valid, do without.
struct LocalFrame {
  var origin = Point(x: 0, y: 0)

  init() {}

  init(around box: Box) {
    guard !box.isEmpty, box.min.isFinite, box.max.isFinite else { return }
    origin = Point(
      x: Self.origin(box.min.x, box.max.x), y: Self.origin(box.min.y, box.max.y))
  }

  private static func origin(_ low: Double, _ high: Double) -> Double {
    let step = max(high - low, 1).binade * 2
    let nearest = min(abs(low), abs(high))
    guard low.sign == high.sign, nearest > 4 * step else { return 0 }
    return (low / step).rounded(.down) * step
  }

  func local(_ points: [Point]) -> [Point] { points.map { $0 - origin } }
  func global(_ point: Point) -> Point { point + origin }
}
