public import Georeference

/// Reads a layer from a file of any format that is known, told by its content, else by its name.
///
/// - Parameters:
///   - path: the file; `-` for standard input.
///   - layer: the layer's name in a file of several; the only or first one where nil.
///   - crs: the system of the coordinates, where the caller knows better than the file.
/// - Throws: `MapFileError`.
public func readLayer(_ path: String, layer: String? = nil, crs: CRS? = nil) throws -> Layer {
  if let driver = GDALDriver(folder: path) { return try readThroughGDAL(path, driver, layer: layer, crs: crs) }
  let file = try MappedFile(path)
  switch MapFormat(of: file) {
  case .geoJSON: return try readGeoJSON(file, crs: crs)
  case .geoPackage where path == "-":
    throw MapFileError(
      .badData, file: "standard input", message: "a GeoPackage cannot be read from a pipe", remedy: "Name the file")
  case .geoPackage: return try readGeoPackage(path, layer: layer, crs: crs)
  case .shapefile: return try readShapefile(path, crs: crs)
  case .csv: return try readCSV(CSVBlocks(path == "-" ? ByteStream(file) : ByteStream(path)), crs: crs)
  case .spreadsheet: return try readSpreadsheet(file, sheet: layer, crs: crs)
  case .archive: return try ArchivedLayers(file).read(layer: layer, crs: crs)
  case .foreign(let driver): return try readThroughGDAL(path, driver, layer: layer, crs: crs)
  case .oldSpreadsheet:
    if let sheet = try? readThroughGDAL(path, .oldSpreadsheet, layer: layer, crs: crs) { return sheet }
    throw MapFileError(
      .badData, file: path, message: "an old Excel workbook (.xls), or one with a password",
      remedy: "Save it as .xlsx without a password, or as CSV UTF-8")
  case nil:
    throw MapFileError(
      .badData, file: path, message: "the format is not known",
      remedy: "gridplan reads GeoJSON, GeoJSON sequences, GeoPackage, Shapefile, CSV, Excel .xlsx and these in .zip;"
        + " by GDAL also OpenStreetMap, FlatGeobuf, KML, DXF, GML, MapInfo, .gdb")
  }
}

/// Reads all layers of a file; those of a format that GDAL reads in one go, without those that are empty.
///
/// - Throws: `MapFileError`.
public func readLayers(_ path: String, crs: CRS? = nil) throws -> [Layer] {
  if let driver = try GDALDriver(of: path) { return try GDALCopy(path, driver).layers(crs: crs) }
  return try layerNames(path).map { try readLayer(path, layer: $0, crs: crs) }
}

private func readThroughGDAL(_ path: String, _ driver: GDALDriver, layer: String?, crs: CRS?) throws -> Layer {
  try GDALCopy(path, driver, layer: layer).layer(crs: crs)
}

/// The names of the layers in a file; one for formats that hold one.
public func layerNames(_ path: String) throws -> [String] {
  if let driver = try GDALDriver(of: path) { return try GDALCopy.names(path, driver) }
  let file = try MappedFile(path)
  return switch MapFormat(of: file) {
  case .geoPackage: try layersOfGeoPackage(path)
  case .spreadsheet: try Workbook(file).sheetNames
  case .archive: try ArchivedLayers(file).names()
  default: [layerName(ofFile: path)]
  }
}

/// The formats that layers come in.
public enum MapFormat: Sendable, Equatable {
  case geoJSON, geoPackage, shapefile, csv
  /// An Excel workbook, .xlsx.
  case spreadsheet
  /// A workbook in the format before that.
  case oldSpreadsheet
  /// A zip archive of files of the other formats.
  case archive
  /// What GDAL reads or writes for gridplan.
  case foreign(GDALDriver)

  /// The format that a file's first bytes tell, else its name.
  public init?(of file: MappedFile) {
    let format = file.withBytes { Self(content: $0) } ?? Self(name: file.name)
    guard let format else { return nil }
    switch format {
    case .archive where GDALDriver(name: file.name) != nil: self = .foreign(GDALDriver(name: file.name)!)
    case .archive where Workbook.isWorkbook(file): self = .spreadsheet
    default: self = format
    }
  }

  private init?(content: Bytes) {
    if content.has("SQLite format 3\0", at: 0) {
      self = .geoPackage
      return
    }
    if content.has("\0\0\u{27}\n", at: 0) {
      self = .shapefile
      return
    }
    if content.has("PK\u{3}\u{4}", at: 0) || content.has("PK\u{5}\u{6}", at: 0) {
      self = .archive
      return
    }
    if content.buffer.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      self = .oldSpreadsheet
      return
    }
    if let driver = GDALDriver(content: content) {
      self = .foreign(driver)
      return
    }
    var offset = content.has("\u{FEFF}", at: 0) ? 3 : 0
    while offset < content.count, isSpace(content[offset]) || content[offset] == recordSeparator { offset += 1 }
    guard content[offset] == openBrace || content[offset] == openBracket else { return nil }
    self = .geoJSON
  }

  /// The format that a file's extension names.
  public init?(name: String) {
    switch name.lowercased().split(separator: ".").last {
    case "geojson", "json", "geojsonl", "geojsons", "ndjson", "ndgeojson", "jsonl": self = .geoJSON
    case "gpkg": self = .geoPackage
    case "shp": self = .shapefile
    case "csv", "tsv", "txt": self = .csv
    case "xlsx", "xlsm": self = .spreadsheet
    case "xls": self = .oldSpreadsheet
    case "zip": self = .archive
    default:
      guard let driver = GDALDriver(name: name) else { return nil }
      self = .foreign(driver)
    }
  }
}

extension GDALDriver {
  /// The format of which the folder at `path` is a layer or several.
  fileprivate init?(folder path: String) {
    guard path.hasSuffix(".gdb") || path.hasSuffix(".gdb/"), isFolder(path) else { return nil }
    self = .fileGeodatabase
  }

  /// The driver for the file at `path`; nil where gridplan reads it itself, or does not know it.
  fileprivate init?(of path: String) throws {
    if let driver = Self(folder: path) {
      self = driver
      return
    }
    guard path != "-" else { return nil }
    guard case .foreign(let driver) = MapFormat(of: try MappedFile(path)) else { return nil }
    self = driver
  }
}
