/// Formats that GDAL reads for gridplan where it is installed, by the names of GDAL's drivers.
public enum GDALDriver: String, Sendable, CaseIterable {
  case openStreetMap = "OSM"
  case flatGeobuf = "FlatGeobuf"
  case parquet = "Parquet"
  case keyhole = "LIBKML"
  case drawing = "DXF"
  case geographyMarkup = "GML"
  case tracks = "GPX"
  case mapInfo = "MapInfo File"
  case fileGeodatabase = "OpenFileGDB"
  case openDocumentSheet = "ODS"
  case oldSpreadsheet = "XLS"
  case shapefile = "ESRI Shapefile"

  /// What people call the format.
  var title: String {
    switch self {
    case .openStreetMap: "OpenStreetMap"
    case .parquet: "GeoParquet"
    case .keyhole: "KML"
    case .mapInfo: "MapInfo"
    case .fileGeodatabase: "Esri File Geodatabase"
    case .openDocumentSheet: "OpenDocument"
    case .oldSpreadsheet: "Excel .xls"
    case .shapefile: "Shapefile"
    case .flatGeobuf, .drawing, .geographyMarkup, .tracks: rawValue
    }
  }

  /// Whether gridplan writes it through GDAL.
  public var isWritten: Bool { [.flatGeobuf, .parquet, .keyhole, .shapefile].contains(self) }

  /// The format that a file's extension names.
  init?(name: String) {
    switch name.lowercased().split(separator: ".").last {
    case "pbf", "osm": self = .openStreetMap
    case "fgb": self = .flatGeobuf
    case "parquet", "geoparquet": self = .parquet
    case "kml", "kmz": self = .keyhole
    case "dxf": self = .drawing
    case "gml": self = .geographyMarkup
    case "gpx": self = .tracks
    case "tab", "mif": self = .mapInfo
    case "gdb": self = .fileGeodatabase
    case "ods": self = .openDocumentSheet
    default: return nil
    }
  }

  /// The format that a file's first bytes tell.
  init?(content: Bytes) {
    if content.has("OSMHeader", at: 6) {
      self = .openStreetMap
    } else if content.has("fgb\u{3}fgb", at: 0) {
      self = .flatGeobuf
    } else if content.has("PAR1", at: 0) {
      self = .parquet
    } else {
      return nil
    }
  }
}
