import Parallel

/// Bounds the cost of cut edges by choosing k connected sets within the bounds that cover every node once.
///
/// The linear relaxation is solved by generating columns (Mehrotra, Johnson and Nemhauser, "An
/// optimization based heuristic for political districting", 1998), priced exactly through
/// ``DistrictPricing``. Any prices give a bound: Σ price + k · the least reduced cost of a set. What is
/// then left between bound and plan is closed by listing all sets whose reduced cost a better plan can
/// afford, and covering the nodes with k of them.
struct ColumnProof {
  private let piece: Piece
  private let k: Int
  private let limits: Limits
  private let best: Double
  /// What plans cost is a multiple of this; 0 where it is no whole number.
  private let unit: Double
  private let deadline: Deadline
  private let pricing: DistrictPricing?

  private static let mostNodes = 400
  private static let mostStates = 3_000_000
  /// How many ways are followed at a time: few first, as long as that finds sets.
  private static let beams = [300, 5_000, 150_000]
  private static let mostColumns = 1_000_000

  init(_ piece: Piece, groups k: Int, limits: Limits, best: Double, unit: Double, deadline: Deadline) {
    (self.piece, self.k, self.limits, self.best, self.unit, self.deadline) = (piece, k, limits, best, unit, deadline)
    guard piece.count <= Self.mostNodes else {
      pricing = nil
      return
    }
    pricing = DistrictStates(piece, order: NodeOrder(piece).best, most: Self.mostStates).map { DistrictPricing($0, piece, limits) }
  }

  struct Result {
    var bound: Double
    /// A plan cheaper than the one given.
    var labels: [Int32]?
  }

  /// - Parameter plan: labels of a plan; its groups and those of some more plans are the first columns.
  func run(_ plan: [Int32], _ cost: ShapeCost, _ seed: UInt64) -> Result? {
    guard let pricing else { return nil }
    let search = SmallSearch(
      piece: piece, groups: k, limits: limits, cost: cost, seed: seed, starts: 16, stepsOfStart: 400 * piece.count)
    var root = Root(bound: -.infinity, prices: [], least: 0)
    generate(pricing, [plan] + search.all(from: nil).map(\.labels), &root)
    return root.bound > -.infinity ? closed(pricing, root) : nil
  }

  private func roundedUp(_ bound: Double) -> Double {
    // Costs of edges are rounded to 24 bits.
    guard unit > 0 else { return bound - 1e-6 * abs(bound) }
    return (bound / unit - 1e-6).rounded(.up) * unit
  }

  // MARK: Generating columns

  struct Root {
    var bound: Double
    /// Of nodes.
    var prices: [Double]
    /// The least reduced cost of a set at these prices.
    var least: Double
  }

  private func generate(_ pricing: DistrictPricing, _ plans: [[Int32]], _ root: inout Root) {
    let n = piece.count
    var master = CoverMaster(nodes: n, groups: k, artificialCost: max(1e-6, 2 * abs(best) / Double(k)))
    for labels in plans { for column in columns(of: labels) { master.add(column) } }
    // Prices after weights are a centre; those of the master are drawn towards it, then towards the best
    // ones met (Wentges, "Weighted Dantzig–Wolfe decomposition", 1997).
    let total = Double(max(1, piece.totalWeight))
    var centre = piece.weights.map { best * Double($0) / total }
    var share = 0.8
    for _ in 0..<2000 where !deadline.isOver && share > 0.01 {
      let dual = master.solve()
      let value = dual.dropLast().reduce(0, +) + Double(k) * dual[n]
      if root.bound > -.infinity, roundedUp(root.bound) >= roundedUp(value) || value - root.bound < 1e-4 * abs(best) { break }
      let prices = (0..<n).map { share * centre[$0] + (1 - share) * dual[$0] }
      let known = master.columns.reduce(Double.infinity) { least, column in
        min(least, column.nodes.reduce(column.cost) { $0 - prices[Int($1)] })
      }
      let (found, relaxed) = priced(pricing, prices, below: known - 1e-6)
      for column in found.columns { master.add(column) }
      let least = found.isAll ? min(known - 1e-6, found.columns.first?.reduced ?? .infinity) : relaxed
      let bound = prices.reduce(0, +) + Double(k) * least
      let isBetter = bound > root.bound
      if isBetter { root = Root(bound: bound, prices: prices, least: least) }
      if isBetter, found.isAll { centre = prices }
      if found.columns.isEmpty, !isBetter { share /= 2 }
    }
  }

  /// Sets below a threshold, and what no set costs less than.
  private func priced(
    _ pricing: DistrictPricing, _ prices: [Double], below threshold: Double
  ) -> (DistrictPricing.Found, Double) {
    let layered = pricing.states.layers.map { prices[$0.node] }
    let relaxations = pricing.relaxations(layered)
    var found = DistrictPricing.Found(columns: [], isAll: false)
    for beam in Self.beams where found.columns.isEmpty && !found.isAll {
      found = pricing.cheapest(layered, relaxations, below: threshold, beam: beam, deadline)
    }
    return (found, pricing.bound(relaxations))
  }

  private func columns(of labels: [Int32]) -> [DistrictPricing.Column] {
    (0..<Int32(k)).compactMap { group in
      let nodes = (0..<Int32(piece.count)).filter { labels[Int($0)] == group }
      let weight = nodes.reduce(0) { $0 + piece.weights[Int($1)] }
      guard weight >= limits.min, weight <= limits.max else { return nil }
      let cost = nodes.reduce(0.0) { sum, node in
        piece.row(Int(node)).reduce(sum) {
          labels[Int(piece.neighbours[$1])] == group ? $0 : $0 + Double(piece.cutCosts[$1]) / 2
        }
      }
      return DistrictPricing.Column(cost: cost, reduced: 0, nodes: nodes)
    }
  }

  // MARK: Closing

  /// Raises the bound step by step: all sets that a plan of the next cost can afford, and a cover of them.
  private func closed(_ pricing: DistrictPricing, _ root: Root) -> Result {
    var bound = min(best, roundedUp(root.bound))
    let layered = pricing.states.layers.map { root.prices[$0.node] }
    let relaxations = pricing.relaxations(layered)
    while bound < best - 1e-9 {
      // Sets of a plan of cost `bound`: all others cost at least `least`.
      let slack = unit > 0 ? bound + 1e-6 - root.bound : best - root.bound
      guard let columns = pricing.all(layered, relaxations, below: root.least + slack + 1e-9, cap: Self.mostColumns, deadline)
      else { break }
      let cover = Cover(columns, nodes: piece.count, groups: k, budget: root.least * Double(k) + slack, least: root.least, deadline)
      guard let chosen = cover.run() else { break }
      guard let chosen else {
        bound = unit > 0 ? min(best, bound + unit) : best
        continue
      }
      var labels = [Int32](repeating: 0, count: piece.count)
      for (group, column) in chosen.enumerated() { for node in column.nodes { labels[Int(node)] = Int32(group) } }
      return Result(bound: unit > 0 ? bound : roundedUp(root.bound), labels: labels)
    }
    return Result(bound: bound, labels: nil)
  }
}

/// Looks for k of the given columns that cover every node once within a budget of reduced costs.
private struct Cover {
  let columns: [DistrictPricing.Column]
  let nodes: Int
  let groups: Int
  let budget: Double
  let least: Double
  let deadline: Deadline
  private let words: Int
  /// Bits of each column, and the columns of each node, cheapest first.
  private let masks: [UInt64]
  private let ofNode: [[Int32]]

  init(_ columns: [DistrictPricing.Column], nodes: Int, groups: Int, budget: Double, least: Double, _ deadline: Deadline) {
    let sorted = columns.sorted { $0.reduced != $1.reduced ? $0.reduced < $1.reduced : $0.nodes.lexicographicallyPrecedes($1.nodes) }
    (self.columns, self.nodes, self.groups, self.budget, self.least, self.deadline) = (sorted, nodes, groups, budget, least, deadline)
    words = (nodes + 63) / 64
    var masks = [UInt64](repeating: 0, count: sorted.count * words)
    var ofNode = [[Int32]](repeating: [], count: nodes)
    for (index, column) in sorted.enumerated() {
      for node in column.nodes {
        masks[index * words + Int(node) / 64] |= 1 << UInt64(Int(node) % 64)
        ofNode[Int(node)].append(Int32(index))
      }
    }
    (self.masks, self.ofNode) = (masks, ofNode)
  }

  /// The columns chosen, nil inside where there is no such cover; nil where time is over.
  func run() -> [DistrictPricing.Column]?? {
    var covered = [UInt64](repeating: 0, count: words)
    var chosen: [Int32] = []
    var visits = 0
    var isCut = false
    let order = (0..<nodes).sorted { (ofNode[$0].count, $0) < (ofNode[$1].count, $1) }
    func search(_ spent: Double) -> Bool {
      guard let node = order.first(where: { covered[$0 / 64] >> UInt64($0 % 64) & 1 == 0 }) else {
        return chosen.count == groups
      }
      guard chosen.count < groups else { return false }
      let rest = Double(groups - chosen.count - 1) * least
      for index in ofNode[node] {
        let column = columns[Int(index)]
        if spent + column.reduced + rest > budget { break }
        visits += 1
        if visits % 65536 == 0, deadline.isOver { isCut = true }
        if isCut { return false }
        let base = Int(index) * words
        guard (0..<words).allSatisfy({ covered[$0] & masks[base + $0] == 0 }) else { continue }
        for word in 0..<words { covered[word] |= masks[base + word] }
        chosen.append(index)
        if search(spent + column.reduced) { return true }
        chosen.removeLast()
        for word in 0..<words { covered[word] &= ~masks[base + word] }
      }
      return false
    }
    if search(0) { return .some(chosen.map { columns[Int($0)] }) }
    return isCut ? nil : .some(nil)
  }
}
