import Foundation
import MapFiles
import Planar

/// The programs by which gridplan reads and writes further formats.
enum GDALPrograms {
  static let convert = ExternalTool("ogr2ogr", purpose: "", remedy: "")
  static let areInstalled = convert.isInstalled && ExternalTool("ogrinfo", purpose: "", remedy: "").isInstalled
}

/// Files of every format with a personal column in them, made by other programs than gridplan where it writes none.
struct PlantedFiles {
  let place: Scratch
  let column: String
  let value: String

  static let formats = ["geojson", "geojsonl", "geojsons", "gpkg", "csv", "shp", "xlsx", "zip"]
  /// Formats that GDAL makes and reads for gridplan.
  static let foreignFormats = ["fgb", "kml", "ods"]

  /// The column as the format's files have it.
  func name(in format: String) -> String { ["shp", "zip"].contains(format) ? String(column.prefix(10)) : column }

  private var layer: Layer {
    Layer(
      name: "homes", crs: .crs84, fields: ["code", column],
      features: [Feature(geometry: .point(Point(x: 116, y: 39)), values: [.string("001"), .string(value)])])
  }

  /// Makes the file and returns its path.
  func file(_ format: String) throws -> String {
    let path = place.path + "/planted.\(format)"
    switch format {
    case "gpkg": _ = try writeGeoPackage([layer], to: path)
    case "csv": try writeCSV(layer, to: path, style: CSVStyle(for: layer))
    case "geojson", "geojsonl", "geojsons": try writeGeoJSON(layer, to: path, style: GeoJSONStyle(forFile: path, decimals: 7))
    case "shp", "xlsx", "zip": try python(path)
    default: try gdal(path, driver: ["fgb": "FlatGeobuf", "kml": "LIBKML", "ods": "ODS"][format]!)
    }
    return path
  }

  private func python(_ path: String) throws {
    let script = try place.file("plant.py", Self.script).path
    _ = try Checker.run("/usr/bin/python3", [script, path, column, value])
  }

  private func gdal(_ path: String, driver: String) throws {
    _ = try writeGeoPackage([layer], to: place.path + "/source.gpkg")
    _ = try GDALPrograms.convert.run(["-f", driver, path, place.path + "/source.gpkg"])
  }

  /// A shapefile in GBK, the same in an archive, or a workbook.
  private static let script = """
    import os, struct, sys, zipfile
    path, column, value = sys.argv[1:]

    def shapes():
        point = struct.pack("<idd", 1, 116.0, 39.0)
        record = struct.pack(">ii", 1, len(point) // 2) + point
        head = struct.pack(">7i", 9994, 0, 0, 0, 0, 0, 50 + len(record) // 2) + struct.pack("<2i8d", 1000, 1, 116, 39, 116, 39, 0, 0, 0, 0)
        return head + record

    def table():
        fields = [("code".encode(), b"001"), (column.encode("gbk")[:10], value.encode("gbk"))]
        length = 1 + 40 * len(fields)
        head = struct.pack("<4BIHH20x", 3, 100, 1, 1, 1, 32 + 32 * len(fields) + 1, length)
        for name, _ in fields:
            head += name.ljust(11, b"\\0") + b"C" + b"\\0" * 4 + bytes([40, 0]) + b"\\0" * 14
        return head + b"\\r" + b" " + b"".join(v.ljust(40) for _, v in fields) + b"\\x1a"

    def parts():
        system = b'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]'
        return {".shp": shapes(), ".dbf": table(), ".cpg": b"GBK", ".prj": system}

    def book():
        rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        cell = lambda v: '<c t="inlineStr"><is><t>%s</t></is></c>' % v
        rows = [["code", column, "lon", "lat"], ["001", value, "116", "39"]]
        sheet = "".join("<row>%s</row>" % "".join(map(cell, row)) for row in rows)
        return {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": '<workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>' % (main, rel),
            "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Type="%s/worksheet" Target="worksheets/sheet1.xml"/></Relationships>' % rel,
            "xl/worksheets/sheet1.xml": '<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (main, sheet),
        }

    if path.endswith(".shp"):
        for suffix, content in parts().items():
            open(path[:-4] + suffix, "wb").write(content)
    else:
        content = {"homes" + s: c for s, c in parts().items()} if path.endswith(".zip") else book()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in content.items():
                archive.writestr(name, text)
    """
}
