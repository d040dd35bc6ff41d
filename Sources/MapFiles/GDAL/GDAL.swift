import Foundation

/// Runs GDAL's own programs, so that gridplan links none of it.
enum GDAL {
  static let convert = tool("ogr2ogr")
  static let info = tool("ogrinfo")

  private static func tool(_ name: String) -> ExternalTool {
    ExternalTool(
      name, purpose: "GDAL's program, by which gridplan reads and writes further formats,",
      remedy: "On Debian or Ubuntu: apt install gdal-bin; on macOS: brew install gdal; or use GeoPackage or GeoJSON")
  }

  /// Drivers that would follow what a file says to other files, to databases or into the network.
  private static let skipped = [
    "OGR_VRT", "HTTP", "WFS", "OAPIF", "OGCAPI", "CSW", "GMLAS", "PLSCENES", "EEDA", "Elasticsearch", "Carto",
    "AmigoCloud", "NGW", "PostgreSQL", "MySQL", "MSSQLSpatial", "ODBC", "PGeo",
  ]

  /// - Parameter folder: where it may put what it needs on its way.
  static func environment(_ folder: PrivateFolder) -> [String: String] {
    ["GDAL_SKIP": skipped.joined(separator: ","), "CPL_TMPDIR": folder.path, "GML_SKIP_RESOLVE_ELEMS": "ALL"]
  }

  /// GDAL's name and version.
  static func version() throws -> String {
    let words = String(decoding: try convert.run(["--version"]).output, as: UTF8.self)
    return words.split(separator: ",").first.map(String.init) ?? "GDAL"
  }

  /// Whether GDAL was built with the driver.
  static func has(_ driver: GDALDriver) throws -> Bool {
    let lines = String(decoding: try convert.run(["--formats"]).output, as: UTF8.self).split(separator: "\n")
    return lines.contains { $0.trimmingCharacters(in: .whitespaces).hasPrefix(driver.rawValue + " -") }
  }

  /// Lines of what GDAL said, without those that only repeat.
  static func lines(_ errors: String) -> [String] {
    var seen = Set<String>()
    return errors.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty && !$0.hasPrefix("->") && !$0.hasPrefix("More than 1000") && seen.insert($0).inserted }
  }

  static func failure(_ outcome: ExternalTool.Outcome, _ driver: GDALDriver, _ kind: MapFileError.Kind, _ path: String) -> MapFileError {
    let words = lines(outcome.errors).first { $0.hasPrefix("ERROR") || $0.hasPrefix("FAILURE") } ?? "no reason given"
    let isBuilt = (try? has(driver)) ?? true
    return MapFileError(
      kind, file: path, message: "GDAL cannot \(kind == .cannotWrite ? "write" : "read") it as \(driver.title): \(words)",
      remedy: isBuilt ? "Export it as GeoPackage or GeoJSON" : "This GDAL was built without its driver \(driver.rawValue): use GeoPackage or FlatGeobuf")
  }
}
