import Foundation

/// Units that went from one code to another.
struct CodeFlow: Sendable, Codable, Hashable {
  var from: String
  var to: String
  /// Numbers of the units, from 1.
  var units: [Int]
  var households: Int
}

/// A line of a plan's history: the edit, and what it takes to undo it.
struct EditRecord: Sendable, Hashable {
  enum State: String, Sendable { case done, undone }

  /// From 1.
  var number: Int
  var line: String
  var state: State
  /// Changes of the grid, and of the micro-grid, of units.
  var grids: [CodeFlow] = []
  var micro: [CodeFlow] = []
  /// Codes that the edit locked or unlocked.
  var locked: [String] = []
  var unlocked: [String] = []
  /// Posts of the grids concerned before it.
  var posts: [String: Double] = [:]
  /// Which grid of today each grid continued before it, where that changed.
  var continues: [String: String]?

  /// Households whose grid has another code now than one that goes on.
  var households: Int { grids.filter { $0.from != $0.to }.reduce(0) { $0 + $1.households } }
}

/// Every code that a plan ever used: no code is given twice.
struct CodeRegister: Sendable {
  struct Entry: Sendable, Hashable {
    var code: String
    var isInUse: Bool
    var parent: String
    var name: String?
    var kind: String
    var isLocked = false
    /// The edit that brought or ended it; 0 for the plan itself.
    var edit = 0
  }

  private(set) var entries: [Entry]
  private var position: [String: Int]

  init(_ entries: [Entry]) {
    self.entries = entries
    position = Dictionary(entries.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The codes of a plan's grids, and those of today that none of them continues.
  ///
  /// - Parameters:
  ///   - used: codes of grids that were gone before.
  ///   - locked: codes of grids that stay as they are.
  init(_ grids: [PlannedGrid], today: [ExistingGrid], used gone: Set<String>, locked: [String]) {
    let used = Set(grids.map(\.code))
    let known = used.union(today.map(\.code))
    self.init(
      grids.map {
        Entry(
          code: $0.code, isInUse: true, parent: $0.parent, name: $0.name, kind: $0.kind, isLocked: locked.contains($0.code))
      }
        + today.filter { !used.contains($0.code) }
          .map { Entry(code: $0.code, isInUse: false, parent: $0.parent ?? "", name: $0.name, kind: "grid") }
        + gone.subtracting(known).sorted().map { Entry(code: $0, isInUse: false, parent: "", name: nil, kind: "grid") })
  }

  subscript(code: String) -> Entry? { position[code].map { entries[$0] } }

  var codes: Set<String> { Set(position.keys) }

  var locked: [String] { entries.filter { $0.isInUse && $0.isLocked }.map(\.code) }

  mutating func set(_ entry: Entry) {
    if let index = position[entry.code] {
      entries[index] = entry
    } else {
      position[entry.code] = entries.count
      entries.append(entry)
    }
  }

  mutating func change(_ code: String, _ body: (inout Entry) -> Void) {
    guard let index = position[code] else { return }
    body(&entries[index])
  }
}
