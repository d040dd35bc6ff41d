import Foundation
public import Planar

/// GCJ-02 and BD-09: published maps in China shift WGS 84 by some 250 to 700 m.
///
/// There is no official text; the formulas are those on which independent public implementations
/// agree. Points are longitude, latitude in degrees. Defined inside 72.004–137.8347° E,
/// 0.8293–55.8271° N; outside that box GCJ-02 equals WGS 84.
public enum Obfuscation {
  /// The box in which the shift applies.
  public static let area = Box(min: Point(x: 72.004, y: 0.8293), max: Point(x: 137.8347, y: 55.8271))

  private static let semiMajorAxis = 6_378_245.0
  private static let eccentricitySquared = 0.00669342162296594323
  private static let baiduFrequency = 3000 * Double.pi / 180

  /// GCJ-02 from WGS 84.
  public static func gcj02(fromWGS84 p: Point) -> Point {
    area.contains(p) ? p + shift(at: p) : p
  }

  /// WGS 84 from GCJ-02, to about a micrometre.
  ///
  /// Fixed-point iteration; the residual shrinks by some 170 times a round.
  public static func wgs84(fromGCJ02 g: Point) -> Point {
    invert(g, gcj02(fromWGS84:))
  }

  /// BD-09 from GCJ-02.
  public static func bd09(fromGCJ02 g: Point) -> Point {
    let radius = (g.x * g.x + g.y * g.y).squareRoot() + 2e-5 * sin(g.y * baiduFrequency)
    let angle = atan2(g.y, g.x) + 3e-6 * cos(g.x * baiduFrequency)
    return Point(x: radius * cos(angle) + 0.0065, y: radius * sin(angle) + 0.006)
  }

  /// GCJ-02 from BD-09, to about a micrometre.
  public static func gcj02(fromBD09 b: Point) -> Point {
    invert(b, bd09(fromGCJ02:))
  }

  private static func invert(_ target: Point, _ forward: (Point) -> Point) -> Point {
    var p = target
    for _ in 0..<12 {
      let residual = forward(p) - target
      p = p - residual
      if abs(residual.x) < 1e-12 && abs(residual.y) < 1e-12 { break }
    }
    return p
  }

  /// The shift in degrees that GCJ-02 adds at `p`.
  public static func shift(at p: Point) -> Point {
    let x = p.x - 105
    let y = p.y - 35
    let phi = p.y * .pi / 180
    let m = 1 - eccentricitySquared * sin(phi) * sin(phi)
    let north = northing(x, y) * 180 / (.pi * semiMajorAxis * (1 - eccentricitySquared) / (m * m.squareRoot()))
    let east = easting(x, y) * 180 / (.pi * semiMajorAxis * cos(phi) / m.squareRoot())
    return Point(x: east, y: north)
  }

  private static func northing(_ x: Double, _ y: Double) -> Double {
    let polynomial = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * abs(x).squareRoot()
    let waves = 20 * wave(y, 1) + 40 * wave(y, 3) + 160 * wave(y, 12) + 320 * wave(y, 30)
    return polynomial + 2 / 3 * (ripple(x) + waves)
  }

  private static func easting(_ x: Double, _ y: Double) -> Double {
    let polynomial = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * abs(x).squareRoot()
    let waves = 20 * wave(x, 1) + 40 * wave(x, 3) + 150 * wave(x, 12) + 300 * wave(x, 30)
    return polynomial + 2 / 3 * (ripple(x) + waves)
  }

  private static func ripple(_ t: Double) -> Double { 20 * sin(6 * .pi * t) + 20 * sin(2 * .pi * t) }

  private static func wave(_ t: Double, _ divisor: Double) -> Double { sin(.pi * t / divisor) }
}
