public import Planar

/// The choice of a CRS to measure in.
public enum WorkingCRS {
  /// The box in which CGCS2000 is the usual choice. A box, not a border: state `crs` to choose otherwise.
  static let china = Box(min: Point(x: 73.5, y: 17), max: Point(x: 135.1, y: 53.6))

  /// The CGCS2000 3° zone (without prefix) in China, the UTM zone elsewhere, around the middle of `box`.
  ///
  /// - Parameter box: longitude and latitude in degrees.
  public static func fitting(_ box: Box) -> CRS {
    let center = box.center
    if china.contains(center) {
      let meridian = min(max(Int((center.x / 3).rounded()) * 3, 75), 135)
      return CRS("EPSG:\(4534 + (meridian - 75) / 3)")
    }
    let zone = min(max(Int(((center.x + 180) / 6).rounded(.down)) + 1, 1), 60)
    return CRS("EPSG:\((center.y < 0 ? 32700 : 32600) + zone)")
  }

  /// The CGCS2000 Gauss-Krüger zone that an easting with zone prefix tells, if it has one.
  ///
  /// An easting of 10 000 000 or more tells its zone: 13 to 23 are 6° zones, 25 to 45 are 3° zones.
  public static func zoneOfPrefixedEasting(_ easting: Double) -> CRS? {
    // Files hold any number, also such as no integer can.
    guard easting > 0, easting < 100_000_000 else { return nil }
    return switch Int(easting / 1_000_000) {
    case let zone where (13...23).contains(zone): CRS("EPSG:\(4478 + zone)")
    case let zone where (25...45).contains(zone): CRS("EPSG:\(4488 + zone)")
    default: nil
    }
  }
}
