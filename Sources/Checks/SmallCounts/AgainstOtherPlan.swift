/// A plan that is published already, with the cells of it that can be read.
public struct PublishedPlan: Sendable {
  public var table: CountTable
  public var isPublished: [Bool]

  public init(_ table: CountTable, isPublished: [Bool]) {
    self.table = table
    self.isPublished = isPublished
  }
}

/// What a lowest cell of one plan and a lowest cell of the other have in common.
public struct CommonPiece: Sendable, Hashable {
  public var mine: Int
  public var theirs: Int
  public var count: Int

  public init(mine: Int, theirs: Int, count: Int) {
    (self.mine, self.theirs, self.count) = (mine, theirs, count)
  }
}

/// As `suppression(of:minimum:)`, with the protection kept also against an attacker who has another
/// published plan of the same place and subtracts one from the other.
///
/// Besides the small cells of this plan every small piece that two grids of the two plans have in
/// common is protected: none can be bounded more narrowly than 0…`minimum`. Whatever part of the
/// place can be computed from both plans then has at least `minimum` households, or none.
///
/// Both hierarchies and the pieces between them are a network in which counts are a flow and
/// published cells are fixed; how far a count can vary is a maximum flow in the residual network.
/// Where it varies too little, the cheapest cycle of published cells of this plan is left out
/// (shortest path; near the least loss, not always at it).
/// Source: L. Cox, "Network models for complementary cell suppression", JASA 90 (1995).
/// - Parameters:
///   - table: the counts of this plan.
///   - minimum: the least count that may be told.
///   - other: what is published of the other plan.
///   - pieces: all common pieces with a count above zero, by positions of lowest cells.
/// - Throws: `SmallCountsError` where the pieces of a cell don't add up to its count.
public func suppression(
  of table: CountTable, minimum: Int = 10, against other: PublishedPlan, pieces: [CommonPiece]
) throws(SmallCountsError) -> Suppression {
  try requireSums(table, pieces, \.mine)
  try requireSums(other.table, pieces, \.theirs)
  var result = suppression(of: table, minimum: minimum)
  var network = DisclosureNetwork(table, result, other, pieces)
  func isSmall(_ count: Int) -> Bool { count > 0 && count < minimum }
  for (number, piece) in pieces.enumerated() where isSmall(piece.count) {
    if !network.protect(arc: network.pieceArc(number), count: piece.count, minimum: minimum) {
      result.exposed.append(number)
    }
  }
  for (cell, content) in table.cells.enumerated() where isSmall(content.count) {
    _ = network.protect(arc: network.cellArc(cell), count: content.count, minimum: minimum)
  }
  for cell in network.opened { result.reasons[cell] = .difference }
  return result
}

private func requireSums(
  _ table: CountTable, _ pieces: [CommonPiece], _ side: KeyPath<CommonPiece, Int>
) throws(SmallCountsError) {
  var sums = Array(repeating: 0, count: table.cells.count)
  for piece in pieces {
    let cell = piece[keyPath: side]
    guard table.cells.indices.contains(cell), table.isLeaf(cell), piece.count >= 0 else {
      throw SmallCountsError(cell: String(cell), message: "a piece lies in no lowest cell")
    }
    sums[cell] += piece.count
  }
  for cell in table.cells.indices where table.isLeaf(cell) && sums[cell] != table.cells[cell].count {
    throw SmallCountsError(
      cell: table.cells[cell].id,
      message: "its pieces with the other plan have \(sums[cell]), not \(table.cells[cell].count)")
  }
}

/// Both hierarchies as a circulation: top → cells of this plan → pieces → cells of the other → top.
struct DisclosureNetwork {
  private struct Arc {
    let from: Int
    let to: Int
    let flow: Int
    /// The cell of this plan, for arcs that may be opened.
    let cell: Int?
    /// Whether the flow may vary for all that an attacker knows.
    var isOpen: Bool
  }

  private var arcs: [Arc] = []
  private var atNode: [[Int]]
  private let cellCount: Int
  private let pieceStart: Int
  /// Published cells that had to be left out, in the order of opening.
  private(set) var opened: [Int] = []

  init(_ table: CountTable, _ suppression: Suppression, _ other: PublishedPlan, _ pieces: [CommonPiece]) {
    let mine = table.cells.count
    cellCount = mine
    let top = mine + other.table.cells.count
    for (cell, content) in table.cells.enumerated() {
      arcs.append(
        Arc(
          from: content.parent ?? top, to: cell, flow: content.count, cell: cell,
          isOpen: suppression.isSuppressed(cell)))
    }
    for (cell, content) in other.table.cells.enumerated() {
      arcs.append(
        Arc(
          from: mine + cell, to: content.parent.map { mine + $0 } ?? top, flow: content.count, cell: nil,
          isOpen: !other.isPublished[cell]))
    }
    pieceStart = arcs.count
    for piece in pieces {
      arcs.append(Arc(from: piece.mine, to: mine + piece.theirs, flow: piece.count, cell: nil, isOpen: true))
    }
    atNode = Array(repeating: [], count: top + 1)
    for (index, arc) in arcs.enumerated() {
      atNode[arc.from].append(index)
      atNode[arc.to].append(index)
    }
  }

  func cellArc(_ cell: Int) -> Int { cell }
  func pieceArc(_ piece: Int) -> Int { pieceStart + piece }

  /// Opens arcs until the flow of `arc` may be anything from 0 to `minimum`.
  /// - Returns: whether that was possible.
  mutating func protect(arc: Int, count: Int, minimum: Int) -> Bool {
    let (from, to) = (arcs[arc].from, arcs[arc].to)
    let up = widen(from: to, to: from, without: arc, need: minimum - count)
    let down = widen(from: from, to: to, without: arc, need: count)
    return up && down
  }

  /// How far the flow of `arc` may rise and fall, each at most `limit`.
  func slack(of arc: Int, limit: Int) -> (up: Int, down: Int) {
    guard arcs[arc].isOpen else { return (0, 0) }
    let (from, to) = (arcs[arc].from, arcs[arc].to)
    return (
      flow(from: to, to: from, without: arc, limit: limit).total,
      min(arcs[arc].flow, flow(from: from, to: to, without: arc, limit: limit).total)
    )
  }

  private mutating func widen(from source: Int, to target: Int, without arc: Int, need: Int) -> Bool {
    while true {
      let (total, pushed) = flow(from: source, to: target, without: arc, limit: need)
      if total >= need { return true }
      let path =
        cheapestPath(from: source, to: target, without: arc, capacity: need - total, pushed)
        ?? cheapestPath(from: source, to: target, without: arc, capacity: 1, pushed)
      guard let path, !path.isEmpty else { return false }
      for arc in path {
        arcs[arc].isOpen = true
        opened.append(arcs[arc].cell!)
      }
    }
  }

  /// How much more can pass `arc` away from `node`, were it open.
  private func capacity(of arc: Int, awayFrom node: Int, _ pushed: [Int: Int]) -> Int {
    let extra = pushed[arc] ?? 0
    return arcs[arc].from == node ? Int.max / 4 : arcs[arc].flow + extra
  }

  /// The maximum flow over open arcs, at most `limit`, by shortest augmenting paths; and what it
  /// adds to each arc.
  private func flow(
    from source: Int, to target: Int, without excluded: Int, limit: Int
  ) -> (total: Int, pushed: [Int: Int]) {
    var pushed: [Int: Int] = [:]
    var total = 0
    while total < limit, let path = shortestPath(from: source, to: target, without: excluded, pushed) {
      let amount = min(limit - total, path.map { capacity(of: $0.arc, awayFrom: $0.from, pushed) }.min() ?? 0)
      for step in path { pushed[step.arc, default: 0] += arcs[step.arc].from == step.from ? amount : -amount }
      total += amount
    }
    return (total, pushed)
  }

  private func shortestPath(
    from source: Int, to target: Int, without excluded: Int, _ pushed: [Int: Int]
  ) -> [(arc: Int, from: Int)]? {
    var reached: [Int: (arc: Int, from: Int)] = [:]
    var queue = [source]
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      if node == target { break }
      for arc in atNode[node] where arc != excluded && arcs[arc].isOpen {
        let end = arcs[arc].from == node ? arcs[arc].to : arcs[arc].from
        guard end != source, reached[end] == nil, capacity(of: arc, awayFrom: node, pushed) > 0 else { continue }
        reached[end] = (arc, node)
        queue.append(end)
      }
    }
    return trace(reached, from: source, to: target)
  }

  private func trace(
    _ reached: [Int: (arc: Int, from: Int)], from source: Int, to target: Int
  ) -> [(arc: Int, from: Int)]? {
    var path: [(arc: Int, from: Int)] = []
    var node = target
    while node != source {
      guard let step = reached[node] else { return nil }
      path.append(step)
      node = step.from
    }
    return path.reversed()
  }

  /// The closed arcs of the cheapest path that can carry `capacity` beside the flow `pushed`.
  ///
  /// Dijkstra's method; a closed arc costs one cell and its count. Empty where no arc is closed.
  private func cheapestPath(
    from source: Int, to target: Int, without excluded: Int, capacity needed: Int, _ pushed: [Int: Int]
  ) -> [Int]? {
    var best: [Int: (cells: Int, sum: Int)] = [source: (0, 0)]
    var reached: [Int: (arc: Int, from: Int)] = [:]
    var done: Set<Int> = []
    var open = [source]
    while !open.isEmpty {
      let position = open.indices.min { a, b in
        let (p, q) = (best[open[a]]!, best[open[b]]!)
        return (p.cells, p.sum, open[a]) < (q.cells, q.sum, open[b])
      }!
      let node = open.remove(at: position)
      guard done.insert(node).inserted else { continue }
      if node == target { break }
      for arc in atNode[node] where arc != excluded && (arcs[arc].isOpen || arcs[arc].cell != nil) {
        guard capacity(of: arc, awayFrom: node, pushed) >= needed else { continue }
        let end = arcs[arc].from == node ? arcs[arc].to : arcs[arc].from
        let cost = arcs[arc].isOpen ? (0, 0) : (1, arcs[arc].flow)
        let total = (cells: best[node]!.cells + cost.0, sum: best[node]!.sum + cost.1)
        if let known = best[end], (known.cells, known.sum) <= (total.cells, total.sum) { continue }
        best[end] = total
        reached[end] = (arc, node)
        open.append(end)
      }
    }
    return trace(reached, from: source, to: target)?.map(\.arc).filter { !arcs[$0].isOpen }
  }
}
