import ArgumentParser
import Foundation
import GridPlan
import MapFiles
import PlanModel

/// `gridplan show`: a plan at a glance, in the terminal.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows a plan in the terminal: a small map, its figures, the grids that stand out.",
    discussion: """
      PLAN is the folder that `gridplan plan` wrote; a scenario is planned anew, and nothing is written. Shows exact \
      counts, for the office. Without colours where NO_COLOR is set or the output is no terminal.

      Example:
        gridplan show town/out --measure households
      """)

  @Argument(help: ArgumentHelp("A plan's folder, or a scenario.", valueName: "plan"))
  var path: String

  @Option(help: ArgumentHelp("The figure that colours the map: deviation, households, workload…", valueName: "figure"))
  var measure: String?

  @Option(help: ArgumentHelp("How many characters wide; by default as wide as the terminal, at most 100.", valueName: "characters"))
  var width: Int?

  @OptionGroup var wording: WordingOptions

  func validate() throws {
    if let width, !(20...400).contains(width) { throw ValidationError("--width must be from 20 to 400") }
  }

  func run() throws {
    let isPublished = (try? PlanMap.isPublished(path)) ?? false
    let map = try PlanMap.ofWritten(path, isInternal: !isPublished)
      ?? Planner.plan(Scenario(contentsOf: path), progress: wording.progress).map(isInternal: true)
    try map.require(measure: measure)
    print(map.overview(wording.language, measure: measure, width: width ?? terminalWidth, hasColors: hasColors))
  }

  private var hasColors: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isatty(STDOUT_FILENO) != 0 && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  private var terminalWidth: Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return min(100, max(20, Int(size.ws_col)))
  }
}

extension PlanMap {
  /// - Throws: `ValidationError` for a figure that the plan does not have, with the nearest that it has.
  func require(measure: String?) throws {
    guard let measure, !measures.contains(measure) else { return }
    let hint = nearestName(to: measure, among: measures).map { "did you mean \($0)?" } ?? "it has " + measures.joined(separator: ", ")
    throw ValidationError("--measure \(measure) is no figure of this plan; \(hint)")
  }
}
