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
  /// Costs of edges are rounded to 24 bits: sums that differ by no more count as equal.
  private let tolerance: Double
  private let deadline: Deadline
  private let pricing: DistrictPricing?

  private static let mostNodes = 400
  private static let mostStates = 1_000_000
  /// How many ways are followed at a time: few first, as long as that finds sets.
  private static let beams = [300, 5_000, 150_000]
  private static let mostColumns = 1_000_000

  init(_ piece: Piece, groups k: Int, limits: Limits, best: Double, unit: Double, deadline: Deadline) {
    (self.piece, self.k, self.limits, self.best, self.unit, self.deadline) = (piece, k, limits, best, unit, deadline)
    tolerance = unit > 0 ? 1e-6 * unit : 0x1p-23 * piece.cutCosts.reduce(0) { $0 + abs(Double($1)) }
    guard piece.count <= Self.mostNodes else {
      pricing = nil
      return
    }
    pricing = DistrictStates(piece, order: NodeOrder(piece).best, most: Self.mostStates).map { DistrictPricing($0, piece, limits) }
  }

  struct Result {
    var bound: Double
    /// Groups of a plan cheaper than the one given.
    var labels: [Int32]?
  }

  /// Nil where there are too many states for a bound.
  /// - Parameter plan: labels of a plan; its groups and those of some more plans are the first columns.
  func run(_ plan: [Int32], _ cost: ShapeCost, _ seed: UInt64) -> Result? {
    guard let pricing else { return nil }
    let search = SmallSearch(
      piece: piece, groups: k, limits: limits, cost: cost, seed: seed, starts: 8, stepsOfStart: 400 * piece.count)
    let root = root(pricing, [plan] + search.all(from: nil).map(\.labels))
    return root.bound > -.infinity ? closed(pricing, root) : nil
  }

  private func roundedUp(_ bound: Double) -> Double {
    unit > 0 ? ((bound - tolerance) / unit).rounded(.up) * unit : bound - tolerance
  }

  // MARK: Generating columns

  struct Root {
    var bound = -Double.infinity
    /// Of nodes.
    var prices: [Double] = []
    /// The least reduced cost of a set at these prices.
    var least = 0.0
  }

  /// The best prices met. Those of the master are drawn towards a centre, at first prices after weights,
  /// then the best ones met (Wentges, "Weighted Dantzig–Wolfe decomposition", 1997).
  private func root(_ pricing: DistrictPricing, _ plans: [[Int32]]) -> Root {
    var root = Root()
    var master = CoverMaster(nodes: piece.count, groups: k, artificialCost: max(1e-6, 2 * abs(best) / Double(k)))
    for labels in plans { for column in columns(of: labels) { master.add(column) } }
    let total = Double(max(1, piece.totalWeight))
    var centre = piece.weights.map { best * Double($0) / total }
    var share = 0.8
    for _ in 0..<2000 where !deadline.isOver && share > 0.01 {
      let dual = master.solve()
      if isSolved(root, value: dual.dropLast().reduce(0, +) + Double(k) * dual[piece.count]) { break }
      let prices = centre.indices.map { share * centre[$0] + (1 - share) * dual[$0] }
      let (found, least) = priced(pricing, prices, beside: master)
      for column in found.columns { master.add(column) }
      let bound = prices.reduce(0, +) + Double(k) * least
      if bound > root.bound {
        root = Root(bound: bound, prices: prices, least: least)
        if found.isAll { centre = prices }
      } else if found.columns.isEmpty {
        share /= 2
      }
    }
    return root
  }

  /// Whether the bound comes as near to the value of the relaxation as counts.
  private func isSolved(_ root: Root, value: Double) -> Bool {
    guard root.bound > -.infinity else { return false }
    return roundedUp(root.bound) >= roundedUp(value) || value - root.bound < 1e-4 * abs(best)
  }

  /// Sets that reduce more than those known, and what no set costs less than.
  private func priced(
    _ pricing: DistrictPricing, _ prices: [Double], beside master: CoverMaster
  ) -> (DistrictPricing.Found, Double) {
    let known = master.columns.reduce(Double.infinity) { least, column in
      min(least, column.nodes.reduce(column.cost) { $0 - prices[Int($1)] })
    }
    let threshold = known - 1e-6 * max(1e-3, abs(best))
    let completions = pricing.completions(prices)
    var found = DistrictPricing.Found(columns: [], leftOut: -.infinity)
    for beam in Self.beams where found.columns.isEmpty && !found.isAll {
      found = pricing.cheapest(prices, completions, below: threshold, beam: beam, deadline)
    }
    // Below the threshold all sets were found but those left out.
    let least = min(threshold, found.leftOut, found.columns.first?.reduced ?? .infinity)
    return (found, max(least, pricing.bound(completions)))
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

  /// Raises the bound to the cost of the best plan: all sets that a cheaper plan can afford, and a cover
  /// of them, as long as there is one.
  private func closed(_ pricing: DistrictPricing, _ root: Root) -> Result {
    var result = Result(bound: min(best, roundedUp(root.bound)))
    var record = best
    var listed: (slack: Double, columns: [DistrictPricing.Column]) = (-.infinity, [])
    while result.bound < record - tolerance {
      let slack = (unit > 0 ? result.bound + tolerance : record - tolerance) - root.bound
      if slack > listed.slack {
        // All other sets of a plan cost at least `least`.
        guard let all = pricing.all(root.prices, below: root.least + slack, cap: Self.mostColumns, deadline) else { break }
        listed = (slack, all.filter(isWithinOtherBounds))
      }
      let cover = Cover(listed.columns, nodes: piece.count, groups: k, budget: root.least * Double(k) + slack, least: root.least, deadline)
      switch cover.search() {
      case .cut: return result
      case .none: result.bound = unit > 0 ? min(record, result.bound + unit) : record - tolerance
      case .found(let columns):
        record = columns.reduce(0) { $0 + $1.cost }
        result.labels = labels(columns)
      }
    }
    return result
  }

  private func isWithinOtherBounds(_ column: DistrictPricing.Column) -> Bool {
    limits.more.indices.allSatisfy { index in
      limits.miss(column.nodes.reduce(0) { $0 + piece.moreWeights[index][Int($1)] }, of: index) == 0
    }
  }

  private func labels(_ columns: [DistrictPricing.Column]) -> [Int32] {
    var labels = [Int32](repeating: 0, count: piece.count)
    for (group, column) in columns.enumerated() { for node in column.nodes { labels[Int(node)] = Int32(group) } }
    return labels
  }
}
