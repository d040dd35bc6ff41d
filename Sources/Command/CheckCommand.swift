import ArgumentParser
import Checks
import Foundation
import Georeference
import MapFiles
import PlanModel

/// `gridplan check`: everything that is wrong with a layer, a JSON object a line.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Finds gaps, overlaps, invalid rings, wrong codes and other faults of a layer.",
    discussion: """
      Prints one JSON object a line: rule, severity, file, feature (its position, from 0), other (a second \
      feature), code, measure, unit, lon, lat, message. Ends with status 2 where one is an error, with 0 where \
      there are only warnings or nothing. Areas and distances are in metres, in a projected reference system.

      Examples:
        gridplan check grids.geojson --parents communities.geojson --buildings buildings.gpkg
        gridplan check communities.geojson --kind units --codes-table codes-2023.csv --editions changes.csv
        gridplan check codes-2023.csv --kind codes
      """)

  @Argument(help: ArgumentHelp("The layer to check; - or nothing for standard input.", valueName: "layer"))
  var file = "-"

  @Option(help: ArgumentHelp("The layer's name in a file of several.", valueName: "name"))
  var layer: String?

  @Option(help: "grids, buildings, units, or codes for a list of codes; by default codes for a table without geometry, else grids.")
  var kind: KindName?

  @Option(help: ArgumentHelp("The areas that the features lie in, such as communities.", valueName: "file"))
  var parents: String?

  @Option(help: ArgumentHelp("Buildings that the features may not cut.", valueName: "file"))
  var buildings: String?

  @Option(help: ArgumentHelp("Areas that belong to no feature, such as water.", valueName: "file"))
  var barriers: String?

  @Option(help: ArgumentHelp("The field with the codes.", valueName: "field"))
  var code: String?

  @Option(help: ArgumentHelp("The field of the parents with their codes.", valueName: "field"))
  var parentCode: String?

  @Option(help: ArgumentHelp("A list of codes and names that the codes belong to.", valueName: "file"))
  var codesTable: String?

  @Option(help: ArgumentHelp("What became of older codes: a table old,new, or code,name_…,name_….", valueName: "file"))
  var editions: String?

  @Option(help: ArgumentHelp("The reference system of the layer, where its file does not say.", valueName: "crs"))
  var crs: String?

  @Option(help: ArgumentHelp("The projected reference system to measure in.", valueName: "crs"))
  var workingCrs: String?

  @Option(help: ArgumentHelp("Language of messages: en or zh.", valueName: "lang"))
  var lang = Language.english

  @Flag(help: "List the rules and end.")
  var listRules = false

  @OptionGroup var talk: TalkOptions

  func run() throws {
    if listRules {
      for rule in CheckRule.allCases { print("\(rule.rawValue)\t\(rule.explanation(lang))") }
      return
    }
    let checked = try CheckInput.read(file, layer: layer, crs: crs)
    let findings = try check(
      checked, parents: parents.map { try CheckInput.read($0) },
      buildings: buildings.map { try CheckInput.read($0) }, barriers: barriers.map { try CheckInput.read($0) },
      options: options(for: checked))
    let lines = findings.map { $0.json + "\n" }.joined()
    ProgressLine.shared.wipe()
    FileHandle.standardOutput.write(Data(lines.utf8))
    if findings.contains(where: { $0.severity == .error }) { throw ExitStatus.unmet.code }
  }

  private func options(for layer: Layer) throws -> CheckOptions {
    var options = CheckOptions()
    options.kind = (kind ?? KindName(inferredFrom: layer)).kind
    options.codeField = code
    options.parentCodeField = parentCode
    options.codesTable = try codesTable.map { try Checks.codeTable(CheckInput.read($0)) }
    options.editions = try editions.map { try codeEditions(CheckInput.read($0)) }
    options.workingCRS = workingCrs.map { CRS(normalizing: $0) }
    options.language = lang
    return options
  }
}

/// The kinds of layer as the command line names them.
enum KindName: String, ExpressibleByArgument, CaseIterable {
  case grids, buildings, units, codes

  var kind: LayerKind { LayerKind(rawValue: rawValue)! }

  /// A table without columns of coordinates is a list of codes.
  init(inferredFrom layer: Layer) {
    let isTable = layer.crs == nil && !layer.notes.contains { $0.rule == "null-geometry" }
    self = isTable && !layer.features.isEmpty && layer.features.allSatisfy { $0.geometry == nil } ? .codes : .grids
  }
}

/// Reading for a check, which reports what a reader would refuse.
enum CheckInput {
  /// A layer; also one whose coordinates cannot be the degrees that they are said to be.
  static func read(_ path: String, layer: String? = nil, crs: String? = nil) throws -> Layer {
    let stated = crs.map { CRS(normalizing: $0) }
    do {
      return try readLayer(path, layer: layer, crs: stated).recognisingCRS()
    } catch let error as MapFileError where error.kind == .badData && path != "-" {
      // In a projected system any numbers will do: where this works, only their unit was wrong.
      guard var read = try? readLayer(path, layer: layer, crs: CRS("EPSG:3857")) else { throw error }
      read.crs = stated ?? .crs84
      return read
    }
  }
}
