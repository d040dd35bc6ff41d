import Foundation
import Testing

@Suite struct MapCommandTests {
  private static let hasLeaflet = FileManager.default.fileExists(atPath: "/usr/share/javascript/leaflet/leaflet.css")
    || ProcessInfo.processInfo.environment["GRIDPLAN_LEAFLET"] != nil

  /// A plan of three blocks, one of them with three households.
  private func plan(_ place: Scratch) throws {
    try place.file("units.geojson", PlanCommandTests.town(counts: [3, 300, 300]))
    try place.file(
      "scenario.yaml",
      "name: Three blocks\nlayers: {units: {file: units.geojson}}\ngrids: {households: {min: 1, ideal: 200, max: 300}}\noutput: {folder: out}\n")
    let outcome = try Program.run(["plan", place.path])
    #expect(outcome.status == 0 || outcome.status == 2, "\(outcome.errors)")
  }

  /// The data that a page carries.
  private func data(_ page: String) throws -> [String: Any] {
    let start = try #require(page.range(of: #"id="plan">"#)).upperBound
    let end = try #require(page.range(of: "</script>", range: start..<page.endIndex)).lowerBound
    return try #require(try JSONSerialization.jsonObject(with: Data(page[start..<end].utf8)) as? [String: Any])
  }

  private func households(_ page: String) throws -> [Int?] {
    let sheets = try #require(try data(page)["sheets"] as? [[String: Any]])
    let columns = try #require(sheets[0]["columns"] as? [[String: Any]])
    let values = try #require(columns.first { $0["key"] as? String == "households" }?["values"] as? [Any])
    return values.map { $0 as? Int }
  }

  @Test(.enabled(if: hasLeaflet)) func aPageShowsWhatMayBePublished() throws {
    let place = try Scratch()
    try plan(place)
    for source in ["/out", ""] {
      let page = try Program.run(["map", place.path + source])
      #expect(page.status == 0, "\(page.errors)")
      #expect(try data(page.output)["scope"] as? String == "published")
      #expect(try !households(page.output).contains(3))
      #expect(try households(page.output).contains { $0 == nil })
      let exact = try Program.run(["map", place.path + source, "--internal"])
      #expect(try data(exact.output)["scope"] as? String == "internal")
      #expect(try households(exact.output).contains(3))
    }
  }

  @Test(.enabled(if: hasLeaflet)) func aPageNeedsNoNetworkAndIsTheSameEachTime() throws {
    let place = try Scratch()
    try plan(place)
    let page = try Program.run(["map", place.path + "/out", "-o", place.path + "/a.html", "--lang", "zh"])
    #expect(page.status == 0, "\(page.errors)")
    #expect(page.output.isEmpty)
    _ = try Program.run(["map", place.path + "/out", "-o", place.path + "/b.html", "--lang", "zh"], environment: ["GRIDPLAN_THREADS": "1"])
    let text = try place.text("a.html")
    #expect(try text == place.text("b.html"))
    #expect(text.contains("default-src 'none'"))
    for needle in ["src=\"http", "<link", "@import", "url(http"] {
      let isThere = text.contains(needle)
      #expect(!isThere, "\(needle)")
    }
  }

  @Test func aPictureHasTheLegendOfItsMeasure() throws {
    let place = try Scratch()
    try plan(place)
    let picture = try Program.run(["map", place.path + "/out", "--format", "svg", "--measure", "households", "--internal"])
    #expect(picture.status == 0, "\(picture.errors)")
    #expect(picture.output.contains("<title>Three blocks</title>"))
    #expect(picture.output.contains(">Households</text>"))
    let wrong = try Program.run(["map", place.path + "/out", "--format", "svg", "--measure", "housholds"])
    #expect(wrong.status == 64)
    #expect(wrong.errors.contains("did you mean households?"))
  }

  @Test func toolsThatAreMissingAreNamed() throws {
    let place = try Scratch()
    try plan(place)
    let picture = try Program.run(
      ["map", place.path + "/out", "-o", place.path + "/plan.png"], environment: ["PATH": "/nowhere"])
    #expect(picture.status == 66)
    #expect(picture.errors.contains("librsvg2-bin"))
    #expect(!FileManager.default.fileExists(atPath: place.path + "/plan.png"))
  }

  @Test func aFolderThatIsNoPlanIsNamed() throws {
    let place = try Scratch()
    let outcome = try Program.run(["map", place.path])
    #expect(outcome.status == 66)
  }
}
