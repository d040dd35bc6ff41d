/// `digits` × 10^`exponent`, rounded to the nearest double, ties to even; for |exponent| ≤ 27.
///
/// Products and quotients of 64-bit integers with powers of five are taken in full width, with a
/// sticky bit for what is cut off, so nothing is rounded twice.
@usableFromInline
func exactlyScaled(_ digits: UInt64, exponent: Int) -> Double {
  guard digits != 0 else { return 0 }
  let power = powersOfFive[abs(exponent)]
  return exponent >= 0
    ? product(digits, power, binaryExponent: exponent)
    : quotient(digits, power, binaryExponent: exponent)
}

private func product(_ a: UInt64, _ b: UInt64, binaryExponent: Int) -> Double {
  let (high, low) = a.multipliedFullWidth(by: b)
  guard high != 0 else { return scaled(low, by: binaryExponent) }
  let shift = UInt64(high.leadingZeroBitCount)
  let top = shift == 0 ? high : high << shift | low >> (64 - shift)
  let rest = low << shift
  return scaled(top | (rest == 0 ? 0 : 1), by: binaryExponent + 64 - Int(shift))
}

private func quotient(_ a: UInt64, _ b: UInt64, binaryExponent: Int) -> Double {
  let aShift = a.leadingZeroBitCount
  let bShift = b.leadingZeroBitCount
  let dividend = a << UInt64(aShift)
  let divisor = b << UInt64(bShift)
  // dividend · 2⁶³ / divisor has 63 or 64 bits: ten more than a double holds.
  let (top, rest) = divisor.dividingFullWidth((dividend >> 1, dividend << 63))
  return scaled(top | (rest == 0 ? 0 : 1), by: binaryExponent - 63 - aShift + bShift)
}

/// Far from overflow and subnormals, so that the power of two costs no digit.
private func scaled(_ value: UInt64, by binaryExponent: Int) -> Double {
  Double(value) * Double(sign: .plus, exponent: binaryExponent, significand: 1)
}

/// 5⁰ … 5²⁷, all that fit in 64 bits.
private let powersOfFive: [UInt64] = (0...27).map { (0..<$0).reduce(1) { power, _ in power * 5 } }
