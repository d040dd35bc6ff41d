import Foundation
internal import Yams

extension PlanEdit {
  /// The edits in a file, in order: YAML or JSON, or a line each, `#` before remarks.
  ///
  /// YAML: a list of `{split: CODE, into: 3}`, `{merge: [A, B]}`, `{move: [UNIT…], to: CODE}`,
  /// `{lock: CODE}`, `{unlock: CODE}`, `{rename: OLD, to: NEW}`.
  /// - Throws: `EditError` with the file and the line.
  public static func all(contentsOf file: String) throws -> [PlanEdit] {
    guard let data = FileManager.default.contents(atPath: file), let text = String(data: data, encoding: .utf8) else {
      throw EditError(.unknown, "\(file): no such file of UTF-8 text")
    }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { String($0).trimmingSpaces }
    let first = lines.first { !$0.isEmpty && !$0.hasPrefix("#") }?.first
    if let first, "-[{".contains(first) { return try structured(text, file: file) }
    return try lines.enumerated().filter { !$1.isEmpty && !$1.hasPrefix("#") }.map { number, line in
      do {
        return try PlanEdit(line: line)
      } catch var error as EditError {
        error.description = "\(file):\(number + 1): \(error)"
        throw error
      }
    }
  }

  private static func structured(_ text: String, file: String) throws -> [PlanEdit] {
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch { throw EditError(.unreadable, "\(file): not readable as YAML: \(error)") }
    guard let nodes = root?.sequence else { throw EditError(.unreadable, "\(file): expected a list of edits") }
    return try nodes.map { node in
      let place = node.mark.map { "\(file):\($0.line)" } ?? file
      do {
        return try PlanEdit(node)
      } catch var error as EditError {
        error.description = "\(place): \(error)"
        throw error
      }
    }
  }

  private init(_ node: Node) throws {
    func words(_ node: Node?) -> [String] {
      node?.sequence?.compactMap { $0.scalar?.string } ?? node?.scalar.map { [$0.string] } ?? []
    }
    func one(_ key: String) throws -> String {
      guard let word = node[key]?.scalar?.string else { throw EditError(.unreadable, "`\(key)` is missing") }
      return word
    }
    let verbs = ["split", "merge", "move", "unlock", "lock", "rename"].filter { node[$0] != nil }
    guard let verb = verbs.first, verbs.count == 1 else {
      throw EditError(.unreadable, "expected one of split, merge, move, lock, unlock, rename")
    }
    let listed = words(node[verb])
    switch verb {
    case "split":
      guard let count = node["into"]?.int else { throw EditError(.unreadable, "`into` is missing: a whole number") }
      self = .split(try one("split"), into: count)
    case "merge": self = .merge(listed)
    case "move": self = .move(listed, to: try one("to"))
    case "rename": self = .rename(try one("rename"), to: try one("to"))
    default: self = verb == "lock" ? .lock(listed) : .unlock(listed)
    }
    try check()
  }
}
