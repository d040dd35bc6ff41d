import Foundation
import Testing

/// Reference systems as they come and go through the program.
@Suite struct ReferenceSystemTests {
  private func table(_ rows: String, _ place: Scratch) throws -> String { try place.file("t.csv", rows).path }

  /// Longitude and latitude of the only point of a GeoJSON text.
  private func point(_ text: String) throws -> (Double, Double) {
    let found = try #require(text.firstMatch(of: /"coordinates":\[([-0-9.]+),([-0-9.]+)\]/), "\(text)")
    return (try #require(Double(found.1)), try #require(Double(found.2)))
  }

  @Test func anEastingWithPrefixTellsItsZone() throws {
    let place = try Scratch()
    let file = try table("name,x,y\na,39449042.0474,4420261.2200\n", place)
    let outcome = try Program.run(["convert", file, "-"])
    #expect(outcome.status == 0 && outcome.errors.contains("EPSG:4527") && outcome.errors.contains("assumed-crs"), "\(outcome.errors)")
    #expect(try point(outcome.output) == (116.404, 39.915))
    // The 6° zone 20 of the same place.
    let six = try table("name,x,y\na,20449042.0474,4420261.2200\n", place)
    #expect(try Program.run(["convert", six, "-"]).errors.contains("EPSG:4498"))
  }

  @Test func anEastingWithoutPrefixIsAskedFor() throws {
    let place = try Scratch()
    let file = try table("name,x,y\na,449042.0474,4420261.2200\n", place)
    let refused = try Program.run(["convert", file, "-"])
    #expect(refused.status == 65 && refused.errors.contains("EPSG:4548") && refused.errors.contains("--from-crs"), "\(refused.errors)")
    let asked = try Program.run(["convert", file, "-", "--from-crs", "4548"])
    #expect(try point(asked.output) == (116.404, 39.915))
    let checked = try Program.run(["check", file, "--kind", "units"])
    #expect(checked.status == 2 && checked.output.contains("names no reference system"))
  }

  /// A table in another CRS has the coordinates of that CRS, not those it came with.
  @Test func coordinatesOfATableGoWithIt() throws {
    let place = try Scratch()
    let file = try table("name,lon,lat\na,116.404,39.915\n", place)
    let cases = [
      ("EPSG:4548", "x,y,name\n449042.0474"), ("EPSG:4527", "x,y,name\n39449042.0474"),
      ("GCJ-02", "lon,lat,name\n116.4102445,39.9164043,a"), ("BD-09", "lon,lat,name\n116.4166272,39.9226996,a"),
    ]
    for (crs, start) in cases {
      let outcome = try Program.run(["convert", file, place.path + "/out.csv", "--to-crs", crs])
      #expect(outcome.status == 0, "\(outcome.errors)")
      let written = try place.text("out.csv")
      #expect(written.hasPrefix(start), "\(crs): \(written)")
    }
    let same = try Program.run(["convert", file, place.path + "/out.csv"])
    #expect(same.status == 0)
    #expect(try place.text("out.csv") == "name,lon,lat\na,116.404,39.915\n")
  }

  @Test func ballparkIsRefusedUnlessAskedFor() throws {
    let place = try Scratch()
    let file = try table("name,lon,lat\na,116.404,39.915\n", place)
    for crs in ["EPSG:4214", "EPSG:4610", "EPSG:2437", "EPSG:2333"] {
      let refused = try Program.run(["convert", file, place.path + "/out.csv", "--to-crs", crs])
      #expect(refused.status == 65 && refused.errors.contains("ballpark"), "\(crs): \(refused.errors)")
      let accepted = try Program.run(["convert", file, place.path + "/out.csv", "--to-crs", crs, "--allow-ballpark"])
      #expect(accepted.status == 0, "\(accepted.errors)")
    }
    #expect(try Program.run(["convert", file, "-", "--to-crs", "EPSG:4490"]).status == 0)
  }

  /// Web Mercator is read, and never measured in: at 60° N its areas are four times too large.
  @Test func webMercatorNeverMeasures() throws {
    let place = try Scratch()
    let ring = "[[2700000,8400000],[2700200,8400000],[2700200,8400200],[2700000,8400200],[2700000,8400000]]"
    let inner = "[[2700200,8400000],[2700400,8400000],[2700400,8400200],[2700200,8400200],[2700200,8400000]]"
    func feature(_ ring: String, _ code: String) -> String {
      #"{"type":"Feature","properties":{"code":"\#(code)"},"geometry":{"type":"Polygon","coordinates":[\#(ring)]}}"#
    }
    try place.file(
      "m.geojson",
      #"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:3857"}},"features":[\#(feature(ring, "1")),\#(feature(ring.replacingOccurrences(of: "2700200", with: "2700300"), "2")),\#(feature(inner, "3"))]}"#)
    let checked = try Program.run(["check", place.path + "/m.geojson"])
    let areas = checked.output.split(separator: "\n").filter { $0.contains(#""rule":"overlap""#) }
      .compactMap { $0.firstMatch(of: /"measure":([0-9.]+)/).flatMap { Double($0.1) } }
    // 200 m × 200 m on the map are 100 m × 100 m on the ground.
    #expect(areas.count == 2 && abs(areas[0] - 10_000) < 300, "\(checked.output)")
    for command in [
      ["check", place.path + "/m.geojson", "--working-crs", "EPSG:3857"], ["check", place.path + "/m.geojson", "--working-crs", "EPSG:4490"],
    ] {
      let refused = try Program.run(command)
      #expect(refused.status == 65 && refused.errors.contains("not fit to measure"), "\(refused.errors)")
    }
  }

  @Test func degreesInTheOrderOfTheAuthorityAreSeen() throws {
    let place = try Scratch()
    let swapped = try place.file(
      "s.geojson", #"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[39.915,116.404]}}"#)
    let outcome = try Program.run(["convert", swapped.path, "-"])
    #expect(outcome.status == 65 && outcome.errors.contains("swapped"), "\(outcome.errors)")
    // EPSG:4490 has latitude first by its authority; files have longitude first all the same.
    let right = try Program.run(["convert", "-", "-", "--from-crs", "EPSG:4490"], input: #"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[116.404,39.915]}}"#)
    #expect(try point(right.output) == (116.404, 39.915))
  }
}
