/// Broken and odd GeoJSON.
enum GeoJSONCorpus {
  static let files: [CorpusFile] = outermost + syntax + texts + numbers + features + geometries + degrees + prefixes

  private static func geometry(_ name: String, _ text: String, _ verdict: Verdict) -> CorpusFile {
    CorpusFile("geometry-" + name, collection(feature(text)), verdict)
  }

  private static func property(_ name: String, _ value: String, _ verdict: Verdict) -> CorpusFile {
    CorpusFile("property-" + name, collection(feature("null", "{\"a\":\(value)}")), verdict)
  }

  private static let outermost: [CorpusFile] = [
    CorpusFile("empty", "", .refused("the file is empty")),
    CorpusFile("only-space", " \n\t ", .refused("the file is empty")),
    CorpusFile("only-bom", "\u{FEFF}", .refused("the file is empty")),
    CorpusFile("bom", "\u{FEFF}" + collection(), .fine),
    CorpusFile("utf16-le", bytes: [0xFF, 0xFE] + Array("{\0}\0".utf8), .refused("UTF-16")),
    CorpusFile("utf16-be", bytes: [0xFE, 0xFF] + Array("\0{\0}".utf8), .refused("UTF-16")),
    CorpusFile("gzip", bytes: [0x1F, 0x8B, 8, 0, 0, 0], .refused("compressed by gzip")),
    CorpusFile("zip", bytes: Array("PK\u{3}\u{4}".utf8), .refused("a zip archive")),
    CorpusFile("html", "<!DOCTYPE html><html>", .refused("expected a GeoJSON object")),
    CorpusFile("array", "[]", .refused("an array, while GeoJSON is an object")),
    CorpusFile("array-of-features", "[\(feature("null"))]", .refused("Wrap it")),
    CorpusFile("text", "\"FeatureCollection\"", .refused("expected a GeoJSON object")),
    CorpusFile("number", "7", .refused("expected a GeoJSON object")),
    CorpusFile("null", "null", .refused("expected a GeoJSON object")),
    CorpusFile("empty-object", "{}", .refused("no \"type\"")),
    CorpusFile("no-type", "{\"features\":[]}", .refused("no \"type\"")),
    CorpusFile("type-null", "{\"type\":null}", .refused("no \"type\"")),
    CorpusFile("type-number", "{\"type\":1,\"features\":[]}", .refused("no \"type\"")),
    CorpusFile("type-unknown", "{\"type\":\"featurecollection\",\"features\":[]}", .refused("is no type of RFC 7946")),
    CorpusFile("topojson", "{\"type\":\"Topology\",\"objects\":{}}", .refused("TopoJSON")),
    CorpusFile("no-features", "{\"type\":\"FeatureCollection\"}", .refused("without \"features\"")),
    CorpusFile("features-object", "{\"type\":\"FeatureCollection\",\"features\":{}}", .refused("expected an array of features")),
    CorpusFile("features-null", "{\"type\":\"FeatureCollection\",\"features\":null}", .refused("expected an array of features")),
    CorpusFile("features-twice", "{\"type\":\"FeatureCollection\",\"features\":[],\"features\":[]}", .refused("two members \"features\"")),
    CorpusFile("feature-with-features", "{\"type\":\"Feature\",\"features\":[]}", .refused("7.1")),
    CorpusFile("two-collections", collection() + collection(), .refused("text after the end")),
    CorpusFile("text-after", collection() + " x", .refused("text after the end")),
    CorpusFile("zero-after", collection() + "\0", .refused("text after the end")),
    CorpusFile("collection-in-sequence", feature("null") + "\n" + collection(), .refused("Give each collection a file")),
    CorpusFile("sequence-broken", feature("null") + "\n{\"type\":", .refused("cut short")),
    CorpusFile("sequence-comma", feature("null") + ",\n" + feature("null"), .refused("expected a feature")),
    CorpusFile("records", "\u{1E}" + feature("{\"type\":\"Point\",\"coordinates\":[1,2]}") + "\n", .fine),
    CorpusFile("crs-unknown", "{\"type\":\"FeatureCollection\",\"features\":[],\"crs\":{\"type\":\"link\"}}", .noted("old-crs-member")),
    CorpusFile("crs-null", "{\"type\":\"FeatureCollection\",\"features\":[],\"crs\":null}", .noted("old-crs-member")),
    CorpusFile("crs-number", "{\"type\":\"FeatureCollection\",\"features\":[],\"crs\":4326}", .noted("old-crs-member")),
    CorpusFile("name-number", "{\"type\":\"FeatureCollection\",\"features\":[],\"name\":4}", .fine),
  ]

  private static let syntaxErrors: [(String, String, String)] = [
    ("comma-last", "{\"type\":\"FeatureCollection\",\"features\":[\(feature("null")),]}", "expected a feature"),
    ("comma-first", "{,\"type\":\"FeatureCollection\"}", "expected a string"),
    ("comma-double", "{\"type\":\"FeatureCollection\",,\"features\":[]}", "expected a string"),
    ("comma-in-object", "{\"type\":\"FeatureCollection\",\"features\":[],}", "expected a string"),
    ("no-comma", "{\"type\":\"FeatureCollection\" \"features\":[]}", "expected a comma"),
    ("no-colon", "{\"type\" \"FeatureCollection\"}", "expected a colon"),
    ("key-unquoted", "{type:\"FeatureCollection\"}", "expected a string"),
    ("key-single-quoted", "{'type':\"FeatureCollection\"}", "expected a string"),
    ("comment", "{/* c */\"type\":\"FeatureCollection\"}", "expected a string"),
    ("wrong-bracket", "{\"type\":\"FeatureCollection\",\"features\":[}}", "expected a feature"),
    ("bracket-for-brace", "{\"type\":\"FeatureCollection\",\"features\":[]]", "expected a comma or the closing bracket"),
    ("no-break-space", "{\u{A0}\"type\":\"FeatureCollection\",\"features\":[]}", "a byte outside ASCII"),
    ("form-feed", "{\u{C}\"type\":\"FeatureCollection\",\"features\":[]}", "a control character"),
    ("foreign-broken", "{\"type\":\"FeatureCollection\",\"x\":[1,2,\"features\":[]}", "expected a comma or the closing bracket"),
    ("foreign-word", "{\"type\":\"FeatureCollection\",\"x\":undefined,\"features\":[]}", "expected a value"),
    ("foreign-capital", "{\"type\":\"FeatureCollection\",\"x\":True,\"features\":[]}", "expected a value"),
    ("deep-arrays", "{\"type\":\"FeatureCollection\",\"x\":" + String(repeating: "[", count: 100_000), "nested deeper"),
    ("deep-objects", "{\"x\":" + String(repeating: "{\"x\":", count: 100_000), "nested deeper"),
    ("deep-property", collection(feature("null", "{\"a\":" + String(repeating: "[", count: 5000) + "}")), "nested deeper"),
  ]

  private static let syntax = syntaxErrors.map { CorpusFile("syntax-" + $0.0, $0.1, .refused($0.2)) }

  private static let texts: [CorpusFile] = [
    property("raw-newline", "\"a\nb\"", .refused("a control character (10) in a string")),
    property("raw-tab", "\"a\tb\"", .refused("a control character (9) in a string")),
    property("raw-zero", "\"a\0b\"", .refused("a control character (0) in a string")),
    property("bad-escape", #""a\qb""#, .refused("an escape that JSON does not have")),
    property("short-unicode", #""\u12""#, .refused("four hexadecimal digits")),
    property("bad-unicode", #""\u12G4""#, .refused("four hexadecimal digits")),
    property("high-surrogate", #""\ud83d""#, .refused("half a surrogate pair")),
    property("low-surrogate", #""\ude00""#, .refused("half a surrogate pair")),
    property("swapped-surrogates", #""\ude00\ud83d""#, .refused("half a surrogate pair")),
    property("surrogate-and-letter", #""\ud83dx""#, .refused("half a surrogate pair")),
    property("good-pair", #""\ud83d\ude00""#, .noted("null-geometry")),
    property("single-quotes", "'a'", .refused("expected a value")),
    CorpusFile("text-gbk", bytes: gbkProperty, .refused("not UTF-8")),
  ] + invalidUTF8.map { name, bytes in
    let text = Array(collection(feature("null", "{\"a\":\"?\"}")).utf8)
    let place = text.firstIndex(of: UInt8(ascii: "?"))!
    return CorpusFile("utf8-" + name, bytes: Array(text[..<place]) + bytes + Array(text[(place + 1)...]), .refused("not UTF-8"))
  }

  private static let invalidUTF8: [(String, [UInt8])] = [
    ("lone-continuation", [0x80]), ("overlong-slash", [0xC0, 0xAF]), ("overlong-3", [0xE0, 0x80, 0x80]),
    ("overlong-4", [0xF0, 0x80, 0x80, 0x80]), ("surrogate", [0xED, 0xA0, 0x80]), ("too-large", [0xF4, 0x90, 0x80, 0x80]),
    ("five-bytes", [0xF8, 0x88, 0x80, 0x80, 0x80]), ("cut-2", [0xC3]), ("cut-3", [0xE7, 0xBD]), ("cut-4", [0xF0, 0x9F, 0x98]),
    ("ff", [0xFF]), ("latin1", [0xE9]),
  ]

  private static let gbkProperty: [UInt8] =
    Array("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"".utf8)
    + [0xCD, 0xF8, 0xB8, 0xF1] + Array("\":1}}]}".utf8)

  private static let numbers: [CorpusFile] = [
    property("nan", "NaN", .refused("NaN is not JSON")),
    property("infinity", "Infinity", .refused("Infinity is not JSON")),
    property("minus-infinity", "-Infinity", .refused("Infinity is not JSON")),
    property("leading-zero", "012", .refused("expected a number")),
    property("plus", "+1", .refused("expected a value")),
    property("bare-point", ".5", .refused("expected a value")),
    property("point-last", "5.", .refused("expected a number")),
    property("exponent-empty", "5e", .refused("expected a number")),
    property("hexadecimal", "0x1F", .refused("expected a comma or the closing bracket")),
    property("too-large", "1e999", .refused("a number too large")),
    property("many-digits", "12345678901234567890123", .noted("long-integer")),
    property("tiny", "1e-999", .noted("null-geometry")),
    geometry("nan", #"{"type":"Point","coordinates":[1,NaN]}"#, .refused("NaN is not JSON")),
    geometry("nan-lower", #"{"type":"Point","coordinates":[nan,1]}"#, .refused("NaN is not JSON")),
    geometry("null-coordinate", #"{"type":"Point","coordinates":[1,null]}"#, .refused("expected a coordinate")),
    geometry("text-coordinate", #"{"type":"Point","coordinates":["1","2"]}"#, .refused("expected a coordinate")),
    geometry("too-large", #"{"type":"Point","coordinates":[1e400,2]}"#, .refused("a coordinate too large")),
    geometry("comma-decimals", #"{"type":"Point","coordinates":[116,4,39,9]}"#, .noted("z-dropped")),
  ]

  private static let badFeatures: [(String, String, String)] = [
    ("null", "null", "expected a feature"), ("number", "1", "expected a feature"), ("array", "[]", "expected a feature"),
    ("empty", "{}", "without \"type\""), ("type-number", #"{"type":1}"#, "the type of a feature is not a text"),
    ("type-wrong", #"{"type":"feature"}"#, "of type \"feature\""), ("geometry-there", #"{"type":"Point","coordinates":[1,2]}"#, "of type \"Point\""),
    ("collection-there", collection(), "of type \"FeatureCollection\""),
    ("properties-array", #"{"type":"Feature","geometry":null,"properties":[]}"#, "neither an object nor null"),
    ("properties-text", #"{"type":"Feature","geometry":null,"properties":"x"}"#, "neither an object nor null"),
    ("geometry-text", #"{"type":"Feature","geometry":"POINT(1 2)","properties":{}}"#, "expected a geometry"),
    ("geometry-array", #"{"type":"Feature","geometry":[1,2],"properties":{}}"#, "expected a geometry"),
    ("id-object", #"{"type":"Feature","id":{},"geometry":null,"properties":{}}"#, "neither text nor number"),
    ("id-true", #"{"type":"Feature","id":true,"geometry":null,"properties":{}}"#, "neither text nor number"),
  ]

  private static let features: [CorpusFile] = badFeatures.map {
    CorpusFile("feature-" + $0.0, collection($0.1), .refused($0.2))
  } + [
    CorpusFile("feature-no-geometry", collection(#"{"type":"Feature","properties":{}}"#), .noted("missing-member")),
    CorpusFile("feature-no-properties", collection(#"{"type":"Feature","geometry":null}"#), .noted("missing-member")),
    CorpusFile("feature-id-null", collection(#"{"type":"Feature","id":null,"geometry":{"type":"Point","coordinates":[1,2]},"properties":{}}"#), .fine),
    CorpusFile("feature-duplicate", collection(feature("null", #"{"a":1,"b":2,"a":3}"#)), .noted("duplicate-key")),
    CorpusFile("feature-geometry-twice", collection(#"{"type":"Feature","geometry":null,"geometry":null,"properties":{}}"#), .noted("duplicate-key")),
    CorpusFile("feature-properties-twice", collection(#"{"type":"Feature","geometry":null,"properties":{},"properties":{}}"#), .noted("duplicate-key")),
  ]

  private static let geometries: [CorpusFile] = [
    geometry("no-type", #"{"coordinates":[1,2]}"#, .refused("a geometry without \"type\"")),
    geometry("empty-object", "{}", .refused("a geometry without \"type\"")),
    geometry("type-unknown", #"{"type":"Circle","coordinates":[1,2]}"#, .refused("is no geometry type")),
    geometry("type-case", #"{"type":"POINT","coordinates":[1,2]}"#, .refused("is no geometry type")),
    geometry("type-number", #"{"type":1,"coordinates":[1,2]}"#, .refused("the type of a geometry is not a text")),
    geometry("no-coordinates", #"{"type":"Point"}"#, .refused("without \"coordinates\"")),
    geometry("no-geometries", #"{"type":"GeometryCollection"}"#, .refused("without \"geometries\"")),
    geometry("coordinates-twice", #"{"type":"Point","coordinates":[1,2],"coordinates":[1,2]}"#, .refused("given twice")),
    geometry("collection-coordinates", #"{"type":"GeometryCollection","coordinates":[]}"#, .refused("has \"geometries\", not \"coordinates\"")),
    geometry("point-geometries", #"{"type":"Point","geometries":[]}"#, .refused("only a GeometryCollection")),
    geometry("collection-of-null", #"{"type":"GeometryCollection","geometries":[null]}"#, .refused("expected a geometry")),
    geometry("coordinates-null", #"{"type":"Point","coordinates":null}"#, .refused("expected a position")),
    geometry("coordinates-object", #"{"type":"Point","coordinates":{}}"#, .refused("expected a position")),
    geometry("point-one", #"{"type":"Point","coordinates":[1]}"#, .refused("fewer than two coordinates")),
    geometry("point-nested", #"{"type":"Point","coordinates":[[1,2]]}"#, .refused("expected a coordinate")),
    geometry("line-flat", #"{"type":"LineString","coordinates":[1,2]}"#, .refused("expected a position")),
    geometry("line-empty-position", #"{"type":"LineString","coordinates":[[1,2],[]]}"#, .refused("expected a coordinate")),
    geometry("polygon-flat", #"{"type":"Polygon","coordinates":[[1,2],[3,4],[5,6],[1,2]]}"#, .refused("expected a position")),
    geometry("polygon-too-deep", #"{"type":"Polygon","coordinates":[[[[1,2],[3,4],[5,6],[1,2]]]]}"#, .refused("expected a coordinate")),
    geometry("polygon-null-ring", #"{"type":"Polygon","coordinates":[null]}"#, .refused("expected an array of positions")),
    geometry("polygon-holes-only", #"{"type":"Polygon","coordinates":[[],[[0,0],[1,0],[1,1],[0,0]]]}"#, .refused("holes in an empty exterior")),
    geometry("coordinates-text", #"{"type":"Polygon","coordinates":"[[0,0]]"}"#, .refused("expected an array of rings")),
    geometry("collection-bomb", String(repeating: #"{"type":"GeometryCollection","geometries":["#, count: 1000), .refused("nested deeper")),
    geometry("point-empty", #"{"type":"Point","coordinates":[]}"#, .noted("empty-geometry")),
    geometry("line-empty", #"{"type":"LineString","coordinates":[]}"#, .noted("empty-geometry")),
    geometry("polygon-empty", #"{"type":"Polygon","coordinates":[]}"#, .noted("empty-geometry")),
    geometry("polygon-empty-ring", #"{"type":"Polygon","coordinates":[[]]}"#, .noted("empty-geometry")),
    geometry("multipolygon-empty", #"{"type":"MultiPolygon","coordinates":[]}"#, .noted("empty-geometry")),
    geometry("multipolygon-empty-part", #"{"type":"MultiPolygon","coordinates":[[]]}"#, .noted("empty-geometry")),
    geometry("collection-empty", #"{"type":"GeometryCollection","geometries":[]}"#, .noted("empty-geometry")),
    geometry("open-ring", #"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}"#, .noted("open-ring")),
    geometry("ring-of-three", #"{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,0]]]}"#, .noted("short-ring")),
    geometry("ring-of-one", #"{"type":"Polygon","coordinates":[[[0,0]]]}"#, .noted("short-ring")),
    geometry("line-of-one", #"{"type":"LineString","coordinates":[[0,0]]}"#, .noted("short-line")),
    geometry("heights", #"{"type":"Point","coordinates":[1,2,3]}"#, .noted("z-dropped")),
    geometry("four-numbers", #"{"type":"Point","coordinates":[1,2,3,4]}"#, .noted("z-dropped")),
    geometry("self-crossing", #"{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}"#, .fine),
    geometry("coordinates-first", #"{"coordinates":[1,2],"type":"Point"}"#, .fine),
    geometry("foreign", #"{"type":"Point","x":[1,{"y":[]}],"coordinates":[1,2],"bbox":[1,2,1,2]}"#, .fine),
  ]

  private static let degrees: [CorpusFile] = [
    geometry("swapped", #"{"type":"Point","coordinates":[39.9,116.4]}"#, .refused("look swapped")),
    geometry("huge", #"{"type":"Point","coordinates":[1e300,1]}"#, .refused("not longitude and latitude")),
    geometry("huge-both", #"{"type":"LineString","coordinates":[[-1.7e308,1],[1.7e308,1e308]]}"#, .refused("")),
    geometry("huge-one-zone", #"{"type":"Point","coordinates":[9.3e18,4e6]}"#, .refused("not longitude and latitude")),
    geometry("metres", #"{"type":"Point","coordinates":[449042.05,4420261.22]}"#, .refused("not longitude and latitude")),
    geometry("web-mercator", #"{"type":"Point","coordinates":[12958000,4852000]}"#, .refused("Name the CRS")),
    geometry("beyond-pole", #"{"type":"Point","coordinates":[0,90.0001]}"#, .refused("beyond the pole")),
    geometry("pole", #"{"type":"Point","coordinates":[180,-90]}"#, .fine),
    CorpusFile(
      "metres-declared",
      #"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:4549"}},"features":["#
        + feature(#"{"type":"Point","coordinates":[449042.05,4420261.22]}"#) + "]}", .noted("old-crs-member")),
    CorpusFile(
      "metres-declared-as-degrees",
      #"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4490"}},"features":["#
        + feature(#"{"type":"Point","coordinates":[449042.05,4420261.22]}"#) + "]}", .refused("as EPSG:4490 asks")),
  ]

  /// A sound file cut after each of its bytes.
  private static let prefixes: [CorpusFile] = {
    let whole = collection(feature(#"{"type":"Polygon","coordinates":[[[0,0.5],[1e0,0],[1,1],[0,0.5]]]}"#, #"{"名":"\u7f51格","n":-1.5,"b":true}"#))
    let bytes = Array(whole.utf8)
    return (1..<bytes.count).map { CorpusFile("cut-at-\($0)", bytes: Array(bytes[..<$0]), .refused("")) }
  }()
}
