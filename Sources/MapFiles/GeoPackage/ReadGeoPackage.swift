import GRDB
import GRDBSQLite
public import Georeference
import Planar

/// The names of the layers of a GeoPackage: feature tables, then tables of attributes.
public func layersOfGeoPackage(_ path: String) throws -> [String] {
  try withGeoPackage(path) { try $0.tables().map(\.name) }
}

/// Reads one layer of a GeoPackage (OGC 12-128r18): a table or view of features or of attributes.
///
/// Z and M are dropped, empty geometries come back as nil, columns of blobs are left out: all noted.
/// The declared extent and geometry type are not relied upon. Rows come in the order of the integer
/// key, which becomes the features' id; linear in the size of the table.
/// - Parameters:
///   - layer: the table's name; where nil, the only feature table, else the first with a note.
///   - crs: the system of the coordinates, where the caller knows better than the file.
/// - Throws: `MapFileError`.
public func readGeoPackage(_ path: String, layer: String? = nil, crs: CRS? = nil) throws -> Layer {
  try withGeoPackage(path) { catalog in
    let tables = try catalog.tables()
    let table = try chosenTable(tables, layer, path)
    var reader = try GeoPackageReader(catalog, table)
    var result = try reader.read()
    if let crs { result.crs = crs }
    let features = tables.filter { $0.geometryColumn != nil }
    if layer == nil && features.count > 1 {
      let others = features.filter { $0.name != table.name }.map(\.name).joined(separator: ", ")
      result.notes.insert(
        ReadNote(rule: "several-layers", message: "layer \(table.name) read; the file also has: \(others)"), at: 0)
    }
    return result
  }
}

private func chosenTable(_ tables: [GeoPackageTable], _ layer: String?, _ path: String) throws -> GeoPackageTable {
  let names = tables.map(\.name).joined(separator: ", ")
  guard let layer else {
    if let first = tables.first { return first }
    throw MapFileError(.missing, file: path, message: "a GeoPackage without any layer of features or attributes")
  }
  let exact = tables.first { $0.name == layer } ?? tables.first { $0.name.lowercased() == layer.lowercased() }
  guard let exact else {
    throw MapFileError(
      .missing, file: path, message: "there is no layer \"\(layer)\"", remedy: "The file has: \(names)")
  }
  return exact
}

/// Opens the file, and turns SQLite's failures into errors of the file.
private func withGeoPackage<Value>(_ path: String, _ body: (GeoPackageCatalog) throws -> Value) throws -> Value {
  // Missing and unreadable files get the message that all formats give.
  let size = try MappedFile(path).count
  do {
    let budget = WorkBudget(millions: 300 + size / 50_000)
    return try withExtendedLifetime(budget) {
      try DatabaseQueue(path: path, configuration: .reading(budget)).read { database in
        try body(GeoPackageCatalog(database: database, path: path))
      }
    }
  } catch let error as DatabaseError {
    throw MapFileError(.badData, file: path, message: "SQLite says: \(error.words)", remedy: remedy(error.resultCode))
  }
}

private func remedy(_ code: ResultCode) -> String? {
  switch code.primaryResultCode {
  case .SQLITE_NOTADB: "Check that it is a GeoPackage"
  case .SQLITE_CORRUPT: "The file is damaged: fetch or export it again, or try .recover of sqlite3"
  case .SQLITE_BUSY, .SQLITE_LOCKED: "Another program is writing it: close that first"
  case .SQLITE_INTERRUPT: "A view in it asks for too much work: export it as a table"
  default: nil
  }
}

/// Reads the rows of one table.
private struct GeoPackageReader {
  private let catalog: GeoPackageCatalog
  private let table: GeoPackageTable
  private var columns: [GeoPackageColumn] = []
  private var key: String?
  private var notes: [ReadNote] = []
  private var featuresWithZ = 0
  private var box = Box.empty

  init(_ catalog: GeoPackageCatalog, _ table: GeoPackageTable) throws {
    self.catalog = catalog
    self.table = table
    try describeColumns()
  }

  private mutating func describeColumns() throws {
    let hints = try catalog.columnHints(table.name)
    let described = try catalog.columns(table.name)
    for info in described {
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
    for column in columns where column.isBlob {
      notes.append(ReadNote(rule: "blob-dropped", message: "the column \"\(column.name)\" holds blobs: left out"))
    }
    columns.removeAll(where: \.isBlob)
    if let geometryColumn = table.geometryColumn,
      !described.contains(where: { $0.name.lowercased() == geometryColumn.lowercased() })
    {
      throw MapFileError(
        .badData, file: catalog.path, place: "layer \(table.name)",
        message: "the geometry column \"\(geometryColumn)\" that the file declares does not exist")
    }
  }

  mutating func read() throws -> Layer {
    var features: [Feature] = []
    let special = columns.map { SpecialColumn(rawValue: $0.name) }
    let names = [key.map(quoted) ?? "NULL", table.geometryColumn.map(quoted) ?? "NULL"] + columns.map { quoted($0.name) }
    let order = key.map { " ORDER BY \(quoted($0))" } ?? ""
    let fields = columns.indices.filter { special[$0] == nil }
    // Where features have ids of their own, the key only counts rows.
    let keyIsID = key != nil && !special.contains(.identifier)
    try catalog.database.forEachRow(
      "SELECT \(names.joined(separator: ", ")) FROM \(quoted(table.name))\(order)"
    ) { row in
      var feature = Feature(geometry: nil)
      if keyIsID && row.type(0) == SQLITE_INTEGER { feature.id = .integer(row.integer(0)) }
      feature.geometry = try geometry(row, features.count)
      feature.values = fields.map { columns[$0].value(row, Int32($0 + 2)) }
      for (index, special) in special.enumerated() where special != nil && !row.isNull(Int32(index + 2)) {
        let text = row.text(Int32(index + 2))
        if special == .identifier { feature.id = .string(text) } else { feature.foreignMembers = text }
      }
      features.append(feature)
    }
    let crs = table.geometryColumn == nil ? nil : try catalog.crs(table.srs)
    return Layer(
      name: table.name, file: catalog.path, crs: crs, fields: fields.map { columns[$0].name }, features: features,
      notes: allNotes(), hasRowNumbers: hasRowNumbers(features))
  }

  /// Whether the key only counts rows: named as usual, and 1, 2, 3….
  private func hasRowNumbers(_ features: [Feature]) -> Bool {
    guard let key, isKeyName(key), key.lowercased() != "id" else { return false }
    return features.enumerated().allSatisfy { $1.id == .integer($0 + 1) }
  }

  private mutating func geometry(_ row: StatementRow, _ index: Int) throws -> Geometry? {
    guard table.geometryColumn != nil else { return nil }
    guard !row.isNull(1) else {
      notes.append(ReadNote(rule: "null-geometry", feature: index, message: "the geometry is null"))
      return nil
    }
    do {
      guard let blob = row.blob(1) else { throw WKBFailure(message: "the geometry's bytes end early") }
      guard let content = try GeoPackageBinary.content(of: blob) else { return empty(index) }
      var reader = WKBReader(content)
      guard let geometry = try reader.geometry() else { return empty(index) }
      if reader.hasFurtherCoordinates { featuresWithZ += 1 }
      for rule in reader.oddRings {
        notes.append(ReadNote(rule: rule, feature: index, message: rule == "open-ring"
          ? "a ring whose last point is not its first: closed" : "a ring of fewer than four points, which has no area"))
      }
      if table.declaredBox != nil { box.formUnion(geometry.box) }
      return geometry
    } catch let failure as WKBFailure {
      let id = row.isNull(0) ? "" : ", \(key ?? "row") \(row.integer(0))"
      throw MapFileError(
        .badData, file: catalog.path, place: "layer \(table.name), feature \(index)\(id)",
        message: failure.message, remedy: failure.remedy)
    }
  }

  private mutating func empty(_ index: Int) -> Geometry? {
    notes.append(
      ReadNote(rule: "empty-geometry", feature: index, message: "the geometry is empty: read as null"))
    return nil
  }

  private func allNotes() -> [ReadNote] {
    var counted: [ReadNote] = []
    if featuresWithZ > 0 {
      counted.append(
        ReadNote(rule: "z-dropped", message: "third or measured coordinates dropped in \(featuresWithZ) features"))
    }
    if let declared = table.declaredBox, !box.isEmpty,
      !declares(declared, box)
    {
      counted.append(
        ReadNote(rule: "wrong-extent", message: "the extent of layer \(table.name) in gpkg_contents is smaller than its features: not used"))
    }
    return counted + notes
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
