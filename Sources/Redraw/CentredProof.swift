import Parallel

/// Bounds Σ cost to the groups' centres.
///
/// Centres are chosen among the nodes; with assignment relaxed (Lagrange), each centre picks its
/// cheapest members of a weight within the bounds, fractions allowed, and the k cheapest centres
/// bound the whole. Sets of centres that this does not exclude are solved one by one
/// (``FixedCentres``), cheapest first.
struct CentredProof {
  private let piece: Piece
  private let k: Int
  private let limits: Limits
  private let table: [Double]
  private let best: Double
  private let deadline: Deadline
  private var n: Int { piece.count }

  /// Below this the plan counts as matched.
  private var target: Double { best * (1 - 1e-9) }

  static let mostNodes = 1500

  /// - Parameters:
  ///   - table: of ``CentreCost``, for the piece's nodes.
  ///   - best: what a plan pays.
  init(_ piece: Piece, _ table: [Double], groups k: Int, limits: Limits, best: Double, deadline: Deadline) {
    (self.piece, self.table, self.k, self.limits, self.best, self.deadline) = (piece, table, k, limits, best, deadline)
  }

  func run() -> (bound: Double?, labels: [Int]?) {
    let root = multipliers()
    guard let sets = centreSets(root) else { return (safe(root.bound), nil) }
    return solve(sets, root)
  }

  /// A bound less what rounding may have added.
  private func safe(_ bound: Double) -> Double { max(0, bound - 1e-9 * abs(bound)) }

  // MARK: The root

  struct Root {
    var bound = -Double.infinity
    var constant = 0.0
    /// What each node costs as a centre.
    var price: [Double] = []
  }

  /// Subgradient steps on the assignment of nodes (Held, Wolfe and Crowder, 1974).
  private func multipliers() -> Root {
    var lambda = (0..<n).map { node in nearest(node, k) }
    var root = Root()
    var (scale, idle) = (1.5, 0)
    for _ in 0..<600 where !deadline.isOver && scale > 1e-4 {
      let multipliers = lambda
      let choices = parallelMap(count: n) { centre in choice(centre, multipliers) }
      let chosen = (0..<n).sorted { (choices[$0].price, $0) < (choices[$1].price, $1) }.prefix(k)
      let constant = lambda.reduce(0, +)
      let bound = constant + chosen.reduce(0) { $0 + choices[$1].price }
      if bound > root.bound + 1e-9 * abs(bound) {
        root = Root(bound: bound, constant: constant, price: choices.map(\.price))
        idle = 0
      } else {
        idle += 1
        if idle == 12 { (scale, idle) = (scale / 2, 0) }
      }
      var slope = [Double](repeating: 1, count: n)
      for centre in chosen { for (node, share) in choices[centre].members { slope[node] -= share } }
      let square = slope.reduce(0) { $0 + $1 * $1 }
      guard square > 1e-12, bound < target else { break }
      let step = scale * (best - bound) / square
      for node in 0..<n { lambda[node] += step * slope[node] }
    }
    return root
  }

  /// A first guess: the cost to the k-th nearest of few centres is about the cost of a node.
  private func nearest(_ node: Int, _ k: Int) -> Double {
    let costs = (0..<n).map { table[node * n + $0] }.sorted()
    return costs[min(n - 1, n / (2 * k))]
  }

  private struct Choice: Sendable {
    var price = 0.0
    var members: [(Int, Double)] = []
  }

  /// The cheapest members of `centre` whose weight lies within the bounds, the last one in part.
  private func choice(_ centre: Int, _ lambda: [Double]) -> Choice {
    func reduced(_ node: Int) -> Double { table[node * n + centre] - lambda[node] }
    var choice = Choice(price: reduced(centre), members: [(centre, 1)])
    var weight = piece.weights[centre]
    var others: [(cost: Double, node: Int)] = []
    for node in 0..<n where node != centre {
      let cost = reduced(node)
      if cost < 0 {
        choice.price += cost
        choice.members.append((node, 1))
        weight += piece.weights[node]
      } else {
        others.append((cost, node))
      }
    }
    if weight > limits.max { shed(&choice, weight - limits.max, reduced) }
    if weight < limits.min { gather(&choice, limits.min - weight, others) }
    return choice
  }

  private func shed(_ choice: inout Choice, _ excess: Int, _ reduced: (Int) -> Double) {
    var excess = Double(excess)
    let order = choice.members.indices.dropFirst().filter { piece.weights[choice.members[$0].0] > 0 }
      .map { (rate: -reduced(choice.members[$0].0) / Double(piece.weights[choice.members[$0].0]), index: $0) }
      .sorted { ($0.rate, $0.index) < ($1.rate, $1.index) }
    for (rate, index) in order where excess > 0 {
      let weight = Double(piece.weights[choice.members[index].0])
      let cut = min(weight, excess)
      choice.price += rate * cut
      choice.members[index].1 -= cut / weight
      excess -= cut
    }
  }

  private func gather(_ choice: inout Choice, _ lack: Int, _ others: [(cost: Double, node: Int)]) {
    var lack = Double(lack)
    let order = others.filter { piece.weights[$0.node] > 0 }
      .map { (rate: $0.cost / Double(piece.weights[$0.node]), node: $0.node) }
      .sorted { ($0.rate, $0.node) < ($1.rate, $1.node) }
    for (rate, node) in order where lack > 0 {
      let weight = Double(piece.weights[node])
      let part = min(weight, lack)
      choice.price += rate * part
      choice.members.append((node, part / weight))
      lack -= part
    }
    if lack > 0 { choice.price = .infinity }
  }

  // MARK: Sets of centres

  struct CentreSet: Sendable {
    var bound: Double
    var centres: [Int]
  }

  /// All sets of k centres that the root leaves open, the lowest bound first; nil if too many.
  private func centreSets(_ root: Root) -> [CentreSet]? {
    let order = (0..<n).filter { root.price[$0].isFinite }.sorted { (root.price[$0], $0) < (root.price[$1], $1) }
    guard order.count >= k else { return [] }
    var prefix = [0.0]
    for node in order { prefix.append(prefix.last! + root.price[node]) }
    var sets: [CentreSet] = []
    var chosen: [Int] = []
    func extend(_ from: Int, _ sum: Double) -> Bool {
      let missing = k - chosen.count
      if missing == 0 {
        sets.append(CentreSet(bound: root.constant + sum, centres: chosen))
        return sets.count <= 4_000_000
      }
      var index = from
      while index + missing <= order.count, root.constant + sum + prefix[index + missing] - prefix[index] < target {
        chosen.append(order[index])
        guard extend(index + 1, sum + root.price[order[index]]) else { return false }
        chosen.removeLast()
        index += 1
      }
      return true
    }
    guard extend(0, 0) else { return nil }
    return sets.sorted { $0.bound != $1.bound ? $0.bound < $1.bound : $0.centres.lexicographicallyPrecedes($1.centres) }
  }

  private func solve(_ sets: [CentreSet], _ root: Root) -> (Double?, [Int]?) {
    var (record, labels): (Double, [Int]?) = (best, nil)
    var place = 0
    // The least bound of sets that were not solved to the end.
    var open = Double.infinity
    while place < sets.count, sets[place].bound < record * (1 - 1e-9), !deadline.isOver {
      let batch = Array(sets[place..<min(sets.count, place + 64)])
      let limit = record
      let results = parallelMap(count: batch.count) { index in
        FixedCentres(piece, limits, batch[index].centres, table, record: limit, deadline: deadline).solved(from: batch[index].bound)
      }
      for result in results {
        open = min(open, result.bound)
        if let found = result.found, found.cost < record { (record, labels) = (found.cost, found.labels) }
      }
      place += batch.count
    }
    if place < sets.count { open = min(open, sets[place].bound) }
    return (safe(max(min(record, open), root.bound)), labels)
  }
}
