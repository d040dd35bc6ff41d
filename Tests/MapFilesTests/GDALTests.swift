import Foundation
import Georeference
import Planar
import Testing

@testable import MapFiles

/// Formats that GDAL's programs read and write, where they are installed.
@Suite(.enabled(if: GDAL.convert.isInstalled && GDAL.info.isInstalled)) struct GDALTests {
  private let folder = TemporaryFolder()
  private func fixture(_ name: String) -> String { Bundle.module.resourcePath! + "/Fixtures/" + name }

  private func value(_ field: String, _ layer: Layer) -> String? {
    layer.index(of: field).flatMap { layer.features[0].values[$0].asText }
  }

  /// Data in OpenStreetMap's two forms (`Fixtures/make_osm.sh`): tags that planning uses, and no names of editors.
  @Test(arguments: ["town.osm.pbf", "town.osm"])
  func openStreetMap(_ name: String) throws {
    let path = fixture(name)
    #expect(try layerNames(path) == ["points", "lines", "multilinestrings", "multipolygons", "other_relations"])
    let layers = try readLayers(path)
    #expect(layers.map(\.name) == ["points", "lines", "multipolygons"])
    #expect(layers.allSatisfy { $0.file == path && $0.crs == CRS("EPSG:4326") })
    #expect(layers[0].notes.map(\.rule) == ["read-by-gdal", "osm-tags"])
    let camera = try #require(layers[0].features[0].geometry?.points.first)
    #expect(abs(camera.x - 116.4005) < 1e-9 && abs(camera.y - 39.9005) < 1e-9)
    #expect(layers[0].fields == ["osm_id", "man_made", "surveillance:type", "camera:type", "camera:direction"])
    #expect(value("camera:direction", layers[0]) == "90")
    #expect(value("highway", layers[1]) == "residential")
    let homes = try readLayer(path, layer: "multipolygons")
    #expect(value("building:levels", homes) == "6" && value("name", homes) == "朝阳里1号楼")
    #expect(homes.features[0].geometry?.polygons.count == 1)
    let first = try readLayer(path)
    #expect(first.name == "points" && first.notes[0].message.hasSuffix("the file also has: lines, multipolygons"))
    let error = #expect(throws: MapFileError.self) { try readLayer(path, layer: "houses") }
    #expect(error?.kind == .missing && error?.remedy?.contains("multipolygons") == true)
  }

  private var areas: Layer {
    let ring = Ring([Point(x: 500_000.25, y: 4_000_000), Point(x: 500_100, y: 4_000_000), Point(x: 500_100, y: 4_000_100)])
    let hole = Geometry.multiPolygon([Polygon(exterior: ring)])
    return Layer(
      name: "网格", crs: CRS("EPSG:4548"), fields: ["code", "户数", "a_long_name", "b_long_name"],
      features: [
        Feature(geometry: .polygon(Polygon(exterior: ring)), values: [.string("110105001"), .integer(3), .number(0.5), .null]),
        Feature(geometry: hole, values: [.string("110105002"), .integer(4), .number(1.5), .string("格")]),
      ])
  }

  @Test(arguments: [("a.fgb", GDALDriver.flatGeobuf), ("a.shp", .shapefile), ("a.kml", .keyhole)])
  func whatIsWrittenIsReadAgain(_ name: String, _ driver: GDALDriver) throws {
    let path = folder.file(name)
    let source = driver == .keyhole ? try areas.transformed(to: .crs84) : areas
    let notes = try writeThroughGDAL(source, to: path, as: driver)
    #expect(notes.contains { $0.rule == "written-by-gdal" })
    let again = try readLayer(path)
    #expect(again.features.count == 2)
    let moved = try again.transformed(to: CRS("EPSG:4548"))
    for (a, b) in zip(moved.features, areas.features) {
      let (first, second) = (a.geometry!.polygons[0].exterior.points, b.geometry!.polygons[0].exterior.points)
      #expect(Set(first.map { ($0.x * 10).rounded() }) == Set(second.map { ($0.x * 10).rounded() }))
    }
    #expect(again.features.map { $0.values[again.index(of: "code")!] } == [.string("110105001"), .string("110105002")])
    if driver != .keyhole { #expect(again.features.map { $0.values[again.index(of: "户数")!] } == [.integer(3), .integer(4)]) }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    _ = try writeThroughGDAL(source, to: path, as: driver)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes, "the same bytes again")
  }

  @Test func aShapefileComesWithAllItsFiles() throws {
    let notes = try writeThroughGDAL(areas, to: folder.file("t.shp"), as: .shapefile)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(files == ["t.cpg", "t.dbf", "t.prj", "t.shp", "t.shx"])
    #expect(notes.contains { $0.message.contains("a_long_nam") }, "a field name that the format cuts is told")
    #expect(try readLayer(folder.file("t.shp")).fields == ["code", "户数", "a_long_nam", "b_long_nam"])
  }

  /// A file may not send GDAL to other files.
  @Test func noFileLeadsElsewhere() throws {
    try writeGeoPackage([areas], to: folder.file("secret.gpkg"))
    let link = "<OGRVRTDataSource><OGRVRTLayer name=\"a\"><SrcDataSource>\(folder.file("secret.gpkg"))</SrcDataSource>"
      + "<SrcLayer>网格</SrcLayer></OGRVRTLayer></OGRVRTDataSource>"
    for name in ["link.kml", "link.gml", "link.dxf", "link.osm"] {
      try Data(link.utf8).write(to: URL(fileURLWithPath: folder.file(name)))
      let error = #expect(throws: MapFileError.self) { try readLayer(folder.file(name)) }
      #expect(error?.kind == .badData && error?.message.contains("GDAL cannot read it") == true, "\(name)")
    }
  }

  @Test(arguments: ["broken.fgb", "broken.osm.pbf", "broken.kml", "no.gdb"])
  func brokenFiles(_ name: String) throws {
    try Data("nothing of the kind".utf8).write(to: URL(fileURLWithPath: folder.file(name)))
    let error = #expect(throws: MapFileError.self) { try readLayer(folder.file(name)) }
    #expect(error?.kind == .badData && error?.file == folder.file(name))
  }

  @Test func placesThatCannotBeWritten() throws {
    let error = #expect(throws: MapFileError.self) {
      try writeThroughGDAL(areas, to: folder.file("none/a.fgb"), as: .flatGeobuf)
    }
    #expect(error?.kind == .cannotWrite && error?.remedy == "Make the folder first, or name another place")
  }
}

struct ExternalToolTests {
  @Test func aMissingToolIsNamedWithItsPackage() {
    let tool = ExternalTool("no-such-tool-of-ours", purpose: "the tool", remedy: "apt install it")
    #expect(!tool.isInstalled)
    let error = #expect(throws: MapFileError.self) { try tool.run([]) }
    #expect(error?.kind == .missing && error?.remedy == "apt install it")
  }

  @Test func argumentsAreNoShellText() throws {
    let outcome = try ExternalTool("printf", purpose: "", remedy: "").run(["%s", "a b; echo $HOME > x"])
    #expect(outcome.status == 0 && String(decoding: outcome.output, as: UTF8.self) == "a b; echo $HOME > x")
  }

  @Test(arguments: [
    ("1: points (Point)", "points"), ("2: my (own) lines (3D Line String)", "my (own) lines"), ("3: table", "table"),
    ("INFO: Open of", nil),
  ])
  func layersInAListing(_ line: String, _ name: String?) { #expect(layerName(inListing: Substring(line)) == name) }
}
