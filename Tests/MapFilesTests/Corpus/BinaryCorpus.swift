import Foundation
import GRDB
import Georeference
import Planar

@testable import MapFiles

/// A change to a sound GeoPackage in SQL.
struct DatabaseChange: Sendable, CustomStringConvertible {
  var name: String
  var sql: String
  var verdict: Verdict
  var description: String { name }
}

/// A change to the bytes of a file.
struct Damage: Sendable, CustomStringConvertible {
  var name: String
  var verdict: Verdict
  var change: @Sendable (inout [UInt8]) -> Void
  var description: String { name }

  func apply(to path: String) throws {
    let url = URL(fileURLWithPath: path)
    var bytes = [UInt8](try Data(contentsOf: url))
    change(&bytes)
    try Data(bytes).write(to: url)
  }
}

/// Broken and odd GeoPackages.
enum BinaryCorpus {
  /// A GeoPackage of one layer with one point, whose blob is replaced by `geometry`.
  static func writeGeoPackage(to path: String, geometry: [UInt8]?) throws {
    let layer = Layer(
      name: "t", crs: CRS("EPSG:4490"), fields: ["a"],
      features: [Feature(geometry: .point(Point(x: 1, y: 2)), values: [.integer(1)])])
    try MapFiles.writeGeoPackage([layer], to: path)
    guard let geometry else { return }
    let hex = geometry.map { String(format: "%02x", $0) }.joined()
    try execute(in: path, withoutTriggers + "UPDATE t SET geom = x'\(hex)'")
  }

  /// The triggers of the index need functions that only GIS programs have.
  static let withoutTriggers = (1...4).map { "DROP TRIGGER rtree_t_geom_update\($0); " }.joined()

  /// Changes a file as another program might.
  static func execute(in path: String, _ sql: String) throws {
    try DatabaseQueue(path: path, configuration: .creating).writeWithoutTransaction { try $0.execute(sql: sql) }
  }

  private static func header(_ flags: UInt8, _ envelope: Int = 0) -> [UInt8] {
    [0x47, 0x50, 0, flags, 0x8A, 0x11, 0, 0] + [UInt8](repeating: 0, count: envelope)
  }

  private static func le<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }

  private static func wkb(_ type: UInt32, _ counts: [UInt32] = [], _ doubles: [Double] = []) -> [UInt8] {
    [1] + le(type) + counts.flatMap { le($0) } + doubles.flatMap { le($0.bitPattern) }
  }

  static let blobs: [CorpusFile] = headers + contents + curves + truncated

  private static let point = wkb(1, [], [1, 2])

  private static let headers: [CorpusFile] = [
    CorpusFile("blob-empty", bytes: [], .refused("end early")),
    CorpusFile("blob-short", bytes: [0x47, 0x50, 0], .refused("does not begin with GP")),
    CorpusFile("blob-magic", bytes: [0x50, 0x47, 0, 1, 0, 0, 0, 0] + point, .refused("does not begin with GP")),
    CorpusFile("blob-plain-wkb", bytes: point, .refused("does not begin with GP")),
    CorpusFile("blob-version", bytes: [0x47, 0x50, 1, 1, 0, 0, 0, 0] + point, .refused("version 1")),
    CorpusFile("blob-extended", bytes: header(0x21) + point, .refused("extended geometry type")),
    CorpusFile("blob-envelope-5", bytes: header(0x0B) + point, .refused("envelope kind 5")),
    CorpusFile("blob-envelope-6", bytes: header(0x0D) + point, .refused("envelope kind 6")),
    CorpusFile("blob-envelope-7", bytes: header(0x0F) + point, .refused("envelope kind 7")),
    CorpusFile("blob-envelope-cut", bytes: header(0x03, 31), .refused("end early")),
    CorpusFile("blob-header-only", bytes: header(1), .refused("end early")),
    CorpusFile("blob-empty-flag", bytes: header(0x11) + wkb(1, [], [.nan, .nan]), .noted("empty-geometry")),
    CorpusFile("blob-envelope-1", bytes: header(0x03, 32) + point, .fine),
    CorpusFile("blob-envelope-2", bytes: header(0x05, 48) + point, .fine),
    CorpusFile("blob-envelope-3", bytes: header(0x07, 48) + point, .fine),
    CorpusFile("blob-envelope-4", bytes: header(0x09, 64) + point, .fine),
  ]

  private static func content(_ name: String, _ bytes: [UInt8], _ verdict: Verdict) -> CorpusFile {
    CorpusFile("wkb-" + name, bytes: header(1) + bytes, verdict)
  }

  private static let contents: [CorpusFile] = [
    content("order-2", [2, 1, 0, 0, 0], .refused("byte order 2")),
    content("type-0", wkb(0), .refused("type 0 does not exist")),
    content("type-18", wkb(18), .refused("type 18 does not exist")),
    content("type-4001", wkb(4001, [], [1, 2]), .refused("does not exist")),
    content("point-nan", wkb(1, [], [.nan, .nan]), .noted("empty-geometry")),
    content("point-half-nan", wkb(1, [], [1, .nan]), .refused("not a finite number")),
    content("point-infinite", wkb(1, [], [.infinity, 1]), .refused("not a finite number")),
    content("line-nan", wkb(2, [2], [0, 0, .nan, 0]), .refused("not a finite number")),
    content("line-empty", wkb(2, [0]), .noted("empty-geometry")),
    content("line-lie", wkb(2, [0xFFFF_FFFF], [0, 0]), .refused("end early")),
    content("polygon-lie", wkb(3, [0x7FFF_FFFF]), .refused("end early")),
    content("multi-lie", wkb(6, [0x1000_0000]), .refused("end early")),
    content("collection-lie", wkb(7, [0x1000_0000]), .refused("end early")),
    content("polygon-open", wkb(3, [1, 4], [0, 0, 1, 0, 1, 1, 0, 1]), .noted("open-ring")),
    content("polygon-short", wkb(3, [1, 2], [0, 0, 1, 0]), .noted("short-ring")),
    content("polygon-empty-ring", wkb(3, [1, 0]), .noted("empty-geometry")),
    content("multipoint-of-line", wkb(4, [1]) + wkb(2, [1], [0, 0]), .refused("member of type 2")),
    content("multiline-of-polygon", wkb(5, [1]) + wkb(3, [0, 0]), .refused("member of type 3")),
    content("multipolygon-of-collection", wkb(6, [1]) + wkb(7, [0, 0]), .refused("member of type 7")),
    content("point-z", wkb(1001, [], [1, 2, 3]), .noted("z-dropped")),
    content("point-zm", wkb(3001, [], [1, 2, 3, 4]), .noted("z-dropped")),
    content("point-old-z", wkb(0x8000_0001, [], [1, 2, 3]), .noted("z-dropped")),
    content("point-srid", wkb(0x2000_0001, [4326], [1, 2]), .fine),
    content("bomb", (0..<5000).flatMap { _ in wkb(7, [1]) }, .refused("nested deeper")),
    content("rubbish-after", point + [9, 9, 9], .fine),
  ]

  private static let curveTypes: [(UInt32, String)] = [
    (8, "CircularString"), (9, "CompoundCurve"), (10, "CurvePolygon"), (11, "MultiCurve"), (12, "MultiSurface"),
    (13, "Curve"), (14, "Surface"), (15, "PolyhedralSurface"), (16, "TIN"), (17, "Triangle"),
  ]

  private static let curves = curveTypes.map { content("type-\($0.0)", wkb($0.0, [0, 0]), .refused($0.1)) }

  private static let truncated: [CorpusFile] = {
    let whole = wkb(3, [1, 4], [0, 0, 1, 0, 1, 1, 0, 0])
    return stride(from: 1, to: whole.count, by: 7).map { content("cut-\($0)", Array(whole[..<$0]), .refused("end early")) }
  }()

  private static let changes: [(String, String, Verdict)] = [
    ("no-contents", "DROP TABLE gpkg_contents", .refused("no GeoPackage")),
    ("no-layer", "DELETE FROM gpkg_contents", .refused("without any layer")),
    ("table-gone", "DELETE FROM gpkg_geometry_columns; DROP TABLE t", .refused("SQLite says")),
    ("geometry-columns-gone", "DROP TABLE gpkg_geometry_columns", .fine),
    ("geometry-column-renamed", "UPDATE gpkg_geometry_columns SET column_name = 'shape'", .refused("does not exist")),
    ("systems-gone", "DROP TABLE gpkg_spatial_ref_sys", .fine),
    ("system-missing", "DELETE FROM gpkg_spatial_ref_sys WHERE srs_id = 4490", .fine),
    ("system-undefined", "UPDATE gpkg_geometry_columns SET srs_id = 0", .fine),
    ("geometry-text", withoutTriggers + "UPDATE t SET geom = 'POINT(1 2)'", .refused("does not begin with GP")),
    ("geometry-null", withoutTriggers + "UPDATE t SET geom = NULL", .noted("null-geometry")),
    ("extent-wrong", "UPDATE gpkg_contents SET min_x = 50, max_x = 51", .noted("wrong-extent")),
    ("extent-null", "UPDATE gpkg_contents SET min_x = NULL", .fine),
    ("blob-column", "ALTER TABLE t ADD COLUMN photo BLOB", .noted("blob-dropped")),
    ("endless-view", "DROP TABLE t; CREATE VIEW t AS WITH RECURSIVE c(geom) AS (SELECT NULL UNION ALL SELECT geom FROM c) SELECT geom FROM c WHERE geom IS NOT NULL", .refused("too much work")),
    ("recursive-view", "DROP TABLE t; CREATE VIEW t AS SELECT * FROM t", .refused("SQLite says")),
    ("two-layers", "CREATE TABLE u (fid INTEGER PRIMARY KEY, geom BLOB); INSERT INTO gpkg_contents (table_name, data_type) VALUES ('u', 'features'); INSERT INTO gpkg_geometry_columns VALUES ('u', 'geom', 'POINT', 0, 0, 0)", .noted("several-layers")),
    ("odd-name", "ALTER TABLE t RENAME COLUMN a TO \"a\"\"; DROP TABLE t; --\"", .fine),
  ]

  static let databases = changes.map { DatabaseChange(name: "database-" + $0.0, sql: $0.1, verdict: $0.2) }

  static let damagedFiles: [Damage] = [
    Damage(name: "file-empty", verdict: .refused("")) { $0 = [] },
    Damage(name: "file-magic-only", verdict: .refused("")) { $0 = Array($0[..<16]) },
    Damage(name: "file-header-only", verdict: .refused("")) { $0 = Array($0[..<100]) },
    Damage(name: "file-first-page", verdict: .refused("SQLite says")) { $0 = Array($0[..<4096]) },
    Damage(name: "file-half", verdict: .refused("SQLite says")) { $0 = Array($0[..<($0.count / 2)]) },
    Damage(name: "file-page-size-0", verdict: .refused("SQLite says")) { $0[16] = 0; $0[17] = 0 },
    Damage(name: "file-page-size-odd", verdict: .refused("SQLite says")) { $0[16] = 3 },
    Damage(name: "file-schema-zeros", verdict: .refused("SQLite says")) { for i in 100..<4096 { $0[i] = 0 } },
    Damage(name: "file-schema-ones", verdict: .refused("SQLite says")) { for i in 100..<200 { $0[i] = 0xFF } },
  ]
}
