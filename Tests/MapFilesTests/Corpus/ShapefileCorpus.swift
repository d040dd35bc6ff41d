/// Broken and odd shapefiles.
enum ShapefileCorpus {
  private static func be(_ value: Int) -> [UInt8] { (0..<4).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
  private static func le(_ value: Int) -> [UInt8] { be(value).reversed() }
  private static func le(_ value: Double) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(8 * $0)) }
  }

  private static func file(_ records: [[UInt8]], code: Int = 9994) -> [UInt8] {
    let body = records.enumerated().flatMap { be($0 + 1) + be($1.count / 2) + $1 }
    return be(code) + [UInt8](repeating: 0, count: 20) + be((100 + body.count) / 2) + le(1000) + le(1)
      + [UInt8](repeating: 0, count: 64) + body
  }

  private static func point(_ x: Double, _ y: Double) -> [UInt8] { le(1) + le(x) + le(y) }

  private static func parts(_ type: Int, _ starts: [Int], _ points: [(Double, Double)], claimed: (Int, Int)? = nil) -> [UInt8] {
    le(type) + [UInt8](repeating: 0, count: 32) + le(claimed?.0 ?? starts.count) + le(claimed?.1 ?? points.count)
      + starts.flatMap { le($0) } + points.flatMap { le($0.0) + le($0.1) }
  }

  private static let square = [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (0.0, 0.0)]

  static let onePoint = file([point(1, 2)])

  static let shapes: [CorpusFile] = [
    CorpusFile("shp-empty", bytes: [], .refused("no shapefile")),
    CorpusFile("shp-code", bytes: file([], code: 9995), .refused("no shapefile")),
    CorpusFile("shp-header-cut", bytes: Array(onePoint[..<99]), .refused("no shapefile")),
    CorpusFile("shp-no-records", bytes: file([]), .noted("no-dbf")),
    CorpusFile("shp-record-header-cut", bytes: Array(onePoint[..<105]), .refused("middle of a record")),
    CorpusFile("shp-record-cut", bytes: Array(onePoint.dropLast(3)), .refused("middle of a record")),
    CorpusFile("shp-null", bytes: file([le(0)]), .noted("null-geometry")),
    CorpusFile("shp-type-2", bytes: file([le(2) + le(1.0) + le(1.0)]), .refused("shape type 2 does not exist")),
    CorpusFile("shp-type-minus", bytes: file([le(-1)]), .refused("does not exist")),
    CorpusFile("shp-multipatch", bytes: file([le(31)]), .refused("MultiPatch")),
    CorpusFile("shp-point-cut", bytes: file([le(1) + le(1.0)]), .refused("shorter than its shape")),
    CorpusFile("shp-point-nan", bytes: file([point(.nan, 1)]), .refused("not a finite number")),
    CorpusFile("shp-point-z", bytes: file([le(11) + le(1.0) + le(2.0) + le(3.0) + le(0.0)]), .noted("z-dropped")),
    CorpusFile("shp-polygon-lie-points", bytes: file([parts(5, [0], square, claimed: (1, 1_000_000_000))]), .refused("shorter than its shape")),
    CorpusFile("shp-polygon-lie-parts", bytes: file([parts(5, [0], square, claimed: (1_000_000_000, 5))]), .refused("shorter than its shape")),
    CorpusFile("shp-polygon-negative", bytes: file([parts(5, [0], square, claimed: (-1, 5))]), .refused("shorter than its shape")),
    CorpusFile("shp-parts-backwards", bytes: file([parts(5, [3, 0], square)]), .refused("parts of the shape overlap")),
    CorpusFile("shp-parts-outside", bytes: file([parts(5, [0, 99], square)]), .refused("parts of the shape overlap")),
    CorpusFile("shp-parts-negative", bytes: file([parts(5, [-4], square)]), .refused("parts of the shape overlap")),
    CorpusFile("shp-polygon-empty", bytes: file([parts(5, [], [])]), .noted("empty-geometry")),
    CorpusFile("shp-line-empty", bytes: file([parts(3, [], [])]), .noted("empty-geometry")),
    CorpusFile("shp-ring-open", bytes: file([parts(5, [0], square.dropLast())]), .noted("open-ring")),
    CorpusFile("shp-ring-short", bytes: file([parts(5, [0], [(0, 0), (1, 0), (0, 0)])]), .noted("short-ring")),
    CorpusFile("shp-direction", bytes: file([parts(5, [0, 5], square.reversed() + square.reversed().map { ($0.0 + 5, $0.1) })]), .noted("ring-direction")),
    CorpusFile("shp-orphan", bytes: file([parts(5, [0, 5], square + square.reversed().map { ($0.0 + 5, $0.1) })]), .noted("orphan-hole")),
    CorpusFile("shp-length-0", bytes: file([]) + be(1) + be(0), .refused("middle of a record")),
    CorpusFile("shp-length-negative", bytes: file([]) + be(1) + be(-8), .refused("middle of a record")),
  ]

  private static func table(rows: [[UInt8]], count: Int? = nil, type: Character = "C", length: Int, decimals: Int = 0, language: UInt8 = 0, name: [UInt8] = Array("a".utf8)) -> [UInt8] {
    let header = [3, 100, 1, 1] + le(count ?? rows.count) + [65, 0] + le(length + 1).prefix(2) + [UInt8](repeating: 0, count: 17) + [language, 0, 0]
    let field = (name + [UInt8](repeating: 0, count: 11)).prefix(11) + [type.asciiValue!, 0, 0, 0, 0, UInt8(length), UInt8(decimals)] + [UInt8](repeating: 0, count: 14)
    return header + field + [0x0D] + rows.flatMap { $0 }
  }

  private static func row(_ text: String, deleted: Bool = false) -> [UInt8] { [deleted ? 0x2A : 0x20] + Array(text.utf8) }

  static let tables: [CorpusFile] = [
    CorpusFile("dbf-empty", bytes: [], .refused("no dBASE table")),
    CorpusFile("dbf-short", bytes: [3, 0, 0], .refused("no dBASE table")),
    CorpusFile("dbf-text", "not a table at all, but long enough for a header of one", .refused("no dBASE table")),
    CorpusFile("dbf-two-rows", bytes: table(rows: [row("x"), row("y")], length: 1), .refused("2 rows for 1 shapes")),
    CorpusFile("dbf-cut", bytes: table(rows: [], count: 1, length: 1), .refused("cut short")),
    CorpusFile("dbf-row-size", bytes: table(rows: [row("x")], length: 1).enumerated().map { $0 == 48 ? 200 : $1 }, .refused("no dBASE table")),
    CorpusFile("dbf-fine", bytes: table(rows: [row("x")], length: 1), .noted("no-prj")),
    CorpusFile("dbf-deleted", bytes: table(rows: [row("x", deleted: true)], length: 1), .noted("deleted-rows")),
    CorpusFile("dbf-memo", bytes: table(rows: [row("0000000001")], type: "M", length: 10), .noted("field-dropped")),
    CorpusFile("dbf-bad-number", bytes: table(rows: [row("1,5")], type: "N", length: 3), .noted("bad-value")),
    CorpusFile("dbf-bad-date", bytes: table(rows: [row("2024-1-1")], type: "D", length: 8), .noted("bad-value")),
    CorpusFile("dbf-bad-truth", bytes: table(rows: [row("X")], type: "L", length: 1), .noted("bad-value")),
    CorpusFile("dbf-stars", bytes: table(rows: [row("***")], type: "N", length: 3), .noted("no-prj")),
    CorpusFile("dbf-gbk-unsaid", bytes: table(rows: [[0x20, 0xCD, 0xF8, 0x20]], length: 3), .noted("encoding-guessed")),
    CorpusFile("dbf-gbk-said", bytes: table(rows: [[0x20, 0xCD, 0xF8, 0x20]], length: 3, language: 0x4D), .noted("no-prj")),
    CorpusFile("dbf-no-text", bytes: table(rows: [[0x20, 0xFF, 0xFF, 0x20]], length: 3), .noted("encoding-guessed")),
  ]
}
