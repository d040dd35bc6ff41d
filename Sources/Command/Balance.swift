import ArgumentParser
import Foundation
import GridPlan
import PlanModel

/// `gridplan balance`: services into minutes, minutes into posts.
struct BalanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "balance",
    abstract: "Who carries how much work, whether it is fair, and what would mend it.",
    discussion: """
      PLAN is the folder that `gridplan plan` wrote (or its grids.geojson), or a scenario. Services, \
      speeds and hours come from the scenario, or from the plan's report; without any, a default \
      profile stands, marked as an assumption. Workers are posts, never names: a layer with id, grid \
      (several apart by ;), hours a week and skills; a point is the base.

      Exit status 2: some work has no hours or nobody with the skill.

      Example:
        gridplan balance out/town --workers posts.csv --streets streets.geojson -o out/town-balance
      """)

  @Argument(help: ArgumentHelp("A plan's folder, or a scenario.", valueName: "plan"))
  var path: String

  @Option(help: "Posts: CSV or a map layer, instead of the scenario's.")
  var workers: String?

  @Option(help: "Streets for travel, instead of the scenario's.")
  var streets: String?

  @Option(help: "Timed events, instead of the scenario's.")
  var events: String?

  @Option(help: "A table of visits for the periods: grid,date,count and, if known, minutes.")
  var visits: String?

  @Option(help: "A scenario whose services and constants count instead.")
  var services: String?

  @Option(help: "Appraisal period: week, month, quarter or year.")
  var period = "month"

  @Option(help: "How much above the least possible largest load is allowed for fewer changes, such as 0.01.")
  var slack = 0.0

  @Flag(help: "Posts may only work in grids that they look after today.")
  var onlyKnown = false

  @Flag(inversion: .prefixedNo, help: "Level all loads, not only the largest (default where no post has a grid).")
  var levelAll: Bool?

  @Option(name: .shortAndLong, help: "The folder for workload.csv, workers.csv, periods.csv and balance.json.")
  var output: String?

  @Flag(help: "Write what may leave the office: no posts, small counts suppressed.")
  var publish = false

  @Option(help: "Counts below this are suppressed where published (default 10, or the scenario's).")
  var minCount: Int?

  @Flag(help: "Read layers with personal columns without those columns.")
  var dropPersonalColumns = false

  @Flag(help: "Print the report as JSON in one line instead of the summary.")
  var json = false

  @OptionGroup var wording: WordingOptions

  func validate() throws {
    guard slack >= 0, slack <= 1 else { throw ValidationError("--slack must be from 0 to 1") }
    if let minCount, minCount < 1 { throw ValidationError("--min-count must be at least 1") }
    guard ["week", "month", "quarter", "year"].contains(period) else {
      throw ValidationError("--period must be week, month, quarter or year")
    }
  }

  func run() throws {
    let outcome = try Balancer.balance(request, progress: wording.progress)
    let files = try output.map { try outcome.write(to: $0) } ?? []
    if json {
      print(outcome.report.jsonLine)
    } else {
      print(outcome.text(wording.language, folder: output, files: files))
    }
    if !outcome.isFeasible { throw ExitStatus.unmet.code }
  }

  private var request: BalanceRequest {
    var request = BalanceRequest(path: path)
    request.workersFile = workers
    request.streetsFile = streets
    request.eventsFile = events
    request.visitsFile = visits
    request.servicesFile = services
    request.period = period
    request.onlyKnown = onlyKnown
    request.levelsAll = levelAll
    request.slack = slack
    request.isPublished = publish
    request.minCount = minCount
    request.dropsPersonalColumns = dropPersonalColumns
    return request
  }
}
