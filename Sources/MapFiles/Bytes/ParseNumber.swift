/// A number read from text, and where the text after it starts.
public struct ParsedNumber {
  public var value: Double
  public var end: UnsafePointer<UInt8>

  @inlinable
  init(value: Double, end: UnsafePointer<UInt8>) {
    self.value = value
    self.end = end
  }
}

/// How numbers may be written.
public enum NumberStyle {
  /// RFC 8259, 6: no plus sign, no leading zeros, digits on both sides of the point.
  case json
  /// Also `+1`, `007`, `.5` and `5.`, as tables have them.
  case table
}

/// Reads the decimal number at `start`, rounded to the nearest double, ties to even.
///
/// Words such as NaN or Infinity are not numbers. A number too large for a double comes back as
/// infinity: the caller decides. At least 16 readable bytes must follow the text (`Bytes.padding`).
/// - Returns: nil where no number stands at `start`.
@inlinable
@inline(__always)
public func parseNumber(at start: UnsafePointer<UInt8>, style: NumberStyle) -> ParsedNumber? {
  var p = start
  let isNegative = p.pointee == UInt8(ascii: "-")
  if isNegative || (style == .table && p.pointee == UInt8(ascii: "+")) { p += 1 }
  let first = p
  var digits: UInt64 = 0
  p = accumulateDigits(at: p, into: &digits)
  var count = p - first
  if style == .json {
    guard count == 1 || (count > 1 && first.pointee != UInt8(ascii: "0")) else { return nil }
  }
  var exponent = 0
  if p.pointee == UInt8(ascii: ".") {
    let fraction = p + 1
    p = accumulateFraction(at: fraction, into: &digits)
    exponent = fraction - p
    if style == .json && exponent == 0 { return nil }
    count -= exponent
  }
  if count == 0 { return nil }
  if p.pointee | 0x20 == UInt8(ascii: "e") {
    guard let (shift, end) = parseExponent(at: p + 1) else {
      return style == .json ? nil : finish(digits, count, exponent, isNegative, first, p)
    }
    exponent += shift
    p = end
  }
  return finish(digits, count, exponent, isNegative, first, p)
}

/// The number that `text` is in full, without spaces around it; nil where it is not one, or is too
/// large for a double. `text` must be part of `Bytes`, or be followed by 16 readable bytes.
@inlinable
public func parseDouble(_ text: Bytes, style: NumberStyle = .table) -> Double? {
  guard let number = parseNumber(at: text.start, style: style), number.end == text.end,
    number.value.isFinite
  else { return nil }
  return number.value
}

@inlinable
@inline(__always)
func finish(
  _ digits: UInt64, _ count: Int, _ exponent: Int, _ isNegative: Bool,
  _ first: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
) -> ParsedNumber {
  let magnitude: Double
  if count <= 19 && digits <= 1 << 53 && exponent >= -22 && exponent <= 22 {
    // Both factors are exact, so that one operation rounds once (Clinger 1990).
    let power = exactPowersOfTen[abs(exponent)]
    magnitude = exponent < 0 ? Double(digits) / power : Double(digits) * power
  } else {
    magnitude = slowMagnitude(digits, count, exponent, first, end)
  }
  return ParsedNumber(value: isNegative ? -magnitude : magnitude, end: end)
}

@usableFromInline
@inline(never)
func slowMagnitude(
  _ digits: UInt64, _ count: Int, _ exponent: Int, _ first: UnsafePointer<UInt8>,
  _ end: UnsafePointer<UInt8>
) -> Double {
  if significantDigits(first, end) <= 19 && abs(exponent) <= 27 {
    return exactlyScaled(digits, exponent: exponent)
  }
  let text = String(decoding: UnsafeBufferPointer(start: first, count: end - first), as: UTF8.self)
  // The library's parser rounds correctly but wants a digit before and after the point.
  let padded = "0" + (text.hasSuffix(".") ? text + "0" : text.replacing(".e", with: ".0e"))
  return Double(padded) ?? .infinity
}

/// How many digits there are, without leading zeros and the exponent.
private func significantDigits(_ first: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Int {
  var count = 0
  var p = first
  while p < end, p.pointee | 0x20 != UInt8(ascii: "e") {
    if p.pointee != UInt8(ascii: "."), count > 0 || p.pointee != UInt8(ascii: "0") { count += 1 }
    p += 1
  }
  return count
}

@inlinable
@inline(__always)
func accumulateDigits(
  at start: UnsafePointer<UInt8>, into digits: inout UInt64
) -> UnsafePointer<UInt8> {
  var p = start
  while true {
    let digit = p.pointee &- UInt8(ascii: "0")
    guard digit < 10 else { return p }
    digits = digits &* 10 &+ UInt64(digit)
    p += 1
  }
}

/// As `accumulateDigits`, eight at a time.
@inlinable
@inline(__always)
func accumulateFraction(
  at start: UnsafePointer<UInt8>, into digits: inout UInt64
) -> UnsafePointer<UInt8> {
  var p = start
  while true {
    let word = UInt64(littleEndian: UnsafeRawPointer(p).loadUnaligned(as: UInt64.self))
    let values = word ^ 0x3030_3030_3030_3030
    // The high bit of a byte tells that it is no digit; carries only spoil bytes after the first.
    let others = (values | (values &+ 0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080
    let count = others.trailingZeroBitCount >> 3
    if count == 0 { return p }
    let eight = eightDigits(values << UInt64(64 - 8 * count))
    digits = digits &* integerPowersOfTen[count] &+ eight
    p += count
    if count < 8 { return p }
  }
}

/// The number that eight bytes of value 0 to 9 spell, the first in the lowest byte.
@inlinable
@inline(__always)
func eightDigits(_ values: UInt64) -> UInt64 {
  let pairs = values &* 10 &+ values >> 8
  let mask: UInt64 = 0x0000_00FF_0000_00FF
  return ((pairs & mask) &* 0x000F_4240_0000_0064
    &+ ((pairs >> 16) & mask) &* 0x0000_2710_0000_0001) >> 32
}

@inlinable
func parseExponent(at start: UnsafePointer<UInt8>) -> (Int, UnsafePointer<UInt8>)? {
  var p = start
  let isNegative = p.pointee == UInt8(ascii: "-")
  if isNegative || p.pointee == UInt8(ascii: "+") { p += 1 }
  let first = p
  var value = 0
  while true {
    let digit = p.pointee &- UInt8(ascii: "0")
    guard digit < 10 else { break }
    value = min(value * 10 + Int(digit), 1_000_000)
    p += 1
  }
  return p == first ? nil : (isNegative ? -value : value, p)
}

@usableFromInline
let exactPowersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]

@usableFromInline
let integerPowersOfTen: [UInt64] = [
  1, 10, 100, 1000, 10000, 100_000, 1_000_000, 10_000_000, 100_000_000,
]
