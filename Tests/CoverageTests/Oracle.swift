import Foundation
import Planar

@testable import Coverage

func cosine(_ angle: Double) -> Double { cos(angle) }
func sine(_ angle: Double) -> Double { sin(angle) }

/// A second implementation, ray by ray: how far the eye sees along a direction.
///
/// Every wall counts, whichever way it faces; nothing of the sweep is used.
func sight(from eye: Point, azimuth: Double, range: Double, _ polygons: [Polygon]) -> Double {
  let u = Point(x: sin(azimuth * .pi / 180), y: cos(azimuth * .pi / 180))
  var nearest = range
  for polygon in polygons {
    for ring in polygon.rings {
      for (a, b) in zip(ring.points, ring.points.dropFirst()) {
        let (p, d) = (a - eye, b - a)
        let area = u.x * d.y - u.y * d.x
        guard area != 0 else { continue }
        let along = (p.x * d.y - p.y * d.x) / area
        let t = (p.x * u.y - p.y * u.x) / area
        if t >= 0 && t <= 1 && along > 0 { nearest = min(nearest, along) }
      }
    }
  }
  return nearest
}

/// How far a view reaches along a direction: the farthest crossing of its border.
func reach(of view: View, from eye: Point, azimuth: Double) -> Double {
  let u = Point(x: sin(azimuth * .pi / 180), y: cos(azimuth * .pi / 180))
  var farthest = 0.0
  for polygon in view.polygons {
    for ring in polygon.rings {
      for (a, b) in zip(ring.points, ring.points.dropFirst()) {
        let (p, d) = (a - eye, b - a)
        let area = u.x * d.y - u.y * d.x
        guard area != 0 else { continue }
        let t = (p.x * u.y - p.y * u.x) / area
        if t >= 0 && t <= 1 { farthest = max(farthest, (p.x * d.y - p.y * d.x) / area) }
      }
    }
  }
  return farthest
}

func isValid(_ view: View) -> Bool {
  view.polygons.allSatisfy { polygon in
    polygon.rings.allSatisfy { isSimple(ring: $0.points) } && polygon.area > 0
  }
}
