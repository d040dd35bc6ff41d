import ArgumentParser
import Foundation
import GridPlan

/// The options of `gridplan redraw --units`.
struct RedrawUnitOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The areas to group: blocks, precincts, postal areas, base grids.", valueName: "file"))
  var units: String?

  @Option(help: "The layer in a file of several.")
  var layer: String?

  @Option(help: "The reference system of the units where the file doesn't say.")
  var crs: String?

  @Option(help: "The field that identifies units.")
  var id: String?

  @Option(help: ArgumentHelp(
    "A field that grids balance, with bounds where wanted: pop20:900:1100. The first is balanced; further ones (repeat the option) only keep bounds. area_m2 is the ground.",
    valueName: "field[:min:max]"))
  var weight: [String] = []

  @Option(help: "How many grids.")
  var grids: Int?

  @Option(help: "The least weight of a grid.")
  var min: Int?

  @Option(help: "The weight to come near to.")
  var ideal: Int?

  @Option(help: "The greatest weight of a grid.")
  var max: Int?

  @Option(help: ArgumentHelp("Areas that no grid crosses: a layer, or a field of the units.", valueName: "file|field"))
  var parent: String?

  @Option(help: "The field with the codes of parents, where they are a layer.")
  var parentCode: String?

  @Option(help: ArgumentHelp("The grids of today: a layer, or a field of the units.", valueName: "file|field"))
  var existing: String?

  @Option(help: "The field with the codes of grids of today, where they are a layer.")
  var existingCode: String?

  @Option(help: "The share of the weight that may change grid, such as 0.05.")
  var maxMoved: Double?

  @Option(parsing: .upToNextOption, help: ArgumentHelp("Grids of today that stay as they are, and units that stay in theirs.", valueName: "code"))
  var lock: [String] = []

  @Option(parsing: .upToNextOption, help: ArgumentHelp(
    "Units that hang together though they do not touch, as A:B; nearest or nearest:500 links islands to the nearest unit (within so many metres).",
    valueName: "a:b"))
  var link: [String] = []

  @Option(help: ArgumentHelp("Lines and areas that no grid crosses: rivers, railways, motorways.", valueName: "file"))
  var barriers: String?

  @Option(help: "The field with the class of barriers.")
  var barrierClass: String?

  @Option(help: ArgumentHelp("Streets, which a grid rather ends at than crosses.", valueName: "file"))
  var streets: String?

  @Option(help: "The field with the class of streets.")
  var streetClass: String?

  @Option(help: ArgumentHelp("Lines that join what lies at either end, across barriers.", valueName: "file"))
  var bridges: String?

  @Option(parsing: .upToNextOption, help: ArgumentHelp(
    "What crossing a class of street or barrier costs: forbid, free, or metres of border for a metre of it.", valueName: "class=cost"))
  var crossing: [String] = []

  @Option(help: "A field of the units; those with the same value stay in one grid.")
  var together: String?

  @Option(help: "What becomes of a unit above the maximum: own (a grid of its own) or refuse.")
  var oversize: String = "own"

  @Flag(help: "Plans for 0, 1, 2, 5, 10, 20 and 100 % of the weight moved, into the folder -o, with a table.")
  var front = false

  @Option(name: .shortAndLong, help: "The file for the grids (GeoJSON; standard output by default); of --front the folder.")
  var output: String?

  @Option(help: ArgumentHelp("Write the grid of each unit: CSV unit,grid, or GeoJSON by its name.", valueName: "file"))
  var assignment: String?

  @Option(help: ArgumentHelp("Write everything repaired, linked or odd as GeoJSON.", valueName: "file"))
  var problems: String?

  @Option(help: ArgumentHelp("Write the report as JSON.", valueName: "file"))
  var report: String?

  @Flag(help: "Read layers with personal columns without those columns.")
  var dropPersonalColumns = false

  @Flag(help: "Allow a transformation that ignores a difference of datums.")
  var allowBallpark = false

  @OptionGroup var wording: WordingOptions

  func validate() throws {
    guard units != nil else { return }
    guard !weight.isEmpty else { throw ValidationError("--weight is missing: name the field that grids balance") }
    if let grids, grids < 1 { throw ValidationError("--grids must be at least 1") }
    let first = try Self.weightRule(weight[0])
    guard grids != nil || min != nil || max != nil || first.min != nil || first.max != nil else {
      throw ValidationError("give --grids K, or --min A and --max B")
    }
    if let min, let max, min > max { throw ValidationError("--min \(min) exceeds --max \(max)") }
    if let maxMoved, !(0...1).contains(maxMoved) { throw ValidationError("--max-moved must be from 0 to 1") }
    if maxMoved != nil || front, existing == nil { throw ValidationError("--max-moved and --front need --existing") }
    if front, output == nil { throw ValidationError("--front needs a folder: -o DIR") }
    guard GridRules.Oversize(rawValue: oversize) != nil else { throw ValidationError("--oversize must be own or refuse") }
  }

  /// - Throws: `ValidationError` for an option that cannot be read.
  func request(objective: String?, effort: GridRules.Effort, seed: Int, tolerance: Double?) throws -> UnitRedrawRequest {
    var request = UnitRedrawRequest(units: units ?? "", weights: try weight.map(Self.weightRule))
    (request.layer, request.crs, request.idField) = (layer, crs, id)
    (request.count, request.min, request.ideal, request.max) = (grids, min, ideal, max)
    (request.tolerance, request.maxMoved, request.together) = (tolerance, maxMoved, together)
    (request.parents, request.parentCode) = (parent, parentCode)
    (request.existing, request.existingCode) = (existing, existingCode)
    (request.barriers, request.barrierClass) = (barriers, barrierClass)
    (request.streets, request.streetClass, request.bridges) = (streets, streetClass, bridges)
    (request.effort, request.seed) = (effort, seed)
    request.oversize = GridRules.Oversize(rawValue: oversize) ?? .own
    (request.dropPersonalColumns, request.allowBallpark) = (dropPersonalColumns, allowBallpark)
    request.rules = try rules(objective: objective)
    return request
  }

  private func rules(objective: String?) throws -> RedrawRules {
    var rules = RedrawRules()
    rules.locked = lock
    if let objective {
      guard let goals = RedrawGoal.list(objective) else {
        throw ValidationError("--objective \(objective): give one or more of \(RedrawGoal.names), apart by commas, each with what later ones may take back, such as deviation:0.02")
      }
      rules.goals = goals
    }
    for text in link { try add(link: text, to: &rules) }
    for text in crossing {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let crossing = CrossingRule(parts[1]) else {
        throw ValidationError("--crossing \(text): give class=forbid, class=free or class=number")
      }
      rules.crossings[parts[0].lowercased()] = crossing
    }
    return rules
  }

  private func add(link text: String, to rules: inout RedrawRules) throws {
    let parts = text.split(separator: ":").map(String.init)
    if parts.first == "nearest", parts.count <= 2 {
      guard let reach = parts.count == 1 ? 1e7 : Double(parts[1]), reach > 0 else {
        throw ValidationError("--link \(text): give nearest, or nearest:metres")
      }
      rules.islandReach = reach
      return
    }
    guard parts.count == 2 else { throw ValidationError("--link \(text): give two units as A:B, or nearest") }
    rules.links.append(UnitLink(parts[0], parts[1]))
  }

  /// `field`, or `field:min:max` where either bound may be left out.
  static func weightRule(_ text: String) throws -> WeightRule {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 3 else { return WeightRule(field: text) }
    let bounds = parts.suffix(2).map { $0.isEmpty ? nil : Double($0) }
    guard zip(parts.suffix(2), bounds).allSatisfy({ $0.isEmpty || $1.map { $0 >= 0 && $0.isFinite } == true }) else {
      return WeightRule(field: text)
    }
    let rule = WeightRule(field: parts.dropLast(2).joined(separator: ":"), min: bounds[0], max: bounds[1])
    if let min = rule.min, let max = rule.max, min > max { throw ValidationError("--weight \(text): the minimum exceeds the maximum") }
    return rule
  }

  /// Redraws, writes and prints.
  func run(_ request: UnitRedrawRequest, json: Bool) throws {
    if front { return try runFront(request) }
    let outcome = try UnitRedraw.run(request, progress: wording.progress)
    try outcome.write(grids: output ?? "-", assignment: assignment, problems: problems, report: report)
    if json, output != nil {
      print(outcome.report.jsonLine)
    } else if output != nil {
      print(outcome.summary(wording.language))
    } else {
      FileHandle.standardError.write(Data((outcome.summary(wording.language) + "\n").utf8))
    }
    if !outcome.isFeasible { throw ExitStatus.unmet.code }
  }

  private func runFront(_ request: UnitRedrawRequest) throws {
    let front = try UnitRedraw.front(request, progress: wording.progress)
    _ = try front.write(to: output!)
    print(front.text(wording.language))
    if !front.steps.contains(where: \.outcome.isFeasible) { throw ExitStatus.unmet.code }
  }
}
