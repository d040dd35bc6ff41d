import Foundation
import MapFiles
import Planar
import Testing

/// Personal columns are refused whatever file they come in, and no value is ever shown.
@Suite struct PlantedColumnTests {
  private static let secret = "11010519491231002X"
  private static let columns = ["户主姓名", "身份证号", "联系电话", "宗教信仰", "first_name", "ID_NUMBER", "phoneNumber", "religion"]

  private func layer(_ column: String) -> Layer {
    let corners = [(0.0, 0.0), (0.001, 0.0), (0.001, 0.001), (0.0, 0.001)].map { Point(x: 116 + $0.0, y: 39 + $0.1) }
    return Layer(
      name: "homes", crs: .crs84, fields: ["code", column],
      features: [Feature(geometry: .point(corners[0]), values: [.string("001"), .string(Self.secret)])])
  }

  @Test(arguments: ["geojson", "geojsonl", "geojsons", "gpkg", "csv"], columns)
  func refusedInEveryFormat(_ format: String, _ column: String) throws {
    let place = try Scratch()
    let (file, out) = (place.path + "/planted.\(format)", place.path + "/out.geojson")
    switch format {
    case "gpkg": _ = try writeGeoPackage([layer(column)], to: file)
    case "csv": try writeCSV(layer(column), to: file, style: CSVStyle(for: layer(column)))
    default: try writeGeoJSON(layer(column), to: file, style: GeoJSONStyle(forFile: file, decimals: 7))
    }
    let refused = try Program.run(["convert", file, out])
    #expect(refused.status == 65 && refused.errors.contains(column), "\(refused.errors)")
    #expect(!(refused.errors + refused.output).contains(Self.secret))
    #expect(!FileManager.default.fileExists(atPath: out))
    let dropped = try Program.run(["convert", file, out, "--drop-personal-columns"])
    #expect(dropped.status == 0, "\(dropped.errors)")
    #expect(try !place.text("out.geojson").contains(Self.secret) && place.text("out.geojson").contains("001"))
  }

  @Test func refusedByEveryCommandThatReadsLayers() throws {
    let place = try Scratch()
    let file = place.path + "/planted.geojson"
    try writeGeoJSON(layer("身份证号"), to: file)
    for command in [["repair", file, place.path + "/r.geojson"], ["reconcile", file, file], ["convert", file, "-"]] {
      let outcome = try Program.run(command)
      #expect(outcome.status == 65 && outcome.errors.contains("身份证号"), "\(command[0]): \(outcome.errors)")
      #expect(!(outcome.errors + outcome.output).contains(Self.secret))
    }
    let checked = try Program.run(["check", file])
    #expect(checked.status == 2 && checked.output.contains("personal-column") && !checked.output.contains(Self.secret))
  }
}
