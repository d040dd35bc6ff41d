import ArgumentParser
import Foundation
import GridPlan
import PlanModel

/// `gridplan plan`: the whole job.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Draws or takes grids, assigns households, and writes the plan.",
    discussion: """
      SCENARIO is a YAML or JSON file, or a folder with a scenario.yaml; `gridplan init DIR` writes one. \
      Several scenarios are a batch: one that fails doesn't stop the others.

      Example:
        gridplan init town && gridplan plan town
      """)

  @Argument(help: ArgumentHelp("Scenario files or folders.", valueName: "scenario"))
  var scenarios: [String]

  @Option(
    name: .shortAndLong,
    help: "The folder for results; of a batch, the folder for a folder each. By default the scenario's own.")
  var output: String?

  @Flag(help: "Write the set that may leave the office: no building counts, small counts suppressed.")
  var publish = false

  @Option(help: ArgumentHelp("A plan of the same place that is published already: nothing that its subtraction would tell is published.", valueName: "folder"))
  var against: String?

  @Option(help: "Households below which a published count is suppressed (default 10, or the scenario's).")
  var minCount: Int?

  @Flag(help: "Print the report as JSON, one object a line, instead of the summary.")
  var json = false

  @Flag(help: "Read layers with personal columns without those columns.")
  var dropPersonalColumns = false

  @Option(help: "The seed of the search, instead of the scenario's.")
  var seed: Int?

  @Option(help: "The page map.html: published, internal (exact counts) or none; by default the scenario's choice.")
  var map: MapChoice?

  @Option(help: "What is the same in all grids, instead of the scenario's: households or workload.")
  var balance: GridRules.Equal?

  @OptionGroup var wording: WordingOptions

  func validate() throws {
    if let minCount, minCount < 1 { throw ValidationError("--min-count must be at least 1") }
    if against != nil, !publish { throw ValidationError("--against goes with --publish") }
    if let seed, seed < 0 { throw ValidationError("--seed must not be negative") }
  }

  func run() throws {
    var status = ExitStatus.done
    for scenario in scenarios {
      do {
        status = max(status, try plan(scenario))
      } catch where scenarios.count > 1 {
        guard let failure = ExitStatus(of: error) else { throw error }
        printError(error)
        status = max(status, failure)
      }
    }
    if status != .done { throw status.code }
  }

  /// Plans one scenario, writes and prints it.
  private func plan(_ path: String) throws -> ExitStatus {
    var scenario = try Scenario(contentsOf: path)
    scenario.dropPersonalColumns = scenario.dropPersonalColumns || dropPersonalColumns
    scenario.minCount = minCount ?? scenario.minCount
    scenario.grids.seed = seed ?? scenario.grids.seed
    scenario.map = map ?? scenario.map
    scenario.grids.balance = balance ?? scenario.grids.balance
    let outcome = try Planner.plan(scenario, progress: wording.progress)
    let folder = folder(for: scenario)
    let language = wording.language
    let files = try wording.progress.during("write", "writing the plan", "写出方案") {
      publish
        ? try outcome.publish(to: folder, against: against, language: language) : try outcome.write(to: folder, language: language)
    }
    if let problem = outcome.pageProblem { printError("map.html was not written: \(problem)") }
    if let against, let figures = try outcome.subtraction(against: against) { printNote(wording(of: figures)) }
    if json {
      print(try outcome.report(published: publish, against: against).jsonLine)
    } else {
      print(outcome.summary(folder: folder, files: files).text(wording.language))
    }
    return outcome.plan.isFeasible ? .done : .unmet
  }

  private func wording(of figures: SubtractionFigures) -> String {
    wording.language(
      "\(figures.earlier): \(figures.hidden) figures left out so that subtraction tells no small count"
        + (figures.exposed > 0 ? "; \(figures.exposed) small counts it gives away by itself" : "")
        + (figures.differing > 0 ? "; \(figures.differing) of its figures were counted otherwise" : ""),
      "\(figures.earlier)：为防相减推算，另隐去 \(figures.hidden) 个数字"
        + (figures.exposed > 0 ? "；其自身已泄露 \(figures.exposed) 个小数" : "")
        + (figures.differing > 0 ? "；其中 \(figures.differing) 个数字与现有数据不同" : ""))
  }

  private func folder(for scenario: Scenario) -> String {
    let own = publish ? scenario.outputFolder + "-published" : scenario.outputFolder
    guard let output else { return own }
    return scenarios.count == 1 ? output : (output as NSString).appendingPathComponent(scenario.name)
  }
}

/// `gridplan schema`: the JSON Schema of scenarios.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Prints the JSON Schema of scenarios.",
    discussion: """
      Editors that know the schema complete the keys of a scenario and mark wrong ones.

      Example:
        gridplan schema > scenario.schema.json
      """)

  func run() throws { print(ScenarioSchema.json, terminator: "") }
}
