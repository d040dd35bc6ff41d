import GRDB
import GRDBSQLite

extension Configuration {
  /// For a file that may come from anywhere: read only, nothing in its schema is trusted, and all
  /// queries together stop when the budget is spent.
  static func reading(_ budget: WorkBudget) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.foreignKeysEnabled = false
    configuration.acceptsDoubleQuotedStringLiterals = true
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0")
      budget.limit(database)
    }
    return configuration
  }

  /// For a new file that nobody else sees yet, so that no journal is needed.
  static var creating: Configuration {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE")
    }
    return configuration
  }
}

/// How much work the queries on a file may take, since a view can ask for endless work.
///
/// Must outlive the connection that it limits. Unchecked because only that connection's queue touches it.
final class WorkBudget: @unchecked Sendable {
  /// Steps of SQLite's machine that are left, in millions.
  private var millions: Int

  init(millions: Int) { self.millions = millions }

  fileprivate func limit(_ database: Database) {
    sqlite3_progress_handler(
      database.sqliteConnection, 1_000_000,
      { context in
        let budget = Unmanaged<WorkBudget>.fromOpaque(context!).takeUnretainedValue()
        budget.millions -= 1
        return budget.millions < 0 ? 1 : 0
      }, Unmanaged.passUnretained(self).toOpaque())
  }
}

/// A name as SQL wants it, whatever characters it has.
///
/// GRDB's `quotedDatabaseIdentifier` leaves a quote within the name as it is.
func quoted(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }

extension DatabaseError {
  /// What SQLite says of it.
  var words: String { message ?? String(describing: resultCode) }
}
