internal import Fabric
internal import Redraw

extension PlanGround {
  /// The graph of some units, in the order of `members`.
  func graph(_ members: [Int]) throws -> UnitGraph {
    var position = Array(repeating: -1, count: count)
    for (index, unit) in members.enumerated() { position[unit] = index }
    let inside = edges.compactMap { edge -> UnitGraph.Edge? in
      let (a, b) = (position[edge.a], position[edge.b])
      guard a >= 0, b >= 0 else { return nil }
      return .init(a, b, border: edge.border, crossing: edge.crossing, isLink: edge.isLink)
    }
    return try RedrawStep.graph(fabric, households, members, inside)
  }

  /// The sets of units that stay in one grid, as positions among `members`.
  ///
  /// - Parameter apart: what else parts units, such as the grid that a micro-grid lies in.
  func keptTogether(_ members: [Int], apart: (Int) -> String? = { _ in nil }) -> [[Int]] {
    struct Key: Hashable {
      var set: Int
      var apart: String?
    }
    var sets: [Key: [Int]] = [:]
    for (position, unit) in members.enumerated() {
      guard let set = together[unit] else { continue }
      sets[Key(set: set, apart: apart(unit)), default: []].append(position)
    }
    return sets.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }

  /// The households of some units.
  func weight(_ units: some Sequence<Int>) -> Int { units.reduce(0) { $0 + households[$1] } }
}

extension DrawnGround {
  /// The borders by which units hang together, between all units.
  var borders: [UnitGraph.Edge] {
    let position = Array(fabric.units.indices)
    return fabric.adjacency.compactMap { isPassable($0) ? UnitEdges.edge($0, position, parents) : nil }
  }
}
