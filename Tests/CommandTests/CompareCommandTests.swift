import Foundation
import Testing

@Suite struct CompareCommandTests {
  /// Cells of a 100 m lattice near Shanghai as grids: each a list of columns and rows.
  private func grids(_ areas: [(code: String, x: ClosedRange<Int>, y: ClosedRange<Int>)]) -> String {
    let features = areas.map { area in
      let (left, right) = (121 + Double(area.x.lowerBound) * 0.001, 121 + Double(area.x.upperBound + 1) * 0.001)
      let (low, high) = (31 + Double(area.y.lowerBound) * 0.001, 31 + Double(area.y.upperBound + 1) * 0.001)
      let ring = "[[\(left),\(low)],[\(right),\(low)],[\(right),\(high)],[\(left),\(high)],[\(left),\(low)]]"
      return #"{"type":"Feature","properties":{"code":"\#(area.code)"},"geometry":{"type":"Polygon","coordinates":[\#(ring)]}}"#
    }
    return #"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#
  }

  private func compare(_ place: Scratch, _ arguments: [String]) throws -> [String: Any] {
    let outcome = try Program.run(
      ["compare", "a.geojson", "b.geojson", "-o", "out", "--json"] + arguments, folder: place.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty)
    return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  private func rows(_ place: Scratch, _ name: String) throws -> [[String: Any]] {
    let features = try #require(try place.json(name)["features"] as? [[String: Any]])
    return features.compactMap { $0["properties"] as? [String: Any] }
  }

  /// Nine blocks in three rows become grids by columns but for the first: which code goes where is
  /// known by hand.
  @Test func movedHouseholdsAfterMatching() throws {
    let place = try Scratch()
    let counts = [10, 20, 30, 40, 50, 60, 70, 80, 90]
    try place.file("units.geojson", PlanCommandTests.town(counts: counts))
    // Before: rows. After: the lowest row and the rest of each half, under other codes.
    try place.file("a.geojson", grids([("A", 0...2, 0...0), ("B", 0...2, 1...1), ("C", 0...2, 2...2)]))
    try place.file("b.geojson", grids([("A", 0...2, 0...0), ("N", 0...0, 1...2), ("C", 1...2, 1...2)]))
    let report = try compare(place, ["--units", "units.geojson"])
    let moved = try #require(report["moved"] as? [String: Any])
    // N has 40 of B and 70 of C; C has 110 of B and 170 of C. Best: B–N 40 with C–C 170.
    #expect(moved["households"] as? Int == 450 - 60 - 40 - 170)
    #expect(abs((moved["share"] as? Double ?? 0) - 180.0 / 450) < 1e-6)
    let codes = try #require(report["codes"] as? [String: Any])
    #expect(codes["kept"] as? Int == 2)
    #expect(codes["renamed"] as? Int == 1)
    let table = try #require(codes["table"] as? [[String: Any]])
    #expect(table.first { $0["old"] as? String == "B" }?["new"] as? String == "N")
    let pieces = try rows(place, "out/diff.geojson")
    #expect(pieces.compactMap { $0["households"] as? Int } == [110, 70])
    #expect(pieces.map { "\($0["from"] ?? "") \($0["to"] ?? "")" } == ["B C", "C N"])
    let ground = pieces.compactMap { $0["area_m2"] as? Double }.reduce(0, +)
    #expect(abs(ground - (moved["area_m2"] as? Double ?? 0)) < 1)
    let balance = try #require((report["balance"] as? [String: [String: [String: Any]]])?["after"]?["households"])
    #expect(balance["max"] as? Double == 280)
    let borders = try #require(report["borders"] as? [String: Any])
    #expect((borders["new_m"] as? Double ?? 0) > 200 && (borders["kept_m"] as? Double ?? 0) > 1000)
    // Rows of the table: every household of before is in one row, whether it stayed or left.
    let lines = try place.text("out/changes.csv").split(whereSeparator: \.isNewline)
    #expect(lines.count == 4)
    #expect(lines[2].contains("renamed,B,N"))
  }

  @Test func smallDifferencesAndReusedCodesAreWarnedOf() throws {
    let place = try Scratch()
    try place.file("units.geojson", PlanCommandTests.town(counts: [100, 3, 100]))
    try place.file("a.geojson", grids([("1", 0...1, 0...0), ("2", 2...2, 0...0)]))
    try place.file("b.geojson", grids([("2", 0...0, 0...0), ("1", 1...2, 0...0)]))
    let report = try compare(place, ["--units", "units.geojson"])
    let small = try #require(report["smallDifferences"] as? [String: Int])
    #expect(small == ["minimum": 10, "pieces": 1, "households": 3])
    let codes = try #require(report["codes"] as? [String: Any])
    #expect(codes["reused"] as? [String] == ["2", "1"])
    let text = try Program.run(
      ["compare", "a.geojson", "b.geojson", "--units", "units.geojson", "--lang", "zh"], folder: place.path)
    #expect(text.output.contains("1 处差异少于 10 户"))
    #expect(text.output.contains("编码不应重复使用"))
  }

  @Test func aPlanEqualsItselfInEveryForm() throws {
    let place = try Scratch()
    try place.file("units.geojson", PlanCommandTests.town(counts: [100, 120, 90, 110, 100, 95, 105, 100, 80]))
    try place.file(
      "scenario.yaml",
      "name: Nine\nlayers: {units: {file: units.geojson}}\ngrids: {households: {min: 250, ideal: 300, max: 350}}\noutput: {folder: out}\n")
    #expect(try Program.run(["plan", place.path]).status == 0)
    for other in ["out", "out/plan.gpkg", "out/grids.geojson"] {
      let outcome = try Program.run(["compare", "out", other, "--json"], folder: place.path)
      #expect(outcome.status == 0, "\(other): \(outcome.errors)")
      let report = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
      let moved = try #require(report["moved"] as? [String: Any])
      #expect(moved["households"] as? Int == 0 && moved["pieces"] as? Int == 0)
      #expect((report["weight"] as? [String: Any])?["matchedById"] as? Int == 9)
      #expect((report["borders"] as? [String: Any])?["new_m"] as? Double == 0)
      #expect((report["codes"] as? [String: Any])?["kept"] as? Int == 3)
      let balance = report["balance"] as? [String: [String: [String: Any]]]
      #expect(balance?["before"]?["workload"]?["mean"] as? Double == balance?["after"]?["workload"]?["mean"] as? Double)
    }
  }

  @Test func groundAloneIsComparedWithoutHouseholds() throws {
    let place = try Scratch()
    try place.file("a.geojson", grids([("1", 0...0, 0...0), ("2", 1...2, 0...0)]))
    try place.file("b.geojson", grids([("1", 0...1, 0...0), ("3", 2...3, 0...0)]))
    let report = try compare(place, [])
    let moved = try #require(report["moved"] as? [String: Any])
    #expect(moved["households"] == nil)
    let pieces = try rows(place, "out/diff.geojson")
    // One cell goes from 2 to 1, and one that was in no grid comes to 3.
    #expect(pieces.count == 2)
    #expect(pieces.contains { $0["from"] is NSNull && $0["to"] as? String == "3" })
    #expect(pieces.contains { $0["from"] as? String == "2" && $0["to"] as? String == "1" })
  }

  @Test func whatIsNoPlanIsNamed() throws {
    let place = try Scratch()
    try place.file("a.geojson", grids([("1", 0...0, 0...0)]))
    let missing = try Program.run(["compare", "a.geojson", "none.geojson"], folder: place.path)
    #expect(missing.status == 66 && missing.errors.contains("none.geojson"))
    let both = try Program.run(["compare", "a.geojson", "a.geojson", "--weight", "x"], folder: place.path)
    #expect(both.status == 64)
    let field = try Program.run(
      ["compare", "a.geojson", "a.geojson", "--units", "a.geojson", "--weight", "nothing"], folder: place.path)
    #expect(field.status == 66 && field.errors.contains("nothing"))
  }

  /// The real redraw of Baltimore's police districts.
  @Test(.enabled(if: ScenarioRunTests.sharedData != nil)) func baltimore() throws {
    let data = try #require(ScenarioRunTests.sharedData) + "/baltimore"
    let place = try Scratch()
    let outcome = try Program.run([
      "compare", data + "/police_districts_1959_2022.geojson", data + "/police_districts_2023.geojson", "--code", "number",
      "--after-code", "id", "--units", data + "/census_blocks_2020.geojson", "--weight", "housing20", "-o", place.path, "--json",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let report = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let moved = try #require(report["moved"] as? [String: Any])
    let (entered, left) = (moved["entered"] as? Int ?? -1, moved["left"] as? Int ?? -1)
    let pieces = try rows(place, "diff.geojson")
    #expect(pieces.compactMap { $0["households"] as? Int }.reduce(0, +) == (moved["households"] as? Int ?? 0) + entered + left)
    let share = moved["share"] as? Double ?? 0
    #expect(share > 0.05 && share < 0.5)
  }
}
