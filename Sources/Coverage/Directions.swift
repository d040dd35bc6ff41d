import Foundation
public import Planar
public import PlanModel

/// The arc cosine in radians of a value held within −1…1.
func cosineInverse(_ value: Double) -> Double { acos(min(1, max(-1, value))) }

/// The unit vector of an azimuth in degrees clockwise from north.
func direction(azimuth: Double) -> Point {
  let radians = azimuth.truncatingRemainder(dividingBy: 360) * .pi / 180
  return Point(x: sin(radians), y: cos(radians))
}

/// The azimuth of a vector in degrees clockwise from north, 0..<360.
func azimuth(of vector: Point) -> Double {
  let degrees = atan2(vector.x, vector.y) * 180 / .pi
  return degrees < 0 ? degrees + 360 : degrees
}

/// Twice the signed area of the triangle from the origin to `a` and `b`.
@inline(__always)
func cross(_ a: Point, _ b: Point) -> Double { a.x * b.y - a.y * b.x }

@inline(__always)
func dot(_ a: Point, _ b: Point) -> Double { a.x * b.x + a.y * b.y }

/// A number that grows with the angle of a vector counter-clockwise, 4 for a full turn.
///
/// Cheaper than an angle; equal vectors have equal numbers, so that walls which share a corner
/// end and begin at the same one. Resolution: some 5e-16 rad.
@inline(__always)
func turn(_ v: Point) -> Double {
  let part = 1 - v.x / (abs(v.x) + abs(v.y))
  return v.y < 0 ? -part : part
}

extension Point {
  /// The azimuths around this point seen from `eye`: `margin` metres to either side.
  public func horizon(from eye: Point, margin: Double) -> CameraHorizon {
    let distance = max(eye.distance(to: self), margin)
    let half = asin(min(1, margin / distance)) * 180 / .pi
    return CameraHorizon([.init(start: azimuth(of: self - eye) - half, width: 2 * half)])
  }

  /// The azimuths of the segment from this point to `end` seen from `eye`.
  public func horizon(to end: Point, from eye: Point) -> CameraHorizon {
    let first = azimuth(of: self - eye)
    let turn = CameraHorizon.wrapped(azimuth(of: end - eye) - first)
    return CameraHorizon([turn <= 180 ? .init(start: first, width: turn) : .init(start: first + turn, width: 360 - turn)])
  }
}
