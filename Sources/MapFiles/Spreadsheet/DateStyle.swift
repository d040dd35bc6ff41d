import PlanModel

/// What a number format says of a cell: whether its number is a date, a time of day, or neither.
enum DateStyle: Sendable, Equatable {
  case number, date, time

  /// - Parameters:
  ///   - format: the format's number; below 164 a built-in one (ECMA-376, 18.8.30, with those of Chinese).
  ///   - code: its code, where the workbook defines it.
  init(format: Int, code: String?) {
    if let code {
      self = Self.style(ofCode: code)
    } else {
      switch format {
      case 14...17, 22, 27...31, 36, 50...54, 57, 58: self = .date
      case 18...21, 32...35, 45, 47, 55, 56: self = .time
      default: self = .number
      }
    }
  }

  /// Letters of dates and times outside quotes and brackets; hours in brackets are a duration, no time.
  private static func style(ofCode code: String) -> DateStyle {
    var letters = Set<Character>()
    var rest = Substring(code.lowercased())
    while let character = rest.popFirst() {
      switch character {
      case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
      case "\\", "_", "*": rest = rest.dropFirst()
      case "[":
        if let first = rest.first, "hms".contains(first) { return .number }
        rest = rest.drop { $0 != "]" }.dropFirst()
      case ";": return style(of: letters)
      default: letters.insert(character)
      }
    }
    return style(of: letters)
  }

  private static func style(of letters: Set<Character>) -> DateStyle {
    if letters.contains("y") || letters.contains("d") { return .date }
    if letters.contains("h") || letters.contains("s") { return .time }
    return letters.contains("m") ? .date : .number
  }

  /// The text of a serial number of days: `2024-05-31`, `2024-05-31T08:30:00`, `08:30:00`; nil where it
  /// is not one.
  func text(of serial: Double, countsFrom1904: Bool) -> String? {
    guard self != .number, serial >= 0, serial < 2_958_466 else { return nil }
    let seconds = Int((serial * 86_400).rounded())
    let (days, time) = seconds.quotientAndRemainder(dividingBy: 86_400)
    let clock = [time / 3600, time / 60 % 60, time % 60].map(twoDigits).joined(separator: ":")
    if days == 0 && !countsFrom1904 || self == .time && days == 0 { return clock }
    let date = Self.date(days, countsFrom1904: countsFrom1904)
    return time == 0 ? date : "\(date)T\(clock)"
  }

  /// Day 60 is 29 February 1900, which never was, since Excel follows Lotus 1-2-3 in it.
  private static func date(_ days: Int, countsFrom1904: Bool) -> String {
    if !countsFrom1904 && days == 60 { return "1900-02-29" }
    let from1970 = countsFrom1904 ? days - 24_107 : days - (days < 60 ? 25_568 : 25_569)
    let (year, month, day) = civilDate(daysFrom1970: from1970)
    return "\(year)-\(twoDigits(month))-\(twoDigits(day))"
  }
}

private func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
