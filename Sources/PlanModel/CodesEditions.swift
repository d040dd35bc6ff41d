/// What became of codes from one edition of a code list to the next.
public struct CodeEditions: Sendable, Hashable {
  /// One line of a table of changes.
  public enum Change: Sendable, Hashable {
    case renumbered(old: String, new: String)
    case renamed(code: String, old: String, new: String)
    case added(code: String, name: String)
    case removed(code: String, name: String)
  }

  private var newOfOld: [String: String] = [:]
  /// Names of codes that are no more, for messages.
  private var lost: [String: String] = [:]
  /// Codes that became others whose link was concluded from the names, not stated.
  public private(set) var concluded: Set<String> = []

  /// Successors are stated, or concluded: a code that was removed and one that was added are the same
  /// where they have the same name in the same county, else in the same city, and no other has it
  /// there. A town that became a street keeps its stem: equal stems count where the names don't say
  /// more.
  public init(_ changes: [Change]) {
    var removed: [(code: String, name: String)] = []
    var added: [(code: String, name: String)] = []
    for change in changes {
      switch change {
      case .renumbered(let old, let new): if old != new { newOfOld[old] = new }
      case .renamed: break
      case .added(let code, let name): added.append((code, name))
      case .removed(let code, let name): removed.append((code, name))
      }
    }
    for (code, name) in removed { lost[code] = name }
    let folding = TextFolding(for: (removed + added).map(\.name))
    conclude(removed, added, digits: 6) { PlaceName($0, folding).key }
    conclude(removed, added, digits: 6) { PlaceName($0, folding).stem }
    conclude(removed, added, digits: 4) { PlaceName($0, folding).key }
    for old in newOfOld.keys { lost[old] = nil }
  }

  /// Links codes whose key is alone within the area of the first digits.
  private mutating func conclude(
    _ removed: [(code: String, name: String)], _ added: [(code: String, name: String)], digits: Int,
    _ key: (String) -> String
  ) {
    let taken = Set(newOfOld.values)
    func grouped(_ list: [(code: String, name: String)]) -> [String: [String]] {
      var groups: [String: [String]] = [:]
      for (code, name) in list where newOfOld[code] == nil && !taken.contains(code) {
        let key = key(name)
        if !key.contains(TextFolding.lost) { groups[code.prefix(digits) + "|" + key, default: []].append(code) }
      }
      return groups
    }
    let news = grouped(added)
    for (group, olds) in grouped(removed) where olds.count == 1 && news[group]?.count == 1 {
      newOfOld[olds[0]] = news[group]![0]
      concluded.insert(olds[0])
    }
  }

  public var isEmpty: Bool { newOfOld.isEmpty && lost.isEmpty }
  public var successorCount: Int { newOfOld.count }
  public var lostCount: Int { lost.count }

  /// The code of the new edition that an old code became; nil for a code that did not change, or
  /// of which nothing is known. Codes chained over several editions are followed.
  public func successor(of code: String) -> String? {
    var current = code
    for _ in 0..<8 {
      guard let next = newOfOld[current] else { break }
      current = next
    }
    return current == code ? nil : current
  }

  /// The successor of a code by that of the area above it, such as a community of a town that was
  /// renumbered: likely, but communities may have been renumbered with it.
  public func likelySuccessor(of code: String) -> String? {
    for length in [12, 9, 6] where length < code.count {
      if let new = successor(of: String(code.prefix(length))) { return new + code.dropFirst(length) }
    }
    return nil
  }

  /// Whether the code is one of the old edition that became none.
  public func isLost(_ code: String) -> Bool { lost[code] != nil }
}
