internal import CPROJ

extension CRS {
  /// The CRS in well-known text: the form of OGC 01-009 that every GIS reads, else that of ISO 19162.
  ///
  /// - Throws: `GeoreferenceError` (`unknownCRS`); also for GCJ-02 and BD-09, which no WKT describes.
  public func wellKnownText() throws -> String {
    let object = try ProjContext().crs(self)
    for form in [PJ_WKT1_GDAL, PJ_WKT2_2019] {
      if let text = proj_as_wkt(object.context.pointer, object.pointer, form, nil) {
        return String(cString: text).split(separator: "\n").map { $0.drop(while: { $0 == " " }) }.joined()
      }
    }
    throw GeoreferenceError(
      .unknownCRS, operation: "CRS \(definition.prefix(80))", message: "has no well-known text")
  }

  /// The authority and code of the CRS (`EPSG`, 4549), also where it is given as text that names or
  /// matches one; nil where there is none.
  public func authorityCode() -> (authority: String, code: Int)? {
    guard !isObfuscated, let code = try? ProjContext().crs(self).code else { return nil }
    let parts = code.split(separator: ":")
    guard parts.count == 2, let number = Int(parts[1]) else { return nil }
    return (String(parts[0]), number)
  }

  /// The EPSG code of the system that well-known text without a code describes, as in a `.prj` file;
  /// nil where PROJ finds none that is the same but for names.
  public func identified() -> CRS? {
    guard let object = try? ProjContext().crs(self) else { return nil }
    if let code = object.code, code.hasPrefix("EPSG:") { return CRS(code) }
    var confidences: UnsafeMutablePointer<Int32>?
    guard let list = proj_identify(object.context.pointer, object.pointer, "EPSG", nil, &confidences) else { return nil }
    defer {
      proj_list_destroy(list)
      proj_int_list_destroy(confidences)
    }
    // 70: the same but for names (PROJ's documentation of proj_identify).
    guard proj_list_get_count(list) > 0, let confidences, confidences[0] >= 70,
      let match = proj_list_get(object.context.pointer, list, 0)
    else { return nil }
    return ProjObject(match, in: object.context).code.map { CRS($0) }
  }
}
