internal import CPROJ

/// What a CRS is, as far as planning needs to know.
public struct CRSDescription: Sendable, Hashable {
  public var crs: CRS
  /// The full name, such as `CGCS2000 / 3-degree Gauss-Kruger CM 120E`.
  public var name: String
  /// Whether coordinates are longitude and latitude in degrees.
  public var isGeographic: Bool
  /// Metres in one unit of a projected CRS; 1 for a geographic one.
  public var metresPerUnit: Double
  /// The code of the geographic CRS beneath, such as `EPSG:4490`.
  public var datum: String?
  /// Whether areas and lengths are false by the square and the power of 1/cos(latitude).
  public var isWebMercator: Bool

  /// Whether distances may be measured in it: projected, and not Web Mercator.
  public var isFitToMeasure: Bool { !isGeographic && !isWebMercator }
}

extension CRS {
  /// Looks the CRS up in PROJ's database.
  ///
  /// - Throws: `GeoreferenceError` (`unknownCRS`) where PROJ doesn't know it or it isn't a CRS of the plane.
  public func described() throws -> CRSDescription {
    if isObfuscated {
      return CRSDescription(
        crs: self, name: "\(definition) (obfuscated longitude and latitude)", isGeographic: true,
        metresPerUnit: 1, datum: definition, isWebMercator: false)
    }
    let object = try ProjContext().crs(self)
    let datum = object.geodeticBase?.code
    return CRSDescription(
      crs: self, name: object.name ?? definition, isGeographic: object.isGeographic,
      metresPerUnit: object.metresPerUnit, datum: datum,
      isWebMercator: object.code == "EPSG:3857" || object.code == "EPSG:900913"
        || (object.name ?? "").contains("Pseudo-Mercator"))
  }

  /// The description of a CRS to measure in.
  ///
  /// - Throws: `GeoreferenceError` (`unfit`) where it is in degrees or in another unit than metres, or
  ///   is Web Mercator.
  public func measuring() throws -> CRSDescription {
    let described = try described()
    guard described.isFitToMeasure, described.metresPerUnit == 1 else {
      throw GeoreferenceError(
        .unfit, operation: "CRS \(self)", message: "\(described.name) is not fit to measure in",
        remedy: "State a projected CRS in metres, such as EPSG:4549")
    }
    return described
  }

  /// Whether it is one of the two Chinese systems that are no datum but a disguise of one.
  public var isObfuscated: Bool { self == .gcj02 || self == .bd09 }

  /// The CRS that `text` names, in any usual writing of it: `4549`, `epsg:4549`,
  /// `urn:ogc:def:crs:EPSG::4549`, `gcj02`, WKT.
  public init(normalizing text: String) {
    let text = String(text.drop(while: \.isWhitespace))
    let upper = text.uppercased()
    let compact = upper.filter { $0 != "-" && $0 != "_" && $0 != " " }
    if compact == "GCJ02" || compact == "BD09" {
      self = compact == "GCJ02" ? .gcj02 : .bd09
    } else if ["CRS84", "OGC:CRS84", "WGS84", "URN:OGC:DEF:CRS:OGC:1.3:CRS84"].contains(upper) {
      self = .crs84
    } else if !text.isEmpty, text.allSatisfy(\.isNumber) {
      self.init("EPSG:\(text)")
    } else if upper.hasPrefix("URN:OGC:DEF:CRS:EPSG:"), let code = text.split(separator: ":").last {
      self.init("EPSG:\(code)")
    } else {
      self.init(upper.hasPrefix("EPSG:") ? upper : text)
    }
  }
}

extension ProjContext {
  /// The CRS as a PROJ object.
  func crs(_ crs: CRS) throws(GeoreferenceError) -> ProjObject {
    guard let object = object(crs.definition), proj_is_crs(object.pointer) != 0 else {
      throw GeoreferenceError(
        .unknownCRS, operation: "CRS \(crs.definition.prefix(80))", message: "not a known reference system",
        remedy: "Give an EPSG code (EPSG:4549), WKT, GCJ-02 or BD-09")
    }
    return object.unwrapped
  }
}

extension ProjObject {
  var isGeographic: Bool { type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS }

  /// Metres in a unit of the first axis; 1 where the unit is an angle.
  var metresPerUnit: Double {
    guard !isGeographic, let system = proj_crs_get_coordinate_system(context.pointer, pointer) else { return 1 }
    defer { proj_destroy(system) }
    var factor = 1.0
    proj_cs_get_axis_info(context.pointer, system, 0, nil, nil, nil, &factor, nil, nil, nil)
    return factor
  }
}
