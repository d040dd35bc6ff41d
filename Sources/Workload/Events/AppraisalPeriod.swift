/// The spans of time over which work is appraised.
public enum AppraisalUnit: String, Sendable, Codable, CaseIterable {
  case week, month, quarter, year
}

/// One week (from Monday, ISO 8601), month, quarter or year.
public struct AppraisalPeriod: Sendable, Hashable, Comparable {
  public var unit: AppraisalUnit
  /// First day, and the day after the last (days since 1970-01-01).
  public var days: Range<Int>

  public init(_ unit: AppraisalUnit, containing time: ClockTime) {
    self.unit = unit
    let (year, month, _) = time.date
    switch unit {
    case .week: days = (time.day - time.weekday)..<(time.day - time.weekday + 7)
    case .month: days = Self.months(year, month, 1)
    case .quarter: days = Self.months(year, (month - 1) / 3 * 3 + 1, 3)
    case .year: days = Self.months(year, 1, 12)
    }
  }

  private static func months(_ year: Int, _ month: Int, _ count: Int) -> Range<Int> {
    let after = month + count
    let end = after > 12 ? ClockTime.dayNumber(year + 1, after - 12, 1) : ClockTime.dayNumber(year, after, 1)
    return ClockTime.dayNumber(year, month, 1)..<end
  }

  public var next: AppraisalPeriod { AppraisalPeriod(unit, containing: ClockTime(day: days.upperBound)) }

  /// `2019-W05`, `2019-01`, `2019-Q1` or `2019`.
  public var label: String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    let (year, month, _) = ClockTime(day: days.lowerBound).date
    switch unit {
    case .week:
      // The week belongs to the year of its Thursday.
      let year = ClockTime(day: days.lowerBound + 3).date.year
      let first = AppraisalPeriod(.week, containing: ClockTime(year: year, month: 1, day: 4))
      return "\(year)-W\(two((days.lowerBound - first.days.lowerBound) / 7 + 1))"
    case .month: return "\(year)-\(two(month))"
    case .quarter: return "\(year)-Q\((month - 1) / 3 + 1)"
    case .year: return String(year)
    }
  }

  public static func < (a: AppraisalPeriod, b: AppraisalPeriod) -> Bool { a.days.lowerBound < b.days.lowerBound }

  /// All periods from that of `first` to that of `last`.
  public static func all(_ unit: AppraisalUnit, from first: ClockTime, to last: ClockTime) -> [AppraisalPeriod] {
    var periods = [AppraisalPeriod(unit, containing: first)]
    while periods[periods.count - 1].days.upperBound <= last.day { periods.append(periods[periods.count - 1].next) }
    return periods
  }
}

/// A dated amount of work in a grid: an event, or a total of visits; no place and no person.
public struct DatedWork: Sendable, Hashable {
  public var grid: Int
  public var time: ClockTime
  public var count: Double
  public var minutes: Double

  public init(grid: Int, time: ClockTime, count: Double = 1, minutes: Double = 0) {
    self.grid = grid
    self.time = time
    self.count = count
    self.minutes = minutes
  }
}

/// The work of one grid in one period.
public struct AppraisalRow: Sendable, Hashable {
  public var period: AppraisalPeriod
  public var grid: Int
  public var count: Double
  public var minutes: Double
  /// Against the period before: (now − before)/before; nil for the first, or where there was nothing.
  public var change: Double?
  /// 1 for the grid with the most, equal counts share a rank.
  public var rank: Int
  /// Whether the data cover the whole period.
  public var isComplete: Bool
}

/// A table over time: a row for each period and grid, periods first, also where nothing happened.
public func appraisal(of work: [DatedWork], by unit: AppraisalUnit, grids: Int) -> [AppraisalRow] {
  guard let first = work.map(\.time).min(), let last = work.map(\.time).max(), grids > 0 else { return [] }
  let periods = AppraisalPeriod.all(unit, from: first, to: last)
  var counts = Array(repeating: Array(repeating: 0.0, count: grids), count: periods.count)
  var minutes = counts
  for item in work where item.grid >= 0 && item.grid < grids {
    let period = periods.partition { $0.days.upperBound > item.time.day }
    counts[period][item.grid] += item.count
    minutes[period][item.grid] += item.minutes
  }
  return periods.indices.flatMap { index in
    let ranks = ranks(of: counts[index])
    let covered = first.day...last.day
    let isComplete = covered.contains(periods[index].days.lowerBound) && covered.contains(periods[index].days.upperBound - 1)
    return (0..<grids).map { grid in
      let before = index > 0 ? counts[index - 1][grid] : 0
      return AppraisalRow(
        period: periods[index], grid: grid, count: counts[index][grid], minutes: minutes[index][grid],
        change: before > 0 ? (counts[index][grid] - before) / before : nil, rank: ranks[grid], isComplete: isComplete)
    }
  }
}

private func ranks(of values: [Double]) -> [Int] {
  let order = values.indices.sorted { (-values[$0], $0) < (-values[$1], $1) }
  var ranks = Array(repeating: 0, count: values.count)
  for (place, item) in order.enumerated() {
    let isTied = place > 0 && values[order[place - 1]] == values[item]
    ranks[item] = isTied ? ranks[order[place - 1]] : place + 1
  }
  return ranks
}

extension Array {
  /// The first index from which `isBehind` holds; it must hold from there on.
  fileprivate func partition(_ isBehind: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
