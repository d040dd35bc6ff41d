/// A place in JSON text that moves forward over tokens, strictly by RFC 8259.
///
/// The text must be `Bytes` with zero bytes after its end, so that every scan stops there.
struct JSONCursor {
  let origin: UnsafePointer<UInt8>
  let end: UnsafePointer<UInt8>
  /// The next byte to read.
  var p: UnsafePointer<UInt8>
  /// How many whole numbers were met that do not fit 64 bits, and lost digits as doubles.
  var longIntegers = 0

  init(_ bytes: Bytes, from offset: Int = 0) {
    origin = bytes.start
    end = bytes.end
    p = origin + offset
  }

  var offset: Int { p - origin }

  @inline(__always)
  mutating func skipSpace() {
    while p.pointee <= 0x20 && isSpace(p.pointee) { p += 1 }
  }

  /// Whether `byte` comes next, after white space; moves over it if so.
  @inline(__always)
  mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard p.pointee == byte else { return false }
    p += 1
    return true
  }

  @inline(__always)
  mutating func expect(_ byte: UInt8, _ what: StaticString) throws {
    guard take(byte) else { throw unexpected(what) }
  }

  /// The next byte after white space, not moved over.
  @inline(__always)
  mutating func peek() -> UInt8 {
    skipSpace()
    return p.pointee
  }

  /// Moves over `text` if it comes next.
  mutating func takeWord(_ text: StaticString) -> Bool {
    for index in 0..<text.utf8CodeUnitCount where p[index] != text.utf8Start[index] { return false }
    p += text.utf8CodeUnitCount
    return true
  }

  /// After a member or element: whether another follows (`,`) or `close` ends the list.
  @inline(__always)
  mutating func another(before close: UInt8) throws -> Bool {
    skipSpace()
    let byte = p.pointee
    guard byte == comma || byte == close else { throw unexpected("a comma or the closing bracket") }
    p += 1
    return byte == comma
  }
}

let comma = UInt8(ascii: ",")
let colon = UInt8(ascii: ":")
let quote = UInt8(ascii: "\"")
let openBrace = UInt8(ascii: "{")
let closeBrace = UInt8(ascii: "}")
let openBracket = UInt8(ascii: "[")
let closeBracket = UInt8(ascii: "]")

@inline(__always)
func isSpace(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
}

extension JSONCursor {
  func failure(_ message: String, at place: UnsafePointer<UInt8>? = nil, remedy: String? = nil) -> ParseFailure {
    ParseFailure(offset: (place ?? p) - origin, message: message, remedy: remedy)
  }

  /// What to throw where `what` should stand.
  @inline(never)
  func unexpected(_ what: StaticString) -> ParseFailure {
    if p >= end {
      return failure(
        "the text ends where \(what) should follow: the file was cut short",
        remedy: "Export or copy it again")
    }
    if let word = nonJSONWord {
      return failure("\(word) is not JSON (RFC 8259)", remedy: "Replace it by null, or by a number")
    }
    return failure("expected \(what), found \(shown(p.pointee))")
  }

  /// What to throw where a value of another kind stands, or none because the text ends.
  func misplaced(_ message: String) -> ParseFailure { p >= end ? unexpected("a value") : failure(message) }

  /// Words that some programs write where JSON has none.
  private var nonJSONWord: StaticString? {
    var copy = self
    if copy.takeWord("NaN") || copy.takeWord("nan") { return "NaN" }
    if copy.takeWord("Infinity") || copy.takeWord("-Infinity") || copy.takeWord("inf") { return "Infinity" }
    return nil
  }
}

/// A byte as a reader of a message may understand it.
private func shown(_ byte: UInt8) -> String {
  switch byte {
  case 0x21...0x7E: "\"\(Character(UnicodeScalar(byte)))\""
  case 0x20: "a space"
  case 0x0A, 0x0D: "the end of the line"
  case 0x80...: "a byte outside ASCII (\(byte))"
  default: "a control character (\(byte))"
  }
}
