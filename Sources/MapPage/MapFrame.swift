import Planar

/// Turns metres into pixels: north up, a margin around, room above for a title and below for a legend.
struct MapFrame {
  let margin = 24.0
  let header = 84.0
  let footer = 84.0
  let width: Double
  let height: Double
  /// Pixels for a metre.
  let scale: Double
  private let extent: Box

  init(_ extent: Box, width: Double) {
    let box = extent.isEmpty ? Box(min: Point(x: 0, y: 0), max: Point(x: 1, y: 1)) : extent
    self.extent = box
    self.width = width
    let widest = max(box.width, box.height * 0.8, 1e-6)
    scale = (width - 2 * margin) / widest
    height = header + box.height * scale + footer
  }

  func place(_ point: Point) -> Point {
    let side = (width - 2 * margin - extent.width * scale) / 2
    return Point(
      x: margin + side + (point.x - extent.min.x) * scale, y: header + (extent.max.y - point.y) * scale)
  }

  /// The longest of 1, 2, 5, 10, 20… metres that takes at most so many pixels.
  func roundLength(upTo pixels: Double) -> Double {
    var best = 1.0
    var power = 1.0
    while power * scale <= pixels {
      for factor in [1.0, 2, 5] where factor * power * scale <= pixels { best = factor * power }
      power *= 10
    }
    return best
  }
}
