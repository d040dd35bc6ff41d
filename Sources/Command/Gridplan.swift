import ArgumentParser
import GridPlan

@main
struct Gridplan: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gridplan",
    abstract: "Plans service grids (网格): draws, balances, assigns and checks them.",
    version: gridplanVersion,
    subcommands: [
      CheckCommand.self,
      ConvertCommand.self,
      CoverageCommand.self,
      InitCommand.self,
      PlanCommand.self,
      RedrawCommand.self,
      SchemaCommand.self,
    ]
  )

  static func main() async {
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      exit(reporting: error)
    }
  }
}
