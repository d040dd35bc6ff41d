import Foundation
import Testing

/// What helps a newcomer: help, examples, words that were mistyped, man pages.
@Suite struct HelpTests {
  static let commands = [
    "assign", "audit", "balance", "check", "compare", "convert", "coverage", "edit", "init", "map", "plan", "reconcile",
    "redraw", "repair", "schema", "show",
  ]

  @Test func helpLeadsToTheFirstPlan() throws {
    let help = try Program.run(["help"])
    #expect(help.status == 0)
    for step in ["gridplan init town", "gridplan plan town", "gridplan show town/out"] { #expect(help.output.contains(step)) }
    let listed = help.output.components(separatedBy: "SUBCOMMANDS:")[1]
    for command in Self.commands { #expect(listed.contains("\n  \(command) "), "\(command)") }
  }

  @Test(arguments: commands) func everyCommandHasAnExample(command: String) throws {
    let help = try Program.run(["help", command])
    #expect(help.status == 0)
    #expect(help.output.contains("Example"))
    #expect(help.output.components(separatedBy: "Example")[1].contains("gridplan \(command)"))
  }

  @Test(arguments: [
    (["plam", "town"], "gridplan plan"), (["help", "reconsile"], "gridplan help reconcile"), (["hepl"], "gridplan help"),
    (["plan", "town", "--min-cuont", "3"], "--min-count"), (["map", "out", "--meassure", "area"], "--measure"),
  ]) func mistypedWordsMeetTheNearest(words: [String], hint: String) throws {
    let outcome = try Program.run(words)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("id you mean") && outcome.errors.contains(hint), "\(outcome.errors)")
  }

  @Test func thereIsAManPageForEach() throws {
    let place = try Scratch()
    #expect(try Program.run(["manual", place.path]).status == 0)
    let pages = try FileManager.default.contentsOfDirectory(atPath: place.path).sorted()
    #expect(pages == (["gridplan"] + Self.commands.map { "gridplan-\($0)" }).map { $0 + ".1" }.sorted())
    let page = try place.text("gridplan-plan.1")
    for piece in [".TH GRIDPLAN-PLAN 1", ".SH SYNOPSIS", "\\-\\-min\\-count <min\\-count>"] { #expect(page.contains(piece), "\(piece)") }
  }
}
