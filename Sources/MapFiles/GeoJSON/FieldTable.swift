/// The fields met so far, in order of first appearance.
///
/// Features mostly have the same members in the same order: a guess is compared first.
struct FieldTable {
  private(set) var names: [String] = []
  private var spellings: [RawString] = []
  private var positions: [String: Int] = [:]

  var count: Int { names.count }

  /// The position of the field that `raw` names, added where it is new.
  @inline(__always)
  mutating func position(of raw: RawString, guess: Int, in json: borrowing JSONCursor) throws -> Int {
    if guess < spellings.count && spellings[guess].matches(raw) { return guess }
    return try find(raw, in: json)
  }

  private mutating func find(_ raw: RawString, in json: borrowing JSONCursor) throws -> Int {
    let name = try json.text(of: raw)
    if let position = positions[name] { return position }
    positions[name] = names.count
    names.append(name)
    spellings.append(raw)
    return names.count - 1
  }
}
