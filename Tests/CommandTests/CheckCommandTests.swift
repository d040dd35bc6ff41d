import Foundation
import Testing

@Suite struct CheckCommandTests {
  /// Blocks of 0.001° at these places (column, row), as GeoJSON.
  private static func blocks(_ places: [(Int, Int)], properties: String = "", swapped: Bool = false) -> String {
    let features = places.enumerated().map { number, place in
      let corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)].map { i, j in
        let (x, y) = (121_000 + place.0 + i, 31_000 + place.1 + j)
        let (lon, lat) = (String(Double(x) / 1000), String(Double(y) / 1000))
        return swapped ? "[\(lat),\(lon)]" : "[\(lon),\(lat)]"
      }
      return #"{"type":"Feature","properties":{"code":"32050801904400\#(number + 1)"\#(properties)},"geometry":{"type":"Polygon","coordinates":[[\#(corners.joined(separator: ","))]]}}"#
    }
    return #"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#
  }

  private static let whole = (0..<9).map { ($0 % 3, $0 / 3) }

  private func objects(_ output: String) throws -> [[String: Any]] {
    try output.split(separator: "\n").map { line in
      try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  @Test func aSeamlessLayerPrintsNothing() throws {
    let outcome = try Program.run(["check"], input: Self.blocks(Self.whole))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.isEmpty && outcome.errors.isEmpty)
  }

  @Test func aGapEndsWithTwoAndALineOfJSON() throws {
    let place = try Scratch()
    let file = try place.file("grids.geojson", Self.blocks(Self.whole.filter { $0 != (1, 1) }))
    let outcome = try Program.run(["check", file.path])
    #expect(outcome.status == 2)
    let findings = try objects(outcome.output)
    #expect(findings.map { $0["rule"] as? String } == ["gap"])
    #expect(findings[0]["severity"] as? String == "error")
    #expect(findings[0]["file"] as? String == file.path)
    #expect(findings[0]["unit"] as? String == "m2")
    let area = try #require(findings[0]["measure"] as? Double)
    #expect(abs(area - 10_580) < 50)
    #expect(abs(try #require(findings[0]["lon"] as? Double) - 121.0015) < 1e-4)
    #expect(abs(try #require(findings[0]["lat"] as? Double) - 31.0015) < 1e-4)
    let chinese = try Program.run(["check", file.path, "--lang", "zh"])
    #expect(chinese.output.contains("空隙"))
  }

  @Test func swappedAxesAndMetresAreFindings() throws {
    let place = try Scratch()
    let swapped = try place.file("swapped.geojson", Self.blocks(Self.whole, swapped: true))
    let outcome = try Program.run(["check", swapped.path])
    #expect(outcome.status == 2, "\(outcome.errors)")
    #expect(try objects(outcome.output).map { $0["rule"] as? String } == ["swapped-axes"])
    let text = Self.blocks(Self.whole).replacingOccurrences(of: "[121.", with: "[40551121.")
      .replacingOccurrences(of: ",31.", with: ",3431.")
    let metres = try place.file("metres.geojson", text)
    let second = try Program.run(["check", metres.path])
    #expect(second.status == 2, "\(second.errors)")
    #expect(try objects(second.output).contains { $0["rule"] as? String == "degrees-suspect" })
  }

  @Test func personalColumnsAreNamedWithoutValues() throws {
    let text = Self.blocks(Self.whole, properties: #","户主":"张三丰","备注":"11010519491231002X""#)
    let outcome = try Program.run(["check"], input: text)
    #expect(outcome.status == 2)
    #expect(try objects(outcome.output).map { $0["rule"] as? String } == ["personal-column", "personal-column"])
    #expect(outcome.output.contains("户主") && outcome.output.contains("备注"))
    #expect(!outcome.output.contains("张三丰") && !outcome.output.contains("1949"))
  }

  @Test func parentsBuildingsAndBarriers() throws {
    let place = try Scratch()
    let grids = try place.file("grids.geojson", Self.blocks(Self.whole.filter { $0 != (1, 1) }))
    let water = try place.file("water.geojson", Self.blocks([(1, 1)]))
    #expect(try Program.run(["check", grids.path, "--barriers", water.path]).status == 0)
    let text = Self.blocks([(0, 0)]).replacingOccurrences(of: "121.001,", with: "121.0015,")
      .replacingOccurrences(of: "121.0,", with: "121.0005,")
    let building = try place.file("building.geojson", text)
    let cut = try Program.run(["check", grids.path, "--barriers", water.path, "--buildings", building.path])
    #expect(try objects(cut.output).map { $0["rule"] as? String } == ["cut-building"])
  }

  @Test func rulesAreListed() throws {
    let outcome = try Program.run(["check", "--list-rules"])
    #expect(outcome.status == 0)
    let rules = outcome.output.split(separator: "\n").map { $0.prefix { $0 != "\t" } }
    for rule in [
      "gap", "overlap", "sliver", "invalid-ring", "multipart", "cut-building", "duplicate-code", "bad-code",
      "code-parent", "outside-parent", "null-geometry", "suspected-gcj02", "personal-column",
    ] { #expect(rules.contains(Substring(rule))) }
  }

  @Test func wrongUse() throws {
    #expect(try Program.run(["check", "/nowhere/grids.geojson"]).status == 66)
    #expect(try Program.run(["check", "--kind", "people"]).status == 64)
    #expect(try Program.run(["check"], input: "{").status == 65)
    let field = try Program.run(["check", "--code", "absent"], input: Self.blocks(Self.whole))
    #expect(field.status == 66 && field.errors.contains("absent"))
  }

  /// A table without coordinates is a list of codes, unless it is said to be something else.
  @Test func aTableIsAListOfCodes() throws {
    let place = try Scratch()
    let file = try place.file("codes.csv", "code,name\n32,江苏省\n3205,苏州市\n320508,姑苏区\n320508019,沧浪街道\n").path
    let outcome = try Program.run(["check", file])
    #expect(outcome.status == 0 && !outcome.output.contains("null-geometry"), "\(outcome.output)")
    let grids = try Program.run(["check", file, "--kind", "grids"])
    #expect(grids.status == 2 && grids.output.contains("null-geometry"))
  }
}
