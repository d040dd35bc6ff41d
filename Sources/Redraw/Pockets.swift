/// Places in a connected piece, the smallest first and none that overlaps another, where no plan can keep the bounds of the first weight, whatever the rest
/// is cut like. Each found is a proof; finding none proves nothing.
struct Pockets {
  enum Reason: Sendable {
    /// What hangs on a cut vertex and cannot fill groups of its own, together with it, is too heavy.
    case hanging
    /// Whatever a node can share a group with, before the weight of the way there exceeds the maximum,
    /// is too light in all.
    case hemmedIn
  }

  struct Pocket: Sendable {
    var reason: Reason
    var node: Int
    /// Increasing.
    var nodes: [Int32]
    /// What must share a group, or can at most.
    var weight: Int
  }

  private(set) var found: [Pocket] = []
  private let piece: Piece
  private let limits: Limits

  init(_ piece: Piece, _ limits: Limits) {
    (self.piece, self.limits) = (piece, limits)
    guard limits.min > 0 else { return }
    take((CutVertices(piece).cuts.compactMap(hanging) + hemmedIn()).sorted { ($0.nodes.count, $0.node) < ($1.nodes.count, $1.node) })
  }

  private mutating func take(_ pockets: [Pocket]) {
    var isTaken = Set<Int32>()
    for pocket in pockets where isTaken.isDisjoint(with: pocket.nodes) {
      isTaken.formUnion(pocket.nodes)
      found.append(pocket)
    }
  }

  // MARK: Cut vertices

  private func hanging(_ cut: CutVertices.Cut) -> Pocket? {
    let bound = cut.parts.filter { leastShared($0.weight) > 0 }
    let weight = bound.reduce(piece.weights[cut.node]) { $0 + leastShared($1.weight) }
    guard weight > limits.max else { return nil }
    let nodes = bound.flatMap { piece.side(of: cut.node, from: $0.start) } + [Int32(cut.node)]
    return Pocket(reason: .hanging, node: cut.node, nodes: nodes.sorted(), weight: weight)
  }

  /// What a part behind a cut vertex at least leaves to the vertex's group: it holds at most
  /// ⌊weight / min⌋ whole groups, of at most the maximum each.
  private func leastShared(_ weight: Int) -> Int { max(0, weight - weight / limits.min * limits.max) }

  // MARK: Heavy neighbours

  private func hemmedIn() -> [Pocket] {
    var isKnown = [Bool](repeating: false, count: piece.count)
    var found: [Pocket] = []
    for node in 0..<piece.count where !isKnown[node] && hasHeavyNeighbour(node) {
      guard let (nodes, weight) = reach(node) else { continue }
      for other in nodes { isKnown[Int(other)] = true }
      found.append(Pocket(reason: .hemmedIn, node: node, nodes: nodes, weight: weight))
    }
    return found
  }

  private func hasHeavyNeighbour(_ node: Int) -> Bool {
    piece.row(node).contains { piece.holds[$0] && piece.weights[node] + piece.weights[Int(piece.neighbours[$0])] > limits.max }
  }

  /// All nodes that a group with `node` can hold, nil as soon as they weigh enough.
  private func reach(_ node: Int) -> (nodes: [Int32], weight: Int)? {
    var way = [Int32(node): piece.weights[node]]
    var (done, weight): (Set<Int32>, Int) = ([], 0)
    while let next = way.filter({ !done.contains($0.key) }).min(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
      done.insert(next.key)
      weight += piece.weights[Int(next.key)]
      guard weight < limits.min else { return nil }
      for entry in piece.row(Int(next.key)) where piece.holds[entry] {
        let other = piece.neighbours[entry]
        let length = next.value + piece.weights[Int(other)]
        if length <= limits.max, length < way[other] ?? .max { way[other] = length }
      }
    }
    return (done.sorted(), weight)
  }
}
