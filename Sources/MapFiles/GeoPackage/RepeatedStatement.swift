import GRDB
import GRDBSQLite

/// A statement that runs once for each row of a table, its values bound in SQLite's own interface.
///
/// GRDB's arguments cost several times what SQLite takes for the row: see `docs/decisions/0001`.
struct RepeatedStatement {
  private let statement: Statement
  private let database: Database
  private let pointer: GRDB.SQLiteStatement

  init(_ database: Database, _ sql: String) throws {
    self.database = database
    statement = try database.makeStatement(sql: sql)
    pointer = statement.sqliteStatement
  }

  func bindNull(at index: Int32) { sqlite3_bind_null(pointer, index) }

  func bind(_ value: Int, at index: Int32) { sqlite3_bind_int64(pointer, index, Int64(value)) }

  func bind(_ value: Double, at index: Int32) { sqlite3_bind_double(pointer, index, value) }

  func bind(_ text: String, at index: Int32) {
    var text = text
    text.withUTF8 { bytes in
      _ = bytes.withMemoryRebound(to: CChar.self) {
        sqlite3_bind_text(pointer, index, $0.baseAddress, Int32($0.count), transient)
      }
    }
  }

  /// The bytes must stay until the statement has run.
  func bind(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int32) {
    sqlite3_bind_blob(pointer, index, bytes.baseAddress, Int32(bytes.count), nil)
  }

  /// Runs the statement once and makes it ready for the next values.
  func run() throws {
    let code = sqlite3_step(pointer)
    guard code == SQLITE_DONE else {
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
    }
    sqlite3_reset(pointer)
  }

  /// SQLITE_TRANSIENT: SQLite copies what is bound.
  private var transient: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}
