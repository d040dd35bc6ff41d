internal import PlanModel

/// A headline and labelled lines, as commands print them.
struct SummaryText {
  typealias Row = (label: String, text: String)

  var headline: String
  var rows: [Row]

  /// The lines, without a line end on the last.
  func text(_ language: Language) -> String {
    let width = language == .english ? 12 : 6
    let filler = language == .english ? " " : "　"
    let lines = rows.map { row in
      "  " + row.label + String(repeating: filler, count: max(1, width - row.label.count)) + row.text
    }
    return ([headline] + lines).joined(separator: "\n")
  }
}
