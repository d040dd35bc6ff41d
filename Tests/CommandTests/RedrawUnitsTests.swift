import Foundation
import Testing

/// `gridplan redraw --units`, end to end.
@Suite struct RedrawUnitsTests {
  /// A unit of a board of squares of some 100 m: column, row, and more properties as JSON members.
  private func square(_ column: Int, _ row: Int, _ members: String, ring: String? = nil) -> String {
    func corner(_ i: Int, _ j: Int) -> String {
      let (x, y) = (121 + Double(column + i) * 0.001, 31 + Double(row + j) * 0.001)
      return "[\((x * 1e7).rounded() / 1e7),\((y * 1e7).rounded() / 1e7)]"
    }
    let usual = [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1), corner(0, 0)].joined(separator: ",")
    return #"{"type":"Feature","properties":{"id":"\#(column)-\#(row)",\#(members)},"geometry":{"type":"Polygon","coordinates":[[\#(ring ?? usual)]]}}"#
  }

  private func board(_ columns: Int, _ rows: Int, _ members: (Int, Int) -> String) -> [String] {
    (0..<rows).flatMap { row in (0..<columns).map { square($0, row, members($0, row)) } }
  }

  private func collection(_ features: [String]) -> String {
    #"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#
  }

  private func line(_ points: [(Double, Double)], _ members: String) -> String {
    let text = points.map { "[\($0.0),\($0.1)]" }.joined(separator: ",")
    return #"{"type":"Feature","properties":{\#(members)},"geometry":{"type":"LineString","coordinates":[\#(text)]}}"#
  }

  private func properties(_ text: String) throws -> [[String: Any]] {
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    return try #require(object?["features"] as? [[String: Any]]).compactMap { $0["properties"] as? [String: Any] }
  }

  /// The grid of each unit from a table `unit,grid`.
  private func assignment(_ text: String) -> [String: String] {
    let rows = text.split(separator: "\n").dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
  }

  private func redraw(_ place: Scratch, _ units: [String], _ options: [String]) throws -> Program.Outcome {
    let file = try place.file("units.geojson", collection(units))
    return try Program.run(["redraw", "--units", file.path] + options)
  }

  @Test func gridsComeOnStandardOutputAlone() throws {
    let place = try Scratch()
    let outcome = try redraw(place, board(6, 4) { _, _ in #""pop":10"# }, ["--weight", "pop", "--grids", "3", "--tolerance", "0.05"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let grids = try properties(outcome.output)
    #expect(grids.compactMap { $0["code"] as? String } == ["001", "002", "003"])
    #expect(grids.allSatisfy { $0["pop"] as? Int == 80 && $0["units"] as? Int == 8 })
    #expect(grids.allSatisfy { $0["deviation"] as? Double == 0 && $0["continues"] == nil })
    #expect(outcome.errors.contains("3 grids of 24 units"))
  }

  @Test func filesAppearBesideEachOther() throws {
    let place = try Scratch()
    let outcome = try redraw(
      place, board(4, 4) { _, _ in #""pop":10"# },
      [
        "--weight", "pop", "--min", "30", "--max", "60", "-o", place.path + "/grids.geojson", "--assignment",
        place.path + "/units.csv", "--problems", place.path + "/problems.geojson", "--report", place.path + "/report.json", "--json",
      ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let grids = try properties(try place.text("grids.geojson"))
    let table = assignment(try place.text("units.csv"))
    #expect(table.count == 16)
    for grid in grids {
      let code = try #require(grid["code"] as? String)
      #expect(table.values.filter { $0 == code }.count * 10 == grid["pop"] as? Int)
      #expect((30...60).contains(grid["pop"] as? Int ?? 0))
    }
    #expect(try place.json("report.json")["feasible"] as? Bool == true)
    #expect(outcome.output.split(separator: "\n").count == 1)
  }

  @Test func aPlanOfTodayMovesNoMoreThanAllowed() throws {
    let units = board(8, 3) { column, _ in #""hh":10,"old":"\#(column < 5 ? "A" : "B")""# }
    let place = try Scratch()
    let outcome = try redraw(
      place, units,
      [
        "--weight", "hh", "--grids", "2", "--existing", "old", "--max-moved", "0.09", "--objective", "deviation,moved",
        "--assignment", place.path + "/units.csv", "-o", place.path + "/grids.geojson",
      ])
    #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
    let grids = try properties(try place.text("grids.geojson"))
    // 150 and 90 of today; 9 % of 240 is two units.
    #expect(grids.map { $0["hh"] as? Int } == [130, 110])
    #expect(grids.map { $0["code"] as? String } == ["A", "B"])
    #expect(grids.map { $0["continues"] as? String } == ["A", "B"])
    #expect(grids.map { $0["moved_in"] as? Int } == [0, 20])
    #expect(grids.map { $0["moved_out"] as? Int } == [20, 0])
    #expect(outcome.output.contains("no plan within these limits is below 7.5 %"))
    let moved = assignment(try place.text("units.csv")).filter { Int($0.key.prefix(1))! < 5 ? $0.value != "A" : $0.value != "B" }
    #expect(moved.count == 2)
  }

  @Test func lockedGridsStayAsTheyAre() throws {
    let units = board(9, 2) { column, _ in #""hh":10,"old":"\#(column < 2 ? "A" : column < 6 ? "B" : "C")""# }
    let place = try Scratch()
    let outcome = try redraw(
      place, units,
      ["--weight", "hh", "--grids", "3", "--existing", "old", "--lock", "B", "--assignment", place.path + "/units.csv", "-o", place.path + "/g.geojson"])
    #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
    let table = assignment(try place.text("units.csv"))
    #expect(table.filter { (2..<6).contains(Int($0.key.prefix(1))!) == ($0.value == "B") }.count == 18)
    let unknown = try redraw(place, units, ["--weight", "hh", "--grids", "3", "--existing", "old", "--lock", "Z"])
    #expect(unknown.status == 65)
    #expect(unknown.errors.contains("\"Z\""))
  }

  /// A river runs between columns 2 and 3, with a bridge in row 0.
  @Test func nobodyCrossesARiverButByItsBridge() throws {
    let place = try Scratch()
    let units = board(6, 4) { column, _ in #""hh":\#(column < 3 ? 10 : 5)"# }
    let river = try place.file(
      "river.geojson", collection([line([(121.003, 30.999), (121.003, 31.005)], #""waterway":"river""#)]))
    let options = ["--weight", "hh", "--grids", "2", "--barriers", river.path, "--barrier-class", "waterway", "--assignment", place.path + "/u.csv"]
    let apart = try redraw(place, units, options + ["-o", place.path + "/g.geojson"])
    #expect(apart.status == 0, "\(apart.errors)")
    // Each bank is a grid, however uneven: 120 and 60.
    #expect(Set(try properties(try place.text("g.geojson")).map { $0["hh"] as? Int }) == [120, 60])
    let bridge = try place.file("bridge.geojson", collection([line([(121.0028, 31.0005), (121.0032, 31.0005)], #""name":"bridge""#)]))
    let joined = try redraw(
      place, units, options + ["--bridges", bridge.path, "-o", place.path + "/g.geojson", "--problems", place.path + "/p.geojson"])
    #expect(joined.status == 0, "\(joined.errors)")
    #expect(try properties(try place.text("g.geojson")).map { $0["hh"] as? Int } == [90, 90])
    #expect(try properties(try place.text("p.geojson")).contains { $0["rule"] as? String == "link" })
    let free = try redraw(place, units, options + ["--crossing", "river=free", "-o", place.path + "/g.geojson"])
    #expect(free.status == 0)
    #expect(try properties(try place.text("g.geojson")).map { $0["hh"] as? Int } == [90, 90])
  }

  @Test func streetsAreCrossedOnlyWhereItPays() throws {
    let place = try Scratch()
    let units = board(7, 4) { _, _ in #""hh":10"# }
    // Off the middle: a border along it makes 120 and 160.
    let street = try place.file("streets.geojson", collection([line([(121.003, 30.999), (121.003, 31.005)], #""highway":"primary""#)]))
    let options = ["--weight", "hh", "--grids", "2", "--tolerance", "0.15", "--streets", street.path]
    let outcome = try redraw(place, units, options + ["--objective", "crossed,compactness", "-o", place.path + "/g.geojson"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(Set(try properties(try place.text("g.geojson")).map { $0["hh"] as? Int }) == [120, 160])
  }

  @Test func islandsAreListedOrLinked() throws {
    let place = try Scratch()
    let units = board(4, 2) { _, _ in #""hh":10"# } + [square(6, 0, #""hh":10"#), square(9, 9, #""hh":10"#)]
    let plain = try redraw(place, units, ["--weight", "hh", "--grids", "4", "--problems", place.path + "/p.geojson", "-o", place.path + "/g.geojson"])
    #expect(plain.status == 0, "\(plain.errors)")
    #expect(try properties(try place.text("p.geojson")).filter { $0["rule"] as? String == "island" }.count == 2)
    let linked = try redraw(
      place, units,
      [
        "--weight", "hh", "--grids", "2", "--link", "3-0:6-0", "nearest:2000", "--problems", place.path + "/p.geojson", "-o",
        place.path + "/g.geojson",
      ])
    #expect(linked.status == 0, "\(linked.errors)")
    #expect(try properties(try place.text("g.geojson")).map { $0["hh"] as? Int } == [50, 50])
    #expect(try properties(try place.text("p.geojson")).filter { $0["rule"] as? String == "link" }.count == 2)
    let wrong = try redraw(place, units, ["--weight", "hh", "--grids", "2", "--link", "3-0:6-7"])
    #expect(wrong.status == 65)
    #expect(wrong.errors.contains("6-7"))
  }

  @Test func severalWeightsKeepTheirBounds() throws {
    let place = try Scratch()
    // Work lies in the west, households everywhere.
    let units = board(6, 4) { column, _ in #""hh":10,"work":\#(column < 3 ? 3 : 1)"# }
    let outcome = try redraw(
      place, units, ["--weight", "hh", "--weight", "work:22:26", "--grids", "2", "--tolerance", "0.1", "-o", place.path + "/g.geojson"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let grids = try properties(try place.text("g.geojson"))
    #expect(grids.allSatisfy { (22...26).contains($0["work"] as? Double ?? 0) })
    #expect(grids.allSatisfy { (108...132).contains($0["hh"] as? Int ?? 0) })
    let impossible = try redraw(place, units, ["--weight", "hh", "--weight", "work:1:20", "--grids", "2", "-o", place.path + "/g.geojson"])
    #expect(impossible.status == 2)
    #expect(try place.text("g.geojson").contains(#""status":"above""#))
  }

  @Test func parentsAndMarksHoldUnitsTogether() throws {
    let place = try Scratch()
    let units = board(6, 2) { column, row in
      #""hh":10,"town":"\#(column < 2 ? "north" : "south")","compound":\#(column == 2 || column == 5 ? "\"c\"" : "null")"#
    }
    let outcome = try redraw(
      place, units,
      ["--weight", "hh", "--grids", "3", "--parent", "town", "--together", "compound", "--assignment", place.path + "/u.csv", "-o", place.path + "/g.geojson"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let grids = try properties(try place.text("g.geojson"))
    #expect(grids.map { $0["parent"] as? String } == ["north", "south", "south"])
    #expect(grids.map { $0["code"] as? String } == ["north001", "south001", "south002"])
    let table = assignment(try place.text("u.csv"))
    #expect(Set(["2-0", "2-1", "5-0", "5-1"].map { table[$0] }).count == 1)
  }

  @Test func invalidRingsAreRepairedAndListed() throws {
    let place = try Scratch()
    let bowtie = "[121.0,31.002],[121.001,31.003],[121.001,31.002],[121.0,31.003],[121.0,31.002]"
    let units = board(3, 2) { _, _ in #""hh":10"# } + [square(0, 2, #""hh":10"#, ring: bowtie)]
    let outcome = try redraw(place, units, ["--weight", "hh", "--min", "30", "--max", "40", "--problems", place.path + "/p.geojson", "-o", place.path + "/g.geojson"])
    #expect(outcome.output.contains("repaired 1"), "\(outcome.output)\(outcome.errors)")
    #expect(try properties(try place.text("p.geojson")).contains { $0["rule"] as? String == "repaired" && $0["feature"] as? String == "0-2" })
    #expect(try properties(try place.text("g.geojson")).compactMap { $0["hh"] as? Int }.reduce(0, +) == 70)
  }

  @Test func theFrontIsATableAndAFileForEachStep() throws {
    let place = try Scratch()
    let units = board(10, 2) { column, _ in #""hh":10,"old":"\#(column < 7 ? "A" : "B")""# }
    let outcome = try redraw(place, units, ["--weight", "hh", "--grids", "2", "--existing", "old", "--front", "-o", place.path + "/front"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let rows = try place.text("front/front.csv").split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    #expect(rows.count == 8)
    let column = try #require(rows[0].firstIndex(of: "largest_deviation"))
    let deviations = rows.dropFirst().compactMap { Double($0[column]) }
    #expect(deviations == deviations.sorted(by: >))
    #expect(deviations.first == 0.4)
    #expect(deviations.last == 0)
    for row in rows.dropFirst() {
      #expect(try properties(try place.text("front/" + row.last!)).count == 2)
    }
    #expect(outcome.output.split(separator: "\n").count == 8)
  }

  @Test func optionsThatMissSomethingAreUsageErrors() throws {
    let place = try Scratch()
    let units = board(2, 2) { _, _ in #""hh":10"# }
    for options in [
      [], ["--weight", "hh"], ["--weight", "hh", "--grids", "0"], ["--weight", "hh", "--grids", "2", "--max-moved", "0.1"],
      ["--weight", "hh", "--grids", "2", "--objective", "beauty"], ["--weight", "hh", "--grids", "2", "--crossing", "river=maybe"],
      ["--weight", "hh", "--min", "5", "--max", "4"], ["--weight", "hh", "--min", "5", "--tolerance", "0.1"],
    ] {
      #expect(try redraw(place, units, options).status == 64, "\(options)")
    }
    let field = try redraw(place, units, ["--weight", "hhh", "--grids", "2"])
    #expect(field.status == 66 && field.errors.contains("hhh"))
  }

  /// A scenario says the same by keys, and `plan` reports what moved.
  @Test func aScenarioRedrawsThePlanOfToday() throws {
    let place = try Scratch()
    try place.file("units.geojson", collection(board(8, 3) { column, _ in #""id2":1,"hh":10,"old":"\#(column < 5 ? "A" : "B")""# }))
    try place.file(
      "scenario.yaml",
      """
      name: Redraw
      layers: {units: {file: units.geojson, households: hh, grid: old}}
      grids: {from: draw, count: 2, tolerance: 0.1, maxMoved: 0.1, objective: [moved, compactness]}
      output: {folder: out}

      """)
    let outcome = try Program.run(["plan", place.path])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    let grids = try properties(try place.text("out/grids.geojson"))
    #expect(grids.map { $0["households"] as? Int } == [130, 110])
    #expect(grids.map { $0["moved_in"] as? Int } == [0, 20])
    let report = try #require(try place.json("out/report.json")["redraw"] as? [String: Any])
    #expect(report["moved"] as? Int == 20)
    #expect(outcome.output.contains("20 households (8.3 %) change grid"))
  }

  /// Blocks as they are published, where this machine has them.
  @Test(.enabled(if: ScenarioRunTests.sharedData != nil)) func censusBlocksOfBaltimore() throws {
    let place = try Scratch()
    let data = try #require(ScenarioRunTests.sharedData) + "/baltimore"
    let outcome = try Program.run([
      "redraw", "--units", data + "/census_blocks_2020.geojson", "--weight", "pop20", "--id", "geoid20", "--grids", "14",
      "--tolerance", "0.02", "--effort", "low", "-o", place.path + "/g.geojson",
    ])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    let people = try properties(try place.text("g.geojson")).compactMap { $0["pop20"] as? Int }
    #expect(people.reduce(0, +) == 585_708)
    #expect(people.allSatisfy { abs(Double($0) / (585_708.0 / 14) - 1) <= 0.02 })
  }
}
