import Foundation
internal import MapFiles
public import PlanModel

/// What to do with a plan.
public struct EditRequest: Sendable {
  /// The plan's folder, its `plan.gpkg` or `grids.geojson`.
  public var plan: String
  public var edits: [PlanEdit] = []
  /// How many of the last edits to take back, before any other is made.
  public var undo = 0
  /// Whether what an edit cuts off goes to neighbouring grids.
  public var mends = false

  public init(plan: String) { self.plan = plan }
}

/// Edits plans: splits, merges, moves, locks, renames, and takes it back.
public enum PlanEditor {
  /// - Throws: `EditError` where an edit cannot be made; nothing is written.
  public static func edit(
    _ request: EditRequest, progress: any PlanProgress = SilentProgress()
  ) throws -> EditOutcome {
    var clock = StepClock(progress: progress)
    let before = try clock.step("read", "reading the plan", "读取方案") { try EditedPlan(contentsOf: request.plan) }
    var edited = before
    let first = before.history.count
    try clock.step("edit", "editing", "调整") {
      for _ in 0..<request.undo { try edited.undo() }
      for edit in request.edits { try edited.apply(edit, mending: request.mends) }
    }
    let plan = try clock.step("rebuild", "rebuilding grids", "重建网格") { try edited.rebuilt() }
    return try EditOutcome(edited, before, plan, firstNew: first, timings: clock.timings)
  }

  /// The lines of a plan's history, oldest first.
  public static func history(of path: String, _ language: Language = .english) throws -> [String] {
    try EditedPlan(contentsOf: path).history.map { record in
      let state = record.state == .undone ? language(" (undone)", "（已撤销）") : ""
      return "\(record.number)\t\(record.line)\t\(record.households)" + state
    }
  }
}

/// An edited plan with what is needed to print and to write it.
public struct EditOutcome: Sendable {
  private let outcome: PlanOutcome
  private let summary: EditSummary
  private let history: [EditRecord]
  /// The folder that the plan came from.
  public let folder: String

  init(_ edited: EditedPlan, _ before: EditedPlan, _ plan: Plan, firstNew: Int, timings: [String: Double]) throws {
    var report = edited.report(of: plan, timings: timings)
    let changed = before.changedCodes(edited)
    let audit = edited.audit.map { EditedAudit($0, plan, changed: changed) }
    if let audit, !audit.outdated.isEmpty {
      report.coverage?.notes.append(
        "grids that were edited have no figures in coverage.geojson (\(audit.outdated.joined(separator: ", "))): run gridplan coverage")
    }
    outcome = try PlanOutcome(
      plan: plan, report: report, workingCRS: edited.crs.crs, divisionNames: edited.divisionNames,
      weightNames: edited.weightNames, audit: audit?.layers, map: edited.hasPage ? .published : .none)
    summary = EditSummary(
      plan: plan, report: report, records: Array(edited.history[firstNew...]),
      undone: edited.history.indices.filter { $0 < firstNew && edited.history[$0] != before.history[$0] }
        .map { edited.history[$0] },
      before: before.ground)
    history = edited.history
    folder = edited.folder
  }

  /// Whether every hard bound is kept.
  public var isFeasible: Bool { outcome.plan.isFeasible }
  public var report: PlanReport { outcome.report }

  /// Writes the whole plan anew, with `codes.csv`, into `folder`: all files, or none.
  ///
  /// - Returns: the names of the files.
  /// - Throws: `MapFileError` (`cannotWrite`).
  public func write(to folder: String, language: Language = .english) throws -> [String] {
    try outcome.write(to: folder, tables: [GroundLayers.codeTable(history)], language: language)
  }

  /// Files of the folder that speak of the plan as it was.
  public func stale(in folder: String) -> [String] {
    ["balance.json", "workload.csv", "workers.csv", "periods.csv", "compare.json"].filter {
      FileManager.default.fileExists(atPath: (folder as NSString).appendingPathComponent($0))
    }
  }

  /// What to print on a terminal, without a line end on the last line.
  public func text(_ language: Language, folder: String, files: [String]) -> String {
    summary.text(language, folder: folder, files: files, stale: stale(in: folder))
  }
}
