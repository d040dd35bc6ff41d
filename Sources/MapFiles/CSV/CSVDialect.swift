/// How a table of text is laid out (RFC 4180, with other delimiters).
public struct CSVDialect: Sendable, Hashable {
  /// A comma, semicolon or tab.
  public var delimiter: UInt8
  /// What ends a record: a line feed (a carriage return before it is dropped), or a carriage return alone.
  public var newline: UInt8

  public init(delimiter: UInt8 = UInt8(ascii: ","), newline: UInt8 = UInt8(ascii: "\n")) {
    self.delimiter = delimiter
    self.newline = newline
  }

  /// The layout that a text's first record shows: the delimiter that it holds most often outside quotes,
  /// the comma where none.
  public init(of text: UnsafeBufferPointer<UInt8>) {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    var newline = UInt8(ascii: "\n")
    scan: for (i, byte) in text.enumerated() {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "\n") where !isQuoted: break scan
      case UInt8(ascii: "\r") where !isQuoted:
        if i + 1 < text.count && text[i + 1] != UInt8(ascii: "\n") { newline = byte }
        break scan
      default: if !isQuoted { counts[byte, default: 0] += 1 }
      }
    }
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    // The first of equals: `max` would take the last.
    let best = candidates.reversed().max { counts[$0, default: 0] < counts[$1, default: 0] }
    self.init(delimiter: best ?? candidates[0], newline: newline)
  }
}
