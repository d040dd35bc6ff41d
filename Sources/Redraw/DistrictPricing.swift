/// Connected sets of nodes within the bounds of weight, by what they cost at given prices of nodes.
///
/// A set costs half of the edges it cuts, less the prices of its nodes. Ways through the layers of
/// ``DistrictStates`` are followed with their weights; those whose cheapest completion, with weights
/// rounded (``Completions``), exceeds a threshold are left.
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
  private let steps: WeightSteps
  private let totalCost: Double

  /// Steps of weight told apart: as many as a table of so many values has room for.
  private static let mostSteps = 1024
  private static let fewestSteps = 48
  private static let mostValues = 12_000_000

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
    totalCost = piece.cutCosts.reduce(0) { $0 + abs(Double($1)) }
    let room = Self.mostValues / max(1, states.count)
    steps = WeightSteps(weights, low: low, high: high, most: min(Self.mostSteps, max(Self.fewestSteps, room)))
  }

  /// The cheapest completions at given prices of nodes.
  func completions(_ prices: [Double]) -> Completions {
    Completions(states, steps, offsets, ofLayers(prices), totalCost: totalCost)
  }

  private func ofLayers(_ prices: [Double]) -> [Double] { states.layers.map { prices[$0.node] } }

  /// The least reduced cost of any set, its weight rounded.
  func bound(_ completions: Completions) -> Double { completions.least(0, 0, after: 0) }

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
    func best(_ most: Int, leftOut: inout Double) -> Front {
      var front = Front()
      let order = (0..<count).sorted { (bounds[$0], $0) < (bounds[$1], $1) }
      leftOut = min(leftOut, bounds[order[most]])
      for entry in order.prefix(most) {
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
    /// No set that was left out costs less; infinite where none was.
    var leftOut: Double

    var isAll: Bool { leftOut == .infinity }
  }

  /// For each weight, the cheapest set whose reduced cost is below `threshold`, the cheapest first. Where
  /// more than `beam` ways would have to be followed at a time, only the most promising are.
  func cheapest(
    _ prices: [Double], _ completions: Completions, below threshold: Double, beam: Int, _ deadline: Deadline
  ) -> Found {
    let prices = ofLayers(prices)
    var leftOut = Double.infinity
    var fronts: [Front] = [Front()]
    fronts[0].insert(0, 0, 0, 0, -1)
    for index in states.layers.indices {
      var next = following(fronts[index], index, prices[index], completions, below: threshold)
      if next.count > beam { next = next.best(beam, leftOut: &leftOut) }
      guard !deadline.isOver else { return Found(columns: [], leftOut: -.infinity) }
      fronts.append(next)
    }
    let last = fronts.last!
    let order = (0..<last.count).sorted { (last.costs[$0], $0) < (last.costs[$1], $1) }
    return Found(columns: order.prefix(Self.mostFound).map { column(fronts, $0, prices) }, leftOut: leftOut)
  }

  /// The ways to the next layer that may end below the threshold.
  private func following(
    _ front: Front, _ index: Int, _ price: Double, _ completions: Completions, below threshold: Double
  ) -> Front {
    let layer = states.layers[index]
    let isLast = index == states.layers.count - 1
    var next = Front()
    func follow(_ entry: Int, _ state: Int32, _ weight: Int, _ cost: Double, isInside: Bool) {
      guard state >= 0, weight <= high, weight + rest[index + 1] >= low else { return }
      let least = isLast ? cost : cost + completions.least(index + 1, Int(state), after: weight)
      guard least < threshold else { return }
      next.insert(state, weight, cost, least, Int32(entry * 2 + (isInside ? 1 : 0)))
    }
    for entry in 0..<front.count {
      let (state, weight, cost) = (Int(front.states[entry]), front.weights[entry], front.costs[entry])
      follow(entry, layer.outside[state], weight, cost + Double(layer.outsideCost[state]), isInside: false)
      follow(entry, layer.inside[state], weight + weights[index], cost + Double(layer.insideCost[state]) - price, isInside: true)
    }
    return next
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

  /// All sets with a reduced cost below `threshold`; nil where there are more than `cap`, or time is over.
  func all(_ prices: [Double], below threshold: Double, cap: Int, _ deadline: Deadline) -> [Column]? {
    var listing = Listing(prices: ofLayers(prices), completions: completions(prices), threshold: threshold, cap: cap, deadline: deadline)
    return extend(&listing, 0, 0, 0, 0) ? listing.found : nil
  }

  private struct Listing {
    let prices: [Double]
    let completions: Completions
    let threshold: Double
    let cap: Int
    let deadline: Deadline
    var found: [Column] = []
    /// Layers whose nodes are inside.
    var inside: [Int] = []
    var visits = 0
  }

  /// False where the listing was cut off.
  private func extend(_ listing: inout Listing, _ index: Int, _ state: Int, _ weight: Int, _ cost: Double) -> Bool {
    guard index < states.layers.count else { return end(&listing, cost) }
    listing.visits += 1
    if listing.visits % 65536 == 0, listing.deadline.isOver { return false }
    guard weight <= high, weight + rest[index] >= low,
      cost + listing.completions.least(index, state, after: weight) < listing.threshold
    else { return true }
    let layer = states.layers[index]
    if layer.outside[state] >= 0 {
      let cost = cost + Double(layer.outsideCost[state])
      guard extend(&listing, index + 1, Int(layer.outside[state]), weight, cost) else { return false }
    }
    guard layer.inside[state] >= 0, weight + weights[index] <= high else { return true }
    listing.inside.append(index)
    defer { listing.inside.removeLast() }
    let paid = cost + Double(layer.insideCost[state]) - listing.prices[index]
    return extend(&listing, index + 1, Int(layer.inside[state]), weight + weights[index], paid)
  }

  private func end(_ listing: inout Listing, _ cost: Double) -> Bool {
    let weight = listing.inside.reduce(0) { $0 + weights[$1] }
    guard weight >= low, weight <= high, cost < listing.threshold else { return true }
    let nodes = listing.inside.map { Int32(states.layers[$0].node) }.sorted()
    let paid = listing.inside.reduce(0) { $0 + listing.prices[$1] }
    listing.found.append(Column(cost: cost + paid, reduced: cost, nodes: nodes))
    return listing.found.count <= listing.cap
  }
}
