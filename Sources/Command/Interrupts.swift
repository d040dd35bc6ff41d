import Dispatch
import Foundation
import MapFiles

/// Ends the program cleanly on Ctrl-C and on a request to end: no half written file is left, and the
/// exit status is that of the shells, 128 and the signal.
enum Interrupts {
  nonisolated(unsafe) private static var sources: [any DispatchSourceSignal] = []

  static func install() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInitiated))
      source.setEventHandler {
        removeUnfinishedFiles()
        ProgressLine.shared.stop()
        _exit(128 + number)
      }
      source.resume()
      sources.append(source)
    }
  }

  /// Leaves signals to a command that ends in an order of its own.
  static func release() {
    for source in sources { source.cancel() }
    sources = []
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
  }
}
