/// A statistical division code: province 2 digits, city 4, county 6, street or town 9, community or
/// village 12 (2+2+2+3+3). Always text, never a number.
///
/// A code may be written in full with zeros at its end (`320508000000` is the county 320508). A
/// segment of zeros in the middle is a level that does not exist there: cities without counties
/// (441900003 is a town that hangs directly under the city 4419).
/// Source: 统计用区划代码和城乡划分代码编制规则, National Bureau of Statistics.
public struct DivisionCode: Sendable, Hashable, Comparable, CustomStringConvertible {
  public enum Level: Int, Sendable, CaseIterable, Comparable {
    case province = 2
    case city = 4
    case county = 6
    case street = 9
    case community = 12

    public static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
  }

  /// The digits without the zeros of lower levels; as many as the level's raw value.
  public let digits: String
  public let level: Level

  /// - Throws: `CodeProblem` with the reason.
  public init(_ text: String) throws(CodeProblem) {
    let bytes = try codeDigits(text)
    guard let written = Level(rawValue: bytes.count) else {
      throw .wrongLength(bytes.count, expected: Level.allCases.map(\.rawValue))
    }
    guard provinces.contains(Int(bytes[0] - 48) * 10 + Int(bytes[1] - 48)) else {
      throw .unknownProvince(String(decoding: bytes.prefix(2), as: UTF8.self))
    }
    level = Level.allCases.last { $0 <= written && $0.hasSegment(in: bytes) } ?? .province
    digits = String(decoding: bytes.prefix(level.rawValue), as: UTF8.self)
  }

  private init(digits: Substring, level: Level) {
    self.digits = String(digits)
    self.level = level
  }

  /// The next code above that exists: levels of which the segment is zero are passed over.
  public var parent: DivisionCode? {
    let bytes = Array(digits.utf8)
    guard let above = Level.allCases.last(where: { $0 < level && $0.hasSegment(in: bytes) }) else {
      return nil
    }
    return DivisionCode(digits: digits.prefix(above.rawValue), level: above)
  }

  /// Whether `other` lies below this code, at any depth.
  public func contains(_ other: DivisionCode) -> Bool {
    other.level > level && other.digits.hasPrefix(digits)
  }

  /// The code of twelve digits, zeros for the levels below.
  public var padded: String { digits + String(repeating: "0", count: 12 - digits.count) }

  public var description: String { digits }

  public static func < (a: DivisionCode, b: DivisionCode) -> Bool { a.digits < b.digits }
}

extension DivisionCode.Level {
  /// Whether the level's own digits are there and not all zero.
  fileprivate func hasSegment(in bytes: [UInt8]) -> Bool {
    let start = Self.allCases.last { $0 < self }?.rawValue ?? 0
    return rawValue <= bytes.count && bytes[start..<rawValue].contains { $0 != 48 }
  }

  /// The level's name.
  public func name(_ language: Language) -> String {
    switch self {
    case .province: language("province", "省级")
    case .city: language("city", "地级")
    case .county: language("county", "县级")
    case .street: language("street or town", "乡级")
    case .community: language("community or village", "村级")
    }
  }
}

/// Why a text is no code.
public enum CodeProblem: Error, Sendable, Hashable, CustomStringConvertible {
  case empty
  /// The characters that are no digits.
  case notDigits(String)
  case wrongLength(Int, expected: [Int])
  case unknownProvince(String)
  /// The community's part is zero: a unit grid lies in a community.
  case noCommunity
  case zeroSerial
  /// A parent has no serial number left.
  case exhausted(parent: String)

  public func wording(_ language: Language) -> String {
    switch self {
    case .empty: language("the code is empty", "代码为空")
    case .notDigits(let text):
      language("\"\(text)\" is not made of digits", "“\(text)”含非数字字符")
    case .wrongLength(let count, let expected):
      language(
        "it has \(count) digits, not \(list(expected, language))",
        "共 \(count) 位，应为 \(list(expected, language)) 位")
    case .unknownProvince(let prefix):
      language("\(prefix) is no province", "前两位 \(prefix) 不是省级代码")
    case .noCommunity:
      language("its community part is zero", "社区（村）段为零")
    case .zeroSerial: language("its serial number is zero", "顺序号为零")
    case .exhausted(let parent):
      language("\(parent) has no serial number left", "\(parent) 之下的顺序号已用完")
    }
  }

  public var description: String { wording(.english) }

  private func list(_ numbers: [Int], _ language: Language) -> String {
    let words = numbers.map(String.init)
    return words.count == 1
      ? words[0]
      : words.dropLast().joined(separator: language(", ", "、")) + language(" or ", "或") + words.last!
  }
}

/// The ASCII digits of a code.
func codeDigits(_ text: String) throws(CodeProblem) -> [UInt8] {
  guard !text.isEmpty else { throw .empty }
  let bytes = Array(text.utf8)
  guard bytes.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { throw .notDigits(text) }
  return bytes
}

/// First two digits of GB/T 2260.
private let provinces: Set<Int> = [
  11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61,
  62, 63, 64, 65, 71, 81, 82,
]
