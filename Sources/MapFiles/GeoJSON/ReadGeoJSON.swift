public import Georeference

/// Reads a GeoJSON file (RFC 7946) or a sequence of GeoJSON texts (RFC 8142, or one a line).
///
/// Strict: text that is not JSON is refused with the byte where it goes wrong. Noted and dealt with:
/// a byte-order mark, the `crs` member of GeoJSON 2008, third coordinates, null and empty geometries
/// (both come back as nil), open rings, duplicate members. Read on all cores, about linear in the
/// file's size; the result does not depend on the number of threads.
/// - Parameters:
///   - path: the file; `-` for standard input.
///   - crs: the system of the coordinates, where the caller knows better than the file.
/// - Returns: the layer in file order, with coordinates as the file has them; its CRS is `crs`, what
///   the old member says, or CRS84.
/// - Throws: `MapFileError`.
public func readGeoJSON(_ path: String, crs: CRS? = nil) throws -> Layer {
  try readGeoJSON(MappedFile(path), crs: crs)
}

/// As `readGeoJSON(_:crs:)`, for content in memory.
public func readGeoJSON(_ file: MappedFile, crs: CRS? = nil) throws -> Layer {
  try file.withBytes { bytes in
    do {
      return try layer(of: GeoJSONDocument(bytes), file.name, crs)
    } catch let failure as ParseFailure {
      throw mapFileError(failure, in: file.name, feature: nil)
    } catch let placed as PlacedFailure {
      throw mapFileError(placed.failure, in: file.name, feature: placed.feature)
    }
  }
}

private func mapFileError(_ failure: ParseFailure, in file: String, feature: Int?) -> MapFileError {
  MapFileError(
    .badData, file: file, place: "byte \(failure.offset)" + (feature.map { ", feature \($0)" } ?? ""),
    message: failure.message, remedy: failure.remedy)
}

private func layer(of document: GeoJSONDocument, _ file: String, _ given: CRS?) throws -> Layer {
  let crs = given ?? document.declaredCRS ?? .crs84
  if let crs { try requireDegrees(document.list.notDegrees, crs, file) }
  return Layer(
    name: document.name ?? layerName(ofFile: file), file: file, crs: crs, fields: document.list.fields,
    features: document.list.features, notes: document.notes + countedNotes(document.list) + document.list.notes,
    foreignMembers: document.foreignMembers)
}

private func countedNotes(_ list: FeatureList) -> [ReadNote] {
  var notes: [ReadNote] = []
  if list.featuresWithZ > 0 {
    notes.append(ReadNote(rule: "z-dropped", message: "third coordinates dropped in \(list.featuresWithZ) features"))
  }
  if list.longIntegers > 0 {
    notes.append(
      ReadNote(
        rule: "long-integer",
        message: "\(list.longIntegers) whole numbers do not fit 64 bits and lost digits; write codes as text"))
  }
  return notes
}

/// Refuses coordinates that cannot be degrees where the CRS says that they are.
private func requireDegrees(_ found: NotDegrees?, _ crs: CRS, _ file: String) throws {
  guard let found, (try? crs.described())?.isGeographic ?? crs.isObfuscated else { return }
  let isSwapped = found.x.magnitude <= 90 && found.y.magnitude <= 180
  throw MapFileError(
    .badData, file: file, place: "feature \(found.feature)",
    message: isSwapped
      ? "latitude \(found.y) is beyond the pole: longitude and latitude look swapped"
      : "(\(found.x), \(found.y)) is not longitude and latitude in degrees, as \(crs) asks",
    remedy: isSwapped
      ? "GeoJSON has longitude first: swap the coordinates"
      : "Name the CRS of the coordinates (crs of the layer, or --from-crs)"
        + (WorkingCRS.zoneOfPrefixedEasting(found.x).map { "; the easting looks like \($0)" } ?? "") + ", or convert them to degrees")
}

/// The file's name without folder and extension.
func layerName(ofFile path: String) -> String {
  let name = path.split(separator: "/").last.map(String.init) ?? path
  guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name == "-" ? "layer" : name }
  return String(name[..<dot])
}
