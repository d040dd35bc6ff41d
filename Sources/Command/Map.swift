import ArgumentParser
import Foundation
import GridPlan
import MapFiles
import PlanModel

/// `gridplan map`: a picture of a plan.
struct MapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "map",
    abstract: "Draws a scenario's plan as a picture (SVG).",
    discussion: """
      Plans SCENARIO and draws its grids, coloured by how far their households are from the mean, on the \
      scenario's own streets, water and buildings.

      Example:
        gridplan map town -o town.svg
      """)

  @Argument(help: ArgumentHelp("A scenario file or folder.", valueName: "scenario"))
  var scenario: String

  @Option(name: .shortAndLong, help: "The picture's file; standard output where absent.")
  var output: String?

  @OptionGroup var wording: WordingOptions

  func run() throws {
    let outcome = try Planner.plan(Scenario(contentsOf: scenario), progress: wording.progress)
    try writeAtomically(to: output ?? "-") { try $0.write(outcome.svg(wording.language)) }
  }
}
