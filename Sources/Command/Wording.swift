import ArgumentParser
import Foundation
import GridPlan
import PlanModel

/// Options for how a command speaks.
struct WordingOptions: ParsableArguments {
  @Option(name: .customLong("lang"), help: "The language of messages: en or zh.")
  var language: Language = .english

  @Flag(help: "Show no progress.")
  var quiet = false

  /// Whether a person reads standard error.
  var isTalkative: Bool { !quiet && isatty(STDERR_FILENO) != 0 }

  /// Progress on a terminal's standard error, nothing in a pipe.
  var progress: any PlanProgress {
    quiet || isatty(STDERR_FILENO) == 0 ? SilentProgress() : TerminalProgress(language: language)
  }
}

/// Names each step on standard error while it lasts.
struct TerminalProgress: PlanProgress {
  var language: Language

  func began(_ step: String, english: String, chinese: String) {
    write("\r\u{1B}[K" + language(english, chinese) + " …")
  }

  func ended(_ step: String) { write("\r\u{1B}[K") }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
