import Foundation
import PlanModel
import Planar
import Testing

@Suite struct DivisionCodeTests {
  @Test(arguments: [
    ("32", "32", nil), ("3205", "3205", "32"), ("320508", "320508", "3205"),
    ("320508019", "320508019", "320508"), ("320508019044", "320508019044", "320508019"),
    ("320508000000", "320508", "3205"), ("320000000000", "32", nil), ("320508019000", "320508019", "320508"),
    // Dongguan has no counties: towns hang under the city.
    ("441900003", "441900003", "4419"), ("441900003001", "441900003001", "441900003"),
  ])
  func parsing(text: String, digits: String, parent: String?) throws {
    let code = try DivisionCode(text)
    #expect(code.digits == digits)
    #expect(code.parent?.digits == parent)
    #expect(code.padded.count == 12)
    let again = try DivisionCode(code.padded)
    #expect(again == code)
    if let above = code.parent { #expect(above.contains(code) && !code.contains(above)) }
  }

  @Test(arguments: [
    ("", CodeProblem.empty), ("32050", .wrongLength(5, expected: [2, 4, 6, 9, 12])),
    ("32O508", .notDigits("32O508")), ("３２", .notDigits("３２")), ("000000", .unknownProvince("00")),
    ("990108", .unknownProvince("99")),
  ])
  func broken(text: String, problem: CodeProblem) {
    #expect(throws: problem) { try DivisionCode(text) }
    for language in Language.allCases { #expect(!problem.wording(language).isEmpty) }
  }

  @Test(.enabled(if: SharedData.isPresent), arguments: ["codes/3205-suzhou.csv", "codes/6402-shizuishan.csv"])
  func publishedCodes(file: String) throws {
    let text = try String(contentsOfFile: SharedData.path(file), encoding: .utf8)
    let rows = text.split(whereSeparator: \.isNewline).dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(rows.count > 300)
    for row in rows {
      let code = try DivisionCode(String(row[0]))
      #expect(code.digits == row[1])
      #expect((code.parent?.digits ?? "") == row[4])
      let level = ["province": 2, "city": 4, "county": 6, "town": 9, "village": 12][row[2]]
      #expect(code.level.rawValue == level)
    }
  }
}

@Suite struct GridCodeTests {
  @Test func parsing() throws {
    let code = try GridCode("320508019044007")
    #expect(code.community == "320508019044")
    #expect(code.serial == 7)
    let old = try GridCode("32050801904412")
    #expect(old.serial == 12)
    #expect(throws: CodeProblem.zeroSerial) { try GridCode("320508019044000") }
    #expect(throws: CodeProblem.noCommunity) { try GridCode("320508019000001") }
    #expect(throws: CodeProblem.wrongLength(12, expected: [14, 15])) { try GridCode("320508019044") }
  }
}

@Suite struct GridNumberingTests {
  @Test func readingOrderOfASlightlyTiltedBlock() {
    // Three rows of four, each row rising a little to the east.
    var positions: [Point] = []
    for row in 0..<3 {
      for column in 0..<4 {
        positions.append(Point(x: Double(column) * 100, y: Double(-row) * 100 + Double(column) * 10))
      }
    }
    let heights = positions.map { _ in 100.0 }
    #expect(GridNumbering.order(of: positions, heights: heights) == Array(0..<12))
  }

  @Test func orderDoesNotDependOnTheOrderGiven() {
    for seed in 0..<20 as Range<UInt64> {
      var generator = Seeded(seed)
      let positions = (0..<50).map { _ in
        Point(x: .random(in: 0..<1000, using: &generator), y: .random(in: 0..<1000, using: &generator))
      }
      let heights = Array(repeating: 140.0, count: 50)
      let expected = GridNumbering.order(of: positions, heights: heights).map { positions[$0] }
      let shuffled = positions.shuffled(using: &generator)
      let order = GridNumbering.order(of: shuffled, heights: heights)
      #expect(order.map { shuffled[$0] } == expected, "seed \(seed)")
      #expect(Set(expected).count == 50)
    }
  }

  @Test func edgeCases() {
    #expect(GridNumbering.order(of: [], heights: []).isEmpty)
    let same = [Point(x: 1, y: 1), Point(x: 1, y: 1)]
    #expect(GridNumbering.order(of: same, heights: [0, 0]) == [0, 1])
  }

  @Test func codesAreNeverUsedAgain() throws {
    let parent = "320508019044"
    let first = try GridNumbering.codes(2, parent: parent)
    #expect(first == [parent + "001", parent + "002"])
    let used: Set = [parent + "001", parent + "007", "320508019045009", parent + "0071", parent]
    let more = try GridNumbering.codes(2, parent: parent, used: used)
    #expect(more == [parent + "008", parent + "009"])
    let last: Set = [parent + "2", parent + "9"]
    let gaps = try GridNumbering.codes(7, parent: parent, used: last, width: 1)
    #expect(gaps.count == 7)
    #expect(throws: CodeProblem.exhausted(parent: parent)) {
      try GridNumbering.codes(8, parent: parent, used: last, width: 1)
    }
  }

  /// Every set of used serials of one digit and every count, against the rule.
  @Test func exhaustive() {
    for mask in 0..<512 {
      let used = Set((1...9).filter { mask >> ($0 - 1) & 1 == 1 }.map { "A\($0)" })
      for count in 0...9 {
        let codes = try? GridNumbering.codes(count, parent: "A", used: used, width: 1)
        #expect((codes != nil) == (count <= 9 - used.count), "\(mask) \(count)")
        guard let codes else { continue }
        #expect(codes.count == count && Set(codes).count == count && used.isDisjoint(with: codes))
      }
    }
  }
}

@Suite struct CodeSuggestionsTests {
  @Test(arguments: [
    ("32050801904", ["320508019044", "320508019045"]), ("32O5O8019044", ["320508019044", "320508019045"]),
    ("320508019044.0", ["320508019044", "320508019045"]), ("320508", ["320508000000"]), ("nonsense", []),
  ])
  func nearest(text: String, expected: [String]) {
    let known = ["320508019044", "320508019045", "320508000000", "110108018010"]
    #expect(CodeSuggestions.nearest(to: text, among: known) == expected)
  }
}
