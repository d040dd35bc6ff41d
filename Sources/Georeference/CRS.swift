/// The name of a coordinate reference system: an authority code (`EPSG:4549`, `OGC:CRS84`), a WKT
/// or PROJ string, or one of the two obfuscated Chinese systems `GCJ-02` and `BD-09`.
public struct CRS: Sendable, Hashable, CustomStringConvertible {
  public let definition: String

  public init(_ definition: String) {
    self.definition = definition
  }

  /// Longitude and latitude in degrees on WGS 84, in this order (RFC 7946, 4).
  public static let crs84 = CRS("OGC:CRS84")
  /// CGCS2000, taken as the same as CRS84 (they agree below a metre).
  public static let cgcs2000 = CRS("EPSG:4490")
  public static let gcj02 = CRS("GCJ-02")
  public static let bd09 = CRS("BD-09")

  public var description: String { definition }
}
