/// Chinese numerals as numbers.
public enum ChineseNumerals {
  private static let digits: [Character: Int] = [
    "〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
  ]
  private static let powers: [Character: Int] = ["十": 10, "百": 100]

  static func isNumeral(_ character: Character) -> Bool {
    digits[character] != nil || powers[character] != nil
  }

  /// The number below a thousand that the characters write (十二, 二十一, 一百零五, 一〇五); nil for any
  /// other sequence.
  public static func value(of text: some Collection<Character>) -> Int? {
    guard !text.isEmpty, text.count <= 7, text.allSatisfy(isNumeral) else { return nil }
    if text.allSatisfy({ digits[$0] != nil }) {
      return text.count <= 4 ? text.reduce(0) { $0 * 10 + digits[$1]! } : nil
    }
    var total = 0
    var pending: Int?
    var least = 1000
    for character in text {
      if let digit = digits[character] {
        guard pending == nil || pending == 0 else { return nil }
        pending = digit
      } else {
        let power = powers[character]!
        guard power < least, pending != 0 else { return nil }
        total += (pending ?? 1) * power
        (least, pending) = (power, nil)
      }
    }
    return total + (pending ?? 0)
  }

  /// The text with numerals written in Arabic digits where one of `counters` or a letter of them
  /// follows, as in 十二号楼; numerals inside names (二里庄, 三里屯) stay.
  public static func arabic(_ text: String, before counters: Set<Character>) -> String {
    let characters = Array(text)
    var result = ""
    var next = 0
    while next < characters.count {
      var end = next
      while end < characters.count, isNumeral(characters[end]) { end += 1 }
      if end > next, end < characters.count, counters.contains(characters[end]),
        let number = value(of: characters[next..<end])
      {
        result += String(number)
      } else {
        result += String(characters[next..<max(end, next + 1)])
        end = max(end, next + 1)
      }
      next = end
    }
    return result
  }
}
