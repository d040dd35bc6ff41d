import Foundation

/// A .dbf table: fields of fixed width, one row after another.
///
/// Source: the dBASE III+ and IV file formats as shapefiles use them.
struct DBaseTable {
  struct Field {
    var rawName: UnsafeBufferPointer<UInt8>
    var type: UInt8
    var start: Int
    var length: Int
    var decimals: Int
  }

  let fields: [Field]
  let count: Int
  /// The byte by which the table names its code page; 0 where it does not.
  let language: UInt8
  private let bytes: Bytes
  private let headerSize: Int
  private let rowSize: Int

  /// Nil where the header is not that of a table.
  init?(_ bytes: Bytes) {
    let reader = ByteReader(bytes: bytes)
    guard let count: UInt32 = reader.integer(at: 4), let headerSize: UInt16 = reader.integer(at: 8),
      let rowSize: UInt16 = reader.integer(at: 10), headerSize >= 33, Int(headerSize) <= bytes.count, rowSize > 0
    else { return nil }
    self.bytes = bytes
    self.headerSize = Int(headerSize)
    self.rowSize = Int(rowSize)
    language = bytes[29]
    // A table that was cut short has fewer rows than it says.
    self.count = min(Int(count), (bytes.count - Int(headerSize)) / Int(rowSize))
    isCutShort = Int(count) > self.count
    var fields: [Field] = []
    var offset = 32
    var start = 1
    while offset + 32 <= Int(headerSize), bytes[offset] != 0x0D {
      let field = Self.field(bytes, at: offset, start: start)
      guard start + field.length <= Int(rowSize) else { return nil }
      fields.append(field)
      start += field.length
      offset += 32
    }
    self.fields = fields
  }

  let isCutShort: Bool

  private static func field(_ bytes: Bytes, at offset: Int, start: Int) -> Field {
    let name = UnsafeBufferPointer(start: bytes.start + offset, count: 11)
    let type = bytes[offset + 11]
    let isText = type == UInt8(ascii: "C")
    // Long texts keep the high byte of their length where numbers keep their decimals.
    let length = Int(bytes[offset + 16]) + (isText ? Int(bytes[offset + 17]) << 8 : 0)
    return Field(
      rawName: UnsafeBufferPointer(rebasing: name.prefix { $0 != 0 }), type: type, start: start, length: length,
      decimals: isText ? 0 : Int(bytes[offset + 17]))
  }

  /// Whether the row is marked as deleted.
  func isDeleted(_ row: Int) -> Bool { bytes[headerSize + row * rowSize] == UInt8(ascii: "*") }

  /// The bytes of a value.
  func cell(_ row: Int, _ field: Field) -> Bytes {
    let start = headerSize + row * rowSize + field.start
    return bytes[start..<start + field.length]
  }

  /// The value of a cell; nil where its bytes make no sense for the field's type.
  func value(_ row: Int, _ field: Field, _ text: (UnsafeBufferPointer<UInt8>) -> String) -> FieldValue? {
    let cell = cell(row, field)
    switch field.type {
    case UInt8(ascii: "N"), UInt8(ascii: "F"): return number(cell, field)
    case UInt8(ascii: "L"): return truth(cell)
    case UInt8(ascii: "D"): return date(cell)
    case UInt8(ascii: "I"):
      return (ByteReader(bytes: cell).integer(at: 0) as Int32?).map { .integer(Int($0)) }
    case UInt8(ascii: "O"), UInt8(ascii: "B"):
      return ByteReader(bytes: cell).double(at: 0).map { $0.isFinite ? .number($0) : .null }
    default:
      let trimmed = cell.trimmed
      return trimmed.count == 0 ? .null : .string(text(trimmed.buffer))
    }
  }

  /// Whether the type is one that `value` reads.
  static func isKnown(_ type: UInt8) -> Bool { "CNFLDIOB".utf8.contains(type) }

  private func number(_ cell: Bytes, _ field: Field) -> FieldValue? {
    let text = cell.trimmed
    if text.count == 0 || text[0] == UInt8(ascii: "*") { return .null }
    if field.decimals == 0, let integer = Int(String(decoding: text.buffer, as: UTF8.self)) { return .integer(integer) }
    // The bytes after the text belong to the next cell, and could go on with digits.
    return MappedFile(text.buffer, name: "").withBytes { parseDouble($0) }.map { .number($0) }
  }

  private func truth(_ cell: Bytes) -> FieldValue? {
    switch cell.count == 0 ? 0x20 : cell[0] {
    case UInt8(ascii: "Y"), UInt8(ascii: "y"), UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: "1"): .bool(true)
    case UInt8(ascii: "N"), UInt8(ascii: "n"), UInt8(ascii: "F"), UInt8(ascii: "f"), UInt8(ascii: "0"): .bool(false)
    case UInt8(ascii: "?"), 0x20, 0: .null
    default: nil
    }
  }

  private func date(_ cell: Bytes) -> FieldValue? {
    let text = String(decoding: cell.trimmed.buffer, as: UTF8.self)
    if text.isEmpty || text.allSatisfy({ $0 == "0" }) { return .null }
    guard text.count == 8, text.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else { return nil }
    return .string("\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))")
  }
}

extension Bytes {
  /// Without spaces and zeros at both ends.
  fileprivate var trimmed: Bytes {
    var first = 0
    var last = count
    while first < last, self[first] == 0x20 || self[first] == 0 { first += 1 }
    while last > first, self[last - 1] == 0x20 || self[last - 1] == 0 { last -= 1 }
    return self[first..<last]
  }
}
