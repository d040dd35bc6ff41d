import Foundation
import Testing

/// Every command in the docs is run, page by page, in a folder of its own, some with the layers of a small
/// town under the names of the page; those whose data is not here are looked at for their options alone.
@Suite struct DocsTests {
  /// A command in a code block of a page.
  struct Line {
    var text: String
    var command: String

    /// A synopsis shows choices and places for names; it cannot be run.
    var isSynopsis: Bool {
      text.contains("[") || text.range(of: #"[a-zA-Z]\|[a-zA-Z]"#, options: .regularExpression) != nil
        || text.range(of: #"(^|\s)[A-Z]{1,}[A-Z-]*(\s|$)"#, options: .regularExpression) != nil
    }

    var options: [String] {
      text.split(whereSeparator: { " []|()=".contains($0) }).map(String.init).filter { $0.hasPrefix("--") && $0.count > 3 }
    }
  }

  static let pages: [String] = {
    let docs = ScenarioRunTests.root.appendingPathComponent("docs")
    let found = FileManager.default.enumerator(atPath: docs.path)?.compactMap { $0 as? String } ?? []
    return ["README.md"] + found.filter { $0.hasSuffix(".md") }.map { "docs/" + $0 }.sorted()
  }()

  /// Pages whose commands all run with what they make themselves.
  private static let selfContained = [
    "README.md", "docs/first-plan.md", "docs/first-plan.zh.md", "docs/map.md", "docs/map.zh.md", "docs/qgis.md", "docs/qgis.zh.md",
  ]

  /// What pages call the layers of a small town, by the town's own names: lines with them have to run.
  private static let layers: [String: [String: String]] = [
    "docs/audit-a-district.md": [
      "cameras.geojson": "cameras", "buildings.geojson": "buildings", "key-places.geojson": "keyPlaces",
      "streets.geojson": "streets", "grids.geojson": "grids", "sensitive.geojson": "sensitivePlaces",
    ],
    "docs/redraw-an-office.md": ["blocks.geojson": "units", "grids.geojson": "grids"],
    "docs/repair.md": ["drawn.geojson": "grids"],
  ]

  /// Puts the layers that a page names into its folder.
  private static func stage(_ page: String, in place: Scratch) throws -> [String] {
    guard let layers = layers[page] else { return [] }
    let town = try Program.run(["init", place.path + "/staged", "--households", "4000"])
    #expect(town.status == 0, "\(town.errors)")
    for (name, layer) in layers {
      try FileManager.default.copyItem(
        atPath: place.path + "/staged/map/\(layer).geojson", toPath: place.path + "/" + name)
    }
    return Array(layers.keys)
  }

  /// Commands of blocks that are set in or fenced, lines that go on joined.
  static func lines(of page: String) throws -> [Line] {
    let text = try String(contentsOf: ScenarioRunTests.root.appendingPathComponent(page), encoding: .utf8)
    var isFenced = false
    return text.replacingOccurrences(of: "\\\n", with: " ").split(separator: "\n").compactMap { line in
      if line.hasPrefix("```") { isFenced.toggle() }
      let command = line.trimmingCharacters(in: .whitespaces)
      guard isFenced || line.hasPrefix("    "), command.hasPrefix("gridplan ") else { return nil }
      return Line(text: command, command: String(command.split(separator: " ")[1]))
    }
  }

  /// A line without its language and the name of what it writes: pages in two languages share it.
  private static func core(_ line: Line) -> String {
    line.text.replacing(#/ \#.*| --lang zh| -o [^ ]+/#, with: "").trimmingCharacters(in: .whitespaces)
  }

  /// What the English page runs already, of a Chinese one.
  private static func known(to page: String) throws -> Set<String> {
    guard page.hasSuffix(".zh.md") else { return [] }
    let english = page.replacingOccurrences(of: ".zh.md", with: ".md")
    return pages.contains(english) ? Set(try lines(of: english).map(core)) : []
  }

  private static let help: [String: String] = {
    let commands = Set(pages.flatMap { (try? lines(of: $0)) ?? [] }.map(\.command))
    return Dictionary(uniqueKeysWithValues: commands.sorted().compactMap { command in
      guard let help = try? Program.run(["help", command]), help.status == 0 else { return nil }
      return (command, help.output)
    })
  }()

  private func run(_ line: Line, in folder: String) throws -> (status: Int32, output: String) {
    if line.command == "init" { try? FileManager.default.removeItem(atPath: folder + "/town") }
    // A small town does as well as the usual one.
    let isInit = line.command == "init" && !line.text.contains("--households")
    let words = isInit ? line.text.replacingOccurrences(of: "gridplan init", with: "gridplan init --households 2000") : line.text
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", words]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["PATH": (Program.path as NSString).deletingLastPathComponent + ":" + path]) { $1 }
    process.standardInput = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output.suffix(2000), as: UTF8.self))
  }

  @Test(arguments: pages) func commandsRun(page: String) throws {
    let place = try Scratch()
    let known = try Self.known(to: page)
    let staged = try Self.stage(page, in: place)
    for line in try Self.lines(of: page) {
      let help = try #require(Self.help[line.command], "\(page): no command \(line.command)")
      for option in line.options { #expect(help.contains(option), "\(page): \(line.command) has no \(option)") }
      guard !line.isSynopsis, !known.contains(Self.core(line)) else { continue }
      let outcome = try run(line, in: place.path)
      let mustRun = Self.selfContained.contains(page) || staged.contains(where: line.text.contains)
      let isMissing = [65, 66].contains(outcome.status) && !mustRun
      #expect([0, 2].contains(outcome.status) || isMissing, "\(page): \(line.text)\n\(outcome.output)")
    }
  }

  @Test func thePagesHaveCommands() throws {
    for page in Self.selfContained { #expect(try Self.lines(of: page).count >= 2, "\(page)") }
  }

  /// Links between pages lead somewhere.
  @Test(arguments: pages) func linksLeadSomewhere(page: String) throws {
    let file = ScenarioRunTests.root.appendingPathComponent(page)
    let text = try String(contentsOf: file, encoding: .utf8)
    for match in text.matches(of: /\]\(([^)#\s]+)[^)]*\)/) where !match.1.contains("://") {
      let target = file.deletingLastPathComponent().appendingPathComponent(String(match.1))
      #expect(FileManager.default.fileExists(atPath: target.path), "\(page): \(match.1)")
    }
  }
}
