import Foundation
import Testing

/// What is published stays safe when an earlier publication is subtracted from it.
@Suite struct PublishAgainstTests {
  private func strip(_ from: Int, _ to: Int, _ properties: String) -> String {
    let (a, b) = (116 + Double(from) / 1000, 116 + Double(to) / 1000)
    return #"{"type":"Feature","properties":{\#(properties)},"geometry":{"type":"Polygon","coordinates":[[[\#(a),39],[\#(b),39],[\#(b),39.001],[\#(a),39.001],[\#(a),39]]]}}"#
  }

  private func collection(_ features: [String]) -> String {
    #"{"type":"FeatureCollection","features":["# + features.joined(separator: ",") + "]}"
  }

  /// Four units of 100, 4, 120 and 90 households; the second is in the first or in the second grid.
  private func prepare(_ place: Scratch) throws {
    let counts = [100, 4, 120, 90]
    try place.file("units.geojson", collection(counts.indices.map { strip($0, $0 + 1, #""id":"u\#($0)","households":\#(counts[$0])"#) }))
    for (name, cuts) in [("before", [0, 2, 3, 4]), ("after", [0, 1, 3, 4])] {
      let grids = (0..<3).map { strip(cuts[$0], cuts[$0 + 1], #""code":"00\#($0 + 1)","parent":"c""#) }
      try place.file("\(name).geojson", collection(grids))
      try place.file(
        "\(name).yaml",
        "name: \(name)\nlayers: {units: {file: units.geojson}, grids: {file: \(name).geojson}}\ngrids: {from: existing}\noutput: {folder: \(name)}\n")
    }
  }

  /// The households of each grid that were published.
  private func households(_ folder: String, _ place: Scratch) throws -> [Int?] {
    let features = try #require(try place.json("\(folder)/grids.geojson")["features"] as? [[String: Any]])
    return features.map { ($0["properties"] as? [String: Any])?["households"] as? Int }
  }

  @Test func aSmallDifferenceIsNotPublished() throws {
    let place = try Scratch()
    try prepare(place)
    #expect(try Program.run(["plan", "before.yaml", "--publish", "-o", "old"], folder: place.path).status == 0)
    #expect(try households("old", place) == [104, 120, 90])
    #expect(try Program.run(["plan", "after.yaml", "--publish", "-o", "plain"], folder: place.path).status == 0)
    // Subtraction would tell the four households of the second unit.
    #expect(try households("plain", place) == [100, 124, 90])
    let outcome = try Program.run(["plan", "after.yaml", "--publish", "--against", "old", "-o", "new"], folder: place.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try households("new", place) == [nil, nil, 90])
    #expect(outcome.errors.contains("2 figures left out"), "\(outcome.errors)")
    #expect(try !place.text("new/levels.csv").contains(",124,") && !place.text("new/levels.csv").contains(",100,"))
  }

  @Test func theSamePlanLosesNothing() throws {
    let place = try Scratch()
    try prepare(place)
    #expect(try Program.run(["plan", "before.yaml", "--publish", "-o", "old"], folder: place.path).status == 0)
    #expect(try Program.run(["plan", "before.yaml", "--publish", "--against", "old", "-o", "new"], folder: place.path).status == 0)
    #expect(try households("new", place) == [104, 120, 90])
  }

  @Test func wrongUse() throws {
    let place = try Scratch()
    try prepare(place)
    #expect(try Program.run(["plan", "before.yaml", "-o", "exact"], folder: place.path).status == 0)
    #expect(try Program.run(["plan", "after.yaml", "--against", "exact"], folder: place.path).status == 64)
    let exact = try Program.run(["plan", "after.yaml", "--publish", "--against", "exact"], folder: place.path)
    #expect(exact.status == 65 && exact.errors.contains("exact plan"), "\(exact.errors)")
    #expect(try Program.run(["plan", "after.yaml", "--publish", "--against", "absent"], folder: place.path).status == 66)
  }
}
