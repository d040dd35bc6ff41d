import ArgumentParser
import Checks
import Foundation
import Georeference
import MapFiles

/// `gridplan convert`: a layer from one format and reference system to another.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Converts a layer between formats and reference systems.",
    discussion: """
      Read: GeoJSON and sequences of it, GeoPackage, Shapefile, CSV, Excel .xlsx, and these in a .zip. \
      Written, by extension: .geojson, .geojsonl (a feature a line), .geojsons (RFC 8142), .gpkg, .csv. \
      Without names, or with -, standard input and output. GeoJSON and CSV are written in CRS84, \
      other formats in the CRS of the input, unless --to-crs says otherwise. A file of several layers \
      becomes a GeoPackage with all of them, unless --layer names one. CSV has columns of coordinates \
      for points, and well-known text (column wkt) for lines and areas.

      Where GDAL is installed (Debian: gdal-bin), its ogr2ogr reads further formats for gridplan: OpenStreetMap \
      (.osm.pbf, .osm), FlatGeobuf, GeoParquet, KML, DXF, GML, GPX, MapInfo, Esri's .gdb, .ods, .xls; \
      and writes .fgb, .shp, .kml, and .parquet where its driver is there.

      Examples:
        gridplan convert town.gpkg town.geojson --layer grids
        gridplan convert shifted.geojson right.gpkg --from-crs GCJ-02 --to-crs EPSG:4547
        gridplan convert 台账.xlsx households.csv --layer 住户 --bom
        gridplan convert city.osm.pbf city.gpkg
        gridplan convert grids.geojson grids.fgb
      """)

  @Argument(help: ArgumentHelp("The file to read; - for standard input.", valueName: "in"))
  var input = "-"

  @Argument(help: ArgumentHelp("The file to write; - for standard output (GeoJSON).", valueName: "out"))
  var output = "-"

  @Option(help: "The layer to read from a file of several.")
  var layer: String?

  @Option(name: .customLong("to-crs"), help: "The CRS to write: EPSG:4549, GCJ-02, BD-09, WKT….")
  var target: String?

  @Option(name: .customLong("from-crs"), help: "The CRS of the input, where the file says none or a wrong one.")
  var source: String?

  @Option(help: "Decimals of coordinates in GeoJSON and CSV, at most.")
  var decimals = 7

  @Flag(help: "Begin CSV with a byte-order mark, by which Excel knows that it is UTF-8.")
  var bom = false

  @Flag(help: "Accept a transformation that ignores the difference of datums (some 100 m).")
  var allowBallpark = false

  @Flag(help: "Read layers with personal columns without those columns.")
  var dropPersonalColumns = false

  @OptionGroup var talk: TalkOptions

  func validate() throws {
    if !(0...15).contains(decimals) { throw ValidationError("--decimals must be from 0 to 15") }
  }

  func run() throws {
    try write(wantedLayers().map(prepared))
  }

  private var isGeoPackageOutput: Bool { MapFormat(name: output) == .geoPackage }
  private var isTableOutput: Bool { MapFormat(name: output) == .csv }

  private func wantedLayers() throws -> [Layer] {
    let crs = source.map { CRS(normalizing: $0) }
    if isGeoPackageOutput, layer == nil, input != "-", try layerNames(input).count > 1 {
      return try readLayers(input, crs: crs).filter { $0.name != "layer_styles" }.map { $0.recognisingCRS() }
    }
    return [try readLayer(input, layer: layer, crs: crs).recognisingCRS()]
  }

  /// The layer without personal columns, in the CRS to write.
  private func prepared(_ layer: Layer) throws -> Layer {
    try report(layer.notes, of: layer)
    let clean = try withoutPersonalColumns(layer)
    guard let crs = targetCRS(of: clean), clean.features.contains(where: { $0.geometry != nil }) else { return clean }
    let moved = try clean.transformed(to: crs, allowBallpark: allowBallpark)
    // Columns that hold the coordinates of before would be taken for those of now.
    return isTableOutput && moved.features != clean.features ? moved.withoutCoordinateFields : moved
  }

  /// Nil where coordinates stay as they are: in formats that name their CRS, and from one table to another, unless
  /// asked for.
  private func targetCRS(of layer: Layer) -> CRS? {
    if let target { return CRS(normalizing: target) }
    return switch MapFormat(name: output) {
    case .geoPackage, .shapefile, .foreign(.flatGeobuf), .foreign(.parquet): nil
    case .csv where layer.crs == nil: nil
    default: .crs84
    }
  }

  private func withoutPersonalColumns(_ layer: Layer) throws -> Layer {
    let role = LayerRole(inferredFrom: layer)
    var (clean, dropped) = try Checks.withoutPersonalColumns(layer, role: role, drop: dropPersonalColumns)
    // Members of the collection are looked at as if a feature had them.
    let members = Layer(
      name: layer.name, file: layer.file, features: [Feature(geometry: nil, foreignMembers: layer.foreignMembers)])
    let (cleanMembers, droppedMembers) = try Checks.withoutPersonalColumns(
      members, role: role, drop: dropPersonalColumns)
    clean.foreignMembers = cleanMembers.features[0].foreignMembers
    for column in dropped + droppedMembers { tell("\(layer.file): \(column.wording()); dropped") }
    return clean
  }

  private func write(_ layers: [Layer]) throws {
    switch output == "-" ? .geoJSON : MapFormat(name: output) {
    case .geoPackage:
      for note in try writeGeoPackage(layers, to: output) { tell("\(output): \(note.message) (\(note.rule))") }
    case .geoJSON:
      try writeGeoJSON(layers[0], to: output, style: GeoJSONStyle(forFile: output, decimals: decimals))
    case .csv:
      try writeCSV(layers[0], to: output, style: CSVStyle(for: layers[0], byteOrderMark: bom, decimals: decimals))
    case .shapefile: try writeThroughGDAL(layers[0], as: .shapefile)
    case .foreign(let driver) where driver.isWritten: try writeThroughGDAL(layers[0], as: driver)
    default:
      throw MapFileError(
        .cannotWrite, file: output, message: "gridplan writes no format of this extension",
        remedy: "Name a file .geojson, .geojsonl, .geojsons, .gpkg or .csv; by GDAL also .fgb, .parquet, .shp, .kml")
    }
  }

  private func writeThroughGDAL(_ layer: Layer, as driver: GDALDriver) throws {
    for note in try MapFiles.writeThroughGDAL(layer, to: output, as: driver) {
      tell("\(output): \(note.message) (\(note.rule))")
    }
  }

  /// Says on standard error what the reader noticed, each kind once.
  private func report(_ notes: [ReadNote], of layer: Layer) throws {
    var seen: [String: Int] = [:]
    for note in notes { seen[note.rule, default: 0] += 1 }
    for note in notes {
      guard let count = seen.removeValue(forKey: note.rule) else { continue }
      let place = note.feature.map { ", feature \($0)" } ?? ""
      let more = count > 1 ? ", and \(count - 1) more" : ""
      tell("\(layer.file)\(place): \(note.message) (\(note.rule)\(more))")
    }
  }

  private func tell(_ text: String) { printNote(text) }
}
