import Planar

/// Turns metres into pixels: north up, a margin around, room above for a title and below for a legend.
struct MapFrame {
  let margin = 24.0
  let header = 84.0
  /// Room for the legend below.
  let footer: Double
  let width: Double
  let height: Double
  /// Pixels for a metre.
  let scale: Double
  private let extent: Box

  /// - Parameter extent: has a width and a height.
  init(_ extent: Box, width: Double, footer: Double) {
    self.extent = extent
    self.width = width
    self.footer = footer
    scale = (width - 2 * margin) / max(extent.width, extent.height * 0.8)
    height = header + extent.height * scale + footer
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
