import GRDB
import Georeference
import Planar

/// The rows of `gpkg_spatial_ref_sys`, made as layers need them.
struct ReferenceSystemTable {
  private let database: Database
  private var rows: [CRS: Int] = [:]
  private var nextOwn = 100_001

  /// Adds the three rows that the standard asks for.
  init(_ database: Database) throws {
    self.database = database
    try add(-1, "Undefined cartesian SRS", "NONE", -1, "undefined")
    try add(0, "Undefined geographic SRS", "NONE", 0, "undefined")
    try add(4326, "WGS 84", "EPSG", 4326, CRS("EPSG:4326").wellKnownText())
    rows[.crs84] = 4326
    rows[CRS("EPSG:4326")] = 4326
  }

  /// The id of the row for `crs`; undefined where it is nil, geographic if the box could be degrees.
  mutating func row(for crs: CRS?, _ box: Box) throws -> Int {
    guard let crs else {
      let degrees = Box(min: Point(x: -180, y: -90), max: Point(x: 180, y: 90))
      return !box.isEmpty && degrees.contains(box.min) && degrees.contains(box.max) ? 0 : -1
    }
    if let row = rows[crs] { return row }
    let row = try newRow(for: crs)
    rows[crs] = row
    return row
  }

  private mutating func newRow(for crs: CRS) throws -> Int {
    if let (authority, code) = crs.authorityCode(), authority == "EPSG" {
      let known = CRS("EPSG:\(code)")
      if let row = rows[known] { return row }
      try add(code, known.described().name, authority, code, crs.wellKnownText())
      rows[known] = code
      return code
    }
    defer { nextOwn += 1 }
    let definition = crs.isObfuscated ? localDefinition(crs) : try crs.wellKnownText()
    let name = crs.isObfuscated ? crs.definition : try crs.described().name
    try add(nextOwn, name, "NONE", nextOwn, definition)
    return nextOwn
  }

  /// A local system, so that no program takes the coordinates for WGS 84.
  private func localDefinition(_ crs: CRS) -> String {
    "LOCAL_CS[\"\(crs.definition)\",UNIT[\"degree\",0.0174532925199433],AXIS[\"Longitude\",EAST],AXIS[\"Latitude\",NORTH]]"
  }

  private func add(_ id: Int, _ name: String, _ organization: String, _ code: Int, _ definition: String) throws {
    try database.execute(
      sql: "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, NULL)",
      arguments: [name, id, organization, code, definition])
  }
}
