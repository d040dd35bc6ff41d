import ArgumentParser
import Foundation
import GridPlan
import PlanModel

/// How much a command tells about its work.
struct TalkOptions: ParsableArguments {
  @Flag(help: "Show no progress.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Tell more: how long each step took, and summaries also in a pipe.")
  var verbose = false

  /// Whether a person reads standard error.
  var isTalkative: Bool { !quiet && isatty(STDERR_FILENO) != 0 }
}

/// Options for how a command speaks.
struct WordingOptions: ParsableArguments {
  @Option(name: .customLong("lang"), help: "The language of messages: en or zh.")
  var language: Language = .english

  @OptionGroup var talk: TalkOptions

  var isTalkative: Bool { talk.isTalkative }
  var verbose: Bool { talk.verbose }

  /// Progress in the language of the command.
  var progress: any PlanProgress {
    ProgressLine.shared.language = language
    return ProgressLine.shared
  }
}
