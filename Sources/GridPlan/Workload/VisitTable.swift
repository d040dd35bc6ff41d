internal import Checks
internal import MapFiles
internal import Workload

/// A table of visit totals: `grid,date,count[,minutes]`; no place and no person.
struct VisitTable {
  var work: [DatedWork]

  /// - Throws: `MapFileError`; `PersonalDataError` where the table has personal columns and they may not be dropped.
  init(_ file: String, _ positions: [String: Int], dropsPersonalColumns: Bool) throws {
    let layer = try withoutPersonalColumns(readLayer(file), role: .persons, drop: dropsPersonalColumns).layer
    func column(_ names: [String]) throws -> Int {
      guard let index = names.lazy.compactMap({ layer.index(of: $0) }).first else {
        throw MapFileError(
          .badData, file: file, field: names[0], message: "the table has no such column",
          remedy: "A table of visits has the columns grid, date, count and, if known, minutes")
      }
      return index
    }
    let (grid, date, count) = (
      try column(["grid", "网格", "网格编号"]), try column(["date", "日期"]), try column(["count", "次数", "数量"])
    )
    let minutes = try? column(["minutes", "分钟", "时长"])
    work = []
    for (row, feature) in layer.features.enumerated() {
      func fault(_ column: Int, _ message: String) -> MapFileError {
        MapFileError(
          .badData, file: file, place: "row \(row + 1)", field: layer.fields[column], message: message,
          remedy: "Correct the value")
      }
      guard let code = feature.values[grid].asText, let position = positions[code] else {
        throw fault(grid, "there is no grid \(feature.values[grid].asText ?? "(empty)")")
      }
      guard let time = feature.values[date].asText.flatMap({ ClockTime($0) }) else {
        throw fault(date, "expected a date such as 2024-05-31")
      }
      guard let number = feature.values[count].asNumber, number >= 0, number.isFinite else {
        throw fault(count, "expected a number of 0 or more")
      }
      let spent = minutes.flatMap { feature.values[$0].asNumber } ?? 0
      work.append(DatedWork(grid: position, time: time, count: number, minutes: spent))
    }
  }
}
