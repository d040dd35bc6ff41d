import Foundation

extension ByteWriter {
  public mutating func write(_ value: Int) {
    if value < 0 { write(byte: UInt8(ascii: "-")) }
    write(digits: value.magnitude)
  }

  /// The shortest text that reads back as the same double; nothing for NaN and infinities.
  ///
  /// Whole numbers keep a decimal point (`3.0`), so that they stay numbers with a fraction.
  public mutating func writeShortest(_ value: Double) {
    guard value.isFinite else { return }
    write(value.description)
  }

  /// `value` with at most `decimals` decimals, rounded half to even on its exact value, without
  /// trailing zeros and never as `-0`; nothing for NaN and infinities.
  @inline(__always)
  public mutating func write(_ value: Double, decimals: Int) {
    guard decimals <= 15, let scaled = exactlyRounded(value, decimals: decimals) else {
      writeLarge(value, decimals: decimals)
      return
    }
    // Sign, 16 digits, point.
    let start = room(40)
    var p = start
    if scaled < 0 {
      p.pointee = UInt8(ascii: "-")
      p += 1
    }
    let unit = decimalUnits[decimals]
    let (whole, fraction) = scaled.magnitude.quotientAndRemainder(dividingBy: unit)
    p = putDigits(whole, at: p)
    if fraction != 0 {
      p.pointee = UInt8(ascii: ".")
      p = putFraction(fraction, length: decimals, at: p + 1)
    }
    advance(p - start)
  }

  mutating func write(digits value: UInt) {
    let start = room(20)
    advance(putDigits(value, at: start) - start)
  }

  @inline(never)
  private mutating func writeLarge(_ value: Double, decimals: Int) {
    guard value.isFinite else { return }
    var text = String(format: "%.\(max(decimals, 0))f", value)
    if text.contains(".") {
      while text.hasSuffix("0") { text.removeLast() }
      if text.hasSuffix(".") { text.removeLast() }
    }
    write(text == "-0" ? "0" : text)
  }
}

/// `value` · 10^`decimals` as the nearest integer; nil where it does not fit a double exactly.
@inline(__always)
func exactlyRounded(_ value: Double, decimals: Int) -> Int? {
  let scale = exactPowersOfTen[decimals]
  let product = value * scale
  guard product.magnitude < 0x1p52 else { return nil }
  var rounded = product.rounded(.toNearestOrEven)
  if (product - rounded).magnitude == 0.5 {
    // The product lies half way only after rounding perhaps: its error tells where it really is.
    let error = (-product).addingProduct(value, scale)
    if error != 0 { rounded = product + (error > 0 ? 0.5 : -0.5) }
  }
  return Int(rounded)
}

private let decimalUnits: [UInt] = [
  1, 10, 100, 1000, 10000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
  10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000,
  1_000_000_000_000_000,
]

private let digitPairs: StaticString =
  """
  00010203040506070809101112131415161718192021222324252627282930313233343536373839\
  40414243444546474849505152535455565758596061626364656667686970717273747576777879\
  8081828384858687888990919293949596979899
  """

@inline(__always)
private func putPair(_ value: UInt, at p: UnsafeMutablePointer<UInt8>) {
  let pair = digitPairs.utf8Start + Int(truncatingIfNeeded: value) * 2
  p[0] = pair[0]
  p[1] = pair[1]
}

/// Puts the digits of `value` at `p`; returns the place after them.
@inline(__always)
private func putDigits(_ value: UInt, at p: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
  let length = digitCount(value)
  putPadded(value, length: length, at: p)
  return p + length
}

/// Puts `value` as exactly `length` digits, with leading zeros.
@inline(__always)
private func putPadded(_ value: UInt, length: Int, at p: UnsafeMutablePointer<UInt8>) {
  var rest = value
  var position = length
  while position >= 2 {
    let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
    position -= 2
    putPair(pair, at: p + position)
    rest = quotient
  }
  if position == 1 { p[0] = UInt8(truncatingIfNeeded: rest) &+ UInt8(ascii: "0") }
}

/// Puts a fraction of `length` digits without its trailing zeros; returns the place after it.
@inline(__always)
private func putFraction(
  _ value: UInt, length: Int, at p: UnsafeMutablePointer<UInt8>
) -> UnsafeMutablePointer<UInt8> {
  putPadded(value, length: length, at: p)
  var end = p + length
  while (end - 1).pointee == UInt8(ascii: "0") { end -= 1 }
  return end
}

@inline(__always)
private func digitCount(_ value: UInt) -> Int {
  var count = 1
  var rest = value
  while rest >= 1000 {
    rest /= 1000
    count += 3
  }
  return count + (rest >= 10 ? 1 : 0) + (rest >= 100 ? 1 : 0)
}
