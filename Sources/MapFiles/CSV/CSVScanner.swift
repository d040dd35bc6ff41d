/// A field of a record: its bytes without the quotes around them. Unchecked because it is only a
/// place in bytes that never change while it is used.
public struct CSVField: @unchecked Sendable {
  public var start: UnsafePointer<UInt8>
  public var count: Int
  public var isQuoted: Bool
  /// Whether doubled quotes within stand for single ones.
  public var hasDoubledQuotes: Bool

  @inlinable
  public var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  /// The text, quotes resolved, invalid bytes replaced.
  public var text: String {
    let text = String(decoding: bytes, as: UTF8.self)
    return hasDoubledQuotes ? text.replacing("\"\"", with: "\"") : text
  }

  /// The bytes without spaces around them.
  public var trimmed: UnsafeBufferPointer<UInt8> {
    var first = 0
    var end = count
    while first < end && isBlank(start[first]) { first += 1 }
    while end > first && isBlank(start[end - 1]) { end -= 1 }
    return UnsafeBufferPointer(start: start + first, count: end - first)
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}


/// What is wrong with a record.
public enum CSVFailure: Error, Sendable, Hashable {
  /// A quoted field is never closed.
  case unclosedQuote
  /// Text follows the closing quote of a field.
  case textAfterQuote
  /// More fields, not all empty, than the table has columns.
  case tooManyFields(Int)
}

/// Cuts bytes into records and fields, one record at a time.
///
/// The bytes must hold whole records, the last one with its newline, and be followed by
/// `Bytes.padding` readable bytes.
public struct CSVScanner {
  private var p: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>
  private let dialect: CSVDialect
  private let delimiters: UInt64
  private let newlines: UInt64

  public init(_ bytes: Bytes, _ dialect: CSVDialect) {
    p = bytes.start
    end = bytes.end
    self.dialect = dialect
    delimiters = UInt64(dialect.delimiter) &* 0x0101_0101_0101_0101
    newlines = UInt64(dialect.newline) &* 0x0101_0101_0101_0101
  }

  /// Where the next record starts.
  public var position: UnsafePointer<UInt8> { p }

  /// Reads the next record into `fields`, blank lines passed over.
  ///
  /// Missing fields at the end count as empty; empty ones beyond the last column are dropped.
  /// - Returns: false at the end.
  public mutating func next(_ fields: UnsafeMutableBufferPointer<CSVField>) throws(CSVFailure) -> Bool {
    skipBlankLines()
    guard !isAtEnd else { return false }
    var count = 0
    var isLast = false
    while !isLast {
      let field = try nextField(&isLast)
      if count < fields.count {
        fields[count] = field
      } else if field.count > 0 {
        throw .tooManyFields(count + 1)
      }
      count += 1
    }
    while count < fields.count {
      fields[count] = CSVField(start: position, count: 0, isQuoted: false, hasDoubledQuotes: false)
      count += 1
    }
    return true
  }

  /// All fields of the next record; nil at the end.
  public mutating func nextFields() throws(CSVFailure) -> [CSVField]? {
    skipBlankLines()
    guard p < end else { return nil }
    var fields: [CSVField] = []
    var isLast = false
    while !isLast { fields.append(try nextField(&isLast)) }
    return fields
  }

  private var isAtEnd: Bool { p >= end }

  private mutating func skipBlankLines() {
    while p < end && (p.pointee == dialect.newline || p.pointee == 0x0D && p[1] == dialect.newline) {
      p += p.pointee == dialect.newline ? 1 : 2
    }
  }

  @inline(__always)
  private mutating func nextField(_ isLast: inout Bool) throws(CSVFailure) -> CSVField {
    if p.pointee == UInt8(ascii: "\"") { return try nextQuotedField(&isLast) }
    let start = p
    // Eight bytes at a time; a byte of `hits` is high where it is a delimiter or a newline.
    while true {
      let word = UInt64(littleEndian: UnsafeRawPointer(p).loadUnaligned(as: UInt64.self))
      let hits = Self.zeros(word ^ delimiters) | Self.zeros(word ^ newlines)
      if hits != 0 {
        p += hits.trailingZeroBitCount >> 3
        break
      }
      p += 8
    }
    isLast = p.pointee == dialect.newline
    var count = p - start
    if isLast && count > 0 && p[-1] == 0x0D && dialect.newline != 0x0D { count -= 1 }
    p += 1
    return CSVField(start: start, count: count, isQuoted: false, hasDoubledQuotes: false)
  }

  /// The high bit of the lowest zero byte, and perhaps of some above it.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  private mutating func nextQuotedField(_ isLast: inout Bool) throws(CSVFailure) -> CSVField {
    let start = p + 1
    var hasDoubledQuotes = false
    p = start
    while true {
      while p < end && p.pointee != UInt8(ascii: "\"") { p += 1 }
      guard p < end else { throw .unclosedQuote }
      guard p + 1 < end && p[1] == UInt8(ascii: "\"") else { break }
      hasDoubledQuotes = true
      p += 2
    }
    let field = CSVField(start: start, count: p - start, isQuoted: true, hasDoubledQuotes: hasDoubledQuotes)
    p += 1
    while p.pointee == 0x20 { p += 1 }
    if p.pointee == 0x0D && p[1] == dialect.newline { p += 1 }
    guard p.pointee == dialect.delimiter || p.pointee == dialect.newline else { throw .textAfterQuote }
    isLast = p.pointee == dialect.newline
    p += 1
    return field
  }
}
