import Foundation
import Georeference
import Planar
import Testing

@testable import MapFiles

/// Workbooks of two makers (`Fixtures/make_tables.py`) and by hand.
struct SpreadsheetTests {
  private func fixture(_ name: String) -> String { Bundle.module.resourcePath! + "/Fixtures/" + name }

  private func texts(_ layer: Layer) -> [[String?]] { layer.features.map { $0.values.map(\.asText) } }

  @Test func openpyxl() throws {
    let layer = try readLayer(fixture("openpyxl.xlsx"))
    #expect(layer.name == "住户")
    #expect(layer.crs == .crs84)
    #expect(layer.fields == ["编号", "经度", "纬度", "户数", "日期", "时间", "备注", "公式"])
    #expect(layer.notes.map(\.rule) == ["several-layers", "title-row", "formula-without-value", "merged-cells"])
    #expect(
      texts(layer) == [
        ["001", "116.404", "39.915", "3", "2024-05-31", "08:30:00", "a,b \"c\"\nx", nil],
        ["002", "116.405", "39.916", "4", "2024-05-31T08:30:00", nil, nil, nil],
        ["003", "116.406", "39.917", "320508019044", "1900-01-15", nil, "true", "1.1"],
      ])
    #expect(layer.features[0].geometry == .point(Point(x: 116.404, y: 39.915)))
    #expect(try layerNames(fixture("openpyxl.xlsx")) == ["住户", "人口"])
    #expect(try readLayer(fixture("openpyxl.xlsx"), layer: "人口").fields == ["a", "b"])
    let error = #expect(throws: MapFileError.self) { try readLayer(fixture("openpyxl.xlsx"), layer: "无") }
    #expect(error?.kind == .missing && error?.remedy == "The workbook has: 住户, 人口")
  }

  @Test func xlsxWriter() throws {
    let layer = try readLayer(fixture("xlsxwriter.xlsx"))
    #expect(layer.name == "grids")
    #expect(layer.crs == nil)
    #expect(layer.notes.map(\.rule) == ["several-layers", "hidden-rows"])
    #expect(
      texts(layer) == [
        ["500000.25", "4000000", "格 <1> & ", "2024-02-29", "plain bold plain"],
        ["1000000.5", "4000000", "格 <2> & ", "2024-02-28", "2000001"],
        ["1500000.75", "4000000", "格 <3> & ", "2024-02-29", nil],
      ])
  }

  @Test(arguments: [
    (1.0, 14, "1900-01-01"), (59.0, 14, "1900-02-28"), (60.0, 14, "1900-02-29"), (61.0, 14, "1900-03-01"),
    (45443.0, 57, "2024-05-31"), (45443.75, 22, "2024-05-31T18:00:00"), (0.999_999_9, 20, "1900-01-01"),
    (0.5, 21, "12:00:00"), (2_958_465.0, 14, "9999-12-31"),
  ])
  func dates(_ serial: Double, _ format: Int, _ text: String) {
    #expect(DateStyle(format: format, code: nil).text(of: serial, countsFrom1904: false) == text)
  }

  @Test func datesFrom1904() {
    #expect(DateStyle(format: 14, code: nil).text(of: 0, countsFrom1904: true) == "1904-01-01")
    #expect(DateStyle(format: 14, code: nil).text(of: 43_981, countsFrom1904: true) == "2024-05-31")
  }

  @Test(arguments: [
    ("General", DateStyle.number), ("0.00", .number), ("#,##0\"days\"", .number), ("yyyy-mm-dd", .date), ("m/d", .date),
    ("h:mm AM/PM", .time), ("[h]:mm", .number), ("[Red]0", .number), ("[$-804]yyyy\"年\"m\"月\"", .date), ("0;yyyy", .number),
    ("\\d0", .number), ("mmm", .date), ("ss.0", .time),
  ])
  func formats(_ code: String, _ style: DateStyle) { #expect(DateStyle(format: 200, code: code) == style) }

  @Test func charactersThatXMLCannotHold() throws {
    let bytes = WorkbookParts.changed {
      $0.sheet = WorkbookParts.row(#"<c t="inlineStr"><is><t>a_x000A_b_x4E00_c_xZZ_</t></is></c>"#, "")
    }
    let layer = try readSpreadsheet(MappedFile(bytes, name: "t.xlsx"))
    #expect(layer.features[0].values[0] == .string("a\nb一c_xZZ_"))
  }

  /// A header's own commas and semicolons don't decide the layout.
  @Test func delimitersInNames() throws {
    let bytes = WorkbookParts.changed {
      $0.sheet = WorkbookParts.sheet(
        #"<row><c t="inlineStr"><is><t>a;b;c</t></is></c><c t="inlineStr"><is><t>d,e</t></is></c></row><row><c><v>1</v></c><c><v>2</v></c></row>"#)
    }
    let layer = try readSpreadsheet(MappedFile(bytes, name: "t.xlsx"))
    #expect(layer.fields == ["a;b;c", "d,e"])
    #expect(texts(layer) == [["1", "2"]])
  }
}

struct ArchiveTests {
  private func fixture(_ name: String) -> String { Bundle.module.resourcePath! + "/Fixtures/" + name }

  @Test func layersByName() throws {
    let path = fixture("shapes.zip")
    #expect(try layerNames(path) == ["areas-gbk", "lines-utf8", "areas", "heights", "measured", "curves", "seen", "table"])
    let first = try readLayer(path)
    #expect(first.notes.map(\.rule) == ["several-layers"])
    for (layer, file) in [("areas-gbk", "areas-gbk.shp"), ("lines-utf8", "lines-utf8.shp")] {
      let archived = try readLayer(path, layer: layer)
      let plain = try readLayer(fixture(file))
      #expect(archived.features == plain.features && archived.fields == plain.fields && archived.crs == plain.crs)
    }
    #expect(try readLayer(path, layer: "图层/areas-gbk.SHP").file.hasSuffix("shapes.zip/图层/areas-gbk.SHP"))
    let table = try readLayer(path, layer: "table")
    #expect(table.features == (try readLayer(fixture("layers.gpkg"), layer: "table")).features)
    #expect(table.file.hasSuffix("shapes.zip/layers.gpkg"))
    #expect(throws: MapFileError.self) { try readLayer(path, layer: "none") }
  }
}
