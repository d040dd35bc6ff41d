import ArgumentParser
import Foundation
import GridPlan

@main
struct Gridplan: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gridplan",
    abstract: "Plans service grids (网格): draws, balances, assigns and checks them.",
    discussion: """
      Your first plan, in three commands:
        gridplan init town               a commented scenario beside a small map
        gridplan plan town               draws the grids and writes town/out
        gridplan show town/out           shows it; a browser opens town/out/map.html

      Then put your own maps into town/scenario.yaml; it says how.

      For one job alone: assign points to grids; check a layer; convert it to another format or reference \
      system; balance the work of a plan; compare two plans; audit cameras or whole batches of districts. \
      `gridplan help COMMAND` shows its options with an example.

      Exit status: 0 done, 1 failed, 2 a hard bound unmet or an error found, 64 wrong use, 65 bad data, \
      66 missing input, 73 cannot write.
      """,
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
      ManualCommand.self,
      MapCommand.self,
      PlanCommand.self,
      ReconcileCommand.self,
      RedrawCommand.self,
      RepairCommand.self,
      SchemaCommand.self,
      ShowCommand.self,
    ]
  )

  static func main() async {
    suggestCommand()
    do {
      var command = try parseAsRoot()
      Interrupts.install()
      watch(command)
      defer { ProgressLine.shared.stop() }
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      exit(reporting: error)
    }
  }

  /// Shows how far a command is; `audit` does so itself.
  private static func watch(_ command: any ParsableCommand) {
    if command is AuditCommand { return Interrupts.release() }
    let words = CommandLine.arguments
    ProgressLine.shared.watch(
      "gridplan " + (type(of: command).configuration.commandName ?? ""), isQuiet: words.contains("--quiet"),
      tellsTimes: words.contains { $0 == "--verbose" || $0 == "-v" })
  }

  /// Meets a mistyped subcommand with the nearest right one.
  private static func suggestCommand() {
    let words = CommandLine.arguments.dropFirst().prefix(2)
    let names = configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    guard let word = words.first == "help" ? words.dropFirst().first : words.first, !word.hasPrefix("-"),
      !names.contains(word)
    else { return }
    let help = words.first == "help" ? "help " : ""
    let hint = nearestName(to: word, among: names).map { "Did you mean `gridplan \(help)\($0)`?" }
      ?? "Commands: " + names.filter { $0 != "manual" }.joined(separator: ", ")
    printError("no command is called \"\(word)\". \(hint)")
    Foundation.exit(ExitStatus.usage.rawValue)
  }
}
