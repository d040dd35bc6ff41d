/// One edit of a plan, as a line of its history says it.
public enum PlanEdit: Sendable, Hashable {
  /// Divides a grid into so many.
  case split(String, into: Int)
  /// Makes one grid of several of one community.
  case merge([String])
  /// Gives units to a grid: by identifier, `#number`, the identifier of a building, `compound:ID`, or
  /// `lon,lat`.
  case move([String], to: String)
  /// Later edits leave the grid alone.
  case lock([String])
  case unlock([String])
  /// Gives a grid another code.
  case rename(String, to: String)

  /// The edit in words that `init(line:)` reads back.
  public var line: String {
    switch self {
    case .split(let code, let count): "split \(quoted(code)) into \(count)"
    case .merge(let codes): "merge " + list(codes)
    case .move(let units, let code): "move \(list(units)) to \(quoted(code))"
    case .lock(let codes): "lock " + list(codes)
    case .unlock(let codes): "unlock " + list(codes)
    case .rename(let old, let new): "rename \(quoted(old)) to \(quoted(new))"
    }
  }

  /// Reads `split CODE into N`, `merge CODE CODE…`, `move UNIT… to CODE`, `lock CODE…`,
  /// `unlock CODE…` or `rename OLD to NEW`. Words with spaces stand in double quotes.
  ///
  /// - Throws: `EditError` that names what is missing.
  public init(line: String) throws {
    let words = try Self.words(of: line)
    guard let verb = words.first else { throw EditError(.unreadable, "an empty edit") }
    let rest = Array(words.dropFirst())
    func usage(_ form: String) -> EditError { EditError(.unreadable, "`\(line)`: expected `\(form)`") }
    switch verb {
    case "split":
      guard rest.count == 3, rest[1] == "into", let count = Int(rest[2]) else { throw usage("split CODE into N") }
      self = .split(rest[0], into: count)
    case "merge":
      self = .merge(rest)
    case "move":
      guard rest.count >= 3, rest[rest.count - 2] == "to" else { throw usage("move UNIT… to CODE") }
      self = .move(Array(rest.dropLast(2)), to: rest[rest.count - 1])
    case "lock", "unlock":
      guard !rest.isEmpty else { throw usage("\(verb) CODE…") }
      self = verb == "lock" ? .lock(rest) : .unlock(rest)
    case "rename":
      guard rest.count == 2 || rest.count == 3 && rest[1] == "to" else { throw usage("rename OLD to NEW") }
      self = .rename(rest[0], to: rest[rest.count - 1])
    default:
      let known = ["split", "merge", "move", "lock", "unlock", "rename"]
      let hint = nearestName(to: verb, among: known).map { "Did you mean `\($0)`?" } ?? "Edits: " + known.joined(separator: ", ")
      throw EditError(.unreadable, "`\(line)`: no edit is called \"\(verb)\". \(hint)")
    }
    try check()
  }

  /// What no plan could make sense of.
  func check() throws {
    switch self {
    case .split(_, let count) where count < 2: throw EditError(.unreadable, "`\(line)`: split into 2 or more")
    case .merge(let codes) where Set(codes).count < 2:
      throw EditError(.unreadable, "`\(line)`: expected two codes or more, none twice")
    default: break
    }
  }

  private func list(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

  private func quoted(_ word: String) -> String {
    let isPlain = !word.isEmpty && !word.contains { $0.isWhitespace || $0 == "\"" || $0 == "#" } || word.hasPrefix("#")
    return isPlain && word != "to" ? word : "\"" + word.replacing("\"", with: "\"\"") + "\""
  }

  /// The words of a line; a quote inside quotes is doubled.
  private static func words(of line: String) throws -> [String] {
    var words: [String] = []
    var word: String?
    var isQuoted = false
    var rest = line[...]
    while let letter = rest.popFirst() {
      if letter == "\"" {
        if isQuoted, rest.first == "\"" { word?.append(rest.removeFirst()) } else { isQuoted.toggle() }
        word = word ?? ""
      } else if letter.isWhitespace, !isQuoted {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(letter)
      }
    }
    guard !isQuoted else { throw EditError(.unreadable, "`\(line)`: a quote is not closed") }
    return words + (word.map { [$0] } ?? [])
  }
}

/// An edit that cannot be made.
public struct EditError: Error, Sendable, CustomStringConvertible {
  public enum Kind: Sendable {
    /// The edit's words make no sense.
    case unreadable
    /// It names a grid, unit or plan that is not there.
    case unknown
    /// It would break a hard rule.
    case refused
  }

  public var kind: Kind
  public var description: String

  init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
