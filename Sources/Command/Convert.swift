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
      Formats go by extension: .geojson, .geojsonl (a feature a line), .geojsons (RFC 8142), .gpkg. \
      Without names, or with -, standard input and output. GeoJSON is written in CRS84 (RFC 7946), \
      other formats in the CRS of the input, unless --to-crs says otherwise. A GeoPackage is \
      converted to a GeoPackage with all its layers, unless --layer names one.

      Examples:
        gridplan convert town.gpkg town.geojson --layer grids
        gridplan convert shifted.geojson right.gpkg --from-crs GCJ-02 --to-crs EPSG:4547
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

  @Option(help: "Decimals of coordinates in GeoJSON, at most.")
  var decimals = 7

  @Flag(help: "Accept a transformation that ignores the difference of datums (some 100 m).")
  var allowBallpark = false

  @Flag(help: "Read layers with personal columns without those columns.")
  var dropPersonalColumns = false

  @OptionGroup var talk: TalkOptions

  func validate() throws {
    if !(0...15).contains(decimals) { throw ValidationError("--decimals must be from 0 to 15") }
  }

  func run() throws {
    let read = try wantedLayers()
    try write(read.map(prepared), crsAsRead: read.first?.crs)
  }

  private var isGeoPackageOutput: Bool { MapFormat(name: output) == .geoPackage }

  private func wantedLayers() throws -> [Layer] {
    let crs = source.map { CRS(normalizing: $0) }
    if isGeoPackageOutput, layer == nil, input != "-", MapFormat(of: try MappedFile(input)) == .geoPackage {
      return try layerNames(input).filter { $0 != "layer_styles" }.map { try readLayer(input, layer: $0, crs: crs).recognisingCRS() }
    }
    return [try readLayer(input, layer: layer, crs: crs).recognisingCRS()]
  }

  /// The layer without personal columns, in the CRS to write.
  private func prepared(_ layer: Layer) throws -> Layer {
    try report(layer.notes, of: layer)
    let clean = try withoutPersonalColumns(layer)
    guard let crs = target.map({ CRS(normalizing: $0) }) ?? (isGeoPackageOutput ? nil : .crs84) else { return clean }
    guard clean.features.contains(where: { $0.geometry != nil }) else { return clean }
    return try clean.transformed(to: crs, allowBallpark: allowBallpark)
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

  private func write(_ layers: [Layer], crsAsRead: CRS?) throws {
    switch output == "-" ? .geoJSON : MapFormat(name: output) {
    case .geoPackage:
      for note in try writeGeoPackage(layers, to: output) { tell("\(output): \(note.message) (\(note.rule))") }
    case .geoJSON:
      try writeGeoJSON(layers[0], to: output, style: GeoJSONStyle(forFile: output, decimals: decimals))
    case .csv:
      let table = layers[0].crs == crsAsRead ? layers[0] : layers[0].withoutCoordinateFields
      try writeCSV(table, to: output, style: CSVStyle(for: table, decimals: decimals))
    case .shapefile, nil:
      throw MapFileError(
        .cannotWrite, file: output, message: "gridplan writes no format of this extension",
        remedy: "Name a file .geojson, .geojsonl, .geojsons, .gpkg or .csv")
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

extension Layer {
  /// The layer without the fields that its points were read from: in another CRS they are no longer true.
  fileprivate var withoutCoordinateFields: Layer {
    let pairs: [(FieldMeaning, FieldMeaning)] = [(.longitude, .latitude), (.x, .y)]
    for (first, second) in pairs {
      guard let i = first.position(in: fields), let j = second.position(in: fields), features.contains(where: { $0.geometry != nil })
      else { continue }
      var result = self
      let kept = fields.indices.filter { $0 != i && $0 != j }
      result.fields = kept.map { fields[$0] }
      for row in features.indices { result.features[row].values = kept.map { features[row].values[$0] } }
      return result
    }
    return self
  }
}
