import GRDB
import GRDBSQLite
import Parallel
import Planar

/// Reads the rows of one table or view.
struct GeoPackageTableReader: Sendable {
  private let path: String
  private let table: GeoPackageTable
  private let key: String?
  /// All columns that are read, but the key and the geometry.
  private let columns: [String]
  private let fields: [(name: String, column: ColumnReader)]
  /// What GeoPackage has no place for.
  private let special: [(column: Int32, kind: SpecialColumn)]
  private let hasOwnIDs: Bool
  private let notes: [ReadNote]

  /// Rows that room is made for before any has been seen.
  private static let largestReservation = 1 << 20

  /// The columns of a query begin with the key and the geometry.
  private static let firstColumn: Int32 = 2

  init(_ catalog: GeoPackageCatalog, _ table: GeoPackageTable) throws {
    path = catalog.path
    self.table = table
    let (key, all) = try Self.described(catalog, table)
    self.key = key
    notes = all.filter(\.isBlob).map {
      ReadNote(rule: "blob-dropped", message: "the column \"\($0.name)\" holds blobs: left out")
    }
    let kept = zip(Self.firstColumn..., all.filter { !$0.isBlob })
    columns = kept.map(\.1.name)
    special = kept.compactMap { column, info in SpecialColumn(rawValue: info.name).map { (column, $0) } }
    hasOwnIDs = special.contains { $0.kind == .identifier }
    fields = kept.filter { SpecialColumn(rawValue: $1.name) == nil }.map { ($1.name, $1.reader(of: $0)) }
  }

  /// The integer key, and all columns but that and the geometry.
  private static func described(
    _ catalog: GeoPackageCatalog, _ table: GeoPackageTable
  ) throws -> (key: String?, columns: [GeoPackageColumn]) {
    let hints = try catalog.columnHints(table.name)
    let all = try catalog.columns(table.name)
    if let geometry = table.geometryColumn, !all.contains(where: { $0.name.lowercased() == geometry.lowercased() }) {
      throw MapFileError(
        .badData, file: catalog.path, place: "layer \(table.name)",
        message: "the geometry column \"\(geometry)\" that the file declares does not exist")
    }
    var key: String?
    var columns: [GeoPackageColumn] = []
    for info in all {
      let column = GeoPackageColumn(name: info.name, type: info.type, hint: hints[info.name])
      if info.isKey && column.type.hasPrefix("INT") {
        key = column.name
      } else if column.name.lowercased() != table.geometryColumn?.lowercased() {
        columns.append(column)
      }
    }
    if key == nil, try catalog.database.viewExists(table.name), let first = columns.first, isKeyName(first.name) {
      key = columns.removeFirst().name
    }
    return (key, columns)
  }

  func read(_ catalog: GeoPackageCatalog) throws -> Layer {
    let parts = try parts(catalog)
    var layer = Layer(name: table.name, file: path, fields: fields.map(\.name))
    var rowNotes: [ReadNote] = []
    var count = 0
    for part in parts {
      rowNotes += part.notes.map { $0.moved(by: count) }
      count += part.features.count
      if let failure = part.failure { throw error(failure, at: count) }
    }
    layer.features = Gathered.joined(parts.map(\.features))
    layer.crs = table.geometryColumn == nil ? nil : try catalog.crs(table.srs)
    layer.hasRowNumbers = hasRowNumbers(layer.features)
    layer.notes = countedNotes(parts) + notes + rowNotes
    return layer
  }

  // MARK: Parts

  /// Ranges of keys are read on connections of their own, each on its own core.
  private func parts(_ catalog: GeoPackageCatalog) throws -> [GeoPackageRows] {
    guard let key, let ranges = try catalog.keyRanges(table.name, key) else { return [rows(catalog.database, nil)] }
    return try parallelMap(count: ranges.count) { index in
      try withDatabase(path) { rows($0, ranges[index]) }
    }
  }

  private func rows(_ database: Database, _ keys: ClosedRange<Int>?) -> GeoPackageRows {
    var rows = GeoPackageRows(capacity: min(keys?.count ?? 16, Self.largestReservation))
    do {
      try database.forEachRow(query(keys)) { row in
        rows.features.append(try feature(row, &rows))
      }
    } catch {
      rows.failure = error
    }
    return rows
  }

  /// The key and the geometry come first.
  private func query(_ keys: ClosedRange<Int>?) -> String {
    let names = [key.map(quoted) ?? "NULL", table.geometryColumn.map(quoted) ?? "NULL"] + columns.map(quoted)
    var query = "SELECT \(names.joined(separator: ", ")) FROM \(quoted(table.name))"
    guard let key else { return query }
    if let keys { query += " WHERE \(quoted(key)) BETWEEN \(keys.lowerBound) AND \(keys.upperBound)" }
    return query + " ORDER BY \(quoted(key))"
  }

  // MARK: Rows

  private func feature(_ row: StatementRow, _ rows: inout GeoPackageRows) throws -> Feature {
    var feature = Feature(geometry: try geometry(row, &rows))
    // Where features have ids of their own, the key only counts rows.
    if !hasOwnIDs && row.type(0) == SQLITE_INTEGER { feature.id = .integer(row.integer(0)) }
    feature.values = [FieldValue](unsafeUninitializedCapacity: fields.count) { values, count in
      for (_, column) in fields {
        (values.baseAddress! + count).initialize(to: column.value(row))
        count += 1
      }
    }
    for (column, kind) in special where !row.isNull(column) {
      if kind == .identifier { feature.id = .string(row.text(column)) } else { feature.foreignMembers = row.text(column) }
    }
    return feature
  }

  private func geometry(_ row: StatementRow, _ rows: inout GeoPackageRows) throws -> Geometry? {
    guard table.geometryColumn != nil else { return nil }
    guard !row.isNull(1) else {
      rows.note("null-geometry", "the geometry is null")
      return nil
    }
    do {
      guard let blob = row.blob(1) else { throw WKBFailure(message: "the geometry's bytes end early") }
      guard let content = try GeoPackageBinary.content(of: blob) else { return empty(&rows) }
      var reader = WKBReader(content)
      guard let geometry = try reader.geometry() else { return empty(&rows) }
      if reader.hasFurtherCoordinates { rows.featuresWithZ += 1 }
      for rule in reader.oddRings { rows.note(rule, ringMessage(rule)) }
      if table.declaredBox != nil { rows.box.formUnion(geometry.box) }
      return geometry
    } catch let failure as WKBFailure {
      throw RowFailure(key: row.isNull(0) ? nil : row.integer(0), cause: failure)
    }
  }

  private func empty(_ rows: inout GeoPackageRows) -> Geometry? {
    rows.note("empty-geometry", "the geometry is empty: read as null")
    return nil
  }

  private func ringMessage(_ rule: String) -> String {
    rule == "open-ring"
      ? "a ring whose last point is not its first: closed" : "a ring of fewer than four points, which has no area"
  }

  private func error(_ failure: any Error, at index: Int) -> any Error {
    guard let failure = failure as? RowFailure else { return failure }
    let id = failure.key.map { ", \(key ?? "row") \($0)" } ?? ""
    return MapFileError(
      .badData, file: path, place: "layer \(table.name), feature \(index)\(id)",
      message: failure.cause.message, remedy: failure.cause.remedy)
  }

  // MARK: The whole

  /// Whether the key only counts rows: named as usual, and 1, 2, 3….
  private func hasRowNumbers(_ features: [Feature]) -> Bool {
    guard let key, isKeyName(key), key.lowercased() != "id" else { return false }
    return features.enumerated().allSatisfy { $1.id == .integer($0 + 1) }
  }

  private func countedNotes(_ parts: [GeoPackageRows]) -> [ReadNote] {
    var counted: [ReadNote] = []
    let featuresWithZ = parts.reduce(0) { $0 + $1.featuresWithZ }
    let box = parts.reduce(Box.empty) { $0.union($1.box) }
    if featuresWithZ > 0 {
      counted.append(
        ReadNote(rule: "z-dropped", message: "third or measured coordinates dropped in \(featuresWithZ) features"))
    }
    if let declared = table.declaredBox, !box.isEmpty, !declares(declared, box) {
      counted.append(
        ReadNote(
          rule: "wrong-extent",
          message: "the extent of layer \(table.name) in gpkg_contents is smaller than its features: not used"))
    }
    return counted
  }
}

/// Rows of a part of a table.
private struct GeoPackageRows: Sendable {
  let features: Gathered<Feature>
  var notes: [ReadNote] = []
  var featuresWithZ = 0
  var box = Box.empty
  /// Why reading ended after these.
  var failure: (any Error)?

  init(capacity: Int) { features = Gathered(capacity: capacity) }

  mutating func note(_ rule: String, _ message: String) {
    notes.append(ReadNote(rule: rule, feature: features.count, message: message))
  }
}

/// A row whose geometry cannot be read.
private struct RowFailure: Error {
  var key: Int?
  var cause: WKBFailure
}

extension ReadNote {
  fileprivate func moved(by count: Int) -> ReadNote {
    ReadNote(rule: rule, feature: feature.map { $0 + count }, message: message)
  }
}

/// Whether a declared extent holds the box, but for the last digits that programs print.
private func declares(_ extent: (minX: Double, minY: Double, maxX: Double, maxY: Double), _ box: Box) -> Bool {
  let slack = 1e-9 * max(abs(box.min.x), abs(box.min.y), abs(box.max.x), abs(box.max.y), 1)
  return box.min.x >= extent.minX - slack && box.min.y >= extent.minY - slack
    && box.max.x <= extent.maxX + slack && box.max.y <= extent.maxY + slack
}

private func isKeyName(_ name: String) -> Bool {
  ["fid", "ogc_fid", "objectid", "gid", "rowid", "id"].contains(name.lowercased())
}

extension GeoPackageCatalog {
  /// Keys below this number are read in one piece.
  private static let smallTable = 50_000

  /// Ranges that hold all keys of a large table; nil where it is small, or must be read in one piece:
  /// a view, a table without SQLite's own row numbers, or one that others may write to meanwhile.
  fileprivate func keyRanges(_ table: String, _ key: String) throws -> [ClosedRange<Int>]? {
    guard try database.tableExists(table), threadCount > 1, try isRowNumber(key, of: table), try !isWriteAhead() else {
      return nil
    }
    let sql = "SELECT min(\(quoted(key))), max(\(quoted(key))) FROM \(quoted(table))"
    let ends = try database.rows(sql) { row in row.isNull(0) ? nil : (row.integer(0), row.integer(1)) }
    guard let (first, last) = ends.first ?? nil else { return nil }
    let (width, overflow) = last.subtractingReportingOverflow(first)
    guard !overflow, width >= Self.smallTable, width < 1 << 50 else { return nil }
    return chunks(of: width + 1, parts: 4 * threadCount).map { first + $0.lowerBound...first + $0.upperBound - 1 }
  }

  private func isRowNumber(_ key: String, of table: String) throws -> Bool {
    let isDeclared = "SELECT count(*) = 1 AND upper(max(type)) = 'INTEGER' FROM pragma_table_xinfo(?) WHERE pk > 0"
    guard try database.rows(isDeclared, [table], { $0.integer(0) }) == [1] else { return false }
    return (try? database.makeStatement(sql: "SELECT rowid FROM \(quoted(table)) LIMIT 0")) != nil
  }

  /// Connections to a file in write-ahead mode may see different states of it.
  private func isWriteAhead() throws -> Bool {
    try database.rows("PRAGMA journal_mode") { $0.text(0).lowercased() } == ["wal"]
  }
}
