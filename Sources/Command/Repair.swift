import ArgumentParser
import Checks
import Foundation
import Georeference
import GridPlan
import MapFiles
import PlanModel

/// `gridplan repair`: a layer made valid and seamless, everything that was touched listed.
struct RepairCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repair",
    abstract: "Makes a layer valid and seamless, and lists what was changed.",
    discussion: """
      Invalid areas are made valid by their structure. Of grids and units all borders become one set of arcs: \
      vertices within --snap of each other or of a neighbour's border are one, gaps and overlaps up to a mean \
      width of --tolerance are closed (an overlap goes to the smaller area), wider ones are left and listed. \
      Of buildings each is made valid by itself. Features that need no repair keep their coordinates.

      Prints one JSON object a line, as `check` does: rule (made-valid, snapped-border, closed-gap, \
      closed-overlap, left-gap, left-overlap, vanished, not-an-area), severity (repaired, warning, error), file, \
      feature, other, code, measure, unit, lon, lat, message. Then the result is checked; ends with status 2 \
      where an error is left.

      Example:
        gridplan repair drawn.geojson seamless.gpkg --tolerance 0.5 > touched.jsonl
      """)

  @Argument(help: ArgumentHelp("The layer to repair.", valueName: "in"))
  var input: String

  @Argument(help: ArgumentHelp("The file to write, in the format that its extension names.", valueName: "out"))
  var output: String

  @Option(help: ArgumentHelp("The layer's name in a file of several.", valueName: "name"))
  var layer: String?

  @Option(help: "grids, units (wide gaps are ordinary) or buildings.")
  var kind = RepairKindName.grids

  @Option(help: ArgumentHelp("How near vertices and borders of different features are that become one.", valueName: "metres"))
  var snap = 0.05

  @Option(help: ArgumentHelp("The mean width (2 · area / perimeter) up to which gaps and overlaps are closed.", valueName: "metres"))
  var tolerance = 0.5

  @Option(help: ArgumentHelp("Areas whose borders the features should follow; they are not changed.", valueName: "file"))
  var parents: String?

  @Option(help: ArgumentHelp("Areas that belong to no feature, such as water: no gap for the check at the end.", valueName: "file"))
  var barriers: String?

  @Option(help: ArgumentHelp("The field with the codes.", valueName: "field"))
  var code: String?

  @Option(name: .customLong("to-crs"), help: ArgumentHelp("The CRS to write: EPSG:4549, WKT….", valueName: "crs"))
  var target: String?

  @Option(name: .customLong("from-crs"), help: ArgumentHelp("The CRS of the layer, where the file says none or a wrong one.", valueName: "crs"))
  var source: String?

  @Flag(help: "Accept a transformation that ignores the difference of datums (some 100 m).")
  var allowBallpark = false

  @Flag(help: "Read layers with personal columns without those columns.")
  var dropPersonalColumns = false

  @OptionGroup var wording: WordingOptions

  func validate() throws {
    guard snap >= 0, snap <= 10, tolerance >= 0, tolerance <= 100 else {
      throw ValidationError("--snap must be from 0 to 10 m and --tolerance from 0 to 100 m")
    }
  }

  func run() throws {
    let layer = try read()
    let outcome = try repairedLayer(layer, parents: parents.map { try CheckInput.read($0).recognisingCRS() }, request: request)
    try write(outcome.layer)
    for change in outcome.changes {
      print(change.line(file: input, code: code(of: change.feature, layer), wording.language).json)
    }
    try report(outcome, left: errors(in: outcome.layer))
  }

  private func read() throws -> Layer {
    let read = try readLayer(input, layer: layer, crs: source.map { CRS(normalizing: $0) }).recognisingCRS()
    let (clean, dropped) = try withoutPersonalColumns(read, role: .places, drop: dropPersonalColumns)
    for column in dropped { printNote("\(input): \(column.wording(wording.language)); dropped") }
    return clean
  }

  private var isGeoJSON: Bool { MapFormat(name: output) == .geoJSON }

  private var request: RepairRequest {
    var request = RepairRequest()
    request.kind = kind.kind
    request.snap = snap
    request.tolerance = tolerance
    request.target = target.map { CRS(normalizing: $0) } ?? (isGeoJSON ? .crs84 : nil)
    request.decimals = isGeoJSON ? 7 : nil
    request.allowsBallpark = allowBallpark
    return request
  }

  private func write(_ layer: Layer) throws {
    switch MapFormat(name: output) {
    case .geoJSON: try writeGeoJSON(layer, to: output, style: GeoJSONStyle(forFile: output, decimals: 7))
    case .geoPackage: _ = try writeGeoPackage([layer], to: output)
    default:
      throw MapFileError(
        .cannotWrite, file: output, message: "areas are not written in a format of this extension",
        remedy: "Name a file .geojson, .geojsonl, .geojsons or .gpkg")
    }
  }

  /// The errors that `check` finds in the result, read back as it was written.
  private func errors(in layer: Layer) throws -> [Finding] {
    var options = CheckOptions()
    options.kind = kind.checkKind
    options.codeField = code
    let written = try CheckInput.read(output)
    return try check(written, barriers: barriers.map { try CheckInput.read($0) }, options: options)
      .filter { $0.severity == .error }
  }

  private func code(of feature: Int?, _ layer: Layer) -> String? {
    feature.flatMap { layer.text(CodeField.index(in: layer.fields, asked: code), of: $0) }
  }

  private func report(_ outcome: RepairOutcome, left: [Finding]) throws {
    let language = wording.language
    let counts = Dictionary(left.map { ($0.rule.rawValue, 1) }, uniquingKeysWith: +)
    let list = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    printNote(
      language(
        "\(output): \(outcome.touched) of \(outcome.layer.features.count) features changed",
        "\(output)：\(outcome.layer.features.count) 个要素中修改 \(outcome.touched) 个")
        + (left.isEmpty
          ? language("; check finds no error", "；检查无错误") : language("; errors left: \(list)", "；仍有错误：\(list)")))
    if !left.isEmpty { throw ExitStatus.unmet.code }
  }
}

/// The kinds of layer as the command line names them.
enum RepairKindName: String, ExpressibleByArgument, CaseIterable {
  case grids, units, buildings

  var kind: RepairRequest.Kind { RepairRequest.Kind(rawValue: rawValue)! }
  var checkKind: Checks.LayerKind { Checks.LayerKind(rawValue: rawValue)! }
}
