import ArgumentParser
import Checks
import Foundation
import Georeference
import GridPlan
import MapFiles
import PlanModel
import Reconcile

/// `gridplan reconcile`: two sources of the same thing, joined, compared and merged.
struct ReconcileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Joins two sources of the same thing, and says where they differ.",
    discussion: """
      Communities from two maps, buildings from two departments, or a table of households by address and a \
      map of buildings. Rows are joined by code, name, address or place, in the order of --by; what one step \
      joins, the next leaves alone. A name that repeats or lost a character is never joined by itself.

      Writes matches.csv (each pair, how it was joined, and a score), conflicts.csv (fields that differ, by \
      how much, which source wins), leftovers.csv (rows joined to none, and why), and the merged layer. \
      Without -o only the summary is printed.

      Examples:
        gridplan reconcile civil-affairs.geojson planning.gpkg --by code,name,place --value 户数 -o out/compared
        gridplan reconcile households.csv buildings.geojson --by address --value 户数 --prefer B -o out/joined
      """)

  @Argument(help: ArgumentHelp("The first source.", valueName: "a"))
  var a: String

  @Argument(help: ArgumentHelp("The second source.", valueName: "b"))
  var b: String

  @Option(help: ArgumentHelp("What to join by, in this order: code, name, address, place.", valueName: "keys"))
  var by = "code,name,place"

  @Option(help: ArgumentHelp("The field that is compared and added up: one name (of either source or both), or a=b.", valueName: "field"))
  var value: String?

  @Option(help: ArgumentHelp("The field with the codes: one name, or a=b; recognised by its name where absent.", valueName: "field"))
  var code: String?

  @Option(help: ArgumentHelp("The field with the names.", valueName: "field"))
  var name: String?

  @Option(help: ArgumentHelp("The field with the addresses.", valueName: "field"))
  var address: String?

  @Option(help: ArgumentHelp("The field with the area above, in which a name need not repeat.", valueName: "field"))
  var parent: String?

  @Option(help: ArgumentHelp("A further field to compare: one name, or a=b. May be repeated.", valueName: "field"))
  var compare: [String] = []

  @Option(
    help: ArgumentHelp(
      "Which source wins where they differ: A, B, larger, smaller, newer:FIELD, or for one field FIELD=B, geometry=B… May be repeated; A where absent.",
      valueName: "rule"))
  var prefer: [String] = []

  @Option(help: ArgumentHelp("The least common share of two areas that are one.", valueName: "share"))
  var overlap = 0.5

  @Option(help: ArgumentHelp("How many metres apart two points may lie that are one, or two places of one code or name.", valueName: "metres"))
  var within = 50.0

  @Option(help: ArgumentHelp("The share up to which a difference of numbers counts as none.", valueName: "share"))
  var tolerance = 0.0

  @Option(help: ArgumentHelp("What became of older codes: a table old,new, or code,name_…,name_….", valueName: "file"))
  var editions: String?

  @Option(help: ArgumentHelp("The layer of A in a file of several.", valueName: "name"))
  var layerA: String?

  @Option(help: ArgumentHelp("The layer of B in a file of several.", valueName: "name"))
  var layerB: String?

  @Option(help: ArgumentHelp("The reference system of A, where its file does not say or says wrong.", valueName: "crs"))
  var crsA: String?

  @Option(help: ArgumentHelp("The reference system of B.", valueName: "crs"))
  var crsB: String?

  @Option(help: ArgumentHelp("Rows of A to take: field=value|value.", valueName: "filter"))
  var whereA: String?

  @Option(help: ArgumentHelp("Rows of B to take: field=value|value.", valueName: "filter"))
  var whereB: String?

  @Option(name: .shortAndLong, help: "The folder for the tables and the merged layer.")
  var output: String?

  @Flag(help: "Accept a transformation that ignores the difference of datums (some 100 m).")
  var allowBallpark = false

  @Flag(help: "Read layers with personal columns without those columns.")
  var dropPersonalColumns = false

  @OptionGroup var wording: WordingOptions

  func validate() throws {
    _ = try keys()
    for rule in prefer where WinnerRule(rule) == nil {
      throw ValidationError("--prefer \(rule): not A, B, larger, smaller, newer:FIELD or FIELD=one of these")
    }
    for (option, text) in [("value", value), ("code", code), ("name", name), ("address", address), ("parent", parent)] {
      if let text, FieldPair(text) == nil { throw ValidationError("--\(option) must be a field, or a=b") }
    }
    for text in compare where FieldPair(text) == nil { throw ValidationError("--compare must be a field, or a=b") }
    guard (0...1).contains(overlap), overlap > 0 else { throw ValidationError("--overlap must be above 0 and at most 1") }
    guard within >= 0, tolerance >= 0 else { throw ValidationError("--within and --tolerance must not be negative") }
    for text in [whereA, whereB].compactMap({ $0 }) where FeatureFilter(text) == nil {
      throw ValidationError("a filter must be field=value|value")
    }
  }

  func run() throws {
    let first = try read(a, layer: layerA, crs: crsA, filter: whereA)
    let second = try read(b, layer: layerB, crs: crsB, filter: whereB)
    let result = try reconcile(first, second, options: options())
    let files = try output.map { try result.write(to: $0, language: wording.language) } ?? []
    print(result.summary(wording.language))
    if let output { print(wording.language("written to \(output): ", "已写入 \(output)：") + files.joined(separator: " ")) }
  }

  private func keys() throws -> [JoinKey] {
    try by.split(separator: ",").map { word in
      guard let key = JoinKey(rawValue: word.trimmingCharacters(in: .whitespaces)) else {
        throw ValidationError("--by \(word): not code, name, address or place")
      }
      return key
    }
  }

  private func read(_ path: String, layer: String?, crs: String?, filter: String?) throws -> Layer {
    var read = try readLayer(path, layer: layer, crs: crs.map { CRS(normalizing: $0) }).recognisingCRS()
    for note in read.notes where note.rule == "assumed-crs" { printNote("\(path): \(note.message)") }
    if let filter = filter.flatMap(FeatureFilter.init) { read = try filter.applied(to: read, file: path) }
    let (clean, dropped) = try withoutPersonalColumns(
      read, role: LayerRole(inferredFrom: read), drop: dropPersonalColumns)
    for column in dropped { printNote("\(path): \(column.wording(wording.language)); dropped") }
    return clean
  }

  private func options() throws -> ReconcileOptions {
    var options = ReconcileOptions()
    options.keys = try keys()
    options.editions = try editions.map { try codeEditions(CheckInput.read($0)) }
    func pair(_ text: String?) -> FieldPair? { text.flatMap(FieldPair.init) }
    options.fieldsOfA = SourceFields(
      code: pair(code)?.a, name: pair(name)?.a, address: pair(address)?.a, parent: pair(parent)?.a, value: pair(value)?.a)
    options.fieldsOfB = SourceFields(
      code: pair(code)?.b, name: pair(name)?.b, address: pair(address)?.b, parent: pair(parent)?.b, value: pair(value)?.b)
    options.compared = compare.compactMap(FieldPair.init)
    options.rules = prefer.compactMap(WinnerRule.init)
    options.leastOverlap = overlap
    options.reach = within
    options.tolerance = tolerance
    options.allowsBallpark = allowBallpark
    return options
  }
}
