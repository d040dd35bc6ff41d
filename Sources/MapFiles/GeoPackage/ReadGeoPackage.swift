import Foundation
import GRDB
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
/// key, which becomes the features' id; linear in the size of the table, large tables on all cores.
/// - Parameters:
///   - path: the file.
///   - layer: the table's name; where nil, the only feature table, else the first with a note.
///   - crs: the system of the coordinates, where the caller knows better than the file.
/// - Throws: `MapFileError`.
public func readGeoPackage(_ path: String, layer: String? = nil, crs: CRS? = nil) throws -> Layer {
  try withGeoPackage(path) { catalog in
    let tables = try catalog.tables()
    let table = try chosenTable(tables, layer, path)
    var result = try GeoPackageTableReader(catalog, table).read(catalog)
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
  _ = try MappedFile(path)
  do {
    return try withDatabase(path) { try body(GeoPackageCatalog(database: $0, path: path)) }
  } catch let error as DatabaseError {
    throw MapFileError(.badData, file: path, message: "SQLite says: \(error.words)", remedy: remedy(error.resultCode))
  }
}

/// Opens the file for reading, and closes it when `body` returns.
func withDatabase<Value>(_ path: String, _ body: (Database) throws -> Value) throws -> Value {
  let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
  let budget = WorkBudget(millions: 300 + size / 50_000)
  return try withExtendedLifetime(budget) {
    try DatabaseQueue(path: path, configuration: .reading(budget)).read(body)
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
