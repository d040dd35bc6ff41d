/// A JSON string as it stands in the text, between its quotes.
struct RawString {
  var start: UnsafePointer<UInt8>
  var count: Int
  var hasEscapes: Bool

  @inline(__always)
  func matches(_ other: RawString) -> Bool {
    guard count == other.count else { return false }
    var index = 0
    while index < count {
      if start[index] != other.start[index] { return false }
      index += 1
    }
    return true
  }

  /// Whether it says `text`, however it is escaped.
  func says(_ text: StaticString) -> Bool {
    if hasEscapes {
      return (try? decodedText(self, origin: start))
        == String(decoding: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount), as: UTF8.self)
    }
    return matches(RawString(start: text.utf8Start, count: text.utf8CodeUnitCount, hasEscapes: false))
  }
}

extension JSONCursor {
  /// Moves over the string that starts at the next byte; checks control characters and UTF-8, not
  /// yet escapes.
  mutating func rawString() throws -> RawString {
    skipSpace()
    guard p.pointee == quote else { throw unexpected("a string") }
    let start = p + 1
    p = start
    var hasEscapes = false
    var highBits: UInt64 = 0
    while true {
      highBits |= skipPlainText()
      switch p.pointee {
      case quote:
        let raw = RawString(start: start, count: p - start, hasEscapes: hasEscapes)
        if highBits != 0 { try requireUTF8(raw) }
        p += 1
        return raw
      case UInt8(ascii: "\\"):
        hasEscapes = true
        // What is escaped is checked on decoding; here only a quote must not end the string.
        p += p[1] == 0 && p + 1 >= end ? 1 : 2
      default:
        throw p >= end
          ? unexpected("the end of a string")
          : failure("a control character (\(p.pointee)) in a string", remedy: "Escape it, as \\n or \\u00XX")
      }
    }
  }

  /// Moves to the next quote, backslash or control character; returns the high bits on the way.
  @inline(__always)
  private mutating func skipPlainText() -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    var seen: UInt64 = 0
    while true {
      let word = UInt64(littleEndian: UnsafeRawPointer(p).loadUnaligned(as: UInt64.self))
      let quotes = word ^ (ones &* UInt64(quote))
      let slashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
      let stops =
        ((quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes | (word &- ones &* 0x20) & ~word) & highs
      if stops == 0 {
        seen |= word & highs
        p += 8
        continue
      }
      let bits = stops.trailingZeroBitCount - 7
      seen |= word & highs & ((1 << UInt64(bits)) &- 1)
      p += bits >> 3
      return seen
    }
  }

  private func requireUTF8(_ raw: RawString) throws {
    guard let bad = firstInvalidUTF8(UnsafeBufferPointer(start: raw.start, count: raw.count)) else { return }
    throw failure(
      "text that is not UTF-8", at: raw.start + bad,
      remedy: "Save the file as UTF-8 (GeoJSON has no other encoding); from GBK: iconv -f GB18030 -t UTF-8")
  }

  /// The string at the next byte, unescaped.
  mutating func string() throws -> String { try text(of: rawString()) }

  func text(of raw: RawString) throws -> String {
    raw.hasEscapes
      ? try decodedText(raw, origin: origin)
      : String(decoding: UnsafeBufferPointer(start: raw.start, count: raw.count), as: UTF8.self)
  }
}

/// The text of a string with its escapes resolved.
private func decodedText(_ raw: RawString, origin: UnsafePointer<UInt8>) throws -> String {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(raw.count)
  var p = raw.start
  let end = raw.start + raw.count
  while p < end {
    guard p.pointee == UInt8(ascii: "\\") else {
      bytes.append(p.pointee)
      p += 1
      continue
    }
    if p[1] == UInt8(ascii: "u") {
      let (scalar, next) = try unicodeEscape(at: p, end: end, origin: origin)
      bytes.append(contentsOf: UTF8.encode(scalar)!)
      p = next
    } else {
      guard p + 1 < end, let byte = simpleEscape(p[1]) else {
        throw ParseFailure(offset: p - origin, message: "an escape that JSON does not have")
      }
      bytes.append(byte)
      p += 2
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}

private func simpleEscape(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte
  case UInt8(ascii: "n"): 0x0A
  case UInt8(ascii: "r"): 0x0D
  case UInt8(ascii: "t"): 0x09
  case UInt8(ascii: "b"): 0x08
  case UInt8(ascii: "f"): 0x0C
  default: nil
  }
}

/// The character of `\uXXXX`, or of two that make a surrogate pair.
private func unicodeEscape(
  at start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, origin: UnsafePointer<UInt8>
) throws -> (Unicode.Scalar, UnsafePointer<UInt8>) {
  func failure(_ message: String) -> ParseFailure {
    ParseFailure(offset: start - origin, message: message, remedy: "Write the character itself in UTF-8")
  }
  guard let first = hexCode(at: start, end: end) else { throw failure("\\u without four hexadecimal digits") }
  if let scalar = Unicode.Scalar(first) { return (scalar, start + 6) }
  guard first < 0xDC00, let second = hexCode(at: start + 6, end: end), (0xDC00...0xDFFF).contains(second) else {
    throw failure("half a surrogate pair, which is no character")
  }
  let code = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
  return (Unicode.Scalar(code)!, start + 12)
}

private func hexCode(at start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) -> UInt32? {
  guard end - start >= 6, start[0] == UInt8(ascii: "\\"), start[1] == UInt8(ascii: "u") else { return nil }
  var code: UInt32 = 0
  for index in 2..<6 {
    guard let digit = hexDigit(start[index]) else { return nil }
    code = code << 4 | digit
  }
  return code
}

private func hexDigit(_ byte: UInt8) -> UInt32? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
  default: nil
  }
}
