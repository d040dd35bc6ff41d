import Foundation
import GRDB
import Georeference
import Planar
import Testing

@testable import MapFiles

/// Whether GDAL and its validator of GeoPackages are here.
private let hasGDAL = (try? run("/usr/bin/python3", ["-c", "import osgeo_utils.samples.validate_gpkg"]))?.status == 0

private func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, text: String) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: program)
  process.arguments = arguments
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = pipe
  try process.run()
  let data = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (process.terminationStatus, String(decoding: data, as: UTF8.self))
}

struct GeoPackageTests {
  let folder = TemporaryFolder()

  private func roundTrip(_ layer: Layer) throws -> Layer {
    try writeGeoPackage([layer], to: folder.file("t.gpkg"))
    return try readGeoPackage(folder.file("t.gpkg"))
  }

  @Test func everyKindOfValue() throws {
    var random = SplitMix(seed: 20)
    let layer = randomLayer(features: 300, &random)
    // Columns of one kind each, as tables have them.
    var typed = layer
    typed.fields = ["Bool", "整数", "d\"q", "mixed", "text", "json", "sparse"]
    typed.features = layer.features.enumerated().map { index, feature in
      var feature = feature
      feature.values = [
        .bool(index % 2 == 0), .integer(index - 7), .number(Double(index) / 3), index % 2 == 0 ? .integer(index) : .number(0.5),
        index % 5 == 0 ? .null : .string("格\(index)'"), .json("[\(index)]"), index % 3 == 0 ? .missing : .integer(1),
      ]
      return feature
    }
    var again = try roundTrip(typed)
    #expect(again.fields == typed.fields)
    #expect(again.features.map(\.geometry) == typed.features.map(\.geometry))
    #expect(again.features.map(\.values) == typed.features.map(\.values))
    #expect(again.hasRowNumbers)
    again.crs = typed.crs
    #expect(geoJSONText(again) == geoJSONText(typed))
  }

  @Test func identifiersAndForeignMembersComeBack() throws {
    let point = Geometry.point(Point(x: 1, y: 2))
    let texts = [Feature(id: .string("a"), geometry: point, foreignMembers: "\"k\":1"), Feature(id: .string("b"), geometry: nil)]
    let again = try roundTrip(Layer(name: "n", crs: .crs84, features: texts))
    #expect(again.features == texts)
    let numbers = [Feature(id: .integer(70), geometry: point), Feature(id: .integer(80), geometry: nil)]
    let other = try roundTrip(Layer(name: "n", crs: .crs84, features: numbers))
    #expect(other.features == numbers)
    #expect(!other.hasRowNumbers)
  }

  @Test(arguments: [
    "OGC:CRS84", "EPSG:4326", "EPSG:4490", "EPSG:4549", "EPSG:3857", "GCJ-02", "BD-09",
  ])
  func referenceSystems(_ name: String) throws {
    let layer = Layer(name: "n", crs: CRS(name), features: [Feature(geometry: .point(Point(x: 1, y: 2)))])
    #expect(try roundTrip(layer).crs == CRS(name == "OGC:CRS84" ? "EPSG:4326" : name))
  }

  @Test func undefinedSystem() throws {
    let layer = Layer(name: "n", crs: nil, features: [Feature(geometry: .point(Point(x: 1e6, y: 2)))])
    #expect(try roundTrip(layer).crs == nil)
  }

  @Test func severalLayersAndAttributes() throws {
    let path = folder.file("t.gpkg")
    let spatial = Layer(name: "格", crs: CRS("EPSG:4549"), fields: ["fid", "geom"], features: [
      Feature(geometry: .point(Point(x: 5e5, y: 4e6)), values: [.integer(9), .string("x")])
    ])
    let table = Layer(name: "levels", fields: ["a"], features: [Feature(geometry: nil, values: [.number(0.5)])])
    try writeGeoPackage([spatial, table, spatial], to: path, styles: ["格": QGISStyle(name: "s", qml: "<qgis/>")])
    #expect(try layersOfGeoPackage(path) == ["格", "格_2", "levels", "layer_styles"])
    #expect(try readGeoPackage(path, layer: "levels").features[0].values == [.number(0.5)])
    let again = try readGeoPackage(path, layer: "格_2")
    #expect(again.fields == ["fid", "geom"])
    #expect(again.features[0].values == [.integer(9), .string("x")])
    #expect(try readGeoPackage(path).notes.map(\.rule) == ["several-layers"])
    #expect(try readGeoPackage(path, layer: "layer_styles").features.count == 2)
    let error = #expect(throws: MapFileError.self) { try readGeoPackage(path, layer: "none") }
    #expect(error?.description.contains("levels") == true)
  }

  @Test func sameBytes() throws {
    var random = SplitMix(seed: 21)
    let layer = randomLayer(features: 500, &random)
    try writeGeoPackage([layer], to: folder.file("a.gpkg"))
    try writeGeoPackage([layer], to: folder.file("b.gpkg"))
    #expect(FileManager.default.contentsEqual(atPath: folder.file("a.gpkg"), andPath: folder.file("b.gpkg")))
    #expect(folder.names == ["a.gpkg", "b.gpkg"])
  }

  /// SQLite itself finds the packed tree sound, and queries by it find what a scan finds.
  @Test(arguments: [0, 1, 51, 52, 2601, 2602, 6000])
  func spatialIndex(_ count: Int) throws {
    var random = SplitMix(seed: 22)
    let features = (0..<count).map { _ in
      let x = Double(random.next() % 1_000_000) / 1e4 - 50
      let y = Double(random.next() % 1_000_000) / 1e4 - 50
      return Feature(geometry: .lineString([Point(x: x, y: y), Point(x: x + 0.37, y: y + 0.11)]))
    }
    let path = folder.file("t.gpkg")
    try writeGeoPackage([Layer(name: "t", crs: .crs84, features: features)], to: path)
    let database = try DatabaseQueue(path: path, configuration: .reading(WorkBudget(millions: 1000)))
    func answers<Value: DatabaseValueConvertible>(_ sql: String) throws -> [Value] {
      try database.read { try Value.fetchAll($0, sql: sql) }
    }
    #expect(try answers("SELECT rtreecheck('rtree_t_geom')") == ["ok"])
    #expect(try answers("PRAGMA integrity_check") == ["ok"])
    let window = Box(min: Point(x: -10, y: -10), max: Point(x: 10, y: 5))
    let sql = "SELECT id FROM rtree_t_geom WHERE minx <= 10 AND maxx >= -10 AND miny <= 5 AND maxy >= -10 ORDER BY id"
    let found = Set(try answers(sql) as [Int])
    for (index, feature) in features.enumerated() where feature.geometry!.box.intersects(window) {
      #expect(found.contains(index + 1))
    }
    #expect(found.allSatisfy { features[$0 - 1].geometry!.box.intersects(window.expanded(by: 1e-4)) })
  }

  /// Large tables are read in ranges of keys, wherever the keys lie.
  @Test(arguments: [1, 40_000, 1_000_000_007])
  func largeTablesInParts(_ step: Int) throws {
    let layer = Layer(
      name: "t", crs: .crs84, fields: ["a"],
      features: (0..<3000).map { index in
        Feature(
          id: .integer(index * step - 7), geometry: index % 7 == 0 ? nil : .point(Point(x: Double(index) / 100, y: 1)),
          values: [.integer(index)])
      })
    let again = try roundTrip(layer)
    #expect(again.features == layer.features)
    #expect(again.notes.map(\.feature) == stride(from: 0, to: 3000, by: 7).map { $0 })
  }

  @Test func damageInAPartIsPlaced() throws {
    let path = folder.file("t.gpkg")
    let features = (0..<90).map { Feature(id: .integer($0 * 1000), geometry: .point(Point(x: 1, y: 2))) }
    try writeGeoPackage([Layer(name: "t", crs: .crs84, features: features)], to: path)
    try BinaryCorpus.execute(in: path, BinaryCorpus.withoutTriggers + "UPDATE t SET geom = x'00' WHERE id = 77000")
    let error = #expect(throws: MapFileError.self) { try readGeoPackage(path) }
    #expect(error?.place == "layer t, feature 77, id 77000")
  }

  /// Names with quotes, and many columns.
  @Test func oddNames() throws {
    let fields = (0..<120).map { "f\"\($0)'" }
    let layer = Layer(
      name: "la\"yer", crs: .crs84, fields: fields,
      features: (0..<150).map { row in
        Feature(geometry: .point(Point(x: 1, y: 2)), values: fields.indices.map { .string("\(row).\($0)") })
      })
    let again = try roundTrip(layer)
    #expect(again.name == layer.name && again.fields == fields)
    #expect(again.features.map(\.values) == layer.features.map(\.values))
  }

  @Test func promotion() throws {
    let square = Polygon(Box(min: Point(x: 0, y: 0), max: Point(x: 1, y: 1)))
    let layer = Layer(name: "n", crs: .crs84, features: [
      Feature(geometry: .polygon(square)), Feature(geometry: .multiPolygon([square, square])),
    ])
    try writeGeoPackage([layer], to: folder.file("t.gpkg"), promotesToMulti: true)
    #expect(try readGeoPackage(folder.file("t.gpkg")).features[0].geometry == .multiPolygon([square]))
    #expect(try roundTrip(layer).features[0].geometry == .polygon(square))
  }

  @Test func mixedTypesBecomeTextWithANote() throws {
    let layer = Layer(name: "n", fields: ["a"], features: [
      Feature(geometry: nil, values: [.integer(1)]), Feature(geometry: nil, values: [.string("x")]),
    ])
    let notes = try writeGeoPackage([layer], to: folder.file("t.gpkg"))
    #expect(notes.map(\.rule) == ["mixed-types"])
    #expect(try readGeoPackage(folder.file("t.gpkg")).features.map(\.values) == [[.string("1")], [.string("x")]])
  }

  @Test(.enabled(if: hasGDAL))
  func gdalReadsIt() throws {
    var random = SplitMix(seed: 23)
    let path = folder.file("t.gpkg")
    var layer = randomLayer(features: 200, &random)
    layer.crs = CRS("EPSG:4490")
    try writeGeoPackage([layer], to: path, styles: ["random": QGISStyle(name: "s", qml: "<qgis/>")])
    let info = try run("/usr/bin/ogrinfo", ["-so", path, "random"])
    #expect(info.status == 0)
    #expect(info.text.contains("Feature Count: 200"))
    #expect(info.text.contains("ID[\"EPSG\",4490]"))
    let script = "import sys\nfrom osgeo_utils.samples import validate_gpkg\nsys.exit(validate_gpkg.main(['x','--warning-as-error',sys.argv[1]]))"
    let validation = try run("/usr/bin/python3", ["-c", script, path])
    #expect(validation.status == 0, "\(validation.text)")
  }
}
