import Foundation
import Testing

/// The same layers in every format give the same plan and the same answers.
@Suite struct FormatsEndToEndTests {
  private let counts = [100, 120, 90, 110, 100, 95, 105, 100, 80]

  private func plan(_ place: Scratch, _ file: String) throws -> String {
    try place.file(
      "scenario.yaml",
      "name: Formats\nlayers: {units: {file: \(file), id: id, households: 户数}}\ngrids: {households: {min: 250, ideal: 300, max: 350}}\noutput: {folder: out}\n")
    let outcome = try Program.run(["plan", place.path])
    #expect(outcome.status == 0 && outcome.output.contains("900 placed of 900, none lost"), "\(file): \(outcome.errors)")
    return try place.text("out/grids.geojson")
  }

  private func convert(_ place: Scratch, _ arguments: String...) throws {
    let outcome = try Program.run(["convert"] + arguments, folder: place.path)
    try #require(outcome.status == 0, "\(outcome.errors)")
  }

  /// Turns a table of commas in UTF-8 into others, and puts files into archives.
  private func remake(_ place: Scratch, _ source: String, _ target: String, _ how: String) throws {
    try place.file("remake.py", Self.script)
    let made = try Checker.run("/usr/bin/python3", [place.path + "/remake.py", place.path + "/" + source, place.path + "/" + target, how])
    try #require(made.status == 0)
  }

  private static let ways = [("semicolon.csv", "semicolon"), ("tab.tsv", "tab"), ("gb18030.csv", "gb18030"), ("book.xlsx", "book"), ("table.zip", "zip")]

  @Test func plansOfAllFormatsAreTheSame() throws {
    let place = try Scratch()
    try place.file("units.geojson", PlanCommandTests.town(counts: counts))
    let plain = try plan(place, "units.geojson")
    for name in ["units.geojsonl", "units.geojsons", "units.gpkg"] {
      try convert(place, "units.geojson", name)
      #expect(try plan(place, name) == plain, "\(name)")
    }
    try convert(place, "units.geojson", "units.csv", "--bom")
    #expect(try Data(contentsOf: place.folder.appendingPathComponent("units.csv")).prefix(3) == Data([0xEF, 0xBB, 0xBF]))
    #expect(try plan(place, "units.csv") == plain)
    for (name, how) in Self.ways {
      try remake(place, "units.csv", name, how)
      #expect(try plan(place, name) == plain, "\(name)")
    }
    try remake(place, "units.gpkg", "package.zip", "zip")
    #expect(try plan(place, "package.zip") == plain)
  }

  @Test(.enabled(if: GDALPrograms.areInstalled)) func plansOfShapefilesAndFlatGeobufAreTheSame() throws {
    let place = try Scratch()
    try place.file("units.geojson", PlanCommandTests.town(counts: counts))
    let plain = try plan(place, "units.geojson")
    for name in ["units.shp", "units.fgb"] {
      try convert(place, "units.geojson", name)
      #expect(try plan(place, name) == plain, "\(name)")
    }
    try remake(place, "units.shp", "shapes.zip", "shapes")
    #expect(try plan(place, "shapes.zip") == plain)
  }

  @Test func pointsOfAllFormatsAreAssignedTheSame() throws {
    let place = try Scratch()
    try place.file("units.geojson", PlanCommandTests.town(counts: counts))
    _ = try plan(place, "units.geojson")
    let rows = (0..<40).map { "p\($0),\(121.00005 + Double($0 % 7) * 0.0005),\(31.00005 + Double($0 / 7) * 0.0005),点 \($0)\n" }
    try place.file("points.csv", "编号,经度,纬度,备注\n" + rows.joined())
    func assigned(_ file: String) throws -> String {
      let outcome = try Program.run(["assign", "--grids", "out/grids.geojson", file, "--id", "编号"], folder: place.path)
      #expect(outcome.status == 0, "\(file): \(outcome.errors)")
      return outcome.output
    }
    let plain = try assigned("points.csv")
    #expect(plain.hasPrefix("id,grid\np0,00") && plain.split(separator: "\n").count == 41)
    for (name, how) in Self.ways {
      try remake(place, "points.csv", name, how)
      #expect(try assigned(name) == plain, "\(name)")
    }
    for name in ["points.geojson", "points.geojsonl", "points.gpkg"] {
      try convert(place, "points.csv", name)
      #expect(try assigned(name) == plain, "\(name)")
    }
  }

  private static let script = """
    import csv, glob, os, sys, zipfile
    source, target, how = sys.argv[1:]
    cell = lambda v: '<c t="inlineStr"><is><t>%s</t></is></c>' % v.replace("&", "&amp;").replace("<", "&lt;")

    def pack(files):
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files:
                archive.writestr(name, content)

    def book(rows):
        rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        sheet = "".join("<row>%s</row>" % "".join(map(cell, row)) for row in rows)
        pack([
            ("[Content_Types].xml", "<Types/>"),
            ("xl/workbook.xml", '<workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="units" sheetId="1" r:id="r1"/></sheets></workbook>' % (main, rel)),
            ("xl/_rels/workbook.xml.rels", '<Relationships><Relationship Id="r1" Type="%s/worksheet" Target="worksheets/sheet1.xml"/></Relationships>' % rel),
            ("xl/worksheets/sheet1.xml", '<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (main, sheet)),
        ])

    if how == "zip":
        pack([(os.path.basename(source), open(source, "rb").read())])
    elif how == "shapes":
        pack([(os.path.basename(f), open(f, "rb").read()) for f in sorted(glob.glob(source[:-3] + "*")) if f[-3:] in ("shp", "dbf", "prj", "cpg")])
    else:
        rows = list(csv.reader(open(source, encoding="utf-8-sig", newline="")))
        if how == "book":
            book(rows)
        else:
            delimiter = {"semicolon": ";", "tab": "\\t", "gb18030": ","}[how]
            with open(target, "w", encoding="gb18030" if how == "gb18030" else "utf-8", newline="") as file:
                csv.writer(file, delimiter=delimiter).writerows(rows)
    """
}
