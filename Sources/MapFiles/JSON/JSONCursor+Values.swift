/// How deep arrays and objects may be nested; maps need fewer than ten.
let deepestNesting = 200

extension JSONCursor {
  /// Moves over one value of any kind, and checks it.
  mutating func skipValue(depth: Int = 0) throws {
    guard depth <= deepestNesting else {
      throw failure("arrays or objects nested deeper than \(deepestNesting) levels")
    }
    switch peek() {
    case quote:
      let raw = try rawString()
      if raw.hasEscapes { _ = try text(of: raw) }
    case openBrace: try skipObject(depth: depth)
    case openBracket: try skipArray(depth: depth)
    default: try skipScalar()
    }
  }

  private mutating func skipObject(depth: Int) throws {
    p += 1
    if take(closeBrace) { return }
    repeat {
      let key = try rawString()
      if key.hasEscapes { _ = try text(of: key) }
      try expect(colon, "a colon")
      try skipValue(depth: depth + 1)
    } while try another(before: closeBrace)
  }

  private mutating func skipArray(depth: Int) throws {
    p += 1
    if take(closeBracket) { return }
    repeat { try skipValue(depth: depth + 1) } while try another(before: closeBracket)
  }

  private mutating func skipScalar() throws {
    if takeWord("null") || takeWord("true") || takeWord("false") { return }
    guard let number = parseNumber(at: p, style: .json) else { throw unexpected("a value") }
    p = number.end
  }

  /// The value at the next byte as a field's value; arrays and objects stay JSON text.
  ///
  /// Whole numbers without point and exponent that fit 64 bits are integers.
  @inline(__always)
  mutating func fieldValue() throws -> FieldValue {
    switch peek() {
    case quote: return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try numericValue()
    case openBrace, openBracket: return .json(try compactText())
    default:
      if takeWord("null") { return .null }
      if takeWord("true") { return .bool(true) }
      if takeWord("false") { return .bool(false) }
      throw unexpected("a value")
    }
  }

  private mutating func numericValue() throws -> FieldValue {
    let start = p
    guard let number = parseNumber(at: p, style: .json) else { throw unexpected("a number") }
    p = number.end
    if let integer = wholeNumber(from: start, to: p) { return .integer(integer) }
    guard number.value.isFinite else { throw failure("a number too large for a double", at: start) }
    if p - start > 18 && isAllDigits(from: start, to: p) { longIntegers += 1 }
    return .number(number.value)
  }

  private func wholeNumber(from start: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>) -> Int? {
    let isNegative = start.pointee == UInt8(ascii: "-")
    var value = 0
    var q = start + (isNegative ? 1 : 0)
    if q.pointee == UInt8(ascii: "0") && isNegative { return nil }
    while q < end {
      let digit = q.pointee &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tenfold.subtractingReportingOverflow(Int(digit))
      if overflow || carry { return nil }
      value = sum
      q += 1
    }
    // Kept negative on the way, since the least integer has no positive counterpart.
    return isNegative ? value : value == .min ? nil : -value
  }

  private func isAllDigits(from start: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>) -> Bool {
    UnsafeBufferPointer(start: start + 1, count: end - start - 1).allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
  }

  /// The value at the next byte as JSON text without white space.
  mutating func compactText() throws -> String {
    skipSpace()
    let start = p
    try skipValue()
    return withoutSpace(from: start, to: p)
  }

  func withoutSpace(from start: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(end - start)
    var inString = false
    var q = start
    while q < end {
      let byte = q.pointee
      if inString && byte == UInt8(ascii: "\\") {
        bytes.append(byte)
        q += 1
        bytes.append(q.pointee)
      } else {
        if byte == quote { inString.toggle() }
        if inString || !isSpace(byte) { bytes.append(byte) }
      }
      q += 1
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
