/// The name of a community, village, street or town in a form that can be compared.
///
/// 翠湖社区, 翠湖社區居委會 and 翠湖社区居民委员会 are one name; 翠湖村 and 翠湖社区 are two, and 翠湖 alone
/// may be either.
public struct PlaceName: Sendable, Hashable {
  /// What the ending says the place is.
  public enum Kind: String, Sendable, CaseIterable {
    case community = "社区"
    case village = "村"
    case street = "街道"
    case area = "地区"
    case town = "镇"
    case township = "乡"
  }

  /// The name without its ending, folded, without punctuation.
  public let stem: String
  public let kind: Kind?

  /// - Parameters:
  ///   - text: the name as it is written.
  ///   - folding: made for texts of which this is one.
  public init(_ text: String, _ folding: TextFolding) {
    let plain = Self.plain(folding.folded(text))
    for (ending, kind) in Self.endings where plain.hasSuffix(ending) && plain.count > ending.count {
      (stem, self.kind) = (String(plain.dropLast(ending.count)), kind)
      return
    }
    (stem, kind) = (plain, nil)
  }

  /// Equal for names that are the same for all that can be told.
  public var key: String { stem + (kind.map { "|" + $0.rawValue } ?? "") }

  public var isEmpty: Bool { stem.isEmpty }

  /// Whether a character was lost on the way; such a name tells no place by itself.
  public var hasLostCharacter: Bool { stem.contains(TextFolding.lost) }

  /// Whether both may be one name: equal but for lost characters, each of which stands for one
  /// character, and for an ending that one of them lacks.
  public func mayEqual(_ other: PlaceName) -> Bool {
    guard stem.count == other.stem.count, !isEmpty else { return false }
    if let kind, let otherKind = other.kind, kind != otherKind { return false }
    return zip(stem, other.stem).allSatisfy { $0 == $1 || $0 == TextFolding.lost || $1 == TextFolding.lost }
  }

  /// Whether the stems are equal and no character is lost, while one says what the place is and the
  /// other does not, or both say different things.
  public func hasSameStem(as other: PlaceName) -> Bool {
    !isEmpty && stem == other.stem && !hasLostCharacter
  }

  /// Endings of names, the longest of each kind first.
  private static let endings: [(String, Kind)] = [
    ("社区居民委员会", .community), ("社区工作委员会", .community), ("社区委员会", .community), ("居民委员会", .community),
    ("社区居委会", .community), ("社区工委", .community), ("居委会", .community), ("家委会", .community), ("社区", .community),
    ("村村民委员会", .village), ("村民委员会", .village), ("村委会", .village), ("行政村", .village), ("村", .village),
    ("街道办事处", .street), ("街道办", .street), ("街道", .street), ("地区办事处", .area), ("地区", .area),
    ("镇人民政府", .town), ("镇政府", .town), ("镇", .town), ("乡人民政府", .township), ("乡政府", .township), ("乡", .township),
  ]

  /// Without punctuation; a character described in brackets (满（lang）塘, （氵甸）) counts as lost.
  private static func plain(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let character = rest.first {
      if character == "(", let end = rest.firstIndex(of: ")") {
        let inner = rest[rest.index(after: rest.startIndex)..<end]
        result += describesCharacter(inner) ? String(TextFolding.lost) : letters(inner)
        rest = rest[rest.index(after: end)...]
      } else {
        result += letters(rest.prefix(1))
        rest = rest.dropFirst()
      }
    }
    return result
  }

  private static func letters(_ text: some StringProtocol) -> String {
    String(text.filter { $0.isLetter || $0.isNumber || $0 == TextFolding.lost })
  }

  /// Whether these words in brackets stand for one character: its sound in Latin letters, or its
  /// parts with a radical that is no character of its own.
  private static func describesCharacter(_ text: Substring) -> Bool {
    guard !text.isEmpty else { return false }
    if text.count <= 6, text.allSatisfy({ $0.isASCII && $0.isLetter }) { return true }
    return text.count <= 3 && text.contains(where: radicals.contains)
  }

  private static let radicals = Set("氵亻扌纟钅饣犭忄艹讠辶阝礻衤冫灬疒宀冖攵丬彳")
}
