import GRDB
import GRDBSQLite

/// Columns of the current row of a statement, read in SQLite's own interface: without copies that are
/// not needed, and whatever types a file has put where.
struct StatementRow {
  private let statement: GRDB.SQLiteStatement

  init(_ statement: Statement) { self.statement = statement.sqliteStatement }

  func type(_ column: Int32) -> Int32 { sqlite3_column_type(statement, column) }

  func isNull(_ column: Int32) -> Bool { type(column) == SQLITE_NULL }

  func integer(_ column: Int32) -> Int { Int(sqlite3_column_int64(statement, column)) }

  func number(_ column: Int32) -> Double { sqlite3_column_double(statement, column) }

  /// The text, which may hold zeros; invalid bytes are replaced.
  func text(_ column: Int32) -> String {
    let start = sqlite3_column_text(statement, column)
    let count = Int(sqlite3_column_bytes(statement, column))
    return String(decoding: UnsafeBufferPointer(start: start, count: start == nil ? 0 : count), as: UTF8.self)
  }

  /// The bytes, valid until the next step; nil for an empty blob too.
  func blob(_ column: Int32) -> UnsafeRawBufferPointer? {
    guard let start = sqlite3_column_blob(statement, column) else { return nil }
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
  }
}

extension Database {
  /// Calls `body` for each row of the query.
  func forEachRow(
    _ sql: String, _ arguments: StatementArguments = StatementArguments(), _ body: (StatementRow) throws -> Void
  ) throws {
    let statement = try makeStatement(sql: sql)
    let row = StatementRow(statement)
    try Row.fetchCursor(statement, arguments: arguments).forEach { _ in try body(row) }
  }

  /// What `body` makes of each row of the query.
  func rows<Value>(
    _ sql: String, _ arguments: StatementArguments = StatementArguments(), _ body: (StatementRow) throws -> Value
  ) throws -> [Value] {
    var values: [Value] = []
    try forEachRow(sql, arguments) { values.append(try body($0)) }
    return values
  }
}
