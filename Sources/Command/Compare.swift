import ArgumentParser
import Foundation
import GridPlan
import PlanModel

/// `gridplan compare`: what two plans make different.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Who moved between two plans, what changed hands, and whether it became fairer.",
    discussion: """
      BEFORE and AFTER are plans (a folder that `gridplan plan` wrote, its grids.geojson or plan.gpkg) or \
      layers of grids with codes. Grids are matched so that the fewest households move; a matched grid with \
      another code is renamed, not moved. Households come from the plans, or from a layer: --units or \
      --buildings. Writes diff.geojson (the pieces that change grid), changes.csv (a row for each grid, old \
      code and new) and compare.json; counts are exact, for the office.

      Examples:
        gridplan compare out/today out/proposal -o out/difference
        gridplan compare old.geojson new.geojson --code number --units blocks.geojson --weight dwellings
      """)

  @Argument(help: ArgumentHelp("The plan of before.", valueName: "before"))
  var before: String

  @Argument(help: ArgumentHelp("The plan of after.", valueName: "after"))
  var after: String

  @Option(help: ArgumentHelp("The field with the codes, in layers that don't call it by a usual name.", valueName: "field"))
  var code: String?

  @Option(help: ArgumentHelp("The same for AFTER alone.", valueName: "field"))
  var afterCode: String?

  @Option(help: ArgumentHelp("Units that carry the households of both plans.", valueName: "file"))
  var units: String?

  @Option(help: ArgumentHelp("Buildings that carry the households of both plans.", valueName: "file"))
  var buildings: String?

  @Option(help: ArgumentHelp("The field of that layer with the number of households.", valueName: "field"))
  var weight: String?

  @Option(help: "A scenario whose services and constants count for the workload of both.")
  var services: String?

  @Option(help: ArgumentHelp("The projected reference system to measure in.", valueName: "crs"))
  var crs: String?

  @Option(help: ArgumentHelp("Borders within so many metres of each other are one line.", valueName: "metres"))
  var tolerance = 1.0

  @Option(help: "Differences of fewer households are warned of (default: the plan's own, else 10).")
  var minCount: Int?

  @Option(name: .shortAndLong, help: "The folder for diff.geojson, changes.csv and compare.json.")
  var output: String?

  @Flag(help: "Read layers with personal columns without those columns.")
  var dropPersonalColumns = false

  @Flag(help: "Print the report as JSON in one line instead of the summary.")
  var json = false

  @OptionGroup var wording: WordingOptions

  func validate() throws {
    if units != nil, buildings != nil { throw ValidationError("households come from --units or from --buildings, not both") }
    if weight != nil, units == nil, buildings == nil { throw ValidationError("--weight names a field of --units or --buildings") }
    guard tolerance >= 0, tolerance.isFinite else { throw ValidationError("--tolerance must not be negative") }
    if let minCount, minCount < 1 { throw ValidationError("--min-count must be at least 1") }
  }

  func run() throws {
    let outcome = try Comparer.compare(request, progress: wording.progress)
    let files = try output.map { try outcome.write(to: $0) } ?? []
    print(json ? outcome.report.jsonLine : outcome.text(wording.language, folder: output, files: files))
  }

  private var request: CompareRequest {
    var request = CompareRequest(before: before, after: after)
    (request.beforeCode, request.afterCode) = (code, afterCode ?? code)
    (request.unitsFile, request.buildingsFile, request.weight) = (units, buildings, weight)
    (request.servicesFile, request.crs, request.minCount) = (services, crs, minCount)
    request.tolerance = tolerance
    request.dropsPersonalColumns = dropPersonalColumns
    return request
  }
}
