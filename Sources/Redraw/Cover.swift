/// Looks for k of the given columns that cover every node once within a budget of reduced costs.
struct Cover {
  enum Outcome {
    case found([DistrictPricing.Column])
    case none
    /// Time was over.
    case cut
  }

  private let columns: [DistrictPricing.Column]
  private let nodes: Int
  private let groups: Int
  private let budget: Double
  private let least: Double
  private let deadline: Deadline
  private let words: Int
  /// Bits of each column, and the columns of each node, cheapest first.
  private var masks: [UInt64]
  private var ofNode: [[Int32]]

  /// - Parameter least: no column costs less.
  init(_ columns: [DistrictPricing.Column], nodes: Int, groups: Int, budget: Double, least: Double, _ deadline: Deadline) {
    self.columns = columns.sorted { $0.reduced != $1.reduced ? $0.reduced < $1.reduced : $0.nodes.lexicographicallyPrecedes($1.nodes) }
    (self.nodes, self.groups, self.budget, self.least, self.deadline) = (nodes, groups, budget, least, deadline)
    words = (nodes + 63) / 64
    masks = Array(repeating: 0, count: columns.count * words)
    ofNode = Array(repeating: [], count: nodes)
    for (index, column) in self.columns.enumerated() {
      for node in column.nodes {
        masks[index * words + Int(node) / 64] |= 1 << UInt64(Int(node) % 64)
        ofNode[Int(node)].append(Int32(index))
      }
    }
  }

  func search() -> Outcome {
    var walk = Walk(covered: Array(repeating: 0, count: words), order: (0..<nodes).sorted { (ofNode[$0].count, $0) < (ofNode[$1].count, $1) })
    if extend(&walk, spent: 0) { return .found(walk.chosen.map { columns[Int($0)] }) }
    return walk.isCut ? .cut : .none
  }

  private struct Walk {
    var covered: [UInt64]
    var chosen: [Int32] = []
    var visits = 0
    var isCut = false
    /// Nodes that few columns cover come first.
    let order: [Int]

    func isCovered(_ node: Int) -> Bool { covered[node / 64] >> UInt64(node % 64) & 1 == 1 }
  }

  private func extend(_ walk: inout Walk, spent: Double) -> Bool {
    guard let node = walk.order.first(where: { !walk.isCovered($0) }) else { return walk.chosen.count == groups }
    guard walk.chosen.count < groups else { return false }
    let rest = Double(groups - walk.chosen.count - 1) * least
    for index in ofNode[node] {
      let cost = spent + columns[Int(index)].reduced
      if cost + rest > budget { break }
      walk.visits += 1
      if walk.visits % 65536 == 0, deadline.isOver { walk.isCut = true }
      if walk.isCut { return false }
      guard isFree(index, walk) else { continue }
      toggle(index, &walk)
      walk.chosen.append(index)
      if extend(&walk, spent: cost) { return true }
      walk.chosen.removeLast()
      toggle(index, &walk)
    }
    return false
  }

  private func isFree(_ column: Int32, _ walk: Walk) -> Bool {
    let base = Int(column) * words
    for word in 0..<words where walk.covered[word] & masks[base + word] != 0 { return false }
    return true
  }

  private func toggle(_ column: Int32, _ walk: inout Walk) {
    let base = Int(column) * words
    for word in 0..<words { walk.covered[word] ^= masks[base + word] }
  }
}
