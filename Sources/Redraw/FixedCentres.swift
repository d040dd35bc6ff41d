/// The cheapest plan whose groups have the given centres, by branch and bound.
///
/// Each node of the tree relaxes the bounds of weight (Lagrange), drops what reduced costs exclude,
/// and drops what a centre can no longer reach.
final class FixedCentres {
  private let piece: Piece
  private let centres: [Int]
  private let n: Int
  private let k: Int
  /// `cost[node * k + group]`.
  private let cost: [Double]
  /// Weights with their bounds.
  private let weights: [(values: [Double], low: Double, high: Double)]
  private var record: Double
  private var found: [Int]?
  private let deadline: Deadline
  private var isCut = false
  private var visits = 0

  struct Result: Sendable {
    /// No plan with these centres that is cheaper than the record given costs less than this.
    var bound: Double
    var found: (cost: Double, labels: [Int])?
  }

  init(_ piece: Piece, _ limits: Limits, _ centres: [Int], _ table: [Double], record: Double, deadline: Deadline) {
    (self.piece, self.centres, self.record, self.deadline) = (piece, centres, record, deadline)
    n = piece.count
    k = centres.count
    let (n, k) = (n, k)
    var cost = [Double](repeating: 0, count: n * k)
    for node in 0..<n { for group in 0..<k { cost[node * k + group] = table[node * n + centres[group]] } }
    self.cost = cost
    var weights = [(piece.weights.map(Double.init), Double(limits.min), Double(limits.max))]
    for (index, bound) in limits.more.enumerated() {
      weights.append((piece.moreWeights[index].map(Double.init), Double(bound.min), Double(bound.max)))
    }
    self.weights = weights
  }

  func solved(from bound: Double) -> Result {
    var domains = [UInt64](repeating: k >= 64 ? .max : (1 << UInt64(k)) - 1, count: n)
    for (group, centre) in centres.enumerated() { domains[centre] = 1 << UInt64(group) }
    guard k <= 63 else { return Result(bound: bound, found: nil) }
    explore(domains, [Double](repeating: 0, count: k * weights.count))
    return Result(bound: isCut ? bound : .infinity, found: found.map { (record, $0) })
  }

  private var target: Double { record * (1 - 1e-9) }

  private func explore(_ domains: [UInt64], _ start: [Double]) {
    visits += 1
    if visits % 16 == 0, deadline.isOver { isCut = true }
    guard !isCut else { return }
    var (domains, mu) = (domains, start)
    guard prune(&domains) else { return }
    guard let reduced = relax(&domains, &mu), prune(&domains) else { return }
    guard let node = undecided(domains, reduced) else { return take(domains) }
    let groups = (0..<k).filter { domains[node] >> UInt64($0) & 1 == 1 }
      .sorted { (reduced[node * k + $0], $0) < (reduced[node * k + $1], $1) }
    for group in groups {
      var child = domains
      child[node] = 1 << UInt64(group)
      explore(child, mu)
    }
  }

  /// The open node whose two cheapest groups differ least.
  private func undecided(_ domains: [UInt64], _ reduced: [Double]) -> Int? {
    var best: (gap: Double, node: Int)?
    for node in 0..<n where domains[node].nonzeroBitCount > 1 {
      var (first, second) = (Double.infinity, Double.infinity)
      for group in 0..<k where domains[node] >> UInt64(group) & 1 == 1 {
        let value = reduced[node * k + group]
        if value < first { (first, second) = (value, first) } else { second = min(second, value) }
      }
      if best == nil || second - first < best!.gap { best = (second - first, node) }
    }
    return best?.node
  }

  private func take(_ domains: [UInt64]) {
    let labels = domains.map { $0.trailingZeroBitCount }
    let total = (0..<n).reduce(0) { $0 + cost[$1 * k + labels[$1]] }
    if total < record, isFeasible(labels) { (record, found) = (total, labels) }
  }

  private func isFeasible(_ labels: [Int]) -> Bool {
    for weight in weights {
      var loads = [Double](repeating: 0, count: k)
      for node in 0..<n { loads[labels[node]] += weight.values[node] }
      guard loads.allSatisfy({ $0 >= weight.low && $0 <= weight.high }) else { return false }
    }
    return piece.components(of: labels.map(Int32.init)).count == k
  }

  // MARK: Pruning

  /// Drops groups that a node cannot belong to; false where none is left, or a weight cannot be met.
  private func prune(_ domains: inout [UInt64]) -> Bool {
    for group in 0..<k { dropUnreachable(group, &domains) }
    guard !domains.contains(0) else { return false }
    for weight in weights {
      for group in 0..<k {
        let bit = UInt64(1) << UInt64(group)
        var (sure, possible) = (0.0, 0.0)
        for node in 0..<n where domains[node] & bit != 0 {
          possible += weight.values[node]
          if domains[node] == bit { sure += weight.values[node] }
        }
        guard sure <= weight.high, possible >= weight.low else { return false }
      }
    }
    return true
  }

  private func dropUnreachable(_ group: Int, _ domains: inout [UInt64]) {
    let bit = UInt64(1) << UInt64(group)
    var reached = [Bool](repeating: false, count: n)
    var stack = [centres[group]]
    reached[centres[group]] = true
    while let node = stack.popLast() {
      for entry in piece.row(node) where piece.holds[entry] {
        let other = Int(piece.neighbours[entry])
        guard !reached[other], domains[other] & bit != 0 else { continue }
        reached[other] = true
        stack.append(other)
      }
    }
    for node in 0..<n where !reached[node] { domains[node] &= ~bit }
  }

  // MARK: Relaxation

  /// Raises the bound by multipliers of the bounds of weight and drops what it excludes. The reduced
  /// costs at the best multipliers; nil where nothing cheaper than the record is left.
  private func relax(_ domains: inout [UInt64], _ mu: inout [Double]) -> [Double]? {
    var best = (bound: -Double.infinity, mu: mu, reduced: [Double]())
    var (scale, idle) = (1.0, 0)
    var reduced = [Double](repeating: 0, count: n * k)
    var slope = [Double](repeating: 0, count: mu.count)
    for _ in 0..<80 {
      let (bound, labels) = evaluate(domains, mu, &reduced, &slope)
      if bound > best.bound + 1e-9 * abs(bound) {
        best = (bound, mu, reduced)
        idle = 0
      } else {
        idle += 1
        if idle == 6 { (scale, idle) = (scale / 2, 0) }
      }
      if best.bound >= target { return nil }
      let total = (0..<n).reduce(0) { $0 + cost[$1 * k + labels[$1]] }
      if total < record, isFeasible(labels) { (record, found) = (total, labels) }
      let square = slope.reduce(0) { $0 + $1 * $1 }
      guard square > 1e-12, scale > 0.02 else { break }
      let step = scale * (record - bound) / square
      for index in mu.indices { mu[index] += step * slope[index] }
    }
    mu = best.mu
    for node in 0..<n where domains[node].nonzeroBitCount > 1 {
      let least = (0..<k).reduce(Double.infinity) { domains[node] >> UInt64($1) & 1 == 1 ? min($0, best.reduced[node * k + $1]) : $0 }
      for group in 0..<k where domains[node] >> UInt64(group) & 1 == 1 {
        if best.bound + best.reduced[node * k + group] - least >= target { domains[node] &= ~(1 << UInt64(group)) }
      }
    }
    return best.bound >= target ? nil : best.reduced
  }

  private func evaluate(
    _ domains: [UInt64], _ mu: [Double], _ reduced: inout [Double], _ slope: inout [Double]
  ) -> (Double, [Int]) {
    var bound = 0.0
    var labels = [Int](repeating: 0, count: n)
    for index in slope.indices { slope[index] = 0 }
    for node in 0..<n {
      var (least, chosen) = (Double.infinity, 0)
      for group in 0..<k {
        var value = cost[node * k + group]
        for index in weights.indices { value += mu[index * k + group] * weights[index].values[node] }
        reduced[node * k + group] = value
        if domains[node] >> UInt64(group) & 1 == 1, value < least { (least, chosen) = (value, group) }
      }
      bound += least
      labels[node] = chosen
      for index in weights.indices { slope[index * k + chosen] += weights[index].values[node] }
    }
    for index in weights.indices {
      let (low, high) = (weights[index].low, weights[index].high)
      for group in 0..<k {
        let at = index * k + group
        bound -= mu[at] * (mu[at] >= 0 ? high : low)
        if mu[at] > 0 { slope[at] -= high } else if mu[at] < 0 { slope[at] -= low } else {
          slope[at] -= min(max(slope[at], low), high)
        }
      }
    }
    return (bound, labels)
  }
}
