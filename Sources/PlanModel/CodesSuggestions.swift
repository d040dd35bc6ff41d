/// Codes that a wrong one may have meant.
public enum CodeSuggestions {
  /// The members of `known` nearest to `text`, at most `limit`: those equal to it after repair
  /// first, then by the number of characters to insert, delete, replace or swap, at most 2.
  ///
  /// Repair undoes what spreadsheets and typists do: full-width digits, spaces, O for 0, l for 1,
  /// `.0` at the end, zeros of lower levels. O(known · length²).
  public static func nearest(to text: String, among known: [String], limit: Int = 3) -> [String] {
    let repaired = repaired(text)
    let ranked = Set(known).compactMap { code -> (distance: Int, code: String)? in
      if code == repaired || repaired == padded(code) || padded(repaired) == code { return (0, code) }
      guard abs(code.utf8.count - repaired.utf8.count) <= 2 else { return nil }
      let distance = editDistance(Array(repaired.utf8), Array(code.utf8))
      return distance <= 2 ? (distance, code) : nil
    }
    return ranked.sorted { ($0.distance, $0.code) < ($1.distance, $1.code) }.prefix(limit).map(\.code)
  }

  /// `text` with the commonest slips undone.
  public static func repaired(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars where !scalar.properties.isWhitespace && scalar != "'" {
      let wide = (0xFF01...0xFF5E).contains(scalar.value)
      let narrow = wide ? Unicode.Scalar(scalar.value - 0xFEE0)! : scalar
      switch narrow {
      case "O", "o": result += "0"
      case "l", "I": result += "1"
      default: result.unicodeScalars.append(narrow)
      }
    }
    if result.hasSuffix(".0") { result.removeLast(2) }
    return result
  }

  /// The division code of twelve digits; nil for anything else.
  private static func padded(_ text: String) -> String? { (try? DivisionCode(text))?.padded }

  /// The number of insertions, deletions, replacements and swaps of neighbours between two texts
  /// (optimal string alignment).
  static func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var rows = [Array(0...b.count)]
    for i in 1..<(a.count + 1) {
      var row = [i]
      for j in 1..<(b.count + 1) {
        var best = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { best = min(best, rows[i - 2][j - 2] + 1) }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}

/// A code as it is compared: slips of spreadsheets undone, zeros of lower levels of a division code
/// left out.
public func plainCode(_ text: String) -> String {
  let repaired = CodeSuggestions.repaired(text)
  guard repaired.utf8.count == 12, let division = try? DivisionCode(repaired) else { return repaired }
  return division.digits
}
