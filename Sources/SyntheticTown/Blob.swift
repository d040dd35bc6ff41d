import Foundation
import Planar

extension Frame {
  /// A rounded shape within `radius` of the origin, counter-clockwise.
  func blob(radius: Double, corners: Int, _ random: inout SplitMix64) -> [Point] {
    (0..<corners).map { k in
      let angle = 2 * .pi * Double(k) / Double(corners)
      let r = radius * random.number(in: 0.72...1)
      return world(Point(x: r * cos(angle), y: r * sin(angle)))
    }
  }
}
