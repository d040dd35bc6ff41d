import ArgumentParser
import Dispatch
import Foundation
import GridPlan
import PlanModel

/// `gridplan audit`: checks, balance and coverage of many districts.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Audits many districts: checks, balance and camera coverage, a row each.",
    discussion: """
      LIST is a folder with scenarios in it, a file that names a scenario a line (a path, or a JSON object \
      with `scenario`), or - for such a list on standard input, which keeps nothing without -o. Writes audit.csv, audit.jsonl and \
      summary.json. A district that fails doesn't stop the others. A run that was stopped goes on with --resume.

      Exit status 2: a district falls short of a threshold (--require); a district without the figure does. \
      1: a district failed. A threshold is a figure of audit.csv, one of >= <= > < == != and a value.

      To spread a batch over machines, run each part with --shard k/n, then put them together with --merge.

      Examples:
        gridplan audit districts --require 'keyPlaces.covered >= 0.98' --require 'checks.errors == 0' -o out
        gridplan audit districts --shard 1/2 -o out && gridplan audit districts --shard 2/2 -o out
        gridplan audit --merge out -o out --require 'keyPlaces.covered >= 98%'
      """)

  @Argument(help: ArgumentHelp("A folder of scenarios, a list of them, or -; with --merge, parts or their folder.", valueName: "list"))
  var paths: [String] = []

  @Option(name: .customLong("require"), help: ArgumentHelp("A threshold; may be repeated.", valueName: "figure >= value"))
  var thresholds: [String] = []

  @Option(help: ArgumentHelp("Audit the k-th of n parts only.", valueName: "k/n"))
  var shard: String?

  @Flag(help: "Go on where a run was stopped; districts that failed or changed since are audited again.")
  var resume = false

  @Flag(help: "Put parts together: audit-k-of-n.jsonl, or folders with them.")
  var merge = false

  @Option(name: .shortAndLong, help: "The folder for results (default: audit, beside the scenarios or the list).")
  var output: String?

  @Flag(help: "Print the rows as JSON lines instead of the summary.")
  var json = false

  @Flag(help: "Read layers with personal columns without those columns.")
  var dropPersonalColumns = false

  @Flag(help: .hidden)
  var worker = false

  @OptionGroup var wording: WordingOptions

  func validate() throws {
    if worker { return }
    guard merge ? !paths.isEmpty : paths.count == 1 else {
      throw ValidationError(merge ? "--merge needs the parts of an audit" : "name one folder or list of scenarios")
    }
    if merge, shard != nil || resume { throw ValidationError("--merge goes with neither --shard nor --resume") }
    if let shard, AuditShard(shard) == nil { throw ValidationError("--shard must be k/n with 1 <= k <= n, such as 2/8") }
    _ = try requirements()
  }

  private func requirements() throws -> [AuditRequirement] {
    do {
      return try thresholds.map { try AuditRequirement($0) }
    } catch let error as AuditError {
      throw ValidationError("--require \(error)")
    }
  }

  func run() throws {
    if worker { return AuditWorker.run(dropsPersonalColumns: dropPersonalColumns) }
    defer { if isPiped { try? FileManager.default.removeItem(atPath: folder) } }
    let outcome = merge ? try AuditBatch.merge(paths, requirements: requirements(), folder: folder) : try audit()
    if json {
      print(outcome.rows, terminator: "")
    } else {
      print(outcome.summary.text(wording.language, folder: isPiped ? nil : folder, files: outcome.files))
    }
    if !outcome.summary.meetsThresholds { throw ExitStatus.unmet.code }
    if outcome.summary.hasFailures { throw ExitStatus.failed.code }
  }

  private func audit() throws -> AuditOutcome {
    let batch = try AuditBatch(request())
    let interrupts = [SIGINT, SIGTERM].map { stopping(batch, on: $0) }
    defer { for source in interrupts { source.cancel() } }
    return try batch.run(wording.isTalkative ? TerminalAuditProgress(language: wording.language) : nil)
  }

  private func request() throws -> AuditRequest {
    let own = Bundle.main.executablePath ?? CommandLine.arguments[0]
    let arguments = ["audit", "--worker"] + (dropPersonalColumns ? ["--drop-personal-columns"] : [])
    var request = AuditRequest(list: paths[0], folder: folder, worker: (own, arguments))
    request.requirements = try requirements()
    request.shard = shard.flatMap(AuditShard.init)
    request.resumes = resume
    request.dropsPersonalColumns = dropPersonalColumns
    return request
  }

  /// Whether a list on standard input asks for rows only: nothing is kept, so that many may run side by side.
  private var isPiped: Bool { output == nil && paths == ["-"] && !merge }

  private static let passing = FileManager.default.temporaryDirectory
    .appendingPathComponent("gridplan-audit-\(ProcessInfo.processInfo.processIdentifier)").path

  /// Where results go: beside the list, or in the folder of scenarios.
  private var folder: String {
    if let output { return output }
    if isPiped { return Self.passing }
    let first = paths[0] as NSString
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: paths[0], isDirectory: &isFolder)
    if merge { return exists && isFolder.boolValue ? paths[0] : first.deletingLastPathComponent.isEmpty ? "." : first.deletingLastPathComponent }
    return isFolder.boolValue ? first.appendingPathComponent("audit") : (first.deletingLastPathComponent as NSString).appendingPathComponent("audit")
  }

  /// Ends the batch in order when the user stops it: what is done stays.
  private func stopping(_ batch: AuditBatch, on number: Int32) -> any DispatchSourceSignal {
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    let again = wording.language("stopped; --resume goes on from here", "已停止；用 --resume 继续")
    source.setEventHandler {
      batch.stop()
      printError(again)
      Foundation.exit(128 + number)
    }
    source.resume()
    return source
  }
}

/// How far a batch is, on a terminal's standard error.
struct TerminalAuditProgress: AuditProgress {
  var language: Language

  func done(_ count: Int, of total: Int, failed: Int, secondsLeft: Double?) {
    let failures = failed == 0 ? "" : language(", \(failed) failed", "，失败 \(failed)")
    let left = secondsLeft.map { language(", \(duration($0)) left", "，剩余 \(duration($0))") } ?? ""
    write("\r\u{1B}[K" + language("\(count) of \(total) districts", "\(count) / \(total) 个片区") + failures + left)
  }

  func ended() { write("\r\u{1B}[K") }

  private func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    return whole < 60 ? "\(whole) s" : whole < 3600 ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole / 60 % 60) min"
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
