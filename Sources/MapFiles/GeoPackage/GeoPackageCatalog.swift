import GRDB
import Georeference

/// A table that a GeoPackage lists as a layer.
struct GeoPackageTable {
  var name: String
  /// The name of the geometry column; nil for a table of attributes.
  var geometryColumn: String?
  var srs = 0
  /// The extent that the file declares, which may be wrong.
  var declaredBox: (minX: Double, minY: Double, maxX: Double, maxY: Double)?
}

/// What a GeoPackage says of its tables.
struct GeoPackageCatalog {
  let database: Database
  let path: String

  /// All feature and attribute tables, features first, in the order of the file.
  func tables() throws -> [GeoPackageTable] {
    guard try hasTable("gpkg_contents") else {
      throw MapFileError(
        .badData, file: path, message: "an SQLite file without table gpkg_contents: no GeoPackage",
        remedy: "Export the layers as GeoPackage or GeoJSON")
    }
    let geometryColumns = try hasTable("gpkg_geometry_columns") ? try geometryColumns() : [:]
    let tables: [(GeoPackageTable, isFeatures: Bool)] = try database.rows(
      """
      SELECT table_name, data_type, min_x, min_y, max_x, max_y, srs_id FROM gpkg_contents
      WHERE data_type IN ('features', 'attributes') ORDER BY rowid
      """
    ) { row in
      let name = row.text(0)
      var table = GeoPackageTable(name: name, srs: row.integer(6))
      if (2...5).allSatisfy({ !row.isNull($0) }) {
        table.declaredBox = (row.number(2), row.number(3), row.number(4), row.number(5))
      }
      let isFeatures = row.text(1) == "features"
      if isFeatures, let column = geometryColumns[name.lowercased()] {
        table.geometryColumn = column.name
        table.srs = column.srs
      }
      return (table, isFeatures)
    }
    return tables.filter(\.isFeatures).map(\.0) + tables.filter { !$0.isFeatures }.map(\.0)
  }

  private func geometryColumns() throws -> [String: (name: String, srs: Int)] {
    let rows = try database.rows("SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns") { row in
      (row.text(0).lowercased(), (name: row.text(1), srs: row.integer(2)))
    }
    return Dictionary(rows, uniquingKeysWith: { first, _ in first })
  }

  func hasTable(_ name: String) throws -> Bool { try database.tableExists(name) || database.viewExists(name) }

  /// The columns of a table or view: names, declared types, whether they are the one key.
  ///
  /// Unlike GRDB's `columns(in:)` for tables with any name.
  func columns(_ table: String) throws -> [(name: String, type: String, isKey: Bool)] {
    let sql = "SELECT name, type, pk = 1 FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid"
    return try database.rows(sql, [table]) { ($0.text(0), $0.text(1), $0.integer(2) == 1) }
  }

  /// The reference system of a row of `gpkg_spatial_ref_sys`; nil for the undefined ones.
  func crs(_ srs: Int) throws -> CRS? {
    guard srs != -1 && srs != 0, try hasTable("gpkg_spatial_ref_sys") else { return nil }
    let sql = """
      SELECT organization, organization_coordsys_id, definition, srs_name FROM gpkg_spatial_ref_sys
      WHERE srs_id = ?
      """
    let found = try database.rows(sql, [srs]) { row -> CRS? in
      let name = CRS(normalizing: row.text(3))
      if name.isObfuscated { return name }
      let organization = row.text(0).uppercased()
      if !["NONE", "", "CUSTOM"].contains(organization) {
        let code = CRS("\(organization):\(row.integer(1))")
        if (try? code.described()) != nil { return code }
      }
      let definition = row.text(2)
      return definition.isEmpty || definition == "undefined" ? nil : CRS(definition)
    }
    return found.first ?? nil
  }

  /// The description and the media type that `gpkg_data_columns` gives a column.
  func columnHints(_ table: String) throws -> [String: (description: String, mediaType: String)] {
    guard try hasTable("gpkg_data_columns") else { return [:] }
    let sql = "SELECT column_name, description, mime_type FROM gpkg_data_columns WHERE lower(table_name) = lower(?)"
    let rows = try database.rows(sql, [table]) { row in
      (row.text(0), (description: row.text(1), mediaType: row.text(2)))
    }
    return Dictionary(rows, uniquingKeysWith: { first, _ in first })
  }
}
