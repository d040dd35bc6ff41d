import Foundation
internal import MapFiles
public import PlanModel

/// A balance with what is needed to print and to write it.
public struct BalanceOutcome: Sendable {
  public let report: BalanceReport
  let tables: BalanceTables
  let summary: BalanceSummary

  init(work: BalanceWork, request: BalanceRequest, inputs: PlanInputs, timings: [String: Double]) {
    report = BalanceReport(work, request, timings: timings)
    tables = BalanceTables(work: work, isPublished: request.isPublished)
    summary = BalanceSummary(work: work, report: report)
  }

  /// Whether all work has hours and a skill, where there are workers.
  public var isFeasible: Bool { summary.work.staffing?.isFeasible ?? true }

  /// Writes `workload.csv`, `report.json`, and where there is something to say `workers.csv` (never
  /// in the published set) and `periods.csv`: all of them, or none.
  ///
  /// - Returns: the names of the files.
  /// - Throws: `MapFileError` (`cannotWrite`).
  public func write(to folder: String) throws -> [String] {
    try makeFolder(folder)
    let stage = StagedFiles()
    var layers = [try tables.workload()]
    if !tables.isPublished, report.staffing != nil { layers.append(tables.workers()) }
    let periods = try tables.periods()
    if !periods.features.isEmpty { layers.append(periods) }
    for layer in layers {
      try writeCSV(layer, to: (folder as NSString).appendingPathComponent("\(layer.name).csv"), in: stage)
    }
    try stage.write(report.json, to: (folder as NSString).appendingPathComponent("balance.json"))
    try stage.commit()
    return layers.map { "\($0.name).csv" } + ["balance.json"]
  }

  /// What to print on a terminal, without a line end on the last line.
  public func text(_ language: Language, folder: String? = nil, files: [String] = []) -> String {
    summary.text(language, folder: folder, files: files)
  }
}
