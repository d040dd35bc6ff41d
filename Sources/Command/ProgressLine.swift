import Dispatch
import Foundation
import GridPlan
import Parallel
import PlanModel

/// One line on a terminal's standard error: what goes on, how much of it is done, how long it will take.
///
/// It shows from the second second of a step on, is wiped before anything else is printed, and is never
/// there in a pipe. Unchecked because a lock guards what changes.
final class ProgressLine: PlanProgress, @unchecked Sendable {
  static let shared = ProgressLine()

  var language = Language.english
  private let lock = NSLock()
  private var label = ""
  private var start = Date()
  private var isShown = false
  private var tellsTimes = false
  private var timer: (any DispatchSourceTimer)?

  /// Begins to watch a command.
  ///
  /// - Parameters:
  ///   - isQuiet: show no line.
  ///   - tellsTimes: print what each step took, also in a pipe.
  func watch(_ command: String, isQuiet: Bool, tellsTimes: Bool) {
    self.tellsTimes = tellsTimes
    began("", english: command, chinese: command)
    let isDumb = ProcessInfo.processInfo.environment["TERM"] == "dumb"
    guard !isQuiet, !isDumb, isatty(STDERR_FILENO) != 0 else { return }
    let timer = DispatchSource.makeTimerSource(queue: .global(qos: .userInitiated))
    timer.schedule(deadline: .now() + 1, repeating: 0.25)
    timer.setEventHandler { [self] in draw() }
    timer.resume()
    self.timer = timer
  }

  func stop() {
    timer?.cancel()
    timer = nil
    wipe()
  }

  func began(_ step: String, english: String, chinese: String) {
    lock.withLock { (label, start) = (language(english, chinese), Date()) }
  }

  func ended(_ step: String) {
    wipe()
    guard tellsTimes else { return }
    let seconds = Date().timeIntervalSince(start)
    write("gridplan: \(label): \((seconds * 100).rounded() / 100) s\n")
  }

  /// Takes the line away, so that something else can be printed.
  func wipe() {
    lock.withLock {
      guard isShown else { return }
      isShown = false
      write("\r\u{1B}[K")
    }
  }

  private func draw() {
    lock.withLock {
      guard timer?.isCancelled == false, Date().timeIntervalSince(start) >= 1 else { return }
      isShown = true
      write("\r\u{1B}[K" + text)
    }
  }

  private var text: String {
    let elapsed = duration(Date().timeIntervalSince(start))
    guard let pass = WorkWatch.shared.pass, pass.seconds >= 0.5 else { return "\(label) … \(elapsed)" }
    let left = pass.secondsLeft.map { language(", \(duration($0)) left", "，剩余 \(duration($0))") } ?? ""
    return "\(label) … \(Int(pass.share * 100)) %\(left)"
  }

  private func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}

/// Prints to standard output, on a line of its own.
func print(_ text: String, terminator: String = "\n") {
  ProgressLine.shared.wipe()
  Swift.print(text, terminator: terminator)
}
