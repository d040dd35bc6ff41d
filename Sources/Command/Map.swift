import ArgumentParser
import Foundation
import GridPlan
import MapFiles
import PlanModel

/// `gridplan map`: a plan that people can look at.
struct MapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "map",
    abstract: "Draws a plan: a page that opens by a double click, or a picture.",
    discussion: """
      PLAN is the folder that `gridplan plan` wrote; a scenario is planned anew. The page is one HTML file that \
      needs no network: grids coloured by a figure, layers to switch, search, table, charts, what is to be checked, \
      print on A4 and A3, in English and Chinese. Pages and pictures show what may be published; --internal shows \
      exact counts.

      With --compare the page holds two plans, before and after, with a line to draw across.

      Examples:
        gridplan map out/town -o town.html
        gridplan map town -o town.svg --measure households --lang zh
        gridplan map --compare out/today out/proposal --internal -o change.html
      """)

  @Argument(help: ArgumentHelp("A plan's folder, or a scenario; with --compare, before and after.", valueName: "plan"))
  var paths: [String]

  @Flag(help: "Show two plans, before and after; each may be a layer of grids.")
  var compare = false

  @Option(help: ArgumentHelp("With --compare: units that carry the households of both plans.", valueName: "file"))
  var units: String?

  @Option(help: ArgumentHelp("With --compare: the field of that layer with the number of households.", valueName: "field"))
  var weight: String?

  @Option(help: ArgumentHelp("With --compare: the field with the codes of layers that are no plans.", valueName: "field"))
  var code: String?

  @Option(name: .shortAndLong, help: "The file to write; standard output where absent.")
  var output: String?

  @Option(help: "html, svg or png; by default what the name of the file says, else html.")
  var format: MapFormatName?

  @Option(help: ArgumentHelp("The figure that colours a picture: deviation, households, workload…", valueName: "figure"))
  var measure: String?

  @Option(help: ArgumentHelp("Width of a picture.", valueName: "pixels"))
  var width = 1200

  @Option(help: ArgumentHelp("A scenario whose streets are drawn beneath the plan.", valueName: "scenario"))
  var base: String?

  @Flag(help: "Show exact counts: for the office, not for publication.")
  var `internal` = false

  @OptionGroup var wording: WordingOptions

  func validate() throws {
    guard (200...20_000).contains(width) else { throw ValidationError("--width must be from 200 to 20000") }
  }

  func run() throws {
    guard paths.count == (compare ? 2 : 1) else {
      throw ValidationError(compare ? "--compare takes two plans: before and after" : "name one plan; two go with --compare")
    }
    let map = try map()
    try map.require(measure: measure)
    switch format ?? .init(file: output) {
    case .html:
      let parts = try map.page(wording.language)
      try write { file in for part in parts { try file.write(part) } }
    case .svg: try write { try $0.write(picture(map)) }
    case .png: try RasterPicture.write(picture(map), to: output)
    }
  }

  private func map() throws -> PlanMap {
    if compare { return try comparison().map(isInternal: `internal`) }
    let path = paths[0]
    if let map = try PlanMap.ofWritten(path, base: base, isInternal: `internal`) { return map }
    return try Planner.plan(Scenario(contentsOf: path), progress: wording.progress).map(isInternal: `internal`)
  }

  private func comparison() throws -> CompareOutcome {
    var request = CompareRequest(before: paths[0], after: paths[1])
    (request.unitsFile, request.weight) = (units, weight)
    (request.beforeCode, request.afterCode) = (code, code)
    return try Comparer.compare(request, progress: wording.progress)
  }

  private func picture(_ map: PlanMap) -> String {
    map.svg(wording.language, measure: measure, width: Double(width))
  }

  private func write(_ body: (OutputFile) throws -> Void) throws {
    try writeAtomically(to: output ?? "-", body)
  }
}

/// The forms of a map.
enum MapFormatName: String, ExpressibleByArgument, CaseIterable {
  case html, svg, png

  init(file: String?) {
    self = file.flatMap { Self(rawValue: ($0 as NSString).pathExtension.lowercased()) } ?? .html
  }
}
