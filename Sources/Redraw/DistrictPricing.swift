import Parallel

/// Connected sets of nodes within the bounds of weight, by what they cost at given prices of nodes.
///
/// A set costs half of the edges it cuts, less the prices of its nodes. Ways through the layers of
/// ``DistrictStates`` are followed with their weights; those whose cheapest completion, with the bounds of
/// weight relaxed (Lagrange), exceeds a threshold are left.
struct DistrictPricing: Sendable {
  let states: DistrictStates
  /// Of each layer's node.
  private let weights: [Int]
  private let low: Int
  private let high: Int
  /// Where each layer's states begin in a table of completions; one more at the end.
  private let offsets: [Int]
  /// Weight of the nodes from each layer on.
  private let rest: [Int]

  struct Column: Sendable {
    /// Half of the cost of the edges cut.
    var cost: Double
    /// At the prices asked for.
    var reduced: Double
    /// Increasing.
    var nodes: [Int32]
  }

  init(_ states: DistrictStates, _ piece: Piece, _ limits: Limits) {
    self.states = states
    weights = states.layers.map { piece.weights[$0.node] }
    (low, high) = (limits.min, limits.max)
    offsets = states.layers.reduce(into: [0]) { $0.append($0.last! + $1.count) }
    var rest = [0]
    for weight in weights.reversed() { rest.append(rest.last! + weight) }
    self.rest = rest.reversed()
  }

  // MARK: Completions

  /// The cheapest way from each state to the end at given prices (of layers), whatever it weighs.
  private func completions(_ prices: [Double]) -> [Double] {
    var table = [Double](repeating: .infinity, count: offsets.last! + 1)
    table.withUnsafeMutableBufferPointer { table in
      for index in states.layers.indices.reversed() {
        let layer = states.layers[index]
        let (base, next) = (offsets[index], offsets[index + 1])
        let isLast = index == states.layers.count - 1
        layer.inside.withUnsafeBufferPointer { inside in
          layer.outside.withUnsafeBufferPointer { outside in
            for state in 0..<inside.count {
              var best = Double.infinity
              if outside[state] >= 0 {
                best = Double(layer.outsideCost[state]) + (isLast ? 0 : table[next + Int(outside[state])])
              }
              if inside[state] >= 0 {
                best = min(best, Double(layer.insideCost[state]) - prices[index] + (isLast ? 0 : table[next + Int(inside[state])]))
              }
              table[base + state] = best
            }
          }
        }
      }
    }
    return table
  }

  /// A table of completions with a price `mu` on weight.
  struct Relaxation: Sendable {
    var mu: Double
    var table: [Double]
  }

  /// Relaxations around the price of weight that bounds best.
  func relaxations(_ prices: [Double]) -> [Relaxation] {
    @Sendable func relaxation(_ mu: Double) -> Relaxation {
      Relaxation(mu: mu, table: completions(states.layers.indices.map { prices[$0] + mu * Double(weights[$0]) }))
    }
    let mean = max(1, Double(rest[0]) / Double(weights.count))
    let scale = max(1e-9, prices.reduce(0) { $0 + abs($1) } / Double(prices.count)) / mean
    let best = steepest(scale) { rootBound(relaxation($0)) }
    return parallelMap(count: Self.steps.count) { relaxation(best + Self.steps[$0] * scale) }
  }

  private static let steps = [0, -0.1, 0.1, -0.3, 0.3, -1, 1]

  /// The place of the greatest value of a concave function, by golden sections.
  private func steepest(_ scale: Double, _ value: (Double) -> Double) -> Double {
    let ratio = 0.618_033_988_75
    var (a, b) = (-4 * scale, 4 * scale)
    var (p, q) = (b - ratio * (b - a), a + ratio * (b - a))
    var (f, g) = (value(p), value(q))
    for _ in 0..<12 {
      if f > g {
        (b, q, g) = (q, p, f)
        p = b - ratio * (b - a)
        f = value(p)
      } else {
        (a, p, f) = (p, q, g)
        q = a + ratio * (b - a)
        g = value(q)
      }
    }
    return (a + b) / 2
  }

  private func rootBound(_ relaxation: Relaxation) -> Double { bound(relaxation, 0, 0, 0) }

  /// The least reduced cost of any set, weights relaxed.
  func bound(_ relaxations: [Relaxation]) -> Double { relaxations.reduce(-.infinity) { max($0, rootBound($1)) } }

  @inline(__always)
  private func bound(_ relaxation: Relaxation, _ layer: Int, _ state: Int, _ weight: Int) -> Double {
    let (least, most) = (Double(max(0, low - weight)), Double(high - weight))
    return relaxation.table[offsets[layer] + state] + (relaxation.mu > 0 ? relaxation.mu * least : relaxation.mu * most)
  }

  // MARK: Sets

  /// More columns at a time slow the master down.
  private static let mostFound = 100

  /// Ways to one layer, one for each state and weight.
  private struct Front {
    var states: [Int32] = []
    var weights: [Int] = []
    var costs: [Double] = []
    /// No set of such a way costs less.
    var bounds: [Double] = []
    /// The way it continues, times two, plus one where the last node is inside.
    var origins: [Int32] = []
    private var slots: [Int32] = Array(repeating: -1, count: 1024)

    var count: Int { states.count }

    mutating func insert(_ state: Int32, _ weight: Int, _ cost: Double, _ bound: Double, _ origin: Int32) {
      var slot = hash(state, weight)
      while slots[slot] >= 0 {
        let other = Int(slots[slot])
        if states[other] == state, weights[other] == weight {
          if cost < costs[other] { (costs[other], bounds[other], origins[other]) = (cost, bound, origin) }
          return
        }
        slot = (slot + 1) & (slots.count - 1)
      }
      slots[slot] = Int32(count)
      states.append(state)
      weights.append(weight)
      costs.append(cost)
      bounds.append(bound)
      origins.append(origin)
      if count * 2 > slots.count { grow() }
    }

    /// The `most` ways of the least bounds.
    func best(_ most: Int) -> Front {
      var front = Front()
      for entry in (0..<count).sorted(by: { (bounds[$0], $0) < (bounds[$1], $1) }).prefix(most) {
        front.insert(states[entry], weights[entry], costs[entry], bounds[entry], origins[entry])
      }
      return front
    }

    private func hash(_ state: Int32, _ weight: Int) -> Int {
      var hash = UInt64(truncatingIfNeeded: weight) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: state)
      hash = (hash ^ (hash >> 29)) &* 0xBF58_476D_1CE4_E5B9
      return Int(truncatingIfNeeded: (hash ^ (hash >> 32)) & UInt64(slots.count - 1))
    }

    private mutating func grow() {
      slots = Array(repeating: -1, count: slots.count * 2)
      for entry in 0..<count {
        var slot = hash(states[entry], weights[entry])
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(entry)
      }
    }
  }

  /// What was found, and whether nothing was left out.
  struct Found: Sendable {
    var columns: [Column]
    var isAll: Bool
  }

  /// For each weight, the cheapest set whose reduced cost is below `threshold`, the cheapest first. Where
  /// more than `beam` ways would have to be followed at a time, only the most promising are.
  func cheapest(
    _ prices: [Double], _ relaxations: [Relaxation], below threshold: Double, beam: Int, _ deadline: Deadline
  ) -> Found {
    var isAll = true
    var fronts: [Front] = [Front()]
    fronts[0].insert(0, 0, 0, 0, -1)
    for index in states.layers.indices {
      let layer = states.layers[index]
      let isLast = index == states.layers.count - 1
      var next = Front()
      let front = fronts[index]
      func follow(_ entry: Int, _ state: Int32, _ weight: Int, _ cost: Double, _ isInside: Bool) {
        guard state >= 0, weight <= high, weight + rest[index + 1] >= low else { return }
        var least = cost
        if !isLast {
          least = relaxations.reduce(-.infinity) { max($0, bound($1, index + 1, Int(state), weight)) } + cost
          guard least < threshold else { return }
        } else if weight < low || cost >= threshold {
          return
        }
        next.insert(state, weight, cost, least, Int32(entry * 2 + (isInside ? 1 : 0)))
      }
      for entry in 0..<front.count {
        let state = Int(front.states[entry])
        follow(entry, layer.outside[state], front.weights[entry], front.costs[entry] + Double(layer.outsideCost[state]), false)
        let cost = front.costs[entry] + Double(layer.insideCost[state]) - prices[index]
        follow(entry, layer.inside[state], front.weights[entry] + weights[index], cost, true)
      }
      if next.count > beam {
        isAll = false
        next = next.best(beam)
      }
      guard !deadline.isOver else { return Found(columns: [], isAll: false) }
      fronts.append(next)
    }
    let last = fronts.last!
    let order = (0..<last.count).sorted { (last.costs[$0], $0) < (last.costs[$1], $1) }
    return Found(columns: order.prefix(Self.mostFound).map { column(fronts, $0, prices) }, isAll: isAll)
  }

  private func column(_ fronts: [Front], _ entry: Int, _ prices: [Double]) -> Column {
    var column = Column(cost: fronts.last!.costs[entry], reduced: fronts.last!.costs[entry], nodes: [])
    var entry = Int32(entry)
    for index in states.layers.indices.reversed() {
      let origin = fronts[index + 1].origins[Int(entry)]
      if origin & 1 == 1 {
        column.nodes.append(Int32(states.layers[index].node))
        column.cost += prices[index]
      }
      entry = origin >> 1
    }
    column.nodes.sort()
    return column
  }

  /// All sets with a reduced cost below `threshold`; nil where there are more than `cap`.
  func all(
    _ prices: [Double], _ relaxations: [Relaxation], below threshold: Double, cap: Int, _ deadline: Deadline
  ) -> [Column]? {
    var found: [Column] = []
    var inside: [Int32] = []
    var steps = 0
    func extend(_ index: Int, _ state: Int, _ weight: Int, _ cost: Double) -> Bool {
      if index == states.layers.count {
        guard weight >= low, cost < threshold else { return true }
        let paid = inside.reduce(0.0) { $0 + prices[Int($1)] }
        found.append(Column(cost: cost + paid, reduced: cost, nodes: inside.map { Int32(states.layers[Int($0)].node) }.sorted()))
        return found.count <= cap
      }
      steps += 1
      if steps % 65536 == 0, deadline.isOver { return false }
      guard weight + rest[index] >= low else { return true }
      for relaxation in relaxations where cost + bound(relaxation, index, state, weight) >= threshold { return true }
      let layer = states.layers[index]
      if layer.outside[state] >= 0 {
        guard extend(index + 1, Int(layer.outside[state]), weight, cost + Double(layer.outsideCost[state])) else { return false }
      }
      guard layer.inside[state] >= 0, weight + weights[index] <= high else { return true }
      inside.append(Int32(index))
      defer { inside.removeLast() }
      return extend(index + 1, Int(layer.inside[state]), weight + weights[index], cost + Double(layer.insideCost[state]) - prices[index])
    }
    return extend(0, 0, 0, 0) ? found : nil
  }
}
