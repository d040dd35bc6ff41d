public import Georeference

/// Reads a layer from a file of any format that is known, told by its content, else by its name.
///
/// - Parameters:
///   - path: the file; `-` for standard input.
///   - layer: the layer's name in a file of several; the only or first one where nil.
///   - crs: the system of the coordinates, where the caller knows better than the file.
/// - Throws: `MapFileError`.
public func readLayer(_ path: String, layer: String? = nil, crs: CRS? = nil) throws -> Layer {
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
  case .oldSpreadsheet:
    throw MapFileError(
      .badData, file: path, message: "an old Excel workbook (.xls), or one with a password",
      remedy: "Save it as .xlsx without a password, or as CSV UTF-8")
  case nil:
    throw MapFileError(
      .badData, file: path, message: "the format is not known",
      remedy: "gridplan reads GeoJSON, GeoJSON sequences, GeoPackage, Shapefile, CSV, Excel .xlsx and these in .zip")
  }
}

/// The names of the layers in a file; one for formats that hold one.
public func layerNames(_ path: String) throws -> [String] {
  let file = try MappedFile(path)
  return switch MapFormat(of: file) {
  case .geoPackage: try layersOfGeoPackage(path)
  case .spreadsheet: try Workbook(file).sheetNames
  case .archive: try ArchivedLayers(file).names()
  default: [layerName(ofFile: path)]
  }
}

/// The formats that layers come in.
public enum MapFormat: Sendable {
  case geoJSON, geoPackage, shapefile, csv
  /// An Excel workbook, .xlsx.
  case spreadsheet
  /// A workbook in the format before that.
  case oldSpreadsheet
  /// A zip archive of files of the other formats.
  case archive

  /// The format that a file's first bytes tell, else its name.
  public init?(of file: MappedFile) {
    let format = file.withBytes { Self(content: $0) } ?? Self(name: file.name)
    guard let format else { return nil }
    self = format == .archive && Workbook.isWorkbook(file) ? .spreadsheet : format
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
    default: return nil
    }
  }
}
