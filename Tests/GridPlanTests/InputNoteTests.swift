import Foundation
import Testing

@testable import GridPlan

/// What is odd with counts and layers is listed or refused, never passed over.
@Suite struct InputNoteTests {
  private func plan(_ features: [String], counts: String? = nil, streets: String? = nil) throws -> PlanOutcome {
    let folder = NSTemporaryDirectory() + "gridplan-notes-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func write(_ text: String, _ name: String) throws {
      try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    }
    try write(Self.collection(features), "units.geojson")
    if let counts { try write(counts, "counts.csv") }
    if let streets { try write(streets, "streets.geojson") }
    let joined = counts == nil ? "households: households" : "counts: {file: counts.csv, id: id, households: n}"
    let lines = [
      "name: Notes", "layers:", "  units: {file: units.geojson, id: id, \(joined)}",
      streets == nil ? "" : "  streets: {file: streets.geojson, class: highway}",
      "grids: {households: {min: 150, ideal: 200, max: 300}}", "output: {folder: out}",
    ]
    try write(lines.joined(separator: "\n"), "scenario.yaml")
    return try Planner.plan(Scenario(contentsOf: folder + "/scenario.yaml"))
  }

  private static func collection(_ features: [String]) -> String {
    #"{"type":"FeatureCollection","features":["# + features.joined(separator: ",") + "]}"
  }

  private static func square(_ column: Int, _ id: String, _ households: String) -> String {
    let (west, east) = (120.6 + 0.001 * Double(column), 120.601 + 0.001 * Double(column))
    let ring = "[[\(west),31.3],[\(east),31.3],[\(east),31.301],[\(west),31.301],[\(west),31.3]]"
    return #"{"type":"Feature","properties":{"id":"\#(id)","households":\#(households)},"#
      + #""geometry":{"type":"Polygon","coordinates":[\#(ring)]}}"#
  }

  private func row(_ values: [String]) -> [String] { values.enumerated().map { Self.square($0, "u\($0)", $1) } }

  @Test func missingRoundedAndRepeatedAreListed() throws {
    var features = row(["100", "null", "100.4", "99.6"])
    features.append(Self.square(4, "u0", "100"))
    let outcome = try plan(features)
    let problems = outcome.report.problems
    #expect(problems["missing-count"] == 1 && problems["rounded-count"] == 1 && problems["duplicate-id"] == 1)
    #expect(outcome.report.totals.in == 400 && outcome.report.totals.unplaced == 0)
  }

  @Test func householdsOfATableWithoutAFeatureAreCountedAsUnplaced() throws {
    let outcome = try plan(row(["0", "0"]), counts: "id,n\nu0,100\nu1,100\nu9,7\nu10,5\n")
    #expect(outcome.report.totals.in == 212 && outcome.report.totals.out == 200)
    #expect(outcome.report.totals.unplaced == 12)
    #expect(outcome.plan.problems.filter { $0.rule == "unplaced" }.map(\.feature) == ["u10", "u9"])
  }

  @Test func rowsOfOneIdShareTheCountOfTheTable() throws {
    let features = row(["0", "0"]) + [Self.square(2, "u0", "0")]
    let outcome = try plan(features, counts: "id,n\nu0,100\nu1,100\n")
    #expect(outcome.report.totals.in == 200 && outcome.report.totals.out == 200)
    #expect(outcome.report.problems["duplicate-id"] == 1)
  }

  @Test func anEmptyLayerOfHomesIsRefusedAndAnotherIsLeftOut() throws {
    #expect { try plan([]) } throws: { "\($0)".contains("no feature of units.geojson") }
    let outcome = try plan(row(["100", "100"]), streets: Self.collection([]))
    #expect(outcome.report.problems["empty-layer"] == 1)
  }

  @Test func pointsAreNoUnits() throws {
    let point = #"{"type":"Feature","properties":{"id":"p","households":3},"geometry":{"type":"Point","coordinates":[120.6,31.3]}}"#
    #expect { try plan([point]) } throws: { "\($0)".contains("no feature is an area") }
  }
}
