/// Broken and odd zip archives and workbooks.
enum ArchiveCorpus {
  private static let point = Array(#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":{}}"#.utf8)
  private static let table = Array("id,lon,lat\n1,2,3\n".utf8)

  private static func zip(_ name: String, _ files: [(String, [UInt8])], _ verdict: Verdict, _ change: (inout ZipBuilder) -> Void = { _ in }) -> CorpusFile {
    var builder = ZipBuilder(files)
    change(&builder)
    return CorpusFile("zip-" + name + ".zip", bytes: builder.bytes, verdict)
  }

  static let archives: [CorpusFile] = plain + damaged + bombs + names

  private static let plain: [CorpusFile] = [
    zip("geojson", [("a.geojson", point)], .fine),
    zip("csv", [("a.csv", table)], .fine),
    zip("comment", [("a.geojson", point)], .fine) { $0.comment = Array("PK\u{5}\u{6} says hello".utf8) },
    zip("two", [("a.geojson", point), ("b.geojson", point)], .noted("several-layers")),
    zip("map-before-table", [("a.csv", table), ("b.geojson", point)], .noted("several-layers")),
    zip("empty", [], .refused("holds no map or table")),
    zip("only-text", [("readme.txt", table), ("a.pdf", table)], .refused("It holds: readme.txt, a.pdf")),
    zip("only-hidden", [("__MACOSX/a.geojson", point), (".git/b.csv", table)], .refused("holds no map or table")),
    zip("zip-within", [("inner.zip", ZipBuilder([("a.geojson", point)]).bytes)], .refused("holds no map or table")),
    zip("folder", [("maps/", []), ("maps/a.geojson", point)], .fine),
    zip("shp-alone", [("a.shp", ShapefileCorpus.onePoint)], .noted("no-dbf")),
    zip("shp-broken", [("a.shp", [0, 0, 0x27, 0x0A])], .refused("a.shp: feature 0: no shapefile")),
    zip("gpkg-broken", [("a.gpkg", Array("SQLite format 3\0".utf8))], .refused("a.gpkg")),
    zip("geojson-broken", [("a.geojson", [0x7B])], .refused("a.geojson: byte 1")),
    zip("csv-empty", [("a.csv", [])], .refused("a.csv: line 1: the table is empty")),
  ]

  private static let damaged: [CorpusFile] = [
    zip("checksum", [("a.geojson", point)], .refused("CRC error")) { $0.members[0].checksum = 1 },
    zip("size-larger", [("a.geojson", point)], .refused("")) { $0.members[0].claimedSize = 9999 },
    zip("size-smaller", [("a.geojson", point)], .refused("")) { $0.members[0].claimedSize = 3 },
    zip("method-unknown", [("a.geojson", point)], .refused("ompression method")) { $0.members[0].method = 77 },
    zip("deflate-rubbish", [("a.geojson", point)], .refused("libzip says")) { $0.members[0].method = 8 },
    zip("encrypted", [("a.geojson", point)], .refused("Unpack it with its password")) { $0.members[0].flags = 1 },
    zip("offset-beyond", [("a.geojson", point)], .refused("libzip says")) { $0.members[0].offset = 0x7FFF_FFFF },
    zip("offset-elsewhere", [("a.geojson", point)], .refused("libzip says")) { $0.members[0].offset = 7 },
    zip("count-larger", [("a.geojson", point)], .refused("libzip says")) { $0.claimedCount = 9 },
    CorpusFile("zip-magic-only.zip", bytes: Array("PK\u{3}\u{4}".utf8), .refused("libzip says")),
    CorpusFile("zip-cut.zip", bytes: Array(ZipBuilder([("a.geojson", point)]).bytes.dropLast(30)), .refused("libzip says")),
    CorpusFile("zip-head-cut.zip", bytes: Array(ZipBuilder([("a.geojson", point)]).bytes.dropFirst(10)), .refused("")),
    CorpusFile("xls.xls", bytes: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .refused("an old Excel workbook")),
    CorpusFile("not-a-zip.zip", "hello", .refused("libzip says: Not a zip archive")),
    CorpusFile("not-a-workbook.xlsx", "hello", .refused("libzip says: Not a zip archive")),
  ]

  private static let bombSize = 70_000_000
  private static let bomb = deflatedZeros(bombSize)

  private static let bombs: [CorpusFile] = [
    zip("bomb", [("a.csv", bomb)], .refused("as zip bombs do")) {
      $0.members[0].method = 8
      $0.members[0].claimedSize = UInt32(bombSize)
    },
    zip("bomb-lies", [("a.csv", bomb)], .refused("")) {
      $0.members[0].method = 8
      $0.members[0].claimedSize = 1000
    },
    zip("bomb-claims", [("a.csv", deflatedZeros(1000))], .refused("as zip bombs do")) {
      $0.members[0].method = 8
      $0.members[0].claimedSize = 0xFFFF_FFF0
    },
    CorpusFile(
      "xlsx-bomb.xlsx",
      bytes: {
        var builder = WorkbookParts().archive
        builder.members[3].content = bomb
        builder.members[3].method = 8
        builder.members[3].claimedSize = UInt32(bombSize)
        return builder.bytes
      }(), .refused("")),
  ]

  private static let names: [CorpusFile] = [
    zip("path-up", [("../../../../tmp/gridplan-evil.geojson", point)], .fine),
    zip("path-root", [("/etc/gridplan-evil.geojson", point)], .fine),
    zip("path-windows", [("C:\\maps\\a.geojson", point)], .fine),
    zip("name-gbk", [("x", point)], .fine) { $0.members[0].name = [0xCD, 0xF8, 0xB8, 0xF1] + Array(".geojson".utf8) },
    zip("name-rubbish", [("x", point)], .fine) { $0.members[0].name = [0xFF, 0xFF, 0x80] + Array(".geojson".utf8) },
    zip("name-empty", [("", point)], .refused("holds no map or table")),
    zip("name-same", [("a.geojson", point), ("a.geojson", point)], .noted("several-layers")),
  ]

  private static func book(_ name: String, _ verdict: Verdict, _ change: (inout WorkbookParts) -> Void) -> CorpusFile {
    CorpusFile("xlsx-" + name + ".xlsx", bytes: WorkbookParts.changed(change), verdict)
  }

  private static func cell(_ name: String, _ cell: String, _ verdict: Verdict) -> CorpusFile {
    book("cell-" + name, verdict) { $0.sheet = WorkbookParts.row(cell, "<c><v>1</v></c>") }
  }

  static let workbooks: [CorpusFile] = parts + sheets + cells + cut

  private static let parts: [CorpusFile] = [
    book("plain", .fine) { _ in },
    book("no-strings", .refused("a cell has text 0, and there are 0")) { $0.strings = nil },
    book("no-styles", .fine) { $0.styles = nil },
    book("no-relations", .refused("the content of the sheet \"表1\" is missing")) { $0.relations = "<Relationships/>" },
    book("no-sheets", .refused("the workbook has no sheet")) { $0.workbook = "<workbook/>" },
    book("workbook-no-xml", .refused("expat says")) { $0.workbook = "PK" },
    book("workbook-cut", .refused("expat says: no element found")) { $0.workbook = "<workbook>" },
    book("sheet-mismatch", .refused("expat says: mismatched tag")) { $0.sheet = "<worksheet></sheet>" },
    book("strings-utf8", .refused("expat says: not well-formed")) { $0.strings = "<sst><si><t>\u{1}</t></si></sst>" },
    book("entities", .refused("a document type is not expected")) {
      $0.sheet = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><worksheet>&b;</worksheet>"
    },
    book("external-entity", .refused("a document type is not expected")) {
      $0.sheet = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><worksheet>&a;</worksheet>"
    },
    book("chart", .refused("is a chart")) { $0.relations = $0.relations.replacing("http://x/worksheet", with: "http://x/chartsheet") },
    book("hidden-first", .noted("several-layers")) {
      $0.workbook = $0.workbook.replacing("<sheet ", with: "<sheet name=\"藏\" state=\"hidden\" r:id=\"rId9\"/><sheet ")
    },
    book("prefixed", .fine) {
      $0.sheet = #"<x:worksheet xmlns:x="u"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>b</x:t></x:is></x:c></x:row><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"#
    },
    CorpusFile(
      "xlsb.xlsx", bytes: ZipBuilder(texts: [("[Content_Types].xml", ""), ("xl/workbook.bin", "")]).bytes,
      .refused("a binary workbook (.xlsb)")),
    CorpusFile("word.xlsx", bytes: ZipBuilder(texts: [("word/document.xml", "")]).bytes, .refused("holds no map or table")),
  ]

  private static let sheets: [CorpusFile] = [
    book("empty", .refused("the table is empty")) { $0.sheet = WorkbookParts.sheet("") },
    book("one-column", .fine) {
      $0.sheet = WorkbookParts.sheet("<row><c><v>1</v></c></row><row><c><v>2</v></c></row>")
    },
    book("title", .noted("title-row")) {
      $0.sheet = $0.sheet.replacing("<sheetData>", with: "<sheetData><row><c><v>9</v></c></row>")
    },
    book("beyond", .noted("beyond-columns")) { $0.sheet = $0.sheet.replacing("<c r=\"C2\">", with: "<c r=\"Z2\">") },
    book("merged", .noted("merged-cells")) {
      $0.sheet = $0.sheet.replacing("</worksheet>", with: "<mergeCells><mergeCell ref=\"A1:A2\"/></mergeCells></worksheet>")
    },
    book("hidden-rows", .noted("hidden-rows")) { $0.sheet = $0.sheet.replacing("<row r=\"2\">", with: "<row r=\"2\" hidden=\"1\">") },
    book("backwards", .refused("the cells are not in order")) { $0.sheet = $0.sheet.replacing("r=\"C2\"", with: "r=\"A2\"") },
    book("reference", .refused("a cell called \"77\"")) { $0.sheet = $0.sheet.replacing("r=\"B2\"", with: "r=\"77\"") },
    book("reference-far", .refused("the cells are not in order")) { $0.sheet = $0.sheet.replacing("r=\"C2\"", with: "r=\"ZZZZ2\"") },
    book("sparse", .refused("lie so far apart")) {
      let far = #"<row><c r="XFD1"><v>1</v></c></row>"#
      $0.sheet = WorkbookParts.sheet(#"<row><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>"# + String(repeating: far, count: 200))
    },
  ]

  private static let cells: [CorpusFile] = [
    cell("error", #"<c t="e"><v>#N/A</v></c>"#, .noted("error-cell")),
    cell("formula", "<c><f>A1</f></c>", .noted("formula-without-value")),
    cell("formula-value", "<c><f>A1</f><v>3</v></c>", .fine),
    cell("long", "<c><v>123456789012345678</v></c>", .noted("long-integer")),
    cell("string-index", #"<c t="s"><v>99</v></c>"#, .refused("a cell has text 99, and there are 4")),
    cell("string-minus", #"<c t="s"><v>-1</v></c>"#, .refused("a cell has text -1")),
    cell("string-word", #"<c t="s"><v>x</v></c>"#, .refused("a cell has text x")),
    cell("number-word", "<c><v>seven</v></c>", .fine),
    cell("number-huge", "<c><v>1e999</v></c>", .fine),
    cell("style-beyond", #"<c s="99"><v>1</v></c>"#, .fine),
    cell("date-negative", #"<c s="1"><v>-5</v></c>"#, .fine),
    cell("date-huge", #"<c s="1"><v>1e300</v></c>"#, .noted("long-integer")),
    cell("type-unknown", #"<c t="zz"><v>1</v></c>"#, .fine),
    cell("nested", "<c><c><v>1</v></c></c>", .noted("beyond-columns")),
  ]

  private static let cut: [CorpusFile] = {
    let whole = WorkbookParts().archive.bytes
    return stride(from: 40, to: whole.count, by: 197).map {
      CorpusFile("xlsx-cut-\($0).xlsx", bytes: Array(whole[..<$0]), .refused("libzip says"))
    }
  }()
}
