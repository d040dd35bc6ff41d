import Foundation

/// Whole records of a table, in UTF-8, the last one with its newline. Unchecked because the bytes
/// never change.
public final class CSVBlock: @unchecked Sendable {
  /// Position of the block among the blocks, from 0.
  public let number: Int
  /// Whether a quote stands anywhere in it: if not, every newline ends a record.
  public let hasQuotes: Bool
  private let start: UnsafeMutablePointer<UInt8>
  private let count: Int

  /// Takes over `start`, made by `malloc`, with room for a newline and `Bytes.padding` after `count`.
  fileprivate init(number: Int, owning start: UnsafeMutablePointer<UInt8>, count: Int, newline: UInt8) {
    var count = count
    if count > 0 && start[count - 1] != newline {
      start[count] = newline
      count += 1
    }
    memset(start + count, 0, Bytes.padding)
    self.number = number
    self.start = start
    self.count = count
    hasQuotes = memchr(start, 0x22, count) != nil
  }

  fileprivate convenience init(number: Int, copying bytes: UnsafeBufferPointer<UInt8>, newline: UInt8) {
    let start = newBuffer(bytes.count)
    if let base = bytes.baseAddress { start.update(from: base, count: bytes.count) }
    self.init(number: number, owning: start, count: bytes.count, newline: newline)
  }

  deinit { free(start) }

  public func withBytes<Result>(_ body: (Bytes) throws -> Result) rethrows -> Result {
    try withExtendedLifetime(self) { try body(Bytes(start: start, count: count)) }
  }
}

private func newBuffer(_ count: Int) -> UnsafeMutablePointer<UInt8> {
  malloc(count + 1 + Bytes.padding)!.assumingMemoryBound(to: UInt8.self)
}

/// Reads a table block by block from a file or a pipe, each block ending where a record ends.
///
/// Memory is a few blocks, whatever the size of the table; only a record that is longer than a block
/// makes it larger. Text is passed on in UTF-8: the first block that is not plain ASCII
/// decides the encoding of all that follows. To be used by one thread at a time.
public final class CSVBlocks {
  public let name: String
  public private(set) var dialect = CSVDialect()
  /// The names of the columns.
  public private(set) var header: [String] = []
  public private(set) var encoding: TextEncoding?
  /// Whether the table begins with a byte-order mark.
  public private(set) var hasByteOrderMark = false

  private let stream: ByteStream
  private let blockSize: Int
  /// What has been read beyond the last block.
  private var rest: [UInt8]
  private var isAtEnd = false
  private var nextNumber = 0
  private var offset = 0

  /// Opens the table and reads its header.
  ///
  /// - Parameters:
  ///   - path: the file; `-` for standard input.
  ///   - blockSize: about how many bytes a block has.
  /// - Throws: `MapFileError` where it cannot be read, or holds no header.
  public convenience init(_ path: String, blockSize: Int = 1 << 18) throws {
    try self.init(ByteStream(path, ahead: min(blockSize, 1 << 12)), blockSize: blockSize)
  }

  /// - Parameters:
  ///   - stream: the text.
  ///   - blockSize: about how many bytes a block has.
  ///   - dialect: the layout of the text; as its first line shows where nil.
  public init(_ stream: ByteStream, blockSize: Int = 1 << 18, dialect: CSVDialect? = nil) throws {
    name = stream.name
    self.stream = stream
    rest = stream.first
    self.blockSize = blockSize
    try readHeader(dialect)
  }

  /// The next block; nil at the end.
  public func next() throws -> CSVBlock? {
    guard let (buffer, end) = try nextRecords() else { return nil }
    defer { nextNumber += 1 }
    let start = offset
    offset += end
    let bytes = UnsafeBufferPointer(start: UnsafePointer(buffer), count: end)
    do {
      guard let converted = try converted(bytes, at: start) else {
        return CSVBlock(number: nextNumber, owning: buffer, count: end, newline: dialect.newline)
      }
      free(buffer)
      return converted.withUnsafeBufferPointer {
        CSVBlock(number: nextNumber, copying: $0, newline: dialect.newline)
      }
    } catch {
      free(buffer)
      throw error
    }
  }

  /// A new buffer that begins with whole records, and where they end; nil at the end.
  private func nextRecords() throws -> (UnsafeMutablePointer<UInt8>, Int)? {
    var capacity = max(blockSize, rest.count)
    var buffer = newBuffer(capacity)
    var filled = rest.count
    rest.withUnsafeBufferPointer { if let base = $0.baseAddress { buffer.update(from: base, count: $0.count) } }
    while true {
      do {
        try fill(buffer, from: &filled, to: capacity)
      } catch {
        free(buffer)
        throw error
      }
      if filled == 0 {
        free(buffer)
        return nil
      }
      let bytes = UnsafeBufferPointer(start: UnsafePointer(buffer), count: filled)
      if let end = isAtEnd ? filled : endOfRecords(bytes) {
        rest = Array(bytes[end...])
        return (buffer, end)
      }
      capacity *= 2
      buffer = realloc(buffer, capacity + 1 + Bytes.padding)!.assumingMemoryBound(to: UInt8.self)
    }
  }

  private func readHeader(_ given: CSVDialect?) throws {
    if let (buffer, end) = try nextRecords() {
      rest = Array(UnsafeBufferPointer(start: buffer, count: end)) + rest
      free(buffer)
    }
    try skipByteOrderMark()
    dialect = given ?? rest.withUnsafeBufferPointer { CSVDialect(of: $0) }
    try rest.withUnsafeBufferPointer { bytes in
      let raw = CSVBlock(number: 0, copying: bytes, newline: dialect.newline)
      let length = try raw.withBytes { bytes in
        var scanner = CSVScanner(bytes, dialect)
        _ = try readFields(&scanner)
        return min(scanner.position - bytes.start, rest.count)
      }
      header = try names(in: UnsafeBufferPointer(rebasing: bytes[..<length]))
      offset += length
    }
    rest.removeFirst(offset - (hasByteOrderMark ? 3 : 0))
  }

  private func skipByteOrderMark() throws {
    if rest.starts(with: TextEncoding.byteOrderMark) {
      hasByteOrderMark = true
      encoding = .utf8
      rest.removeFirst(3)
      offset = 3
    } else if rest.starts(with: [0xFF, 0xFE]) || rest.starts(with: [0xFE, 0xFF]) {
      throw MapFileError(
        .badData, file: name, place: "byte 0", message: "the text is in UTF-16",
        remedy: "Save it as CSV UTF-8")
    }
  }

  private func names(in record: UnsafeBufferPointer<UInt8>) throws -> [String] {
    let text = try converted(record, at: offset) ?? Array(record)
    let block = text.withUnsafeBufferPointer { CSVBlock(number: 0, copying: $0, newline: dialect.newline) }
    return try block.withBytes { bytes in
      var scanner = CSVScanner(bytes, dialect)
      guard let fields = try readFields(&scanner), !fields.allSatisfy({ $0.trimmed.isEmpty }) else {
        throw MapFileError(
          .badData, file: name, place: "line 1", message: "the table is empty: it has no header",
          remedy: "The first line names the columns")
      }
      var names = fields.map { $0.text.trimmed }
      while names.count > 1 && names.last == "" { names.removeLast() }
      return names
    }
  }

  private func readFields(_ scanner: inout CSVScanner) throws -> [CSVField]? {
    do {
      return try scanner.nextFields()
    } catch {
      throw csvError(error, file: name, place: "line 1")
    }
  }

  /// Where the last whole record ends; nil where none does.
  private func endOfRecords(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let start = bytes.baseAddress else { return nil }
    if memchr(start, 0x22, bytes.count) == nil {
      return bytes.lastIndex(of: dialect.newline).map { $0 + 1 }
    }
    return endOfQuotedRecords(bytes)
  }

  private func endOfQuotedRecords(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var isQuoted = false
    var startsField = true
    var end: Int?
    var i = 0
    while i < bytes.count {
      let byte = bytes[i]
      if isQuoted {
        if byte == 0x22 {
          if i + 1 < bytes.count && bytes[i + 1] == 0x22 { i += 1 } else { isQuoted = false }
        }
      } else if byte == 0x22 && startsField {
        isQuoted = true
      } else if byte == dialect.newline {
        end = i + 1
      }
      startsField = !isQuoted && (byte == dialect.newline || byte == dialect.delimiter)
      i += 1
    }
    return end
  }

  /// Reads until `buffer` holds `count` bytes or the end is reached.
  private func fill(_ buffer: UnsafeMutablePointer<UInt8>, from filled: inout Int, to count: Int) throws {
    while filled < count && !isAtEnd {
      let got = try stream.read(into: buffer + filled, count - filled)
      filled += got
      isAtEnd = got == 0
    }
  }

  /// `bytes` in UTF-8 where they are in another encoding; nil where they are in UTF-8 already.
  ///
  /// - Throws: `MapFileError` where they are in no known encoding.
  private func converted(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) throws -> [UInt8]? {
    if isASCII(bytes) { return nil }
    var invalid = 0
    if encoding != .gb18030 {
      guard let first = firstInvalidUTF8(bytes) else {
        encoding = .utf8
        return nil
      }
      guard encoding == nil else { throw badText("UTF-8", at: start + first) }
      invalid = first
    }
    guard let text = text(bytes, in: "GB18030") else { throw badText("UTF-8 or GB18030", at: start + invalid) }
    encoding = .gb18030
    return Array(text.utf8)
  }

  private func badText(_ encodings: String, at byte: Int) -> MapFileError {
    MapFileError(
      .badData, file: name, place: "byte \(byte)", message: "the text is not \(encodings)",
      remedy: "Save it as CSV UTF-8")
  }
}

private func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  let raw = UnsafeRawBufferPointer(bytes)
  var bits: UInt64 = 0
  var i = 0
  while i + 8 <= raw.count {
    bits |= raw.loadUnaligned(fromByteOffset: i, as: UInt64.self)
    i += 8
  }
  return bits & 0x8080_8080_8080_8080 == 0 && bytes[i...].allSatisfy { $0 < 0x80 }
}

extension String {
  fileprivate var trimmed: String {
    let spaces: Set<Character> = [" ", "\t", "\u{3000}"]
    return String(drop { spaces.contains($0) }.reversed().drop { spaces.contains($0) }.reversed())
  }
}

/// The error for a record that breaks the rules of the table.
public func csvError(_ failure: CSVFailure, file: String, place: String) -> MapFileError {
  let (message, remedy) =
    switch failure {
    case .unclosedQuote: ("a quoted field is not closed", "Close it with \"")
    case .textAfterQuote: ("text follows a quoted field", "Double every quote within a quoted field")
    case .tooManyFields(let count):
      ("there are \(count) fields, more than columns", "Put quotes around fields that hold the delimiter")
    }
  return MapFileError(.badData, file: file, place: place, message: message, remedy: remedy)
}
