import Foundation
import Georeference

/// A file in a format that GDAL knows, as a GeoPackage that is gone with this value.
struct GDALCopy {
  private let folder: PrivateFolder
  private let path: String
  private let driver: GDALDriver
  private let warnings: [String]
  private var copy: String { folder.file("copy.gpkg") }

  /// Lets `ogr2ogr` convert all layers, or the one called `layer`.
  /// - Throws: `MapFileError`, which says how to get GDAL where it is missing.
  init(_ path: String, _ driver: GDALDriver, layer: String? = nil) throws {
    try requireReadable(path)
    self.path = path
    self.driver = driver
    folder = try PrivateFolder()
    let outcome = try GDAL.convert.run(
      Self.arguments(path, driver, layer, folder), environment: GDAL.environment(folder))
    guard outcome.status == 0, FileManager.default.fileExists(atPath: folder.file("copy.gpkg")) else {
      throw try Self.noLayer(layer, path, driver, folder) ?? GDAL.failure(outcome, driver, .badData, path)
    }
    warnings = GDAL.lines(outcome.errors)
  }

  private static func arguments(
    _ path: String, _ driver: GDALDriver, _ layer: String?, _ folder: PrivateFolder
  ) throws -> [String] {
    var settings: [String] = []
    if driver == .openStreetMap {
      try writeAtomically(to: folder.file("osm.ini")) { try $0.write(OpenStreetMapTags.settings) }
      settings = ["--config", "OSM_CONFIG_FILE", folder.file("osm.ini")]
    }
    let source = URL(fileURLWithPath: path).standardizedFileURL.path
    return settings + ["-f", "GPKG", "-nlt", "CONVERT_TO_LINEAR", "-lco", "SPATIAL_INDEX=NO", folder.file("copy.gpkg"), source]
      + (layer.map { [$0] } ?? [])
  }

  /// The names of the layers of a file, without converting it.
  static func names(_ path: String, _ driver: GDALDriver) throws -> [String] {
    try requireReadable(path)
    return try names(path, driver, PrivateFolder())
  }

  private static func names(_ path: String, _ driver: GDALDriver, _ folder: PrivateFolder) throws -> [String] {
    let source = URL(fileURLWithPath: path).standardizedFileURL.path
    let outcome = try GDAL.info.run(["-ro", "-q", source], environment: GDAL.environment(folder))
    guard outcome.status == 0 else { throw GDAL.failure(outcome, driver, .badData, path) }
    return String(decoding: outcome.output, as: UTF8.self).split(separator: "\n").compactMap(layerName(inListing:))
  }

  private static func noLayer(
    _ layer: String?, _ path: String, _ driver: GDALDriver, _ folder: PrivateFolder
  ) throws -> MapFileError? {
    guard let layer, let names = try? names(path, driver, folder), !names.contains(layer) else { return nil }
    return MapFileError(
      .missing, file: path, message: "there is no layer \"\(layer)\"",
      remedy: "The file has: \(names.joined(separator: ", "))")
  }

  // MARK: Layers

  /// All layers that hold something; the first where none does.
  func layers(crs: CRS?) throws -> [Layer] {
    let layers = try namingTheFile { try layersOfGeoPackage(copy).map { try readGeoPackage(copy, layer: $0, crs: crs) } }
    let filled = layers.filter { !$0.features.isEmpty }
    return (filled.isEmpty ? Array(layers.prefix(1)) : filled).enumerated().map { described($1, isFirst: $0 == 0) }
  }

  /// The first layer that holds something, with a note where there are others.
  func layer(crs: CRS?) throws -> Layer {
    let all = try layers(crs: crs)
    guard var first = all.first else {
      throw MapFileError(.missing, file: path, message: "GDAL finds no layer in it")
    }
    if all.count > 1 {
      let others = all.dropFirst().map(\.name).joined(separator: ", ")
      first.notes.insert(
        ReadNote(rule: "several-layers", message: "layer \(first.name) read; the file also has: \(others)"), at: 0)
    }
    return first
  }

  private func namingTheFile<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch var error as MapFileError {
      error.file = path
      throw error
    }
  }

  /// The layer with what GDAL did to it.
  private func described(_ layer: Layer, isFirst: Bool) -> Layer {
    var result = driver == .openStreetMap ? layer.withoutEmptyFields : layer
    result.file = path
    guard isFirst else { return result }
    let version = (try? GDAL.version()) ?? "GDAL"
    var notes = [ReadNote(rule: "read-by-gdal", message: "read as \(driver.title) by \(version)")]
    if driver == .openStreetMap {
      notes.append(ReadNote(rule: "osm-tags", message: "tags that planning does not use, and who edited, are left out"))
    }
    notes += warnings.prefix(5).map { ReadNote(rule: "gdal-says", message: $0) }
    result.notes = notes + result.notes
    return result
  }
}

/// A layer's name in a line of `ogrinfo -q`, such as `2: lines (Line String)`.
func layerName(inListing line: Substring) -> String? {
  guard let colon = line.firstIndex(of: ":"), Int(line[..<colon]) != nil else { return nil }
  var name = line[line.index(after: colon)...].drop { $0 == " " }
  if name.hasSuffix(")"), let open = name.range(of: " (", options: .backwards) { name = name[..<open.lowerBound] }
  return String(name)
}

func isFolder(_ path: String) -> Bool {
  var isFolder: ObjCBool = false
  return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
}

/// Folders too: some formats are folders.
private func requireReadable(_ path: String) throws {
  guard path != "-" else {
    throw MapFileError(.badData, file: "standard input", message: "GDAL reads files only", remedy: "Name the file")
  }
  guard access(path, R_OK) == 0 else { throw cannotRead(path, errno) }
}

extension Layer {
  /// Without the fields that no feature has a value in.
  fileprivate var withoutEmptyFields: Layer {
    let kept = fields.indices.filter { index in
      features.contains { $0.values[index] != .null && $0.values[index] != .missing }
    }
    var result = self
    result.fields = kept.map { fields[$0] }
    for index in features.indices { result.features[index].values = kept.map { features[index].values[$0] } }
    return result
  }
}
