/// Broken and odd tables of text.
enum CSVCorpus {
  private static func table(_ name: String, _ text: String, _ verdict: Verdict) -> CorpusFile {
    CorpusFile("csv-" + name + ".csv", text, verdict)
  }

  private static func wkt(_ name: String, _ text: String, _ verdict: Verdict) -> CorpusFile {
    CorpusFile("wkt-" + name + ".csv", "id;wkt\n1;\(text)\n", verdict)
  }

  static let files: [CorpusFile] = layout + encodings + coordinates + texts

  private static let layout: [CorpusFile] = [
    table("empty", "", .refused("line 1: the table is empty")),
    table("blank", "\n\n  \n", .refused("the table is empty")),
    table("header-only", "id,lon,lat\n", .fine),
    table("header-no-newline", "id,lon,lat", .fine),
    table("header-blank", ",,\n1,2,3\n", .refused("it has no header")),
    table("comma", "id,lon,lat\n1,2,3\n", .fine),
    table("semicolon", "id;lon;lat\n1;2;3\n", .fine),
    table("tab", "id\tlon\tlat\n1\t2\t3\n", .fine),
    table("crlf", "id,lon,lat\r\n1,2,3\r\n", .fine),
    table("cr", "id,lon,lat\r1,2,3\r", .fine),
    table("mixed-newlines", "id,lon,lat\r\n1,2,3\n2,3,4\r\n", .fine),
    table("no-last-newline", "id,lon,lat\n1,2,3", .fine),
    table("blank-lines", "id,lon,lat\n\n1,2,3\n\r\n", .fine),
    table("quotes", "id,lon,lat\n\"a,\"\"b\"\"\nc\",2,3\n", .fine),
    table("quoted-header", "\"id\",\"lon\",\"lat\"\n1,2,3\n", .fine),
    table("quote-open", "id,lon,lat\n\"1,2,3\n", .refused("row 2: a quoted field is not closed")),
    table("quote-open-header", "id,\"lon,lat\n1,2,3\n", .refused("a quoted field is not closed")),
    table("quote-text-after", "id,lon,lat\n\"1\"x,2,3\n", .refused("text follows a quoted field")),
    table("quote-within", "id,lon,lat\n1\"x,2,3\n", .fine),
    table("short-row", "id,lon,lat\n1,2\n", .noted("null-geometry")),
    table("long-row", "id,lon,lat\n1,2,3,4\n", .refused("there are 4 fields, more than columns")),
    table("long-row-empty", "id,lon,lat\n1,2,3,,\n", .fine),
    table("trailing-delimiter", "id,lon,lat,\n1,2,3,\n", .fine),
    table("one-column", "id\n1\n", .fine),
    table("no-geometry", "id,name\n1,a\n", .fine),
    table("same-names", "a,a,lon,lat\n1,2,3,4\n", .fine),
    table("nul", "id,lon,lat\n\0,2,3\n", .fine),
  ]

  private static let encodings: [CorpusFile] = [
    table("bom", "\u{FEFF}id,lon,lat\n1,2,3\n", .fine),
    table("utf8", "编号,经度,纬度\n甲,2,3\n", .fine),
    CorpusFile("csv-gbk.csv", bytes: [0xB1, 0xE0, 0xBA, 0xC5] + Array(",lon,lat\n1,2,3\n".utf8), .noted("encoding")),
    CorpusFile("csv-gb18030-4.csv", bytes: Array("id,lon,lat\n".utf8) + [0x95, 0x32, 0x82, 0x36] + Array(",2,3\n".utf8), .noted("encoding")),
    CorpusFile("csv-neither.csv", bytes: Array("id,lon,lat\n".utf8) + [0xFF, 0xFF] + Array(",2,3\n".utf8), .refused("the text is not UTF-8 or GB18030")),
    CorpusFile("csv-bom-but-gbk.csv", bytes: [0xEF, 0xBB, 0xBF] + Array("id,lon,lat\n".utf8) + [0xB1, 0xE0] + Array(",2,3\n".utf8), .refused("the text is not UTF-8")),
    CorpusFile("csv-utf16-le.csv", bytes: [0xFF, 0xFE] + Array("i\0d\0".utf8), .refused("the text is in UTF-16")),
    CorpusFile("csv-utf16-be.csv", bytes: [0xFE, 0xFF] + Array("\0i\0d".utf8), .refused("the text is in UTF-16")),
  ]

  private static let coordinates: [CorpusFile] = [
    table("exponent", "id,lon,lat\n1,2e0,3E-1\n", .fine),
    table("spaces", "id,lon,lat\n1, 2 , 3\n", .fine),
    table("missing", "id,lon,lat\n1,,3\n", .noted("null-geometry")),
    table("null-word", "id,lon,lat\n1,NULL,3\n", .noted("null-geometry")),
    table("word", "id,lon,lat\n1,two,3\n", .noted("bad-coordinates")),
    table("nan", "id,lon,lat\n1,nan,3\n", .noted("null-geometry")),
    table("infinite", "id,lon,lat\n1,inf,3\n", .noted("bad-coordinates")),
    table("huge", "id,lon,lat\n1,1e999,3\n", .noted("bad-coordinates")),
    table("comma-decimals", "id;lon;lat\n1;116,4;39,9\n", .noted("bad-coordinates")),
    table("degrees-sign", "id,lon,lat\n1,116.4°,39.9°\n", .noted("bad-coordinates")),
    table("x-y", "id,x,y\n1,500000,4000000\n", .fine),
  ]

  private static let texts: [CorpusFile] = [
    wkt("point", "POINT (1 2)", .fine),
    wkt("point-lower", "point(1 2)", .fine),
    wkt("point-z", "POINT Z (1 2 3)", .noted("z-dropped")),
    wkt("point-zm", "POINTZM(1 2 3 4)", .noted("z-dropped")),
    wkt("srid", "\"SRID=4326;POINT (1 2)\"", .fine),
    wkt("line", "LINESTRING (0 0, 1 1)", .fine),
    wkt("polygon", "POLYGON ((0 0,1 0,1 1,0 0),(0.1 0.1,0.2 0.1,0.2 0.2,0.1 0.1))", .fine),
    wkt("multipoint", "MULTIPOINT (0 0, 1 1)", .fine),
    wkt("multipoint-brackets", "MULTIPOINT ((0 0), (1 1))", .fine),
    wkt("multipolygon", "MULTIPOLYGON (((0 0,1 0,1 1,0 0)))", .fine),
    wkt("collection", "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0,1 1))", .fine),
    wkt("empty", "POLYGON EMPTY", .noted("empty-geometry")),
    wkt("blank", " ", .noted("null-geometry")),
    wkt("word", "hello", .noted("bad-geometry")),
    wkt("curve", "CIRCULARSTRING (0 0,1 1,2 0)", .noted("bad-geometry")),
    wkt("open-bracket", "POINT (1 2", .noted("bad-geometry")),
    wkt("rest", "POINT (1 2) x", .noted("bad-geometry")),
    wkt("one-number", "POINT (1)", .noted("bad-geometry")),
    wkt("nan", "POINT (nan 1)", .noted("bad-geometry")),
    wkt("comma", "POINT (1, 2)", .noted("bad-geometry")),
    wkt("deep", String(repeating: "GEOMETRYCOLLECTION (", count: 200), .noted("bad-geometry")),
    wkt("ring-open", "POLYGON ((0 0,1 0,1 1))", .noted("open-ring")),
    wkt("ring-short", "POLYGON ((0 0,1 0,0 0))", .noted("short-ring")),
  ]
}
