import Foundation

/// What must become of a broken or odd file.
enum Verdict: Sendable {
  /// Refused with a message that has these words.
  case refused(String)
  /// Read, with a note of this rule.
  case noted(String)
  /// Read without a note.
  case fine
}

/// A broken or odd file and its verdict.
struct CorpusFile: Sendable, CustomStringConvertible {
  var name: String
  var bytes: [UInt8]
  var verdict: Verdict

  init(_ name: String, _ text: String, _ verdict: Verdict) {
    self.init(name, bytes: Array(text.utf8), verdict)
  }

  init(_ name: String, bytes: [UInt8], _ verdict: Verdict) {
    self.name = name
    self.bytes = bytes
    self.verdict = verdict
  }

  var description: String { name }
}
