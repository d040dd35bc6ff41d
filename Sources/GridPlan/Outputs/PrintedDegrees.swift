internal import Planar

extension Geometry {
  /// The geometry with the seven decimals that degrees are printed with, about a centimetre on the ground.
  var printed: Geometry {
    mapCoordinates { points in points.map { Point(x: $0.x.rounded(to: 7), y: $0.y.rounded(to: 7)) } }
  }
}
