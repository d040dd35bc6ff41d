import Foundation
internal import MapFiles

/// An audit of many districts: which, by what thresholds, and where to.
public struct AuditRequest: Sendable {
  /// A folder of scenarios, a list of them, or `-`.
  public var list: String
  public var requirements: [AuditRequirement] = []
  public var shard: AuditShard?
  /// Goes on where a run was stopped.
  public var resumes = false
  public var dropsPersonalColumns = false
  /// The folder for results; made where missing.
  public var folder: String
  /// The program to call for one district at a time, and how.
  public var worker: (executable: String, arguments: [String])

  public init(list: String, folder: String, worker: (executable: String, arguments: [String])) {
    self.list = list
    self.folder = folder
    self.worker = worker
  }
}

/// Told how far a batch is.
public protocol AuditProgress: Sendable {
  /// - Parameters:
  ///   - count: how many districts are done.
  ///   - total: how many there are.
  ///   - failed: how many of those done failed.
  ///   - secondsLeft: nil until that can be told.
  func done(_ count: Int, of total: Int, failed: Int, secondsLeft: Double?)
  func ended()
}

/// What a batch found, and the files that it wrote.
public struct AuditOutcome: Sendable {
  public var summary: AuditSummary
  public var files: [String]
  /// The rows as JSON lines, in the order of scenarios.
  public var rows: String
}

/// Audits many districts on all cores.
public final class AuditBatch: Sendable {
  private let request: AuditRequest
  private let orders: [AuditWorker.Order]
  private let journal: AuditJournal
  private let pool: AuditPool
  private let pending: [AuditWorker.Order]
  private let kept: [AuditJournal.Record]

  /// - Throws: `MapFileError`, `AuditError`.
  public init(_ request: AuditRequest) throws {
    self.request = request
    orders = try AuditList(request.list).shard(request.shard).map { .init(name: $0.name, file: $0.file, path: $0.path) }
    try makeFolder(request.folder)
    let place = (request.folder as NSString).appendingPathComponent("journal\(request.shard?.suffix ?? "").jsonl")
    journal = try AuditJournal(
      place, head: .init(version: gridplanVersion, dropsPersonalColumns: request.dropsPersonalColumns),
      resumes: request.resumes)
    let done = Dictionary(journal.records.map { ($0.scenario, $0) }, uniquingKeysWith: { $1 })
    // A district that failed is tried again, and one whose files have changed.
    kept = orders.compactMap { order in
      guard let record = done[order.name], record.isOK else { return nil }
      return auditStamp(ofScenario: order.path) == record.stamp ? record : nil
    }
    let names = Set(kept.map(\.scenario))
    pending = orders.filter { !names.contains($0.name) }
    pool = AuditPool(request.worker.executable, request.worker.arguments, orders: pending)
  }

  /// How many districts are done already, and how many there are.
  public var standing: (done: Int, all: Int) { (kept.count, orders.count) }

  /// Audits what is left and writes the results.
  /// - Throws: `MapFileError` where they cannot be written.
  public func run(_ progress: (any AuditProgress)?) throws -> AuditOutcome {
    signal(SIGPIPE, SIG_IGN)
    let tally = AuditTally(total: orders.count, kept: kept, progress)
    tally.tell()
    pool.run { [journal] order, answer in
      let record = AuditJournal.Record(
        scenario: order.name, stamp: auditStamp(ofScenario: order.path), row: answer.row, isOK: answer.isOK,
        seconds: answer.seconds, peakMegabytes: answer.peakMegabytes)
      tally.add(record) { try journal.add(record) }
    }
    progress?.ended()
    if let error = tally.error { throw error }
    let lines = try tally.records.map { try AuditLine($0.row, file: journal.path, line: 1) }
    return try AuditBatch.write(lines, request.requirements, to: request.folder, suffix: request.shard?.suffix ?? "")
  }

  /// Ends the run where it is; what is done stays in the journal.
  public func stop() { pool.stop() }

  /// Puts parts of a batch together: the same files as of one run.
  /// - Throws: `MapFileError`.
  public static func merge(
    _ parts: [String], requirements: [AuditRequirement], folder: String
  ) throws -> AuditOutcome {
    let lines = try AuditFiles.merged(parts)
    try makeFolder(folder)
    return try write(lines, requirements, to: folder, suffix: "")
  }

  private static func write(
    _ lines: [AuditLine], _ requirements: [AuditRequirement], to folder: String, suffix: String
  ) throws -> AuditOutcome {
    let files = AuditFiles(lines, requirements)
    let names = try files.write(to: folder, suffix: suffix)
    return AuditOutcome(
      summary: files.summary, files: names, rows: files.lines.map { $0.text + "\n" }.joined())
  }
}

/// Counts finished districts and tells of them. Unchecked because a lock guards all that changes.
private final class AuditTally: @unchecked Sendable {
  private let lock = NSLock()
  private let total: Int
  private let kept: Int
  private let progress: (any AuditProgress)?
  private let start = Date()
  private(set) var records: [AuditJournal.Record]
  private(set) var error: (any Error)?

  init(total: Int, kept: [AuditJournal.Record], _ progress: (any AuditProgress)?) {
    self.total = total
    self.kept = kept.count
    self.progress = progress
    records = kept
  }

  func add(_ record: AuditJournal.Record, keep: () throws -> Void) {
    lock.lock()
    defer { lock.unlock() }
    records.append(record)
    do { try keep() } catch { self.error = self.error ?? error }
    tell()
  }

  func tell() {
    let fresh = records.count - kept
    let left = fresh == 0 ? nil : Date().timeIntervalSince(start) / Double(fresh) * Double(total - records.count)
    progress?.done(records.count, of: total, failed: records.count { !$0.isOK }, secondsLeft: left)
  }
}
