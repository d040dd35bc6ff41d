import Foundation
import Testing

@Suite struct ConvertCommandTests {
  private let town = """
    {"type":"FeatureCollection","name":"t","features":[
    {"type":"Feature","id":"a","properties":{"code":"110105","n":1.5,"tags":[1,2]},"geometry":{"type":"Point","coordinates":[116.404,39.915]},"extra":{"k":1}},
    {"type":"Feature","properties":{"code":"110106","n":2},"geometry":{"type":"Polygon","coordinates":[[[116,39],[117,39],[117,40],[116,39]]]}}
    ]}

    """

  @Test func aFilterGivesTheSameBytes() throws {
    let outcome = try Program.run(["convert"], input: town)
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output == town)
  }

  @Test func thereAndBackThroughEveryFormat() throws {
    let place = try Scratch()
    try place.file("t.geojson", town)
    var last = "t.geojson"
    for next in ["t.gpkg", "b.geojsonl", "c.geojsons", "t2.gpkg", "e.geojson"] {
      let outcome = try Program.run(["convert", last, next], folder: place.path)
      #expect(outcome.status == 0, "\(outcome.errors)")
      last = next
    }
    let lines = { (text: String) in text.split(separator: "\n").dropFirst() }
    #expect(lines(try place.text("e.geojson")) == lines(town))
    #expect(try place.text("b.geojsonl").split(separator: "\n").count == 2)
    #expect(try place.text("c.geojsons").hasPrefix("\u{1E}{"))
  }

  @Test func referenceSystems() throws {
    let place = try Scratch()
    try place.file("t.geojson", town)
    let steps = [["t.geojson", "a.gpkg", "--to-crs", "EPSG:4548"], ["a.gpkg", "b.geojson"], ["b.geojson", "c.geojson", "--to-crs", "gcj02"]]
    for step in steps {
      let outcome = try Program.run(["convert"] + step, folder: place.path)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    #expect(try place.text("b.geojson").contains("[116.404,39.915]"))
    #expect(try place.text("c.geojson").contains("[116.4102445,39.9164043]"))
    let back = try Program.run(["convert", "c.geojson", "--from-crs", "GCJ-02"], folder: place.path)
    #expect(back.output.contains("[116.404,39.915]"))
    let metres = try Program.run(["convert", "a.gpkg", "d.geojson", "--to-crs", "EPSG:4548"], folder: place.path)
    #expect(metres.status == 65)
    #expect(metres.errors.contains("longitude and latitude only"))
  }

  @Test func personalColumnsAreRefused() throws {
    let people = town.replacingOccurrences(of: "\"n\"", with: "\"身份证号\"")
    let refused = try Program.run(["convert"], input: people)
    #expect(refused.status == 65)
    #expect(refused.output.isEmpty)
    #expect(refused.errors.contains("身份证号"))
    let dropped = try Program.run(["convert", "--drop-personal-columns"], input: people)
    #expect(dropped.status == 0)
    #expect(!dropped.output.contains("身份证号"))
  }

  @Test(arguments: [
    (["no-such.geojson", "out.geojson"], 66, "cannot be read"),
    (["t.geojson", "no/folder/out.geojson"], 73, "Make the folder"),
    (["t.geojson", "out.xyz"], 73, "no format of this extension"),
    (["t.geojson", "out.gpkg", "--to-crs", "EPSG:999999"], 65, "not a known reference system"),
    (["t.geojson", "--decimals", "99"], 64, "decimals"),
    (["broken.geojson", "out.geojson"], 65, "byte 40"),
  ])
  func failures(_ arguments: [String], _ status: Int32, _ words: String) throws {
    let place = try Scratch()
    try place.file("t.geojson", town)
    try place.file("broken.geojson", String(town.prefix(40)))
    let outcome = try Program.run(["convert"] + arguments, folder: place.path)
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    #expect(Set(try FileManager.default.contentsOfDirectory(atPath: place.path)) == ["t.geojson", "broken.geojson"])
  }
}
