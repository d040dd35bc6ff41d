import Foundation
internal import MapFiles
public import PlanModel

extension MovedFront {
  private static let fields = [
    "allowed_share", "moved", "moved_share", "grids", "min", "mean", "max", "largest_deviation", "cv", "missed_bounds",
    "mean_polsby_popper", "border_km", "feasible", "file",
  ]

  /// The plans' figures, one row a plan.
  private func table() -> Layer {
    Layer(
      name: "front", crs: nil, fields: Self.fields,
      features: steps.map { Feature(geometry: nil, values: $0.outcome.frontValues(share: $0.share, file: $0.fileName)) })
  }

  /// The table as lines of text, columns aligned.
  public func text(_ language: Language) -> String {
    let names = [
      language("may move", "允许变动"), language("moves", "实际变动"), language("grids", "网格"), language("smallest", "最小"),
      language("largest", "最大"), language("deviation", "最大偏差"), language("Polsby–Popper", "紧凑度"),
      language("border km", "边界公里"),
    ]
    let rows = steps.map { step -> [String] in
      let plan = step.outcome.plan
      return [
        percent(step.share), percent(plan.redraw?.movedShare ?? 0), grouped(plan.grids.count),
        grouped(plan.grids.map(\.households).min() ?? 0), grouped(plan.grids.map(\.households).max() ?? 0),
        percent(plan.largestDeviation), String(plan.meanPolsbyPopper.rounded(to: 3)), String((plan.borderLength / 1000).rounded(to: 1)),
      ]
    }
    return ([names] + rows).map { $0.map { padded($0) }.joined(separator: "  ") }.joined(separator: "\n")
  }

  /// Right-aligned; characters of Chinese are two columns wide.
  private func padded(_ text: String) -> String {
    let width = text.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E80 ? 2 : 1) }
    return String(repeating: " ", count: max(0, 13 - width)) + text
  }

  /// Writes `moved-000.geojson`, `moved-001.geojson`… by per cent that may move, and `front.csv`.
  ///
  /// - Returns: the names of the files.
  /// - Throws: `MapFileError` (`cannotWrite`); all files appear, or none.
  public func write(to folder: String) throws -> [String] {
    try makeFolder(folder)
    let stage = StagedFiles()
    func path(_ name: String) -> String { (folder as NSString).appendingPathComponent(name) }
    for step in steps { try writeGeoJSON(try step.outcome.gridsLayer(), to: path(step.fileName), in: stage) }
    try writeCSV(table(), to: path("front.csv"), in: stage)
    try stage.commit()
    return steps.map(\.fileName) + ["front.csv"]
  }
}

extension MovedFront.Step {
  /// `moved-005.geojson` for 5 %.
  fileprivate var fileName: String {
    let percent = String((share * 100).rounded(to: 2))
    let whole = percent.hasSuffix(".0") ? String(percent.dropLast(2)) : percent
    let digits = whole.prefix { $0 != "." }.count
    return "moved-" + String(repeating: "0", count: max(0, 3 - digits)) + whole + ".geojson"
  }
}

extension UnitRedrawOutcome {
  fileprivate func frontValues(share: Double, file: String) -> [FieldValue] {
    let households = plan.grids.map(\.households)
    let mean = Double(plan.totals.placed) / Double(max(1, plan.grids.count))
    return [
      .number(share), .integer(plan.redraw?.moved ?? 0), .number((plan.redraw?.movedShare ?? 0).rounded(to: 6)),
      .integer(plan.grids.count), .integer(households.min() ?? 0), .number(mean.rounded(to: 2)), .integer(households.max() ?? 0),
      .number(plan.largestDeviation.rounded(to: 6)), .optional(report.balance.cv?.rounded(to: 6)),
      .integer(plan.grids.filter { $0.violation != nil }.count), .number(plan.meanPolsbyPopper.rounded(to: 4)),
      .number((plan.borderLength / 1000).rounded(to: 3)), .bool(isFeasible), .string(file),
    ]
  }
}

extension Plan {
  /// The largest |households / mean − 1|, grids of one oversize unit apart.
  var largestDeviation: Double { grids.filter { !$0.isOversize }.map { abs($0.deviation) }.max() ?? 0 }

  var meanPolsbyPopper: Double { grids.reduce(0) { $0 + $1.polsbyPopper } / Double(max(1, grids.count)) }

  /// Perimeters of all grids, so that a border between two counts twice, in metres.
  var borderLength: Double { grids.reduce(0) { $0 + $1.perimeter } }
}
