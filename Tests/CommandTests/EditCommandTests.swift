import Foundation
import Testing

@Suite struct EditCommandTests {
  /// The plan of nine blocks whose grids of today, 001 to 003, are its rows from south to north.
  private func plan(counts: [Int] = [100, 120, 90, 110, 100, 95, 105, 100, 80], grids: String = "") throws -> Scratch {
    let place = try Scratch()
    try place.file("units.geojson", PlanCommandTests.town(counts: counts))
    let rows = (0..<3).map { row in
      let (low, high) = (31 + Double(row) * 0.001, 31 + Double(row + 1) * 0.001)
      let ring = "[121,\(low)],[121.003,\(low)],[121.003,\(high)],[121,\(high)],[121,\(low)]"
      return #"{"type":"Feature","properties":{"code":"00\#(row + 1)"},"geometry":{"type":"Polygon","coordinates":[[\#(ring)]]}}"#
    }
    try place.file("today.geojson", #"{"type":"FeatureCollection","features":[\#(rows.joined(separator: ","))]}"#)
    try place.file(
      "scenario.yaml",
      """
      name: Nine
      layers: {units: {file: units.geojson}, grids: {file: today.geojson, code: code}}
      grids: {from: draw, households: {min: 200, ideal: 300, max: 400}, maxMoved: 0\(grids)}
      output: {folder: out}
      """)
    #expect(try Program.run(["plan", place.path]).status == 0)
    #expect(try units(place)["u4"] == "002")
    return place
  }

  @discardableResult
  private func edit(_ place: Scratch, _ arguments: [String], status: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation) throws -> Program.Outcome {
    let outcome = try Program.run(["edit", "out"] + arguments, folder: place.path)
    #expect(outcome.status == status, "\(outcome.output)\(outcome.errors)", sourceLocation: sourceLocation)
    return outcome
  }

  private func grids(_ place: Scratch, _ folder: String = "out") throws -> [String: Int] {
    let features = try #require(try place.json("\(folder)/grids.geojson")["features"] as? [[String: Any]])
    let rows = features.compactMap { $0["properties"] as? [String: Any] }
    return Dictionary(uniqueKeysWithValues: rows.map { ($0["code"] as? String ?? "", $0["households"] as? Int ?? -1) })
  }

  private func units(_ place: Scratch) throws -> [String: String] {
    let features = try #require(try place.json("out/units.geojson")["features"] as? [[String: Any]])
    let rows = features.compactMap { $0["properties"] as? [String: Any] }
    return Dictionary(uniqueKeysWithValues: rows.map { ($0["id"] as? String ?? "", $0["grid"] as? String ?? "") })
  }

  /// The independent checker, and the program's own.
  private func prove(_ folder: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let water = FileManager.default.fileExists(atPath: folder + "/barriers.geojson") ? ["--barriers", folder + "/barriers.geojson"] : []
    let own = try Program.run(["check", folder + "/grids.geojson"] + water)
    #expect(own.status == 0, "\(own.output)", sourceLocation: sourceLocation)
    guard Checker.python != nil else { return }
    let verdict = try Checker.verify(folder)
    #expect(verdict.status == 0, "\(verdict.output)", sourceLocation: sourceLocation)
  }

  @Test func splitMergeAndUndo() throws {
    let place = try plan()
    let names = ["grids.geojson", "units.geojson", "problems.geojson", "levels.csv"]
    let original = try names.map { try place.text("out/" + $0) }
    let first = "001"
    let split = try edit(place, ["--split", first, "--into", "3"], status: 2)
    #expect(split.output.contains("not met"))
    let after = try grids(place)
    #expect(after.count == 5)
    #expect(after.values.reduce(0, +) == 900)
    // No third has most of the households: three new codes, and the old one is gone for good.
    #expect(after[first] == nil && after["004"] != nil && after["006"] != nil)
    try prove(place.path + "/out")
    try edit(place, ["--merge", "004", "005"], status: 2)
    #expect(try grids(place).count == 4)
    try prove(place.path + "/out")
    try edit(place, ["--undo", "--undo"])
    for (name, text) in zip(names, original) { #expect(try place.text("out/" + name) == text, "\(name)") }
    let history = try edit(place, ["--history"])
    #expect(history.output.contains("1\tsplit \(first) into 3\t") && history.output.contains("(undone)"))
    // Codes of edits that were taken back stay used.
    try edit(place, ["--split", first, "--into", "3"], status: 2)
    #expect(try grids(place).keys.sorted().suffix(3) == ["007", "008", "009"])
    #expect(try place.text("out/codes.csv").contains("3,split \(first) into 3,done,\(first),007,"))
  }

  @Test func unitsMoveAndGridsAreMended() throws {
    let place = try plan()
    // The middle of a row cuts it in two.
    let refused = try edit(place, ["--move", "u4", "--to", "001"], status: 2)
    #expect(refused.errors.contains("refused") && refused.errors.contains("2 parts") && refused.errors.contains("--mend"))
    #expect(try units(place)["u4"] == "002")
    // Mended, the heavier end stays; the other touches 001 on two sides and 003 on one.
    try edit(place, ["--move", "u4", "--to", "001", "--mend"], status: 2)
    let mended = try units(place)
    #expect(mended["u4"] == "001" && mended["u5"] == "001" && mended["u3"] != "001")
    try prove(place.path + "/out")
    try edit(place, ["--undo"])
    // An end may go; its grid keeps most of its households and so its code. Named by a point in it.
    try edit(place, ["--move", "121.0025,31.0015", "--to", "003"])
    #expect(try grids(place) == ["001": 310, "002": 210, "003": 380])
    try prove(place.path + "/out")
    // A unit that does not touch the grid would not stay there.
    let far = try edit(place, ["--move", "u0", "--to", "003", "--mend"], status: 2)
    #expect(far.errors.contains("don't touch"))
    // All of a grid may go to another: then its code is gone.
    try edit(place, ["--move", "u3", "u4", "--to", "001"], status: 2)
    #expect(try grids(place).keys.sorted() == ["001", "003"])
    #expect(try edit(place, ["--move", "u9", "--to", "001"], status: 65).errors.contains("no unit"))
  }

  @Test func lockedGridsAreLeftAlone() throws {
    let place = try plan()
    try edit(place, ["--lock", "001"])
    let report = try #require(try place.json("out/report.json")["edits"] as? [String: Any])
    #expect(report["locked"] as? [String] == ["001"])
    let refused = try edit(place, ["--split", "001", "--into", "2"], status: 2)
    #expect(refused.errors.contains("locked"))
    try edit(place, ["--unlock", "001", "--rename", "001", "A-1"])
    #expect(try grids(place)["A-1"] != nil)
    let gone = try edit(place, ["--lock", "001"], status: 65)
    #expect(gone.errors.contains("gone"))
    let again = try edit(place, ["--rename", "002", "001"], status: 2)
    #expect(again.errors.contains("never used again"))
    #expect(try edit(place, ["--split", "nine", "--into", "2"], status: 65).errors.contains("no grid has the code"))
  }

  @Test func aFileOfEditsIsAllOrNothing() throws {
    let place = try plan()
    let before = try place.text("out/grids.geojson")
    try place.file("edits.txt", "merge 001 002\nsplit 009 into 2\n")
    try edit(place, ["--edits", "edits.txt"], status: 65)
    #expect(try place.text("out/grids.geojson") == before)
    try place.file("edits.yaml", "- {lock: '003'}\n- {merge: ['001', '002']}\n")
    try edit(place, ["--edits", "edits.yaml", "-o", "other"], status: 2)
    #expect(try place.text("out/grids.geojson") == before)
    #expect(try grids(place, "other").count == 2)
    let compared = try Program.run(["compare", "out", "other", "--json"], folder: place.path)
    let report = try #require(try JSONSerialization.jsonObject(with: Data(compared.output.utf8)) as? [String: Any])
    #expect((report["codes"] as? [String: Any])?["gone"] as? Int == 1)
  }

  @Test func whatIsNoEditIsUsage() throws {
    let place = try plan()
    try edit(place, [], status: 64)
    try edit(place, ["--split", "001"], status: 64)
    try edit(place, ["--move", "u1"], status: 64)
    try edit(place, ["--rename", "001"], status: 64)
    #expect(try Program.run(["edit", place.path + "/none", "--undo"]).status == 65)
    let published = try Program.run(["plan", place.path, "--publish", "-o", place.path + "/pub"])
    #expect(published.status == 0, "\(published.errors)")
    let refused = try Program.run(["edit", place.path + "/pub", "--lock", "001"])
    #expect(refused.status == 2 && refused.errors.contains("published"))
    let package = try Data(contentsOf: place.folder.appendingPathComponent("pub/plan.gpkg"))
    #expect(package.range(of: Data("plan_units".utf8)) == nil)
  }

  @Test func microGridsOfChangedGridsAreDividedAgain() throws {
    let place = try plan(grids: ", micro: {households: {min: 80, ideal: 100, max: 130}}")
    func micro() throws -> [(code: String, parent: String, households: Int)] {
      let features = try #require(try place.json("out/microgrids.geojson")["features"] as? [[String: Any]])
      return features.compactMap { $0["properties"] as? [String: Any] }.map {
        ($0["code"] as? String ?? "", $0["parent"] as? String ?? "", $0["households"] as? Int ?? 0)
      }
    }
    let before = try place.text("out/microgrids.geojson")
    try edit(place, ["--merge", "001", "002"], status: 2)
    let after = try micro()
    for (code, households) in try grids(place) {
      let own = after.filter { $0.parent == code }
      #expect(own.reduce(0) { $0 + $1.households } == households && own.allSatisfy { $0.code.hasPrefix(code) }, "\(code)")
    }
    #expect(Set(after.map(\.code)).count == after.count)
    #expect(try place.text("out/levels.csv").contains("microgrid,"))
    try prove(place.path + "/out")
    try edit(place, ["--undo"])
    #expect(try place.text("out/microgrids.geojson") == before)
  }

  /// Grids of buildings, streets and water in several communities, cut and mended at random.
  @Test func manyEditsOfATownKeepEveryRule() throws {
    let place = try Scratch()
    let scenario = ScenarioRunTests.root.appendingPathComponent("scenarios/synthetic-specials").path
    #expect(try Program.run(["plan", scenario, "-o", place.path + "/out"]).status == 0)
    var state: UInt64 = 20_261_124
    func pick(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let rows = try #require(try place.json("out/buildings.geojson")["features"] as? [[String: Any]])
    let homes = rows.compactMap { $0["properties"] as? [String: Any] }
    var made = 0
    for round in 0..<8 {
      let now = try grids(place).keys.sorted()
      let home = homes[pick(homes.count)]
      let near = now.filter { $0.prefix(12) == (home["grid"] as? String ?? "").prefix(12) }
      let arguments: [String] =
        switch round % 3 {
        case 0: ["--move", "#\(home["unit"] as? Int ?? 1)", "--to", near[pick(near.count)], "--mend"]
        case 1: ["--split", now[pick(now.count)], "--into", "2"]
        default: ["--merge", near[pick(near.count)], near[pick(near.count)]]
        }
      let outcome = try Program.run(["edit", "out"] + arguments, folder: place.path)
      if outcome.errors.isEmpty { made += 1 } else { #expect([2, 64, 65].contains(outcome.status), "\(arguments): \(outcome.errors)") }
    }
    #expect(made >= 3, "seed 20261124")
    let after = try grids(place)
    #expect(after.values.reduce(0, +) == 6000)
    try prove(place.path + "/out")
  }
}
