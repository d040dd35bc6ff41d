/// An address in a form that can be compared: the areas it begins with, and the place in them.
///
/// 北京市海淀区学院路街道二里庄北里三号楼2单元501室, 二里莊北里3棟 and 二里庄北里３幢 name one building: numerals
/// before a counter are written in digits, 幢, 栋, 座, 号楼 and 楼 are one word, and what follows the
/// building (单元, 层, 室) is left out.
public struct PlaceAddress: Sendable, Hashable {
  /// Folded, down to the building.
  public let text: String
  public let hasLostCharacter: Bool
  /// Whether more than the building was written (单元, 室).
  public let namesDoor: Bool

  /// - Parameters:
  ///   - address: as it is written.
  ///   - folding: made for texts of which this is one.
  public init(_ address: String, _ folding: TextFolding) {
    let plain = Self.withoutRemarks(folding.folded(address))
    let counted = Self.oneBuildingWord(ChineseNumerals.arabic(plain, before: Self.counters))
    text = Self.uptoBuilding(counted)
    namesDoor = text.count < counted.count
    hasLostCharacter = text.contains(TextFolding.lost)
  }

  public var isEmpty: Bool { text.isEmpty }

  /// The address without none, one, two… of the areas that it begins with, the longest first. Each
  /// holds a name and a number, so that it can tell a place.
  public var endings: [Substring] {
    var result = [text[...]]
    var start = text.startIndex
    while let area = Self.area(at: start, in: text[...]) {
      start = area.end
      let rest = text[start...]
      if let first = rest.first, !first.isDigit, !Self.roadWords.contains(first) { result.append(rest) }
    }
    return result.filter { ending in
      ending.contains(where: \.isDigit) && ending.first?.isLetter == true
    }
  }

  /// Whether the areas before a common ending say different things at one level.
  public func contradicts(_ other: PlaceAddress, before ending: Substring) -> Bool {
    let mine = areas(before: ending)
    return other.areas(before: ending).contains { level, name in mine[level].map { $0 != name } ?? false }
  }

  private func areas(before ending: Substring) -> [Int: Substring] {
    var result: [Int: Substring] = [:]
    let head = text.dropLast(ending.count)
    var start = head.startIndex
    while let area = Self.area(at: start, in: head) {
      result[area.level] = head[start..<area.end]
      start = area.end
    }
    return result
  }

  // MARK: Parts

  private static let areaWords: [(word: String, level: Int)] = [
    ("自治区", 1), ("省", 1), ("自治州", 2), ("市", 2), ("自治县", 3), ("区", 3), ("县", 3), ("旗", 3), ("街道办事处", 4), ("街道", 4),
    ("镇", 4), ("乡", 4), ("居民委员会", 5), ("社区居委会", 5), ("居委会", 5), ("社区", 5), ("村委会", 5), ("村", 5),
  ]

  /// Words after which no name begins: what stands before them is a part of the name (新城区路).
  private static let roadWords = Set("路街道巷弄号院楼里胡站口")

  /// The area that the text names from `start`: the nearest ending with a name before it.
  private static func area(at start: String.Index, in text: Substring) -> (end: String.Index, level: Int)? {
    var position = start
    var length = 0
    while position < text.endIndex, length < 12 {
      if length > 0 {
        for (word, level) in areaWords where text[position...].hasPrefix(word) {
          let end = text.index(position, offsetBy: word.count)
          if end == text.endIndex || !roadWords.contains(text[end]) { return (end, level) }
        }
      }
      if text[position].isDigit { return nil }
      position = text.index(after: position)
      length += 1
    }
    return nil
  }

  private static let counters = Set("号幢栋座楼弄组院单门层室户期区排巷")

  /// Without what stands in brackets, and without punctuation but the hyphen between numbers.
  private static func withoutRemarks(_ text: String) -> String {
    var result = ""
    var depth = 0
    for character in text {
      switch character {
      case "(": depth += 1
      case ")": depth = max(0, depth - 1)
      default:
        if depth == 0, character.isLetter || character.isNumber || "-#".contains(character) || character == TextFolding.lost {
          result.append(character)
        }
      }
    }
    return result
  }

  /// The sign that stands for 幢, 栋, 座, 号楼 and 楼 after a number or a letter.
  private static let building: Character = "#"

  private static func oneBuildingWord(_ text: String) -> String {
    var result = text
    for word in ["号楼", "号幢", "号栋", "幢", "栋", "棟", "座", "楼"] {
      var from = result.startIndex
      while let range = result[from...].firstRange(of: word) {
        if let before = result[..<range.lowerBound].last, before.isASCII && (before.isNumber || before.isLetter) {
          let offset = result.distance(from: result.startIndex, to: range.lowerBound)
          result.replaceSubrange(range, with: String(building))
          from = result.index(result.startIndex, offsetBy: offset + 1)
        } else {
          from = range.upperBound
        }
      }
    }
    return result
  }

  /// What stands up to the building; three numbers with hyphens are building, unit and room.
  private static func uptoBuilding(_ text: String) -> String {
    if let sign = text.lastIndex(of: building) { return String(text[...sign]) }
    let parts = text.reversed().prefix { $0.isDigit || $0 == "-" }.reversed()
    let numbers = String(parts).split(separator: "-", omittingEmptySubsequences: false)
    if numbers.count == 3, numbers.allSatisfy({ !$0.isEmpty }) {
      return text.dropLast(parts.count) + numbers[0] + String(building)
    }
    for word in ["单元", "室", "层", "门"] {
      if let range = text.firstRange(of: word) { return String(withoutNumber(text[..<range.lowerBound])) }
    }
    return text
  }

  private static func withoutNumber(_ text: Substring) -> Substring {
    var result = text
    while let last = result.last, last.isDigit || last == "-" { result.removeLast() }
    return result
  }
}

extension Character {
  /// Whether it is one of 0 to 9; `isNumber` takes Chinese numerals in.
  fileprivate var isDigit: Bool { isASCII && isNumber }
}
