import Foundation

/// Folds writings of a text that mean the same into one: full width into half width, traditional
/// characters into simplified ones, capitals into small letters, without spaces.
///
/// Characters of which only a mark is left (U+FFFD, `?`, `□`, private use) become `TextFolding.lost`.
/// Simplified by ICU's transliterator Hant-Hans, one character at a time: its words would make the
/// form of a name depend on what stands beside it. O(n), with one look into ICU for all texts.
public struct TextFolding: Sendable {
  /// Stands for a character that was lost on the way.
  public static let lost: Character = "\u{FFFD}"

  private let simplified: [Unicode.Scalar: Unicode.Scalar]

  /// - Parameter texts: whose characters are met later; others stay as they are.
  public init(for texts: some Sequence<String>) {
    var characters: Set<Unicode.Scalar> = []
    for text in texts {
      for scalar in text.unicodeScalars where scalar.value >= 0x3400 { characters.insert(scalar) }
    }
    let listed = characters.sorted { $0.value < $1.value }
    let lines = listed.map { String(Character($0)) }.joined(separator: "\n")
    let folded = lines.applyingTransform(StringTransform("Hant-Hans"), reverse: false) ?? lines
    var simplified: [Unicode.Scalar: Unicode.Scalar] = [:]
    for (scalar, line) in zip(listed, folded.split(separator: "\n", omittingEmptySubsequences: false)) {
      guard let other = line.unicodeScalars.first, line.unicodeScalars.count == 1, other != scalar else { continue }
      simplified[scalar] = other
    }
    self.simplified = simplified
  }

  /// The folded text; punctuation stays, in half width.
  public func folded(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let narrow = Self.halfWidth(scalar)
      if Self.isLost(narrow) {
        result.append(Self.lost.unicodeScalars.first!)
      } else if let other = simplified[narrow] {
        result.append(other)
      } else if !narrow.properties.isWhitespace, !Self.isInvisible(narrow) {
        result.append(contentsOf: narrow.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return String(result)
  }

  /// The half-width form; punctuation of Chinese as that of ASCII.
  private static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if (0xFF01...0xFF5E).contains(scalar.value) { return Unicode.Scalar(scalar.value - 0xFEE0)! }
    switch scalar {
    case "【", "〔", "［", "〈", "《", "「": return "("
    case "】", "〕", "］", "〉", "》", "」": return ")"
    case "—", "–", "―", "－", "−", "‐", "‑", "﹣", "~", "～": return "-"
    case "、", "，", "。", "；": return ","
    default: return scalar
    }
  }

  /// Question marks stand where a character did not fit the encoding of a file on its way.
  private static func isLost(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xFFFD, 0x3F, 0x25A1, 0x25A0, 0x3013, 0xE000...0xF8FF, 0xF0000...0x10FFFF: true
    default: false
    }
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .nonspacingMark: true
    default: false
    }
  }
}
