internal import CSQLite

/// What SQLite says of a call that failed.
struct SQLiteFailure: Error {
  var code: Int32
  var message: String
}

/// One open SQLite file, used by one thread, closed with its last reference.
///
/// On SQLite's C interface rather than on GRDB's records, since layers are read and written column
/// by column, some million rows a second.
final class SQLiteConnection {
  private let pointer: OpaquePointer

  /// Opens a file that may come from anywhere: read only, and nothing in its schema is trusted.
  ///
  /// - Parameter budget: how many steps of SQLite's machine, in millions, all queries may take
  ///   together; a view can ask for endless work.
  init(reading path: String, budget: Int) throws {
    pointer = try Self.open(path, SQLITE_OPEN_READONLY)
    try execute("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0")
    limitWork(to: budget)
  }

  /// Makes a new file that nobody else sees yet, so that no journal is needed.
  init(creating path: String) throws {
    pointer = try Self.open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
    try execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE")
  }

  deinit { sqlite3_close_v2(pointer) }

  private static func open(_ path: String, _ flags: Int32) throws -> OpaquePointer {
    var handle: OpaquePointer?
    let code = sqlite3_open_v2(path, &handle, flags | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let handle else {
      defer { sqlite3_close_v2(handle) }
      throw SQLiteFailure(code: code, message: String(cString: sqlite3_errstr(code)))
    }
    return handle
  }

  private func limitWork(to budget: Int) {
    let rest = WorkBudget(budget)
    workBudget = rest
    sqlite3_progress_handler(
      pointer, 1_000_000,
      { context in
        let rest = Unmanaged<WorkBudget>.fromOpaque(context!).takeUnretainedValue()
        rest.millions -= 1
        return rest.millions < 0 ? 1 : 0
      }, Unmanaged.passUnretained(rest).toOpaque())
  }

  private var workBudget: WorkBudget?

  func failure(_ code: Int32) -> SQLiteFailure {
    SQLiteFailure(code: code, message: String(cString: sqlite3_errmsg(pointer)))
  }

  func execute(_ sql: String) throws {
    let code = sqlite3_exec(pointer, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  func prepare(_ sql: String) throws -> SQLiteStatement {
    var statement: OpaquePointer?
    let code = sqlite3_prepare_v2(pointer, sql, -1, &statement, nil)
    guard code == SQLITE_OK, let statement else { throw failure(code) }
    return SQLiteStatement(statement, in: self)
  }

  /// Calls `body` for each row of the query.
  func forEachRow(_ sql: String, _ texts: [String] = [], _ body: (SQLiteRow) throws -> Void) throws {
    let statement = try prepare(sql)
    for (index, text) in texts.enumerated() { statement.bind(text, at: Int32(index + 1)) }
    while try statement.step() { try body(statement.row) }
  }

  /// What `body` makes of each row of the query.
  func rows<Value>(_ sql: String, _ texts: [String] = [], _ body: (SQLiteRow) throws -> Value) throws -> [Value] {
    var values: [Value] = []
    try forEachRow(sql, texts) { values.append(try body($0)) }
    return values
  }
}

private final class WorkBudget {
  var millions: Int
  init(_ millions: Int) { self.millions = millions }
}

/// A prepared statement, finalized with its last reference.
final class SQLiteStatement {
  private let pointer: OpaquePointer
  private let connection: SQLiteConnection

  fileprivate init(_ pointer: OpaquePointer, in connection: SQLiteConnection) {
    self.pointer = pointer
    self.connection = connection
  }

  deinit { sqlite3_finalize(pointer) }

  var row: SQLiteRow { SQLiteRow(statement: pointer) }

  /// Moves to the next row; false after the last.
  func step() throws -> Bool {
    switch sqlite3_step(pointer) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw connection.failure(code)
    }
  }

  /// Runs the statement once and makes it ready for the next values.
  func run() throws {
    let code = sqlite3_step(pointer)
    guard code == SQLITE_DONE || code == SQLITE_ROW else { throw connection.failure(code) }
    sqlite3_reset(pointer)
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

  /// SQLITE_TRANSIENT: SQLite copies what is bound.
  private var transient: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}

/// A name as SQL wants it, whatever characters it has.
func quoted(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }

func quotedText(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }
