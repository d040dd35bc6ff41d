import Foundation
import Testing

@testable import GridPlan

@Suite struct AuditPartsTests {
  private func line(_ scenario: String, covered: Double?) throws -> AuditLine {
    let places = covered.map { #","keyPlaces":{"covered":\#($0),"of":10},"cameras":{"count":3}"# } ?? ""
    return try AuditLine(#"{"scenario":"\#(scenario)","status":"ok"\#(places)}"#, file: "x", line: 1)
  }

  @Test(arguments: [
    ("keyPlaces.covered >= 0.98", 0.98, true), ("keyPlaces.covered>=0.98", 0.9799, false),
    ("keyPlaces.covered > 98 %", 0.98, false), ("keyPlaces.covered < 0.5", 0.4, true),
    ("keyPlaces.covered ≤ 0.4", 0.4, true), ("keyPlaces.covered != 1", 1, false), ("keyPlaces.covered = 1", 1, true),
    ("reach.home.cameras == 0", 1, true), ("status == ok", 1, true), ("status != \"ok\"", 1, false),
  ])
  func thresholds(text: String, covered: Double, isMet: Bool) throws {
    #expect(try AuditRequirement(text).isMet(by: line("a", covered: covered)) == isMet)
  }

  @Test func whatIsNotKnownIsNotMet() throws {
    #expect(try AuditRequirement("keyPlaces.covered >= 0").isMet(by: line("a", covered: nil)) == nil)
    #expect(try AuditRequirement("reach.home.cameras == 0").isMet(by: line("a", covered: nil)) == nil)
    let failed = AuditLine(AuditRow(scenario: "b", error: "why"))
    #expect(try AuditRequirement("checks.rules.gap == 0").isMet(by: failed) == nil)
  }

  @Test(arguments: ["keyPlaces.covered", ">= 1", "keyPlaces.covered >=", "keyplaces.covred >= 1", "keyPlaces.covered >= much", "status > ok"])
  func nonsenseIsRefused(text: String) {
    #expect(throws: AuditError.self) { try AuditRequirement(text) }
  }

  @Test(arguments: ["0/2", "3/2", "1", "1/2/3", "a/b", "/2", ""]) func badShards(text: String) {
    #expect(AuditShard(text) == nil)
  }

  @Test func partsMakeTheWhole() throws {
    let folder = NSTemporaryDirectory() + "audit-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let names = (1...11).map { "d\($0)/scenario.yaml" }
    let list = folder + "/list"
    try ("# all\n\n" + names.reversed().joined(separator: "\n") + "\nd1/scenario.yaml\n").write(toFile: list, atomically: true, encoding: .utf8)
    let whole = try AuditList(list)
    #expect(Set(whole.entries.map(\.name)) == Set(names) && whole.entries.count == 11)
    #expect(whole.entries[0].path == folder + "/d1/scenario.yaml")
    let parts = (1...4).flatMap { whole.shard(AuditShard("\($0)/4")!) }
    #expect(parts.count == 11 && Set(parts) == Set(whole.entries))
  }

  @Test func overallSharesWeighTheDistricts() throws {
    let lines = try [line("a", covered: 1), line("b", covered: 0.5), line("c", covered: nil)]
    let summary = AuditSummary(lines, [try AuditRequirement("keyPlaces.covered >= 0.9")])
    #expect(summary.overall["keyPlaces.covered"] == 0.75)
    #expect(summary.thresholds[0].scenarios == ["b", "c"])
    #expect(summary.thresholds[0].worstScenario == "b" && summary.spread["keyPlaces.covered"]?.lowest == "b")
  }

  /// A worker that dies takes its district with it, and no other.
  @Test func aWorkerMayDie() {
    let orders = (1...3).map { AuditWorker.Order(name: "d\($0)", file: "", path: "") }
    let pool = AuditPool("/bin/sh", ["-c", "read line; exit 3"], orders: orders)
    let answers = Collected()
    pool.run { order, answer in answers.add(order.name, answer.isOK ? "ok" : answer.row) }
    #expect(answers.all.keys.sorted() == ["d1", "d2", "d3"])
    #expect(answers.all.values.allSatisfy { $0.contains("ended by status 3") })
  }

  private final class Collected: @unchecked Sendable {
    private let lock = NSLock()
    private(set) var all: [String: String] = [:]
    func add(_ name: String, _ text: String) { lock.withLock { all[name] = text } }
  }
}
