import ArgumentParser
import Foundation
import GridPlan
import PlanModel

/// `gridplan edit`: changes a plan by hand, with a history.
struct EditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Splits, merges and mends grids of a plan by hand; every edit can be undone.",
    discussion: """
      PLAN is a folder that `gridplan plan` wrote. All its files are written anew, in place or to -o. Units are \
      named by #number (field `unit` of the layer plan_units in plan.gpkg), by their id, by a building in them, \
      by compound:ID, or by lon,lat. Grids that keep more than half of their households keep their code; new codes \
      go on after all that were ever used; codes.csv tells where old codes went.

      An edit that would part a grid or leave its community is refused, and nothing is written; --mend gives what \
      is cut off to its neighbours. Where several edits stand in one command they are made in the order undo, file, \
      unlock, rename, merge, move, split, lock. A file has a line for each (`split CODE into 3`, `merge A B`, \
      `move UNIT… to CODE`, `lock CODE`, `rename OLD to NEW`) or is a YAML or JSON list of the same words.

      Exit status: 2 where a grid misses its bounds after the edit (it is written), or the edit is refused.

      Examples:
        gridplan edit out/town --split 110108001001003 --into 3
        gridplan edit out/town --move B117 B118 --to 110108001001004 --mend
        gridplan edit out/town --undo
      """)

  @Argument(help: ArgumentHelp("The plan's folder.", valueName: "plan"))
  var plan: String

  @Option(help: ArgumentHelp("The grid to split.", valueName: "code"))
  var split: String?

  @Option(help: ArgumentHelp("Into how many.", valueName: "count"))
  var into: Int?

  @Option(parsing: .upToNextOption, help: ArgumentHelp("Grids that become one.", valueName: "code"))
  var merge: [String] = []

  @Option(parsing: .upToNextOption, help: ArgumentHelp("Units that change grid.", valueName: "unit"))
  var move: [String] = []

  @Option(help: ArgumentHelp("The grid that they go to.", valueName: "code"))
  var to: String?

  @Option(parsing: .upToNextOption, help: ArgumentHelp("Grids that later edits leave alone.", valueName: "code"))
  var lock: [String] = []

  @Option(parsing: .upToNextOption, help: ArgumentHelp("Grids that edits may change again.", valueName: "code"))
  var unlock: [String] = []

  @Option(parsing: .upToNextOption, help: ArgumentHelp("An old code and a new one.", valueName: "old new"))
  var rename: [String] = []

  @Option(help: ArgumentHelp("A file of edits.", valueName: "file"))
  var edits: String?

  @Flag(help: "Take the last edit back; several times for several.")
  var undo: Int

  @Flag(help: "Print the plan's edits: number, edit, households in another grid.")
  var history = false

  @Flag(help: "Give what an edit cuts off from its grid to neighbouring grids.")
  var mend = false

  @Option(name: .shortAndLong, help: "Write the edited plan to this folder, and leave PLAN as it is.")
  var output: String?

  @Flag(help: "Print the report as JSON in one line instead of the summary.")
  var json = false

  @OptionGroup var wording: WordingOptions

  func validate() throws {
    guard (split == nil) == (into == nil) else { throw ValidationError("--split CODE and --into COUNT belong together") }
    guard move.isEmpty == (to == nil) else { throw ValidationError("--move UNIT… and --to CODE belong together") }
    guard rename.isEmpty || rename.count == 2 else { throw ValidationError("--rename takes an old code and a new one") }
    guard history || undo > 0 || edits != nil || !direct.isEmpty else {
      throw ValidationError("no edit: --split, --merge, --move, --lock, --unlock, --rename, --edits, --undo or --history")
    }
  }

  func run() throws {
    if history {
      for line in try PlanEditor.history(of: plan, wording.language) { print(line) }
      return
    }
    var request = EditRequest(plan: plan)
    request.edits = try (edits.map { try PlanEdit.all(contentsOf: $0) } ?? []) + direct
    (request.undo, request.mends) = (undo, mend)
    let outcome = try PlanEditor.edit(request, progress: wording.progress)
    let folder = output ?? outcome.folder
    let files = try outcome.write(to: folder, language: wording.language)
    print(json ? outcome.report.jsonLine : outcome.text(wording.language, folder: folder, files: files))
    if !outcome.isFeasible { throw ExitStatus.unmet.code }
  }

  /// The edits that stand on the command line, in the order in which they are made.
  private var direct: [PlanEdit] {
    var edits: [PlanEdit] = []
    if !unlock.isEmpty { edits.append(.unlock(unlock)) }
    if rename.count == 2 { edits.append(.rename(rename[0], to: rename[1])) }
    if !merge.isEmpty { edits.append(.merge(merge)) }
    if let to { edits.append(.move(move, to: to)) }
    if let split, let into { edits.append(.split(split, into: into)) }
    if !lock.isEmpty { edits.append(.lock(lock)) }
    return edits
  }
}
