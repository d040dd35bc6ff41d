import PlanModel

/// A date and time of day as a clock on the spot shows it, to the second; zones are not converted.
public struct ClockTime: Sendable, Hashable, Comparable {
  /// Seconds since 1970-01-01 00:00 of the same clock.
  public var seconds: Int

  public init(seconds: Int) { self.seconds = seconds }

  /// - Parameters:
  ///   - day: days since 1970-01-01.
  ///   - hour: 0 to 23.
  ///   - minute: 0 to 59.
  ///   - second: 0 to 59.
  public init(day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
    seconds = day * 86_400 + hour * 3600 + minute * 60 + second
  }

  public init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
    self.init(day: Self.dayNumber(year, month, day), hour: hour, minute: minute, second: second)
  }

  /// Reads `2019-01-31T08:05:09`, with a blank for the T, slashes or dots for dashes, without
  /// seconds or time, `2019年1月31日`; a zone (`Z`, `+08:00`) and fractions are passed over.
  ///
  /// - Returns: nil for anything else, or a date that does not exist.
  public init?(_ text: String) {
    let numbers = Self.numbers(in: text)
    guard numbers.count == 3 || numbers.count >= 5, (1000...9999).contains(numbers[0]), (1...12).contains(numbers[1]),
      (1...Self.days(inMonth: numbers[1], of: numbers[0])).contains(numbers[2])
    else { return nil }
    let time = numbers.count >= 5 ? Array(numbers[3...]) : [0, 0]
    let second = time.count > 2 ? time[2] : 0
    guard (0...24).contains(time[0]), (0...59).contains(time[1]), (0...60).contains(second) else { return nil }
    self.init(
      year: numbers[0], month: numbers[1], day: numbers[2], hour: time[0], minute: time[1], second: second)
  }

  /// Year, month, day, hour, minute, second; nothing where other text stands between them.
  private static func numbers(in text: String) -> [Int] {
    var numbers: [Int] = []
    var isInNumber = false
    for letter in text.unicodeScalars {
      if let digit = letter.value >= 48 && letter.value <= 57 ? Int(letter.value) - 48 : nil {
        if !isInNumber { numbers.append(0) }
        isInNumber = true
        guard numbers[numbers.count - 1] < 1_000_000 else { return [] }
        numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + digit
        continue
      }
      isInNumber = false
      // What follows a zone or a fraction says nothing here.
      if numbers.count >= 5, "Z+.".unicodeScalars.contains(letter) || (letter == "-" && numbers.count >= 5) { break }
      guard "-/. T:年月日时分秒".unicodeScalars.contains(letter) else { return [] }
    }
    return Array(numbers.prefix(6))
  }

  public static func < (a: ClockTime, b: ClockTime) -> Bool { a.seconds < b.seconds }

  /// Days since 1970-01-01.
  public var day: Int { seconds >= 0 ? seconds / 86_400 : -((86_399 - seconds) / 86_400) }
  /// 0…23
  public var hour: Int { (seconds - day * 86_400) / 3600 }
  /// 0 for Monday … 6 for Sunday.
  public var weekday: Int { ((day + 3) % 7 + 7) % 7 }

  /// Year, month 1…12 and day 1…31 in the Gregorian calendar.
  public var date: (year: Int, month: Int, day: Int) { civilDate(daysFrom1970: day) }

  static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func days(inMonth month: Int, of year: Int) -> Int {
    let next = month == 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1)
    return next - dayNumber(year, month, 1)
  }
}
