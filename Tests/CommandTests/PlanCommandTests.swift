import Foundation
import Testing

@Suite struct PlanCommandTests {
  /// Nine square blocks of 100 m in two communities, with counts.
  static func town(counts: [Int], name: String = "units") -> String {
    var features: [String] = []
    for (index, count) in counts.enumerated() {
      let x = 121.0 + Double(index % 3) * 0.001
      let y = 31.0 + Double(index / 3) * 0.001
      func corner(_ i: Int, _ j: Int) -> String {
        "[\(decimal(x + Double(i) * 0.001)),\(decimal(y + Double(j) * 0.001))]"
      }
      let ring = [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1), corner(0, 0)].joined(separator: ",")
      features.append(
        #"{"type":"Feature","properties":{"id":"u\#(index)","户数":\#(count)},"geometry":{"type":"Polygon","coordinates":[[\#(ring)]]}}"#)
    }
    return #"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#
  }

  private static func decimal(_ value: Double) -> String { String((value * 1e7).rounded() / 1e7) }

  private func scratch(counts: [Int], grids: String) throws -> Scratch {
    let place = try Scratch()
    try place.file("units.geojson", Self.town(counts: counts))
    try place.file(
      "scenario.yaml", "name: Nine blocks\nlayers: {units: {file: units.geojson}}\ngrids: \(grids)\noutput: {folder: out}\n")
    return place
  }

  @Test func aPlanIsDrawnFromReadyUnits() throws {
    let place = try scratch(counts: [100, 120, 90, 110, 100, 95, 105, 100, 80], grids: "{households: {min: 250, ideal: 300, max: 350}}")
    let outcome = try Program.run(["plan", place.path])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.contains("900 placed of 900, none lost"))
    let grids = try place.json("out/grids.geojson")
    let features = try #require(grids["features"] as? [[String: Any]])
    let properties = features.compactMap { $0["properties"] as? [String: Any] }
    #expect(properties.compactMap { $0["households"] as? Int }.reduce(0, +) == 900)
    #expect(properties.allSatisfy { (250...350).contains($0["households"] as? Int ?? 0) })
    #expect(properties.compactMap { $0["code"] as? String } == ["001", "002", "003"])
    let report = try place.json("out/report.json")
    #expect(report["published"] as? Bool == false)
    #expect(report["feasible"] as? Bool == true)
    let inputs = try #require((report["inputs"] as? [[String: Any]])?.first)
    #expect((inputs["recognised"] as? [String: String])?["households"] == "户数")
    #expect((inputs["sha256"] as? String)?.count == 64)
  }

  @Test func theSameInputGivesTheSameBytes() throws {
    let place = try scratch(counts: [100, 120, 90, 110, 100, 95, 105, 100, 80], grids: "{households: {min: 200, ideal: 300, max: 400}}")
    for (folder, threads) in [("a", "1"), ("b", "2"), ("c", "3")] {
      let outcome = try Program.run(
        ["plan", place.path, "-o", place.path + "/" + folder], environment: ["GRIDPLAN_THREADS": threads])
      #expect(outcome.status == 0)
    }
    for name in ["grids.geojson", "units.geojson", "problems.geojson", "levels.csv"] {
      let first = try place.text("a/" + name)
      #expect(try place.text("b/" + name) == first)
      #expect(try place.text("c/" + name) == first)
    }
    func gpkg(_ folder: String) throws -> Data {
      try Data(contentsOf: place.folder.appendingPathComponent(folder + "/plan.gpkg"))
    }
    #expect(try gpkg("a") == gpkg("b"))
  }

  @Test func boundsThatCannotBeMetEndWithTwo() throws {
    let place = try scratch(counts: [100, 100, 100], grids: "{households: {min: 160, ideal: 180, max: 199}}")
    let outcome = try Program.run(["plan", place.path])
    #expect(outcome.status == 2)
    #expect(outcome.output.contains("not met"))
    #expect(try place.text("out/grids.geojson").contains("FeatureCollection"))
  }

  @Test func anOversizeUnitIsAGridOfItsOwn() throws {
    let place = try scratch(counts: [900, 150, 150], grids: "{households: {min: 250, ideal: 300, max: 350}}")
    let outcome = try Program.run(["plan", place.path])
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(try place.text("out/grids.geojson").contains(#""status":"oversize""#))
    #expect(try place.text("out/problems.geojson").contains("oversize-unit"))
    let refusing = try scratch(counts: [900, 150, 150], grids: "{households: {min: 250, ideal: 300, max: 350}, oversize: refuse}")
    #expect(try Program.run(["plan", refusing.path]).status == 2)
  }

  @Test func chineseSummary() throws {
    let place = try scratch(counts: [100, 100, 100], grids: "{households: {min: 250, ideal: 300, max: 350}}")
    let outcome = try Program.run(["plan", place.path, "--lang", "zh"])
    #expect(outcome.output.contains("共 300 户，落位 300 户，无遗漏"))
  }

  @Test func jsonIsOneLineOfReport() throws {
    let place = try scratch(counts: [100, 100, 100], grids: "{households: {min: 250, ideal: 300, max: 350}}")
    let outcome = try Program.run(["plan", place.path, "--json"])
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 1)
    let report = try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any]
    #expect((report?["totals"] as? [String: Any])?["out"] as? Int == 300)
  }

  @Test func personalColumnsAreRefusedWithoutTheirValues() throws {
    let place = try scratch(counts: [100], grids: "{}")
    let units = Self.town(counts: [100]).replacingOccurrences(of: #""id":"u0""#, with: #""id":"u0","身份证号":"11010519491231002X""#)
    try place.file("units.geojson", units)
    let outcome = try Program.run(["plan", place.path])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("身份证号"))
    #expect(!outcome.errors.contains("11010519491231002X"))
    let dropped = try Program.run(["plan", place.path, "--drop-personal-columns"])
    #expect(dropped.status != 65)
    #expect(try !place.text("out/units.geojson").contains("11010519491231002X"))
  }

  @Test func aBatchGoesOnAfterAFailure() throws {
    let place = try scratch(counts: [100, 100, 100], grids: "{households: {min: 250, ideal: 300, max: 350}}")
    let outcome = try Program.run(["plan", place.path + "/missing.yaml", place.path])
    #expect(outcome.status == 66)
    #expect(outcome.errors.contains("missing.yaml: no such file"))
    #expect(outcome.output.contains("300 placed of 300"))
  }

  @Test func aFolderThatCannotBeWrittenIsNamed() throws {
    let place = try scratch(counts: [300], grids: "{households: {min: 250, ideal: 300, max: 350}}")
    try place.file("taken", "not a folder")
    let outcome = try Program.run(["plan", place.path, "-o", place.path + "/taken/out"])
    #expect(outcome.status == 73)
    #expect(outcome.errors.contains("taken/out"))
  }

  @Test func publishedFiguresHideSmallCounts() throws {
    let place = try scratch(counts: [3, 300, 300], grids: "{households: {min: 1, ideal: 200, max: 300}}")
    let outcome = try Program.run(["plan", place.path, "--publish", "-o", place.path + "/pub"])
    #expect(outcome.status != 65, "\(outcome.errors)")
    let report = try place.json("pub/report.json")
    #expect(report["published"] as? Bool == true)
    #expect(try !place.text("pub/units.geojson").contains("households"))
    let grids = try #require(try place.json("pub/grids.geojson")["features"] as? [[String: Any]])
    let counts = grids.map { ($0["properties"] as? [String: Any])?["households"] as? Int }
    #expect(!counts.contains(3))
    #expect(counts.contains { $0 == nil })
  }

  @Test func microGridsNestInGrids() throws {
    let place = try scratch(
      counts: [100, 120, 90, 110, 100, 95, 105, 100, 80],
      grids: "{households: {min: 250, ideal: 300, max: 350}, micro: {households: {min: 80, ideal: 100, max: 130}}}")
    let outcome = try Program.run(["plan", place.path])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    func rows(_ name: String) throws -> [[String: Any]] {
      let features = try #require(try place.json(name)["features"] as? [[String: Any]])
      return features.compactMap { $0["properties"] as? [String: Any] }
    }
    let micro = try rows("out/microgrids.geojson")
    #expect(micro.count == 9)
    for grid in try rows("out/grids.geojson") {
      let code = try #require(grid["code"] as? String)
      let nested = micro.filter { $0["parent"] as? String == code }
      #expect(nested.compactMap { $0["households"] as? Int }.reduce(0, +) == grid["households"] as? Int)
      #expect(nested.allSatisfy { ($0["code"] as? String)?.hasPrefix(code) == true })
    }
  }
}
