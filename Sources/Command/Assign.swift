import ArgumentParser
import Assignment
import Checks
import Foundation
import Georeference
import MapFiles
import PlanModel

/// `gridplan assign`: the grid of each point.
struct AssignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign",
    abstract: "Tells in which grid each point lies.",
    discussion: """
      POINTS is CSV, GeoJSON or any other format that convert reads, such as Excel .xlsx; standard input \
      where it is left out or is - (CSV or GeoJSON). A row for each point comes \
      out, in the same order: its id and the code of its grid, empty where it lies in none. A point on a \
      shared border, or in two grids, belongs to the one with the lowest code, compared as text.

      Example:
        gridplan assign --grids grids.geojson households.csv -o assigned.csv --strays strays.csv
        gridplan assign --grids grids.geojson 台账.xlsx --layer 住户 -o assigned.csv
      """)

  @Option(help: ArgumentHelp("The layer of grids.", valueName: "file"))
  var grids: String

  @Option(help: ArgumentHelp("The field of the grids' codes; recognised by name by default.", valueName: "field"))
  var code: String?

  @Argument(help: "The points.")
  var points: String = "-"

  @Option(help: ArgumentHelp("The layer or sheet of the points, from a file of several.", valueName: "name"))
  var layer: String?

  @Option(help: ArgumentHelp("The field of the points' ids; recognised by name by default.", valueName: "field"))
  var id: String?

  @Option(help: ArgumentHelp("The column of longitude, or easting.", valueName: "field"))
  var x: String?

  @Option(help: ArgumentHelp("The column of latitude, or northing.", valueName: "field"))
  var y: String?

  @Option(
    help: ArgumentHelp(
      """
      The reference system of the points, such as EPSG:4549 or GCJ-02. By default what the file says; for CSV \
      degrees where columns are called longitude and latitude, else the system of the grids.
      """,
      valueName: "crs"))
  var crs: String?

  @Option(name: .shortAndLong, help: ArgumentHelp("Where to write; standard output by default.", valueName: "file"))
  var output: String = "-"

  @Option(help: ArgumentHelp("Where to list points in no grid, with the nearest one.", valueName: "file"))
  var strays: String?

  @Flag(help: "Pass all columns on, not the id alone.")
  var keepColumns = false

  @Option(help: "csv or geojson.")
  var format: AssignFormat = .csv

  @Flag(help: "Accept a transformation that ignores the difference of datums.")
  var allowBallpark = false

  @Flag(help: "Read files with personal columns without those columns.")
  var dropPersonalColumns = false

  @OptionGroup var wording: WordingOptions

  func validate() throws {
    if (x == nil) != (y == nil) { throw ValidationError("--x and --y go together") }
  }

  func run() throws {
    // A reader that has seen enough closes the pipe: what was staged is removed before the end.
    signal(SIGPIPE, SIG_IGN)
    do {
      try assign()
    } catch let error as MapFileError where error.isClosedPipe {
      signal(SIGPIPE, SIG_DFL)
      raise(SIGPIPE)
    }
  }

  private func assign() throws {
    let start = ContinuousClock().now
    let grids = try readGrids()
    let counts = try assignPoints(grids)
    let summary = AssignSummary(counts: counts, grids: grids, seconds: (ContinuousClock().now - start).inSeconds)
    if wording.isTalkative || wording.verbose { summary.print(wording.language) }
  }

  /// Tables of text are read as a stream, all other formats as a whole.
  private func assignPoints(_ grids: GridLayer) throws -> AssignmentCounts {
    let stream = try ByteStream(points)
    var format = MapFormat(of: MappedFile(stream.first, name: points))
    if format == .archive { format = MapFormat(of: try MappedFile(points)) }
    switch format {
    case .csv, nil: return try assign(table: try CSVBlocks(stream), grids)
    case .geoJSON: return try assign(try readGeoJSON(stream.readAll(), crs: givenCRS), grids)
    case .spreadsheet: return try assign(sheet: try SpreadsheetTable(MappedFile(points), sheet: layer), grids)
    default: return try assign(try readLayer(points, layer: layer, crs: givenCRS), grids)
    }
  }

  private func assign(sheet: SpreadsheetTable, _ grids: GridLayer) throws -> AssignmentCounts {
    for note in sheet.notes { printError("note: \(points): \(note.message) (\(note.rule))") }
    return try assign(table: sheet.blocks(), grids)
  }

  private var givenCRS: CRS? { crs.map { CRS(normalizing: $0) } }

  private func readGrids() throws -> GridLayer {
    let layer = try readLayer(grids)
    let mapped: Set<String> = code.map { [$0] } ?? FieldMeaning.code.position(in: layer.fields).map { [layer.fields[$0]] } ?? []
    let safe = try withoutPersonalColumns(layer, role: .places, mapped: mapped, drop: dropPersonalColumns)
    return try GridLayer(safe.layer, code: code)
  }

  private func placer(_ grids: GridLayer, _ crs: CRS) throws -> PointPlacer {
    try PointPlacer(grids: grids, pointsIn: crs, allowBallpark: allowBallpark, findsNearest: strays != nil)
  }

  /// Calls `body` with the outputs, which take their places when it returns.
  private func withOutputs<Result>(_ body: (OutputFile, OutputFile?) throws -> Result) throws -> Result {
    var result: Result?
    try writeAtomically(to: output) { output in
      guard let strays else {
        result = try body(output, nil)
        return
      }
      try writeAtomically(to: strays) { result = try body(output, $0) }
    }
    return result!
  }
}

// MARK: - Tables

extension AssignCommand {
  private func assign(table: CSVBlocks, _ grids: GridLayer) throws -> AssignmentCounts {
    let columns = try geometryColumns(table)
    let pointCRS = givenCRS ?? (columns.areDegrees ? .crs84 : grids.crs)
    guard format == .csv, case .xy(let x, let y) = columns.place else {
      return try assign(try readCSV(table, geometry: x.map { .xy(x: $0, y: y ?? "") }, crs: pointCRS), grids)
    }
    let id = try idColumn(table, x, y)
    var assignment = TableAssignment(
      placer: try placer(grids, pointCRS), x: x, y: y, id: id, columns: table.header.count)
    let inspector = PersonalInspector(table, mapped: id.map { [table.header[$0]] } ?? [], drops: dropPersonalColumns)
    assignment.inspector = inspector
    if keepColumns {
      let dropped = inspector.droppedColumns
      assignment.keptColumns = table.header.indices.filter { table.header[$0] != "grid" && !dropped.contains($0) }
    }
    return try withOutputs { try assignment.run(table, to: $0, strays: $1) }
  }

  private func geometryColumns(_ table: CSVBlocks) throws -> GeometryColumns {
    let named = x.flatMap { x in y.map { CSVGeometry.xy(x: x, y: $0) } }
    let columns = try GeometryColumns(named, in: table)
    guard columns.place == .none else { return columns }
    throw MapFileError(
      .badData, file: table.name, place: "line 1", message: "no columns look like coordinates",
      remedy: "Name them with --x and --y; the columns are \(table.header.joined(separator: ", "))")
  }

  /// The column of the id: the named one, one called so, else the first that is no coordinate.
  private func idColumn(_ table: CSVBlocks, _ x: Int, _ y: Int) throws -> Int? {
    if let id { return try table.position(of: id) }
    return FieldMeaning.id.position(in: table.header) ?? table.header.indices.first { $0 != x && $0 != y }
  }
}

// MARK: - Layers

extension AssignCommand {
  private func assign(_ layer: Layer, _ grids: GridLayer) throws -> AssignmentCounts {
    let mapped = Set([id].compactMap { $0 })
    let safe = try withoutPersonalColumns(
      layer, role: LayerRole(inferredFrom: layer), mapped: mapped, drop: dropPersonalColumns)
    let identified = try LayerIds(safe.layer, field: id)
    let pointCRS = layer.crs ?? grids.crs
    let assignment = try LayerAssignment(safe.layer, try placer(grids, pointCRS))
    let kept = keepColumns ? identified.layer.fields : [identified.field]
    var result = assignment.written(into: identified.layer, keeping: kept)
    if format == .geojson, pointCRS != .crs84 { result = try inDegrees(result, pointCRS) }
    try withOutputs { output, strays in
      try output.write(format == .csv ? csvText(result.calledID(identified.field, keepColumns)) : geoJSONText(result))
      try strays?.write(strayTable(assignment, identified))
    }
    return assignment.counts
  }

  private func inDegrees(_ layer: Layer, _ crs: CRS) throws -> Layer {
    let transformation = try Transformation(from: crs, to: .crs84, allowBallpark: allowBallpark)
    var result = layer
    result.crs = .crs84
    for i in result.features.indices {
      result.features[i].geometry = try result.features[i].geometry.map { try transformation($0) }
    }
    return result
  }

  private func strayTable(_ assignment: LayerAssignment, _ identified: LayerIds) -> String {
    let features = assignment.strays.map { stray in
      Feature(
        geometry: nil,
        values: [
          identified.ids[stray.feature], .string(stray.reason), stray.nearest.map { .string($0) } ?? .null,
          stray.metres.map { .number(($0 * 100).rounded() / 100) } ?? .null, .integer(stray.feature + 2),
        ])
    }
    return csvText(
      Layer(name: "strays", fields: ["id", "reason", "grid", "distance_m", "row"], features: features))
  }
}

enum AssignFormat: String, CaseIterable, ExpressibleByArgument {
  case csv, geojson
}

/// A layer whose features have an id in a field: the named one, one called so, the features' own ids, else
/// their numbers from 1.
struct LayerIds {
  var layer: Layer
  var field: String
  var ids: [FieldValue]

  init(_ layer: Layer, field name: String?) throws {
    self.layer = layer
    let position = try Self.position(of: name, in: layer)
    field = position.map { layer.fields[$0] } ?? "id"
    ids = layer.features.enumerated().map { number, feature in
      if let position { return position < feature.values.count ? feature.values[position] : .missing }
      return feature.id == .missing || feature.id == .null ? .integer(number + 1) : feature.id
    }
    guard position == nil else { return }
    self.layer.fields.insert(field, at: 0)
    for i in ids.indices { self.layer.features[i].values.insert(ids[i], at: 0) }
  }

  private static func position(of name: String?, in layer: Layer) throws -> Int? {
    guard let name else { return FieldMeaning.id.position(in: layer.fields) }
    if let position = layer.index(of: name) { return position }
    throw MapFileError(
      .badData, file: layer.file, field: name, message: "there is no such field",
      remedy: "The fields are \(layer.fields.joined(separator: ", "))")
  }
}

extension Layer {
  /// The layer with its first field called `id`, as the table of ids and grids has it.
  fileprivate func calledID(_ field: String, _ keepsColumns: Bool) -> Layer {
    guard !keepsColumns, let position = index(of: field) else { return self }
    var result = self
    result.fields[position] = "id"
    return result
  }
}

extension MapFileError {
  /// Whether whoever reads the output has stopped.
  fileprivate var isClosedPipe: Bool {
    kind == .cannotWrite && message.hasSuffix(String(cString: strerror(EPIPE)))
  }
}

extension Duration {
  fileprivate var inSeconds: Double { self / .seconds(1) }
}
