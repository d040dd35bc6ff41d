import Planar
import Testing

@testable import MapFiles

@Suite struct CSVLayerTests {
  func layer(_ text: String, geometry: CSVGeometry? = nil) throws -> Layer {
    let file = try ScratchFile(text)
    return try withExtendedLifetime(file) { try readCSV(file.path, geometry: geometry) }
  }

  private func wktGeometry(_ text: String) -> Geometry? {
    MappedFile(text.utf8, name: "t").withBytes { bytes in
      var reader = WKTReader(bytes)
      return reader.wholeGeometry()
    }
  }

  @Test func coordinatesAreRecognised() throws {
    let layer = try layer("编号,经度,纬度,户数\n007,120.5,31.25,12\n008, 120.5 ,,x\n009,abc,31,\n")
    #expect(layer.crs == .crs84)
    #expect(layer.fields == ["编号", "经度", "纬度", "户数"])
    #expect(layer.features.map(\.geometry) == [.point(Point(x: 120.5, y: 31.25)), nil, nil])
    #expect(layer.features[0].values == [.string("007"), .string("120.5"), .string("31.25"), .string("12")])
    #expect(layer.features[2].values.last == .null)
    #expect(layer.notes.map(\.rule) == ["null-geometry", "bad-coordinates"])
    #expect(layer.notes.map(\.feature) == [1, 2])
  }

  @Test func columnsCanBeNamed() throws {
    let named = try layer("a,b,c\n1,2,3\n", geometry: .xy(x: "c", y: "B"))
    #expect(named.features[0].geometry == .point(Point(x: 3, y: 2)))
    #expect(named.crs == nil)
    #expect(throws: MapFileError.self) { try layer("a,b\n1,2\n", geometry: .xy(x: "a", y: "z")) }
    #expect(try layer("a,b\n1,2\n").features[0].geometry == nil)
  }

  @Test func wellKnownText() throws {
    let square = "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 1 2, 2 2, 1 1))"
    let expected = Geometry.polygon(
      Polygon(
        exterior: Ring([Point(x: 0, y: 0), Point(x: 4, y: 0), Point(x: 4, y: 4), Point(x: 0, y: 4)]),
        holes: [Ring([Point(x: 1, y: 1), Point(x: 1, y: 2), Point(x: 2, y: 2)])]))
    #expect(try layer("id,wkt\n1,\"\(square)\"\n").features[0].geometry == expected)
    #expect(wktGeometry("SRID=4490;point z (1 -2.5e1 7)") == .point(Point(x: 1, y: -25)))
    #expect(wktGeometry("POINTZ(1 2 3)") == .point(Point(x: 1, y: 2)))
    #expect(wktGeometry("MULTIPOINT((1 2),3 4)") == .multiPoint([Point(x: 1, y: 2), Point(x: 3, y: 4)]))
    #expect(wktGeometry("GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))")?.lines.count == 1)
    #expect(wktGeometry("MULTIPOLYGON(((0 0,1 0,0 1,0 0)),((5 5,6 5,5 6,5 5)))")?.polygons.count == 2)
    #expect(wktGeometry("POLYGON EMPTY")?.isEmpty == true)
    for broken in ["", "POINT", "POINT(1)", "POINT(1 2", "POINT(1 2) x", "CIRCLE(1 2)", "POINT(nan 1)", "POLYGON(())"] {
      #expect(wktGeometry(broken) == nil, "\(broken)")
    }
    #expect(try layer("wkt\nPOINT(1\n").notes.first?.rule == "bad-geometry")
  }

  @Test func wellKnownTextComesBack() throws {
    var random = SplitMix(seed: 24)
    let layer = randomLayer(features: 300, &random)
    let text = csvText(layer, style: CSVStyle(for: layer, decimals: 15))
    let again = try self.layer(text)
    #expect(again.fields.first == "wkt")
    let expected = layer.features.map { $0.geometry?.isEmpty == false ? $0.geometry : nil }
    #expect(again.features.map(\.geometry) == expected)
  }

  @Test func pointsKeepTheirColumns() throws {
    let first = try layer("id,lon,lat\n,1.5,2.5\n\"\",3,4\n")
    #expect(csvText(first, style: CSVStyle(for: first)) == "id,lon,lat\n,1.5,2.5\n\"\",3,4\n")
    let bare = first.withoutCoordinateFields
    #expect(csvText(bare, style: CSVStyle(for: bare)) == "lon,lat,id\n1.5,2.5,\n3,4,\"\"\n")
    let empty = Layer(name: "n", fields: ["a"], features: [Feature(geometry: nil, values: [.null])])
    #expect(csvText(empty) == "a\n\"\"\n")
  }

  @Test func aRowWithTooManyFieldsIsRefused() throws {
    let error = #expect(throws: MapFileError.self) { try layer("a,b\n1,2\n1,2,3\n") }
    #expect(error?.place == "row 3")
    #expect(try layer("a,b\n1,2,,\n").features.count == 1, "empty fields at the end do no harm")
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let values: [FieldValue] = [
      .string("a,b"), .string("say \"no\""), .integer(-7), .number(0.25), .bool(true), .null, .missing,
      .string("two\nlines"), .string(" spaced "),
    ]
    let fields = values.indices.map { "列\($0)" }
    let layer = Layer(
      name: "t", fields: fields, features: [Feature(geometry: .point(Point(x: 1.5, y: -2)), values: values)])
    let style = CSVStyle(byteOrderMark: true, coordinates: CSVStyle.Coordinates())
    let text = csvText(layer, style: style)
    #expect(text.unicodeScalars.first == "\u{FEFF}")
    let back = try self.layer(text)
    #expect(back.fields == ["lon", "lat"] + fields)
    #expect(back.features[0].geometry == layer.features[0].geometry)
    #expect(back.features[0].values.dropFirst(2).map { $0.asText ?? "" } == values.map { $0.asText ?? "" })
  }

  @Test func namesAreRecognised() {
    #expect(FieldMeaning.households.position(in: ["id", "总户数"]) == 1)
    #expect(FieldMeaning.code.position(in: ["网格名称", "网格编号", "编号"]) == 1)
    #expect(FieldMeaning.longitude.position(in: ["Latitude", " LONGITUDE "]) == 1)
    #expect(FieldMeaning.longitude.position(in: ["经度（°）", "纬度(°)"]) == 0)
    #expect(FieldMeaning.floorArea.position(in: ["建筑面积(m2)"]) == 0)
    #expect(FieldMeaning.population.position(in: ["populated"]) == nil)
    #expect(FieldMeaning.id.position(in: ["code", "ID"]) == 1)
  }

  @Test func layersOfTablesAreReadByName() throws {
    let file = try ScratchFile("id,lng,lat\n1,2,3\n")
    let layer = try withExtendedLifetime(file) { try readLayer(file.path) }
    #expect(layer.features.count == 1)
  }
}
