import Foundation
import Georeference
import Planar
import Testing

@testable import MapFiles

/// Files made by GDAL (`Fixtures/make.py`) read as GDAL reads them.
struct FixtureTests {
  private func fixture(_ name: String) -> String { Bundle.module.resourcePath! + "/Fixtures/" + name }

  private func rules(_ layer: Layer) -> [String] { layer.notes.map(\.rule) }

  /// Rings may begin and run differently: compare what is written, which turns them.
  private func expectSame(_ layer: Layer, as name: String) throws {
    let expected = try readGeoJSON(fixture(name + ".expected.geojson"))
    #expect(layer.fields == expected.fields)
    #expect(layer.crs == expected.crs || layer.crs == nil)
    #expect(layer.features.count == expected.features.count)
    for (feature, wanted) in zip(layer.features, expected.features) {
      #expect(feature.values == wanted.values)
      #expect(feature.geometry.map(turned) == wanted.geometry.map(turned))
    }
  }

  private func turned(_ geometry: Geometry) -> Geometry {
    switch geometry {
    case .polygon(let polygon): .polygon(polygon.rightHanded())
    case .multiPolygon(let polygons): .multiPolygon(polygons.map { $0.rightHanded() })
    default: geometry
    }
  }

  @Test func shapefileInGBK() throws {
    let layer = try readLayer(fixture("areas-gbk.shp"))
    #expect(layer.crs == CRS("EPSG:4549"))
    #expect(rules(layer) == [])
    try expectSame(layer, as: "areas-gbk")
  }

  @Test func shapefileInUTF8() throws {
    let layer = try readLayer(fixture("lines-utf8.shp"))
    #expect(rules(layer) == [])
    try expectSame(layer, as: "lines-utf8")
  }

  @Test func shapefileThatSaysNothing() throws {
    let layer = try readLayer(fixture("points-bare.shp"))
    #expect(layer.crs == nil)
    #expect(rules(layer) == ["no-prj", "null-geometry", "z-dropped", "encoding-guessed"])
    try expectSame(layer, as: "points-bare")
    #expect(try readLayer(fixture("points-bare.shp"), crs: .gcj02).crs == .gcj02)
  }

  @Test func geoPackageAreas() throws {
    let layer = try readLayer(fixture("layers.gpkg"))
    #expect(rules(layer) == ["several-layers", "wrong-extent"])
    try expectSame(layer, as: "layers.areas")
  }

  @Test func geoPackageHeights() throws {
    let layer = try readLayer(fixture("layers.gpkg"), layer: "heights")
    #expect(rules(layer) == ["z-dropped", "null-geometry"])
    try expectSame(layer, as: "layers.heights")
  }

  @Test func geoPackageMeasures() throws {
    let layer = try readLayer(fixture("layers.gpkg"), layer: "measured")
    #expect(rules(layer) == ["z-dropped", "empty-geometry"])
    let line = Geometry.lineString([Point(x: 1, y: 2), Point(x: 3, y: 4)])
    #expect(layer.features.map(\.geometry) == [line, line, nil])
  }

  @Test func geoPackageAttributesAndView() throws {
    try expectSame(readLayer(fixture("layers.gpkg"), layer: "table"), as: "layers.table")
    let view = try readLayer(fixture("layers.gpkg"), layer: "seen")
    #expect(view.fields == ["名称"])
    #expect(view.features.map(\.id) == [.integer(1)])
  }

  @Test func curvesAreRefused() {
    let error = #expect(throws: MapFileError.self) { try readLayer(fixture("layers.gpkg"), layer: "curves") }
    #expect(error?.description.contains("CircularString") == true)
    #expect(error?.description.contains("feature 0, fid 1") == true)
  }

  @Test func layersAreListed() throws {
    #expect(
      try layerNames(fixture("layers.gpkg")) == ["areas", "heights", "measured", "curves", "seen", "table"])
  }
}

struct RingNestingTests {
  private func square(_ x: Double, _ y: Double, _ side: Double, clockwise: Bool) -> [Point] {
    Ring(Polygon(Box(min: Point(x: x, y: y), max: Point(x: x + side, y: y + side))).exterior.points)
      .oriented(counterClockwise: !clockwise).points
  }

  @Test func holesGoToTheSmallestExterior() {
    let area = RingNesting([
      square(0, 0, 10, clockwise: true), square(1, 1, 8, clockwise: false), square(2, 2, 6, clockwise: true),
      square(3, 3, 1, clockwise: false), square(20, 0, 1, clockwise: true),
    ])
    #expect(area.polygons.map(\.holes.count) == [1, 1, 0])
    #expect(area.oddities == [])
  }

  @Test func allCounterClockwise() {
    let area = RingNesting([square(0, 0, 10, clockwise: false), square(1, 1, 8, clockwise: false), square(2, 2, 1, clockwise: false)])
    #expect(area.polygons.map(\.holes.count) == [1, 0])
    #expect(area.oddities == ["ring-direction"])
  }

  @Test func orphans() {
    let area = RingNesting([square(0, 0, 1, clockwise: true), square(5, 5, 1, clockwise: false)])
    #expect(area.polygons.count == 2)
    #expect(area.oddities == ["orphan-hole"])
  }
}
