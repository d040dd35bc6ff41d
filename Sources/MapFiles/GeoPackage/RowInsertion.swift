import GRDB
import GRDBSQLite

/// Appends rows to a table, some dozens with each statement.
///
/// Values are bound in SQLite's own interface, text and blobs without a copy of SQLite's: that and the
/// few statements take a third of the time of a statement a row (`docs/decisions/0001`).
struct RowInsertion: ~Copyable {
  private let database: Database
  private let columns: Int
  private let batch: Int
  /// For all batches but the last, and for the last.
  private let statements: (full: Statement, last: Statement)
  private var current: GRDB.SQLiteStatement
  /// Rows that are not yet in the table, those of this batch among them.
  private var rowsLeft: Int
  private var rowsInBatch = 0
  private var parameter: Int32 = 1
  /// Text and blobs of this batch, one after the other.
  private var bytes = ByteWriter(capacity: 1 << 16)
  private var pieces: [Piece] = []

  private struct Piece {
    var parameter: Int32
    var start: Int
    var isText: Bool
  }

  private static let usualBatch = 64

  /// - Parameters:
  ///   - columns: how many values each row has, in the order of the table's columns.
  ///   - rows: how many rows there will be.
  init(_ database: Database, into table: String, columns: Int, rows: Int) throws {
    self.database = database
    self.columns = columns
    rowsLeft = rows
    batch = max(1, min(Self.usualBatch, database.maximumStatementArgumentCount / columns))
    func statement(_ rows: Int) throws -> Statement {
      let row = "(" + databaseQuestionMarks(count: columns) + ")"
      let list = repeatElement(row, count: rows).joined(separator: ",")
      return try database.makeStatement(sql: "INSERT INTO \(quoted(table)) VALUES \(list)")
    }
    let tail = rows % batch
    let full = try statement(batch)
    statements = (full, tail == 0 ? full : try statement(tail))
    current = (rows < batch ? statements.last : full).sqliteStatement
  }

  mutating func addNull() {
    sqlite3_bind_null(current, parameter)
    parameter += 1
  }

  mutating func add(_ value: Int) {
    sqlite3_bind_int64(current, parameter, Int64(value))
    parameter += 1
  }

  mutating func add(_ value: Double) {
    sqlite3_bind_double(current, parameter, value)
    parameter += 1
  }

  mutating func add(_ text: String) {
    pieces.append(Piece(parameter: parameter, start: bytes.count, isText: true))
    bytes.write(text)
    parameter += 1
  }

  /// Adds the bytes that `write` appends.
  mutating func addBlob(_ write: (inout ByteWriter) -> Void) {
    pieces.append(Piece(parameter: parameter, start: bytes.count, isText: false))
    write(&bytes)
    parameter += 1
  }

  /// Ends a row to which all columns have been added.
  mutating func endRow() throws {
    rowsInBatch += 1
    if rowsInBatch == batch || rowsInBatch == rowsLeft { try runBatch() }
  }

  private mutating func runBatch() throws {
    bindPieces()
    let code = sqlite3_step(current)
    guard code == SQLITE_DONE else {
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
    }
    sqlite3_reset(current)
    rowsLeft -= rowsInBatch
    rowsInBatch = 0
    parameter = 1
    pieces.removeAll(keepingCapacity: true)
    bytes.removeAll()
    if rowsLeft < batch { current = statements.last.sqliteStatement }
  }

  /// The bytes stay where they are until the statement has run.
  private func bindPieces() {
    bytes.withBytes { all in
      for (index, piece) in pieces.enumerated() {
        let end = index + 1 < pieces.count ? pieces[index + 1].start : all.count
        let start = all.baseAddress! + piece.start
        let length = Int32(end - piece.start)
        if piece.isText {
          _ = start.withMemoryRebound(to: CChar.self, capacity: Int(length)) {
            sqlite3_bind_text(current, piece.parameter, $0, length, nil)
          }
        } else {
          sqlite3_bind_blob(current, piece.parameter, start, length, nil)
        }
      }
    }
  }
}
