internal import Fabric
internal import Redraw

extension PlanGround {
  /// The graph of some units, by which groups hang together: they share at least a metre of border that
  /// is neither a community's nor a barrier.
  func graph(_ members: [Int]) throws -> UnitGraph {
    try RedrawStep.graph(fabric, households, parent, members)
  }

  /// Sets of units that no grid of at most `most` households parts: compounds that fit in one, each
  /// inside its community, and communities whose households have no building.
  ///
  /// - Parameters:
  ///   - members: the units concerned; the sets hold positions among them.
  ///   - apart: what else parts units, such as the grid that a micro-grid lies in.
  func keptTogether(_ members: [Int], atMost most: Int, apart: (Int) -> String? = { _ in nil }) -> [[Int]] {
    struct Key: Hashable {
      var parent: Int?
      var compound: String?
      var apart: String?
    }
    var sets: [Key: [Int]] = [:]
    for (position, unit) in members.enumerated() {
      guard isUndivided[unit] || compound[unit] != nil else { continue }
      let key = Key(
        parent: parent[unit], compound: isUndivided[unit] ? nil : compound[unit], apart: apart(unit))
      sets[key, default: []].append(position)
    }
    return sets.values.filter { set in
      set.count > 1 && (isUndivided[members[set[0]]] || set.reduce(0) { $0 + households[members[$1]] } <= most)
    }.sorted { $0[0] < $1[0] }
  }
}
