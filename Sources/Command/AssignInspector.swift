import Assignment
import Checks
import MapFiles

/// Refuses a table that holds personal columns while it goes by.
struct PersonalInspector: TableInspector {
  private var scanner: PersonalColumnScanner
  private let file: String
  private let header: [String]
  private let drops: Bool

  init(_ table: CSVBlocks, mapped: Set<String>, drops: Bool) {
    let role = LayerRole(inferredFrom: Layer(name: "", fields: table.header))
    scanner = PersonalColumnScanner(fields: table.header, role: role, mapped: mapped)
    file = table.name
    header = table.header
    self.drops = drops
  }

  /// Columns that are personal by their names alone, and never passed on.
  var droppedColumns: Set<Int> {
    Set(header.indices.filter { !scanner.needsOnlyLongValues(at: $0) })
  }

  func needsOnlyLongValues(at column: Int) -> Bool { scanner.needsOnlyLongValues(at: column) }

  mutating func observe(_ field: CSVField, at column: Int) {
    guard !needsOnlyLongValues(at: column) || Self.looksLikeNumber(field.trimmed) else { return }
    scanner.observe(.string(field.text), at: column)
  }

  func check() throws {
    let refused = scanner.personalColumns.filter(\.isRefused)
    guard !drops, !refused.isEmpty else { return }
    throw PersonalDataError(file: file, layer: "", columns: refused)
  }

  /// Whether digits stand where an identity number has them: quick, for nearly all values it says no.
  private static func looksLikeNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var run = 0
    for byte in bytes {
      run = byte >= 0x30 && byte <= 0x39 ? run + 1 : 0
      if run >= 15 { return true }
    }
    return bytes.contains { $0 >= 0x80 } && bytes.count >= 18
  }
}
