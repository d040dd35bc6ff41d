import Foundation
import MapFiles
import Planar
import Testing

/// Personal columns are refused whatever file they come in, and no value is ever shown.
@Suite struct PlantedColumnTests {
  private static let secret = "11010519491231002X"

  private func layer(_ column: String) -> Layer {
    let corners = [(0.0, 0.0), (0.001, 0.0), (0.001, 0.001), (0.0, 0.001)].map { Point(x: 116 + $0.0, y: 39 + $0.1) }
    return Layer(
      name: "homes", crs: .crs84, fields: ["code", column],
      features: [Feature(geometry: .point(corners[0]), values: [.string("001"), .string(Self.secret)])])
  }

  /// In both languages: a column that its name tells, though its values say nothing; and one with an identity number.
  private static let planted = [("身份证号", secret), ("ID_NUMBER", secret), ("remarks", secret)] + [
    ("户主姓名", "欧阳建国"), ("联系电话", "13800138000"), ("宗教信仰", "某教"), ("first_name", "Wilhelmina"),
    ("phoneNum", "+86 138 0013 8000"), ("religion", "some creed"),
  ]

  @Test(arguments: PlantedFiles.formats, planted)
  func refusedInEveryFormat(_ format: String, _ planted: (column: String, value: String)) throws {
    try expectRefusal(format, planted.column, planted.value)
  }

  @Test(
    .enabled(if: GDALPrograms.areInstalled),
    arguments: PlantedFiles.foreignFormats, ["身份证号", "ID_NUMBER"])
  func refusedInFormatsThatGDALReads(_ format: String, _ column: String) throws {
    try expectRefusal(format, column, Self.secret)
  }

  private func expectRefusal(_ format: String, _ column: String, _ value: String) throws {
    let place = try Scratch()
    let files = PlantedFiles(place: place, column: column, value: value)
    let (file, out) = (try files.file(format), place.path + "/out.geojson")
    let refused = try Program.run(["convert", file, out])
    #expect(refused.status == 65 && refused.errors.contains(files.name(in: format)), "\(refused.errors)")
    #expect(!(refused.errors + refused.output).contains(value))
    #expect(!FileManager.default.fileExists(atPath: out))
    let dropped = try Program.run(["convert", file, out, "--drop-personal-columns"])
    #expect(dropped.status == 0, "\(dropped.errors)")
    #expect(try !place.text("out.geojson").contains(value) && place.text("out.geojson").contains("001"))
    #expect(!dropped.errors.contains(value))
  }

  /// Points to assign, whatever file they come in.
  @Test(arguments: PlantedFiles.formats, ["身份证号", "ID_NUMBER"])
  func refusedByAssign(_ format: String, _ column: String) throws {
    let place = try Scratch()
    let file = try PlantedFiles(place: place, column: column, value: Self.secret).file(format)
    let square = "[[[115,38],[117,38],[117,40],[115,40],[115,38]]]"
    try place.file(
      "grids.geojson",
      "{\"type\":\"Feature\",\"properties\":{\"code\":\"G1\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":\(square)}}")
    let refused = try Program.run(["assign", "--grids", place.path + "/grids.geojson", file, "--keep-columns"])
    #expect(refused.status == 65 && !(refused.errors + refused.output).contains(Self.secret), "\(refused.errors)")
    let dropped = try Program.run(
      ["assign", "--grids", place.path + "/grids.geojson", file, "--keep-columns", "--drop-personal-columns"])
    #expect(dropped.status == 0 && dropped.output.contains("G1") && dropped.output.contains("001"), "\(dropped.errors)")
    #expect(!(dropped.errors + dropped.output).contains(Self.secret))
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
