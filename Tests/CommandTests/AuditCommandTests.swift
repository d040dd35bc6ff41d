import Foundation
import Testing

@Suite struct AuditCommandTests {
  /// Folders with a scenario of nine blocks each; `broken` ones have a layer that cannot be read.
  private func districts(_ count: Int, broken: Set<Int> = []) throws -> Scratch {
    let place = try Scratch()
    for number in 1...count {
      let folder = place.folder.appendingPathComponent("all/d\(number + 100)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let counts = (0..<9).map { 90 + ($0 * 7 + number * 11) % 30 }
      let units = broken.contains(number) ? "no map" : PlanCommandTests.town(counts: counts)
      try place.file("all/d\(number + 100)/units.geojson", units)
      try place.file(
        "all/d\(number + 100)/scenario.yaml",
        "name: District \(number)\nlayers: {units: {file: units.geojson}}\ngrids: {households: {min: 250, ideal: 310, max: 400}}\n")
    }
    return place
  }

  private func rows(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  private static let files = ["audit.jsonl", "audit.csv", "summary.json"]

  private func results(_ place: Scratch, _ folder: String) throws -> [String] {
    try Self.files.map { try place.text("\(folder)/\($0)") }
  }

  @Test func aBrokenDistrictStopsNobody() throws {
    let place = try districts(3, broken: [2])
    let outcome = try Program.run(["audit", place.path + "/all", "-o", place.path + "/out"])
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.contains("3 districts: 2 audited, 1 failed"))
    let rows = try rows(place.text("out/audit.jsonl"))
    #expect(rows.compactMap { $0["scenario"] as? String } == (101...103).map { "d\($0)" })
    #expect(rows.compactMap { $0["status"] as? String } == ["ok", "failed", "ok"])
    #expect((rows[1]["error"] as? String)?.contains("units.geojson") == true)
    #expect((rows[0]["balance"] as? [String: Any])?["cv"] is Double)
    #expect((rows[0]["checks"] as? [String: Any])?["errors"] as? Int == 0)
    #expect(try place.text("out/audit.csv").split(whereSeparator: \.isNewline).count == 4)
  }

  @Test func drawnGridsAroundWaterAreSeamless() throws {
    // A town whose pond is a barrier: printed, grids and barrier have their vertices in common.
    let place = try Scratch()
    let town = try Program.run(["init", place.path + "/town", "--synthetic", "--households", "2000", "--seed", "103"])
    #expect(town.status == 0, "\(town.errors)")
    #expect(try Program.run(["audit", place.path + "/town", "-o", place.path + "/out"]).status == 0)
    let row = try #require(try rows(place.text("out/audit.jsonl")).first)
    #expect((row["checks"] as? [String: Any])?["errors"] as? Int == 0)
  }

  @Test func thresholdsEndWithTwo() throws {
    let place = try districts(2)
    func status(_ requirements: String...) throws -> Int32 {
      let options = requirements.flatMap { ["--require", $0] }
      return try Program.run(["audit", place.path + "/all", "-o", place.path + "/out", "--resume"] + options).status
    }
    #expect(try status("balance.cv < 0.5", "checks.rules.gap == 0", "feasible == true") == 0)
    #expect(try status("totals.placed >= 1000000") == 2)
    // Nothing was looked at, so nothing is known to be in view.
    #expect(try status("keyPlaces.covered >= 98%") == 2)
    let summary = try place.json("out/summary.json")
    let threshold = try #require((summary["thresholds"] as? [[String: Any]])?.first)
    #expect(threshold["unknown"] as? Int == 2)
    #expect(threshold["scenarios"] as? [String] == ["d101", "d102"])
    let mistyped = try Program.run(["audit", place.path + "/all", "--require", "balance.cvv < 1"])
    #expect(mistyped.status == 64 && mistyped.errors.contains("balance.cv"))
    #expect(try status("balance.cv") == 64)
  }

  @Test func partsMergeIntoTheSameBytes() throws {
    let place = try districts(4, broken: [2])
    let requirement = ["--require", "balance.maxOverMean <= 1.02"]
    let whole = try Program.run(["audit", place.path + "/all", "-o", place.path + "/whole"] + requirement)
    #expect(whole.status == 2)
    for part in 1...2 {
      _ = try Program.run(["audit", place.path + "/all", "-o", place.path + "/parts", "--shard", "\(part)/2"])
    }
    let merged = try Program.run(
      ["audit", "--merge", place.path + "/parts", "-o", place.path + "/merged"] + requirement)
    #expect(merged.status == 2, "\(merged.errors)")
    #expect(try results(place, "merged") == results(place, "whole"))
    // The same through pipes, as a scheduler would have it.
    let names = (101...104).map { #"{"scenario": "\#(place.path)/all/d\#($0)/scenario.yaml"}"# }.joined(separator: "\n")
    let piped = try Program.run(["audit", "-", "--json"], input: names, folder: place.path)
    #expect(piped.output.split(separator: "\n").count == 4)
    #expect(!FileManager.default.fileExists(atPath: place.path + "/audit"))
    try FileManager.default.removeItem(atPath: place.path + "/parts/audit-2-of-2.jsonl")
    let incomplete = try Program.run(["audit", "--merge", place.path + "/parts", "-o", place.path + "/merged"])
    #expect(incomplete.status == 66 && incomplete.errors.contains("part 2 of 2 is missing"))
  }

  @Test(arguments: [SIGKILL, SIGINT]) func aStoppedRunGoesOn(signal: Int32) throws {
    let place = try districts(5, broken: [4])
    _ = try Program.run(["audit", place.path + "/all", "-o", place.path + "/whole"])
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = ["audit", place.path + "/all", "-o", place.path + "/stopped"]
    process.environment = ProcessInfo.processInfo.environment.merging(["GRIDPLAN_THREADS": "1"]) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    func journal() -> [Substring] { (try? place.text("stopped/journal.jsonl"))?.split(separator: "\n") ?? [] }
    while journal().count < 3, process.isRunning { usleep(5_000) }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    let kept = journal()
    #expect(kept.count >= 3)
    #expect(!FileManager.default.fileExists(atPath: place.path + "/stopped/audit.jsonl"))
    let resumed = try Program.run(["audit", place.path + "/all", "-o", place.path + "/stopped", "--resume"])
    #expect(resumed.status == 1)
    #expect(try results(place, "stopped") == results(place, "whole"))
    // What was done has not been done again: its line, with the time it took, still stands.
    #expect(Array(journal().prefix(3)) == Array(kept.prefix(3)))
  }

  @Test func wrongUseIsTold() throws {
    let place = try districts(1)
    let all = place.path + "/all"
    for options in [[], [all, all], [all, "--shard", "3/2"], [all, "--shard", "x"], ["--merge"], ["--merge", all, "--resume"]] {
      #expect(try Program.run(["audit"] + options).status == 64, "\(options)")
    }
    #expect(try Program.run(["audit", place.path + "/nowhere"]).status == 66)
    let other = try Program.run(["audit", "--merge", all + "/d101/units.geojson", "-o", place.path])
    #expect(other.status == 65 && other.errors.contains("not a row"))
    let chinese = try Program.run(["audit", all, "-o", place.path + "/out", "--lang", "zh"])
    #expect(chinese.output.contains("1 个片区：已核查 1 个"))
  }
}
