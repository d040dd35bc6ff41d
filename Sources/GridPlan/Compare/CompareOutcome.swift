import Foundation
internal import MapFiles
public import PlanModel

/// A comparison with what is needed to print and to write it.
public struct CompareOutcome: Sendable {
  public let report: CompareReport
  let work: Comparison
  private let tables: CompareTables
  private let summary: CompareSummary

  init(_ work: Comparison, timings: [String: Double]) {
    self.work = work
    report = CompareReport(work, timings: timings)
    tables = CompareTables(work: work)
    summary = CompareSummary(work: work, report: report)
  }

  /// Writes `diff.geojson`, `changes.csv` and `compare.json`: all of them, or none. For the office:
  /// counts are exact.
  ///
  /// - Returns: the names of the files.
  /// - Throws: `MapFileError` (`cannotWrite`).
  public func write(to folder: String) throws -> [String] {
    try makeFolder(folder)
    let stage = StagedFiles()
    func path(_ name: String) -> String { (folder as NSString).appendingPathComponent(name) }
    try writeGeoJSON(tables.diff(), to: path("diff.geojson"), in: stage)
    try writeCSV(tables.changes(), to: path("changes.csv"), in: stage)
    try stage.write(report.json, to: path("compare.json"))
    try stage.commit()
    return ["diff.geojson", "changes.csv", "compare.json"]
  }

  /// What to print on a terminal, without a line end on the last line.
  public func text(_ language: Language, folder: String? = nil, files: [String] = []) -> String {
    summary.text(language, folder: folder, files: files)
  }
}
