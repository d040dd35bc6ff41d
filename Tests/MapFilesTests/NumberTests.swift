import Foundation
import Testing

@testable import MapFiles

/// Parsing and printing of numbers against the C library.
struct NumberTests {
  private func parse(_ text: String, _ style: NumberStyle = .json) -> Double? {
    MappedFile(text.utf8, name: "test").withBytes { parseDouble($0, style: style) }
  }

  private func agrees(_ text: String) -> Bool {
    parse(text)?.bitPattern == strtod(text, nil).bitPattern
  }

  @Test func everyShortDecimal() {
    for digits in 0..<20000 {
      for exponent in [-30, -23, -22, -7, -1, 0, 1, 22, 23, 28] {
        let text = "\(digits)e\(exponent)"
        #expect(agrees(text), "\(text)")
      }
    }
  }

  @Test func everyPointPosition() {
    let digits = "123456789012345678901234"
    for length in 1...24 {
      for point in 1..<max(length, 2) {
        let all = digits.prefix(length)
        let text = "\(all.prefix(point)).\(all.dropFirst(point))0"
        #expect(agrees(text), "\(text)")
      }
    }
  }

  @Test(arguments: [
    "0", "-0", "0.0", "1", "-1", "9007199254740993", "9007199254740992.5", "18446744073709551615",
    "18446744073709551616", "179769313486231570000e288", "2.2250738585072011e-308", "5e-324", "2e-324",
    "0.000000000000000000000000000012345678901234567", "8.98846567431158e307", "1e22", "1e23",
    "9223372036854775807", "1.00000000000000011102230246251565404236316680908203125",
    "1.00000000000000011102230246251565404236316680908203124", "116.40412345678901", "0.1", "0.3",
  ])
  func hardCases(_ text: String) { #expect(agrees(text)) }

  @Test func randomDoublesSurvive() {
    var random = SplitMix(seed: 7)
    for _ in 0..<20000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      #expect(parse("\(value)") == value, "\(value)")
      let near = Double(Int64(truncatingIfNeeded: random.next()) % 180_000_000) / 1e6 * 1.000_000_1
      #expect(parse("\(near)") == near, "\(near)")
    }
  }

  /// Seventeen to nineteen digits near ties between two doubles.
  @Test func tiesRoundToEven() {
    var random = SplitMix(seed: 8)
    for _ in 0..<20000 {
      let digits = random.next() % 10_000_000_000_000_000_000
      let exponent = Int(random.next() % 55) - 27
      let text = "\(digits)e\(exponent)"
      #expect(agrees(text), "\(text)")
    }
    for step in 0..<1000 as Range<UInt64> {
      let text = "\(9_007_199_254_740_993 + 2 * step)"
      #expect(agrees(text), "\(text)")
    }
  }

  @Test(arguments: [
    "", "-", "+1", "01", "-01", ".5", "5.", "1e", "1e+", "NaN", "nan", "Infinity", "-Infinity", "0x10", "1 ",
    " 1", "1,5", "--1", "1.e5", "1..2", "1e5.5", "1e400", "１", "1_000",
  ])
  func refusedInJSON(_ text: String) { #expect(parse(text) == nil) }

  @Test(arguments: [("+1", 1.0), ("007", 7), (".5", 0.5), ("5.", 5), ("-.25", -0.25), ("5.e2", 500)])
  func acceptedInTables(_ text: String, _ value: Double) { #expect(parse(text, .table) == value) }

  @Test(arguments: ["", "+", ".", "-.", "e5", "1e", "NaN", "inf", "1.2.3", "0x1p3"])
  func refusedInTables(_ text: String) { #expect(parse(text, .table) == nil) }
}

/// Fixed decimals against the C library, which rounds the exact value.
struct FixedDecimalTests {
  private func fixed(_ value: Double, _ decimals: Int) -> String {
    var writer = ByteWriter()
    writer.write(value, decimals: decimals)
    return writer.text
  }

  private func trimmed(_ value: Double, _ decimals: Int) -> String {
    var text = String(format: "%.\(decimals)f", value)
    if text.contains(".") {
      while text.hasSuffix("0") { text.removeLast() }
      if text.hasSuffix(".") { text.removeLast() }
    }
    return text == "-0" ? "0" : text
  }

  @Test func likeTheLibrary() {
    var random = SplitMix(seed: 9)
    for _ in 0..<5000 {
      for decimals in [0, 1, 2, 5, 7, 8, 15] {
        let scale = pow(10, Double(Int(random.next() % 12)))
        let value = (Double(random.next() % 2_000_001) / 1_000_000 - 1) * scale
        #expect(fixed(value, decimals) == trimmed(value, decimals), "\(value) \(decimals)")
      }
    }
  }

  /// Values that a product with 10ⁿ puts half way although they are not, and those that are.
  @Test func ties() {
    for whole in -200...200 {
      for value in [Double(whole) / 8, Double(whole) / 16 + 0.5, Double(whole) * 0.005, Double(whole) * 0.000_000_05] {
        for decimals in 0...8 {
          #expect(fixed(value, decimals) == trimmed(value, decimals), "\(value) \(decimals)")
        }
      }
    }
  }

  @Test(arguments: [(1e300, 2), (-1e16, 7), (4_503_599_627_370_497.5, 1), (123_456_789.123_456_7, 7)])
  func large(_ value: Double, _ decimals: Int) { #expect(fixed(value, decimals) == trimmed(value, decimals)) }

  @Test func sevenDecimalsSurvive() {
    var random = SplitMix(seed: 10)
    for _ in 0..<20000 {
      let text = "\(Int(random.next() % 359) - 179).\(1_000_000 + random.next() % 8_999_999)"
      let value = Double(text)!
      #expect(Double(fixed(value, 7)) == value)
    }
  }

  @Test func integersAndNothing() {
    var writer = ByteWriter()
    writer.write(Int.min)
    writer.write(byte: 32)
    writer.write(0)
    writer.write(Double.nan, decimals: 7)
    writer.write(-0.000_000_01, decimals: 7)
    #expect(writer.text == "-9223372036854775808 00")
  }
}

/// A small seeded generator (Steele, Lea, Flood 2014), so that failures repeat.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
