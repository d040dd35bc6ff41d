internal import Foundation

/// An event of a grid: when it was reported and closed.
public struct TimedEvent: Sendable, Hashable {
  public var grid: Int
  public var reported: ClockTime
  public var closed: ClockTime?

  public init(grid: Int, reported: ClockTime, closed: ClockTime? = nil) {
    self.grid = grid
    self.reported = reported
    self.closed = closed
  }
}

/// What timed events say about a grid, or about all.
public struct EventFigures: Sendable, Hashable, Codable {
  public var count: Int
  /// Scaled to 365.2425 days from the days that the data cover.
  public var perYear: Double
  /// Nil where no event of any grid has a time of closing.
  public var closedShare: Double?
  /// From report to closing, of those closed not before their report.
  public var medianHoursToClose: Double?
  /// Events by hour of report, 0…23.
  public var byHour: [Int]
  /// The three hours in a row with the most reports: the first of them, and their share.
  public var peakHour: Int?
  public var peakShare: Double
  public var trend: Trend?

  /// A straight trend of monthly counts.
  public struct Trend: Sendable, Hashable, Codable {
    /// Change in a year relative to the mean: Theil–Sen slope, the median of the slopes of all pairs.
    public var yearlyChange: Double
    /// The chance of a trend at least as clear if there is none: Mann–Kendall, two-sided, normal
    /// approximation with ties.
    public var pValue: Double
    public var months: Int
  }
}

/// The figures of each grid, and of all together.
///
/// The days covered are those from the first report to the last, for every grid alike. Trends take
/// complete months only, and need four. Sources: P. Sen, 1968; H. Mann, 1945; M. Kendall, 1975.
/// O(n log n + grids · months²).
public func eventFigures(_ events: [TimedEvent], grids: Int) -> (all: EventFigures, byGrid: [EventFigures]) {
  var span = EventSpan(events.map(\.reported))
  span.knowsClosing = events.contains { $0.closed != nil }
  var members = Array(repeating: [TimedEvent](), count: grids)
  for event in events where event.grid >= 0 && event.grid < grids { members[event.grid].append(event) }
  return (EventFigures(members.flatMap { $0 }, span), members.map { EventFigures($0, span) })
}

/// The days that some events cover.
struct EventSpan {
  var days: Range<Int>
  /// Complete months.
  var months: [AppraisalPeriod]
  /// Whether times of closing are known at all.
  var knowsClosing = false

  init(_ times: [ClockTime]) {
    guard let first = times.min(), let last = times.max() else {
      (days, months) = (0..<0, [])
      return
    }
    days = first.day..<(last.day + 1)
    let days = days
    months = AppraisalPeriod.all(.month, from: first, to: last).filter {
      days.lowerBound <= $0.days.lowerBound && $0.days.upperBound <= days.upperBound
    }
  }
}

extension EventFigures {
  init(_ events: [TimedEvent], _ span: EventSpan) {
    count = events.count
    perYear = span.days.isEmpty ? 0 : Double(events.count) * 365.2425 / Double(span.days.count)
    let closed = events.compactMap(\.closed)
    closedShare = events.isEmpty || !span.knowsClosing ? nil : Double(closed.count) / Double(events.count)
    let hours = events.compactMap { event in event.closed.map { Double($0.seconds - event.reported.seconds) / 3600 } }
    medianHoursToClose = median(hours.filter { $0 >= 0 })
    byHour = Array(repeating: 0, count: 24)
    for event in events { byHour[event.reported.hour] += 1 }
    (peakHour, peakShare) = (nil, 0)
    trend = Self.trend(of: events, span)
    guard !events.isEmpty else { return }
    let byHour = byHour
    let windows = (0..<24).map { hour in (0..<3).reduce(0) { $0 + byHour[(hour + $1) % 24] } }
    let most = windows.max() ?? 0
    peakHour = windows.firstIndex(of: most)
    peakShare = Double(most) / Double(events.count)
  }

  private static func trend(of events: [TimedEvent], _ span: EventSpan) -> Trend? {
    guard span.months.count >= 4, !events.isEmpty else { return nil }
    let counts = span.months.map { month in Double(events.count { month.days.contains($0.reported.day) }) }
    let mean = counts.reduce(0, +) / Double(counts.count)
    guard mean > 0 else { return nil }
    var slopes: [Double] = []
    var score = 0
    for later in counts.indices {
      for earlier in 0..<later {
        slopes.append((counts[later] - counts[earlier]) / Double(later - earlier))
        score += counts[later] > counts[earlier] ? 1 : counts[later] < counts[earlier] ? -1 : 0
      }
    }
    return Trend(
      yearlyChange: 12 * (median(slopes) ?? 0) / mean, pValue: mannKendall(score, counts), months: counts.count)
  }

  private static func mannKendall(_ score: Int, _ values: [Double]) -> Double {
    func term(_ n: Int) -> Double { Double(n * (n - 1) * (2 * n + 5)) }
    let ties = Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +).values.sorted()
    let variance = (term(values.count) - ties.reduce(0) { $0 + term($1) }) / 18
    guard variance > 0, score != 0 else { return 1 }
    let z = (Double(abs(score)) - 1) / variance.squareRoot()
    return erfc(z / 2.0.squareRoot())
  }
}

/// The middle value, or the mean of the two middle ones; nil where there is none.
func median(_ values: [Double]) -> Double? {
  guard !values.isEmpty else { return nil }
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
