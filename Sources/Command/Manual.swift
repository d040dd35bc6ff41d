import ArgumentParser
import Foundation
import GridPlan
import MapFiles

/// `gridplan manual`: man pages, for `make install`.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Writes the man pages into a folder.",
    discussion: """
      Example:
        gridplan manual /usr/local/share/man/man1
      """, shouldDisplay: false)

  @Argument(help: "The folder for gridplan.1 and a page for each command.")
  var folder: String

  func run() throws {
    let tree = try CommandTree(json: Data(Gridplan._dumpHelp().utf8))
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let stage = StagedFiles()
    for page in ManualPage.all(of: tree.command) {
      try stage.write(page.text, to: (folder as NSString).appendingPathComponent(page.file))
    }
    try stage.commit()
  }
}

/// What the argument parser tells of commands (its `--experimental-dump-help`, version 0).
struct CommandTree: Decodable {
  struct Command: Decodable {
    var commandName: String
    var abstract: String?
    var discussion: String?
    var shouldDisplay: Bool?
    var arguments: [Argument]?
    var subcommands: [Command]?

    /// Those that a reader should know of.
    var shown: [Command] {
      (subcommands ?? []).filter { $0.shouldDisplay ?? true && !["help", "manual"].contains($0.commandName) }
    }
  }

  struct Argument: Decodable {
    struct Name: Decodable {
      var kind: String
      var name: String

      var text: String { (kind == "long" ? "--" : "-") + name }
    }

    var kind: String
    var shouldDisplay: Bool?
    var isOptional: Bool
    var isRepeating: Bool
    var names: [Name]?
    var valueName: String?
    var defaultValue: String?
    var abstract: String?
  }

  var command: Command

  init(json: Data) throws { self = try JSONDecoder().decode(Self.self, from: json) }
}

/// One man page in the man(7) macros.
struct ManualPage {
  var file: String
  var text: String

  static func all(of root: CommandTree.Command) -> [ManualPage] {
    [ManualPage(root, name: root.commandName, others: root.shown)]
      + root.shown.map { ManualPage($0, name: "\(root.commandName)-\($0.commandName)", others: []) }
  }

  private init(_ command: CommandTree.Command, name: String, others: [CommandTree.Command]) {
    let words = name.replacingOccurrences(of: "-", with: " ", range: name.range(of: "-"))
    let arguments = (command.arguments ?? []).filter { $0.shouldDisplay ?? true }
    var lines = [
      ".TH \(name.uppercased()) 1 \"\" \"gridplan \(gridplanVersion)\" \"gridplan\"", ".SH NAME",
      "\(Self.plain(name)) \\- \(Self.plain(command.abstract ?? ""))", ".SH SYNOPSIS", ".B \(Self.plain(words))",
    ]
    lines += [Self.plain((others.isEmpty ? arguments.map(\.usage) : ["<command>"]).joined(separator: " ")), ".SH DESCRIPTION"]
    lines += Self.prose(command.discussion ?? "")
    lines += Self.section("OPTIONS", arguments.map { ($0.heading, $0.explanation) })
    lines += Self.section("COMMANDS", others.map { ("\(words) \($0.commandName)", $0.abstract ?? "") })
    lines += [".SH SEE ALSO", Self.plain(others.isEmpty ? "gridplan(1)" : others.map { "gridplan-\($0.commandName)(1)" }.joined(separator: ", "))]
    file = name + ".1"
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func section(_ title: String, _ rows: [(String, String)]) -> [String] {
    rows.isEmpty ? [] : [".SH \(title)"] + rows.flatMap { [".TP", ".B \(plain($0.0))", plain($0.1)] }
  }

  /// Paragraphs; lines that are set in keep their shape.
  private static func prose(_ text: String) -> [String] {
    var result: [String] = []
    var isExample = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("  ") != isExample { result.append(isExample ? ".fi" : ".nf") }
      isExample = line.hasPrefix("  ")
      result.append(line.isEmpty ? ".PP" : plain(line))
    }
    return result + (isExample ? [".fi"] : [])
  }

  /// Text in which nothing is taken for a macro.
  private static func plain(_ text: String) -> String {
    let escaped = text.replacingOccurrences(of: "\\", with: "\\e").replacingOccurrences(of: "-", with: "\\-")
    return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
  }
}

extension CommandTree.Argument {
  private var value: String { kind == "flag" ? "" : "<\(valueName ?? "value")>" }

  /// How it stands in the synopsis.
  fileprivate var usage: String {
    let name = names?.first { $0.kind == "long" } ?? names?.first
    let text = [kind == "positional" ? nil : name?.text, value].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
    return (isOptional ? "[\(text)]" : text) + (isRepeating ? " ..." : "")
  }

  fileprivate var heading: String {
    let all = kind == "positional" ? "" : (names ?? []).map(\.text).joined(separator: ", ")
    return [all, value].filter { !$0.isEmpty }.joined(separator: " ")
  }

  fileprivate var explanation: String {
    (abstract ?? "") + (defaultValue.map { " (default: \($0))" } ?? "")
  }
}
