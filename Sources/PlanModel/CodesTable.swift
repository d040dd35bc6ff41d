/// A list of division codes with their names, as statistics offices publish it.
public struct CodeTable: Sendable, Hashable {
  public struct Entry: Sendable, Hashable {
    /// Without the zeros of lower levels.
    public var code: String
    public var name: String?

    public init(code: String, name: String?) {
      (self.code, self.name) = (code, name)
    }
  }

  /// In the order of the source; of a code that repeats the first.
  public let entries: [Entry]
  private let position: [String: Int]
  /// The levels of which the table has codes.
  private let levels: Set<DivisionCode.Level>

  public init(_ entries: [Entry]) {
    var kept: [Entry] = []
    var position: [String: Int] = [:]
    for entry in entries where position[entry.code] == nil {
      position[entry.code] = kept.count
      kept.append(entry)
    }
    self.entries = kept
    self.position = position
    levels = Set(kept.compactMap { (try? DivisionCode($0.code))?.level })
  }

  /// The code that the table should have if it has `code`: the division itself, or the one above it
  /// at the lowest level that the table goes down to; of a unit grid that of its community. Nil for
  /// what is no such code, or lies above the table.
  public func listed(_ code: String) -> String? {
    var next = try? DivisionCode((try? GridCode(code))?.community ?? code)
    while let division = next {
      if levels.contains(division.level) { return division.digits }
      next = division.parent
    }
    return nil
  }

  public var codes: [String] { entries.map(\.code) }

  public func contains(_ code: String) -> Bool { position[code] != nil }

  public func name(of code: String) -> String? { position[code].flatMap { entries[$0].name } }

  /// The codes above `code` that the table has, the nearest first.
  ///
  /// Of a division code by its levels, of a unit grid its community and those above.
  public func ancestors(of code: String) -> [String] {
    var result: [String] = []
    let first = (try? GridCode(code)).map(\.community)
    var next = first.flatMap { try? DivisionCode($0) } ?? (try? DivisionCode(code))?.parent
    while let division = next {
      if contains(division.digits) { result.append(division.digits) }
      next = division.parent
    }
    return result
  }
}
