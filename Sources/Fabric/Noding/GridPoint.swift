import Planar

/// A position in whole ticks from the origin of a `GridFrame`.
///
/// Ticks stay within ±2³⁰, so that products of differences fit 64 bits and every predicate is
/// exact.
struct GridPoint: Hashable {
  var x: Int32
  var y: Int32

  @inline(__always)
  func precedes(_ other: GridPoint) -> Bool { x != other.x ? x < other.x : y < other.y }

  init(x: Int32, y: Int32) {
    self.x = x
    self.y = y
  }

  init(key: UInt64) {
    x = Int32(bitPattern: UInt32(key >> 32) ^ 0x8000_0000)
    y = Int32(bitPattern: UInt32(truncatingIfNeeded: key) ^ 0x8000_0000)
  }

  /// Both coordinates in one word, in the order of `precedes`.
  @inline(__always)
  var key: UInt64 {
    UInt64(UInt32(bitPattern: x) ^ 0x8000_0000) << 32 | UInt64(UInt32(bitPattern: y) ^ 0x8000_0000)
  }
}

/// Twice the signed area of a triangle: positive when counter-clockwise, exact.
@inline(__always)
func turn(_ a: GridPoint, _ b: GridPoint, _ c: GridPoint) -> Int64 {
  let abx = Int64(b.x) &- Int64(a.x)
  let aby = Int64(b.y) &- Int64(a.y)
  let acx = Int64(c.x) &- Int64(a.x)
  let acy = Int64(c.y) &- Int64(a.y)
  return abx &* acy &- aby &* acx
}

@inline(__always)
func squaredDistance(_ a: GridPoint, _ b: GridPoint) -> Int64 {
  let dx = Int64(b.x) &- Int64(a.x)
  let dy = Int64(b.y) &- Int64(a.y)
  return dx &* dx &+ dy &* dy
}

/// Which ticks stand for which coordinates.
struct GridFrame {
  /// Ticks per metre.
  let scale: Double
  /// The origin in ticks of the world.
  let origin: (x: Double, y: Double)

  /// - Parameter resolution: metres per tick; made coarser by tens where `box` is too wide for it.
  init(around box: Box, resolution: Double) {
    var scale = 1 / resolution
    if abs(scale - scale.rounded()) < 1e-9 * scale { scale = scale.rounded() }
    let extent = max(box.width, box.height)
    while extent * scale > 1_000_000_000 { scale /= 10 }
    self.scale = scale
    origin =
      box.isEmpty ? (0, 0) : ((box.center.x * scale).rounded(), (box.center.y * scale).rounded())
  }

  func tick(_ point: Point) -> GridPoint {
    GridPoint(
      x: Int32((point.x * scale).rounded() - origin.x), y: Int32((point.y * scale).rounded() - origin.y))
  }

  func point(_ tick: GridPoint) -> Point {
    Point(x: (origin.x + Double(tick.x)) / scale, y: (origin.y + Double(tick.y)) / scale)
  }

  /// The frame whose ticks are half as long: it can say what is half way between two ticks.
  var halved: GridFrame { GridFrame(scale: scale * 2, origin: (origin.x * 2, origin.y * 2)) }

  private init(scale: Double, origin: (x: Double, y: Double)) {
    self.scale = scale
    self.origin = origin
  }

  /// The length of a vector in metres.
  func length(_ a: GridPoint, _ b: GridPoint) -> Double {
    Double(squaredDistance(a, b)).squareRoot() / scale
  }

  /// Square metres of twice an area in square ticks.
  func area(twice: Int64) -> Double { Double(twice) / (2 * scale * scale) }
}
