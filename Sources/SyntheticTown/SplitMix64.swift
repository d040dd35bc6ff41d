/// A small random generator whose numbers are the same everywhere: the state is the seed.
///
/// Source: G. Steele, D. Lea, C. Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA
/// 2014; constants as in S. Vigna's reference in the public domain. Not for secrets.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A stream of its own for a purpose at a place, so that one place never depends on another.
  init(seed: UInt64, _ purpose: Purpose, _ a: Int = 0, _ b: Int = 0) {
    var hash = mix(seed &+ 0x9E37_79B9_7F4A_7C15 &* UInt64(purpose.rawValue + 1))
    hash = mix(hash ^ UInt64(bitPattern: Int64(a)) &* 0xD6E8_FEB8_6659_FD93)
    hash = mix(hash ^ UInt64(bitPattern: Int64(b)) &* 0xA076_1D64_78BD_642F)
    state = hash
  }

  enum Purpose: Int {
    case columns, rows, warp, jitter, merge, cell, division, grids, cameras, posts, events, places, odd
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return mix(state)
  }

  /// Uniform in 0..<1, in steps of 2⁻⁵³.
  mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

  mutating func number(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * fraction()
  }

  /// Uniform within one part in 2⁶⁴/count.
  mutating func integer(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + index(below: range.count)
  }

  mutating func index(below count: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }

  mutating func chance(_ probability: Double) -> Bool { fraction() < probability }

  mutating func pick<T>(_ choices: [T]) -> T { choices[index(below: choices.count)] }

  /// One of `choices`, each as likely as its weight says.
  mutating func pick<T>(weighted choices: [(T, Double)]) -> T {
    var left = fraction() * choices.reduce(0) { $0 + $1.1 }
    for (choice, weight) in choices {
      left -= weight
      if left < 0 { return choice }
    }
    return choices[choices.count - 1].0
  }
}

/// The finaliser of SplitMix64.
private func mix(_ value: UInt64) -> UInt64 {
  var z = value
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}
