import Foundation
import Testing

@Suite struct RepairCommandTests {
  private func square(_ x0: Double, _ x1: Double, _ code: String) -> String {
    let (a, b) = (116 + x0 / 1000, 116 + x1 / 1000)
    return #"{"type":"Feature","properties":{"code":"\#(code)"},"geometry":{"type":"Polygon","coordinates":[[[\#(a),39],[\#(b),39],[\#(b),39.001],[\#(a),39.001],[\#(a),39]]]}}"#
  }

  private func collection(_ features: [String]) -> String {
    #"{"type":"FeatureCollection","features":["# + features.joined(separator: ",") + "]}"
  }

  @Test func whatIsTouchedIsListedAndTheResultIsSound() throws {
    let place = try Scratch()
    // A strip of 0.26 m that both cover: 0.000003° of longitude.
    try place.file("in.geojson", collection([square(0, 1.003, "001"), square(1, 2, "002"), square(2, 3, "003")]))
    #expect(try Program.run(["check", "in.geojson"], folder: place.path).status == 2)
    let outcome = try Program.run(["repair", "in.geojson", "out.gpkg"], folder: place.path)
    #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
    #expect(outcome.errors.contains("2 of 3 features changed; check finds no error") || outcome.errors.contains("1 of 3 features changed; check finds no error"), "\(outcome.errors)")
    let lines = try outcome.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    let overlap = try #require(lines.first { $0["rule"] as? String == "closed-overlap" })
    let measure = try #require(overlap["measure"] as? Double)
    #expect(abs(measure - 28.9) < 1 && overlap["unit"] as? String == "m2" && overlap["severity"] as? String == "repaired")
    #expect(lines.allSatisfy { $0["code"] as? String != nil && $0["lon"] as? Double != nil })
    #expect(try Program.run(["check", "out.gpkg"], folder: place.path).status == 0)
    let again = try Program.run(["repair", "out.gpkg", "again.gpkg"], folder: place.path)
    #expect(again.status == 0 && again.output.isEmpty && again.errors.contains("0 of 3 features changed"), "\(again.output)")
  }

  @Test func wideOverlapsEndWithTwo() throws {
    let place = try Scratch()
    try place.file("in.geojson", collection([square(0, 1.2, "001"), square(1, 2, "002")]))
    let outcome = try Program.run(["repair", "in.geojson", "out.geojson", "--lang", "zh"], folder: place.path)
    #expect(outcome.status == 2, "\(outcome.errors)")
    #expect(outcome.output.contains("left-overlap") && outcome.errors.contains("仍有错误"))
  }

  @Test func wrongUse() throws {
    let place = try Scratch()
    try place.file("in.geojson", collection([square(0, 1, "001")]))
    #expect(try Program.run(["repair", "in.geojson", "out.csv"], folder: place.path).status == 73)
    #expect(try Program.run(["repair", "absent.geojson", "out.gpkg"], folder: place.path).status == 66)
    #expect(try Program.run(["repair", "in.geojson", "out.gpkg", "--snap", "-1"], folder: place.path).status == 64)
  }
}
