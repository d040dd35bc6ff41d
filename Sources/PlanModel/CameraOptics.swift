import Foundation

/// Formulas of camera geometry. Angles in degrees; lengths in metres unless said otherwise.
public enum CameraOptics {
  /// How pixels spread over a wide picture.
  public enum Projection: String, Sendable, Hashable, CaseIterable {
    /// Straight lines stay straight: pixels spread over the chord, N / (2 d tan(h/2)).
    case rectilinear
    /// Pixels spread over the arc, N / (d·h): closer to what makers print for wide lenses.
    case arc
  }

  /// h = 2·atan(sensor width / 2·focal length); both in the same unit.
  public static func fieldOfView(sensorWidth: Double, focalLength: Double) -> Double {
    2 * atan(sensorWidth / (2 * focalLength)) * 180 / .pi
  }

  /// Pixels per metre at `distance`.
  public static func pixelDensity(
    pixels: Double, fieldOfView: Double, distance: Double, _ projection: Projection
  ) -> Double {
    pixels / (distance * width(fieldOfView, projection))
  }

  /// The distance at which the picture has `density` pixels per metre (IEC 62676-4).
  ///
  /// Nil where the rectilinear formula has no meaning: from 180° on.
  public static func range(
    pixels: Double, fieldOfView: Double, density: Double, _ projection: Projection
  ) -> Double? {
    let width = width(fieldOfView, projection)
    return width > 0 && width.isFinite && density > 0 ? pixels / (density * width) : nil
  }

  /// The width of the picture at unit distance.
  private static func width(_ fieldOfView: Double, _ projection: Projection) -> Double {
    let h = fieldOfView * .pi / 180
    switch projection {
    case .arc: return h
    case .rectilinear: return fieldOfView < 180 ? 2 * tan(h / 2) : .nan
    }
  }

  /// Ground distances between which a target is in the picture.
  ///
  /// - Parameters:
  ///   - height: of the lens above the ground, metres.
  ///   - target: height of the target above the ground, metres.
  ///   - tilt: of the axis down from horizontal, degrees.
  ///   - verticalFieldOfView: of the picture, degrees.
  /// - Returns: (H−τ)/tan(θ+v/2) and (H−τ)/tan(θ−v/2); no far limit where the upper edge of the
  ///   picture does not fall, and no near limit where the picture holds what is straight below.
  public static func groundLimits(
    height: Double, target: Double, tilt: Double, verticalFieldOfView: Double
  ) -> (near: Double, far: Double?) {
    let drop = height - target
    guard drop > 0 else { return (0, nil) }
    let lower = tilt + verticalFieldOfView / 2
    let upper = tilt - verticalFieldOfView / 2
    let near = lower >= 90 ? 0 : lower > 0 ? drop / tan(lower * .pi / 180) : .infinity
    return (near, upper > 0 ? drop / tan(upper * .pi / 180) : nil)
  }

  /// The ground distance to a target at a distance `slant` along the line of sight; nil where the
  /// camera hangs higher than that.
  public static func groundRange(slant: Double, height: Double, target: Double) -> Double? {
    let drop = max(0, height - target)
    return slant > drop ? (slant * slant - drop * drop).squareRoot() : nil
  }

  /// The width of the picture across the ground at ground distance `distance`:
  /// 2·tan(h/2)·(d·cos θ + H·sin θ).
  public static func groundWidth(
    distance: Double, fieldOfView: Double, height: Double, tilt: Double
  ) -> Double {
    let angle = tilt * .pi / 180
    return 2 * tan(fieldOfView / 2 * .pi / 180) * (distance * cos(angle) + height * sin(angle))
  }
}
