import ArgumentParser
import Foundation
import GridPlan

@main
struct Gridplan: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gridplan",
    abstract: "Plans service grids (网格): draws, balances, assigns and checks them.",
    version: gridplanVersion,
    subcommands: [
      AssignCommand.self,
      AuditCommand.self,
      BalanceCommand.self,
      CheckCommand.self,
      CompareCommand.self,
      ConvertCommand.self,
      CoverageCommand.self,
      EditCommand.self,
      InitCommand.self,
      MapCommand.self,
      PlanCommand.self,
      ReconcileCommand.self,
      RedrawCommand.self,
      RepairCommand.self,
      SchemaCommand.self,
    ]
  )

  static func main() async {
    suggestCommand()
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

  /// Meets a mistyped subcommand with the nearest right one.
  private static func suggestCommand() {
    guard let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-") else { return }
    let names = configuration.subcommands.compactMap { $0.configuration.commandName }
    guard !names.contains(word), word != "help" else { return }
    let hint = nearestName(to: word, among: names).map { "Did you mean `gridplan \($0)`?" }
      ?? "Commands: " + names.joined(separator: ", ")
    printError("no command is called \"\(word)\". \(hint)")
    Foundation.exit(ExitStatus.usage.rawValue)
  }
}
