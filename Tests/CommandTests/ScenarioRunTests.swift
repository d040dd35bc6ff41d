import Foundation
import Testing

/// Every shipped scenario runs as it is, and an independent checker proves its plan.
@Suite struct ScenarioRunTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Python with the packages of the checker, where `make test` has put it.
  static var python: String? {
    let path = root.appendingPathComponent(".build/checker/bin/python").path
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }

  static var sharedData: String? {
    let folder = ProcessInfo.processInfo.environment["GRIDPLAN_SHARED"]
      ?? root.deletingLastPathComponent().appendingPathComponent("shared").path
    return FileManager.default.fileExists(atPath: folder + "/data") ? folder + "/data" : nil
  }

  @Test(arguments: [
    ("synthetic-town", Int32(0)), ("synthetic-units", 0), ("synthetic-specials", 0), ("synthetic-village", 0),
    ("bubenec", 0),
  ])
  func shippedScenario(name: String, status: Int32) throws {
    let place = try Scratch()
    let outcome = try Program.run(
      ["plan", Self.root.appendingPathComponent("scenarios/\(name)").path, "-o", place.path])
    #expect(outcome.status == status, "\(outcome.output)\(outcome.errors)")
    try prove(place.path)
  }

  @Test(.enabled(if: sharedData != nil), arguments: [("haidian-blocks", Int32(0)), ("baltimore-2023", 0), ("lujiazui", 0)])
  func scenarioOnSharedData(name: String, status: Int32) throws {
    let place = try Scratch()
    let outcome = try Program.run(["plan", try onSharedData(name, place).path, "-o", place.path + "/out"])
    #expect(outcome.status == status, "\(outcome.output)\(outcome.errors)")
    try prove(place.path + "/out")
  }

  @Test(.enabled(if: sharedData != nil)) func haidian() throws {
    let place = try Scratch()
    let outcome = try Program.run(["plan", try onSharedData("haidian", place).path, "-o", place.path + "/out"])
    #expect(outcome.status == 2)
    let report = try place.json("out/report.json")
    let problems = try #require(report["problems"] as? [String: Int])
    #expect(problems["repaired"] == 11)
    #expect(problems["cut-building"] == 431)
    #expect(problems["households-without-building"] == 17)
    let totals = try #require(report["totals"] as? [String: Any])
    #expect(totals["in"] as? Int == totals["out"] as? Int)
    #expect(totals["unplaced"] as? Int == 0)
    #expect(totals["in"] as? Int == 243_483 + 24_693)
    try prove(place.path + "/out")
  }

  /// The scenario with its data where this machine has it.
  private func onSharedData(_ name: String, _ place: Scratch) throws -> URL {
    let text = try String(
      contentsOf: Self.root.appendingPathComponent("scenarios/\(name)/scenario.yaml"), encoding: .utf8)
    let data = try #require(Self.sharedData)
    return try place.file("scenario.yaml", text.replacingOccurrences(of: "../../../shared/data", with: data))
  }

  /// Runs `scripts/verify_plan.py`, which shares no code with the program.
  private func prove(_ folder: String) throws {
    guard let python = Self.python else { return }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [Self.root.appendingPathComponent("scripts/verify_plan.py").path, folder]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(String(decoding: output, as: UTF8.self))")
  }
}
