import Foundation

/// The tables that every GeoPackage has, as OGC 12-128r18 defines them (annex C).
enum GeoPackageSchema {
  /// `GPKG` and version 1.3.1.
  static let pragmas = """
    PRAGMA page_size = 4096;
    PRAGMA application_id = \(0x4750_4B47);
    PRAGMA user_version = 10301;
    """

  static let base = """
    CREATE TABLE gpkg_spatial_ref_sys (
      srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
      organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
    CREATE TABLE gpkg_contents (
      table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
      description TEXT DEFAULT '',
      last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
      min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
      CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
    CREATE TABLE gpkg_geometry_columns (
      table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
      srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
      CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
      CONSTRAINT uk_gc_table_name UNIQUE (table_name),
      CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
      CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
    CREATE TABLE gpkg_extensions (
      table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
      scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
    """

  /// The extension by which columns have descriptions and media types.
  static let dataColumns = """
    CREATE TABLE gpkg_data_columns (
      table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,
      mime_type TEXT, constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
      CONSTRAINT gdc_tn UNIQUE (table_name, name));
    CREATE TABLE gpkg_data_column_constraints (
      constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
      min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
      CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
    INSERT INTO gpkg_extensions VALUES
      ('gpkg_data_columns', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec131/#extension_schema', 'read-write'),
      ('gpkg_data_column_constraints', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec131/#extension_schema', 'read-write');
    """

  /// The table in which QGIS looks for styles.
  static let layerStyles = """
    CREATE TABLE layer_styles (
      id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
      f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
      useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
      update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
    """

  /// The spatial index of a feature table (annex F.3), empty, and its registration, which takes the
  /// names of the table and of the column.
  static func spatialIndex(_ table: String, _ column: String) -> String {
    """
    CREATE VIRTUAL TABLE \(quoted("rtree_\(table)_\(column)")) USING rtree(id, minx, maxx, miny, maxy);
    INSERT INTO gpkg_extensions VALUES (?, ?, 'gpkg_rtree_index',
      'http://www.geopackage.org/spec131/#extension_rtree', 'write-only');
    """
  }

  /// The triggers that keep the spatial index right when other programs edit the table.
  static func spatialIndexTriggers(_ table: String, _ column: String, key: String) -> String {
    let index = "rtree_\(table)_\(column)"
    let (t, c, i, r) = (quoted(table), quoted(column), quoted(key), quoted(index))
    let isThere = "(NEW.\(c) NOTNULL AND NOT ST_IsEmpty(NEW.\(c)))"
    let isGone = "(NEW.\(c) ISNULL OR ST_IsEmpty(NEW.\(c)))"
    let insert = """
      INSERT OR REPLACE INTO \(r) VALUES (NEW.\(i), ST_MinX(NEW.\(c)), ST_MaxX(NEW.\(c)), ST_MinY(NEW.\(c)), ST_MaxY(NEW.\(c)));
      """
    let delete = "DELETE FROM \(r) WHERE id = OLD.\(i);"
    func trigger(_ name: String, _ event: String, _ condition: String, _ action: String) -> String {
      "CREATE TRIGGER \(quoted("\(index)_\(name)")) AFTER \(event) ON \(t) WHEN \(condition) BEGIN \(action) END;"
    }
    return [
      trigger("insert", "INSERT", isThere, insert),
      trigger("update1", "UPDATE OF \(c)", "OLD.\(i) = NEW.\(i) AND \(isThere)", insert),
      trigger("update2", "UPDATE OF \(c)", "OLD.\(i) = NEW.\(i) AND \(isGone)", delete),
      trigger("update3", "UPDATE", "OLD.\(i) != NEW.\(i) AND \(isThere)", delete + " " + insert),
      trigger("update4", "UPDATE", "OLD.\(i) != NEW.\(i) AND \(isGone)", "DELETE FROM \(r) WHERE id IN (OLD.\(i), NEW.\(i));"),
      trigger("delete", "DELETE", "OLD.\(c) NOTNULL", delete),
    ].joined(separator: "\n")
  }

  /// The time that files carry: that of `SOURCE_DATE_EPOCH`, else a fixed one, so that the same
  /// content has the same bytes.
  static var timestamp: String {
    let epoch = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap(Double.init) ?? 946_684_800
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
    return formatter.string(from: Date(timeIntervalSince1970: epoch))
  }
}
