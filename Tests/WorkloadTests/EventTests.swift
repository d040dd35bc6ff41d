import Testing

@testable import Workload

@Suite struct ClockTimeTests {
  @Test func readsTheUsualForms() throws {
    let expected = ClockTime(year: 2024, month: 2, day: 29, hour: 8, minute: 5)
    for text in [
      "2024-02-29T08:05:00Z", "2024-02-29 08:05", "2024/2/29 8:05:00", "2024年2月29日 8时5分", "2024-02-29T08:05:00.123+08:00",
      "2024.02.29 08:05",
    ] {
      #expect(ClockTime(text) == expected, "\(text)")
    }
    #expect(ClockTime("2024-02-29")?.hour == 0)
    #expect(ClockTime("2024-02-29T08:05:09-05:00")?.seconds == expected.seconds + 9)
  }

  @Test(arguments: ["", "yesterday", "2023-02-29", "2024-13-01", "29.02.2024", "2024-02-29 25:00", "20240229", "2024-02-29 8"])
  func refusesOthers(_ text: String) { #expect(ClockTime(text) == nil) }

  @Test func calendarGoesThereAndBack() {
    for day in stride(from: -200_000, through: 200_000, by: 37) {
      let (year, month, date) = ClockTime(day: day).date
      #expect(ClockTime.dayNumber(year, month, date) == day)
    }
    #expect(ClockTime(seconds: -1).date == (1969, 12, 31))
    #expect(ClockTime(seconds: -1).hour == 23)
    #expect(ClockTime(year: 2026, month: 11, day: 21).weekday == 5)
  }
}

@Suite struct AppraisalTests {
  @Test func periodsHaveTheirLabels() {
    let time = ClockTime(year: 2021, month: 1, day: 2)
    #expect(AppraisalUnit.allCases.map { AppraisalPeriod($0, containing: time).label } == ["2020-W53", "2021-01", "2021-Q1", "2021"])
    #expect(AppraisalPeriod(.week, containing: ClockTime(year: 2024, month: 12, day: 30)).label == "2025-W01")
    #expect(AppraisalPeriod(.quarter, containing: ClockTime(year: 2024, month: 12, day: 31)).days.count == 92)
    #expect(AppraisalPeriod(.year, containing: ClockTime(year: 2024, month: 5, day: 5)).days.count == 366)
  }

  @Test func tableOverTimeKeepsTheTotal() {
    var random = SeededNumbers(3)
    let work = (0..<500).map { _ in
      DatedWork(
        grid: Int.random(in: 0..<4, using: &random), time: ClockTime(day: 18_000 + Int.random(in: 0..<800, using: &random)),
        minutes: 20)
    }
    for unit in AppraisalUnit.allCases {
      let rows = appraisal(of: work, by: unit, grids: 4)
      #expect(rows.reduce(0) { $0 + $1.count } == 500)
      #expect(rows.reduce(0) { $0 + $1.minutes } == 10_000)
      #expect(rows.count % 4 == 0)
      #expect(!rows[0].isComplete || unit == .week)
    }
  }

  @Test func changeAndRank() {
    func month(_ month: Int, _ grid: Int, _ count: Double) -> DatedWork {
      DatedWork(grid: grid, time: ClockTime(year: 2024, month: month, day: 1), count: count)
    }
    let rows = appraisal(of: [month(1, 0, 4), month(1, 1, 2), month(2, 0, 3), month(2, 1, 3)], by: .month, grids: 3)
    #expect(rows.map(\.rank) == [1, 2, 3, 1, 1, 3])
    #expect(rows.map(\.change) == [nil, nil, nil, -0.25, 0.5, nil])
    #expect(rows.map(\.isComplete) == [true, true, true, false, false, false])
    #expect(appraisal(of: [], by: .week, grids: 3).isEmpty)
  }
}

@Suite struct EventFiguresTests {
  private func at(_ month: Int, _ day: Int, _ hour: Int) -> ClockTime {
    ClockTime(year: 2023, month: month, day: day, hour: hour)
  }

  @Test func countsRatesAndPeaks() {
    let events = [
      TimedEvent(grid: 0, reported: at(1, 1, 23), closed: at(1, 2, 23)),
      TimedEvent(grid: 0, reported: at(1, 1, 0), closed: at(1, 1, 10)),
      TimedEvent(grid: 0, reported: at(1, 1, 22)),
      TimedEvent(grid: 1, reported: at(12, 31, 12)),
      TimedEvent(grid: -1, reported: at(12, 31, 12)),
    ]
    let (all, byGrid) = eventFigures(events, grids: 3)
    #expect(all.count == 4 && byGrid.map(\.count) == [3, 1, 0])
    #expect(abs(byGrid[0].perYear - 3 * 365.2425 / 365) < 1e-12)
    #expect(byGrid[0].closedShare == 2.0 / 3)
    #expect(byGrid[0].medianHoursToClose == 17)
    #expect(byGrid[0].peakHour == 22 && byGrid[0].peakShare == 1)
    #expect(byGrid[2].peakHour == nil && byGrid[2].perYear == 0)
  }

  @Test func aSteadyRiseIsATrend() throws {
    let events = (1...12).flatMap { month in
      (0..<(10 + 2 * month)).map { TimedEvent(grid: 0, reported: at(month, month == 1 ? 1 : $0 % 28 + 1, 9)) }
    } + [TimedEvent(grid: 1, reported: at(12, 31, 1))]
    let trend = try #require(eventFigures(events, grids: 2).byGrid[0].trend)
    // Two more each month over a mean of 23.
    #expect(abs(trend.yearlyChange - 24 / 23.0) < 1e-12)
    #expect(trend.months == 12)
    // S = 66, variance 12·11·29/18.
    #expect(trend.pValue < 1e-4)
  }

  @Test func noTrendWithoutMonths() {
    #expect(eventFigures([TimedEvent(grid: 0, reported: at(3, 3, 3))], grids: 1).all.trend == nil)
    #expect(eventFigures([], grids: 2).byGrid.count == 2)
  }
}
