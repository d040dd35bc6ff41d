/// Bounds the number of cut edges by dynamic programming over a frontier.
///
/// Nodes get their groups one after the other. What the rest depends on is kept as a state: groups
/// and connected parts at the frontier (nodes with neighbours still to come), weights of the open
/// groups, and how many groups were begun. Equal states keep the fewest edges cut. For growing
/// budgets of cut edges all states are gone through; a budget without a plan raises the bound.
///
/// After Kawahara and others, "Generating all patterns of graph partitions within a disparity
/// bound", 2017. Exact for narrow graphs; a cap on states ends it for others.
struct FrontierProof {
  private let piece: Piece
  private let k: Int
  private let limits: Limits
  private let deadline: Deadline
  private let order: [Int]

  private static let stateCap = 6_000_000

  init(_ piece: Piece, groups k: Int, limits: Limits, deadline: Deadline) {
    (self.piece, self.k, self.limits, self.deadline) = (piece, k, limits, deadline)
    order = piece.count <= 400 ? NodeOrder(piece).best : []
  }

  /// No plan cuts fewer edges than this; at most `known`, which some plan cuts.
  func bound(below known: Int) -> Int? {
    guard !order.isEmpty, k <= 12 else { return nil }
    // Of a plan's cut edges at most half lie among the nodes of one of the two halves.
    let half = order.count / 2
    let sweeps = [(order, half), (order.reversed(), order.count - half)].map {
      FrontierSweep(piece, $0, half: $1, groups: k, limits: limits)
    }
    guard sweeps.allSatisfy({ $0.width <= 15 }) else { return min(known, k - 1) }
    let least = leastBorder(sweeps[0], atMost: known)
    var bound = min(known, max(k - 1, FrontierSweep.later(k, least)))
    while bound < known {
      for sweep in sweeps {
        switch sweep.run(budget: bound, leastBorder: least, cap: Self.stateCap, deadline: deadline) {
        case .none: continue
        case .found, .unknown: return bound
        }
      }
      bound += 1
    }
    return bound
  }
}

extension FrontierProof {
  /// No connected set within the bounds has fewer edges to the rest.
  private func leastBorder(_ sweep: FrontierSweep, atMost known: Int) -> Int {
    var least = 1
    while least < known,
      case .none = sweep.run(budget: least, isSingle: true, cap: Self.stateCap / 4, deadline: deadline)
    { least += 1 }
    return least
  }
}

/// An order of nodes with few open nodes at any time.
private struct NodeOrder {
  private let piece: Piece
  private(set) var best: [Int] = []

  init(_ piece: Piece) {
    self.piece = piece
    var least = Double.infinity
    for start in 0..<piece.count {
      let (order, price) = grown(from: start)
      if price < least { (least, best) = (price, order) }
    }
  }

  /// Adds the node that leaves the fewest open, again and again.
  private func grown(from start: Int) -> ([Int], Double) {
    var waiting = (0..<piece.count).map { Set(piece.row($0).map { Int(piece.neighbours[$0]) }) }
    var isDone = [Bool](repeating: false, count: piece.count)
    var order: [Int] = []
    var open: Set<Int> = []
    var price = 0.0
    func add(_ node: Int) {
      isDone[node] = true
      order.append(node)
      for other in piece.row(node).map({ Int(piece.neighbours[$0]) }) {
        waiting[other].remove(node)
        if isDone[other], waiting[other].isEmpty { open.remove(other) }
      }
      if !waiting[node].isEmpty { open.insert(node) }
      var size = 1.0
      for _ in open { size *= 2 }
      price += size
    }
    add(start)
    while order.count < piece.count {
      let near = Set(open.flatMap { waiting[$0] })
      func closing(_ node: Int) -> Int {
        piece.row(node).reduce(0) { sum, entry in
          let other = Int(piece.neighbours[entry])
          return sum + (isDone[other] && waiting[other].count == 1 ? 1 : 0)
        } - (waiting[node].isEmpty ? 0 : 1)
      }
      let next = near.min { (-closing($0), waiting[$0].count, $0) < (-closing($1), waiting[$1].count, $1) }
      add(next ?? isDone.firstIndex(of: false)!)
    }
    return (order, price)
  }
}

/// One pass over the nodes in a fixed order.
struct FrontierSweep {
  enum Outcome { case none, found, unknown }

  private let k: Int
  private let limits: Limits
  private let layers: [Layer]
  /// Total weight of the nodes after each layer.
  private let rest: [Int]

  var width: Int { layers.map(\.before).max() ?? 0 }

  /// What happens when a node is added to the frontier.
  private struct Layer {
    /// Size of the frontier before.
    var before: Int
    var weight: Int
    /// Places in the frontier of the node's neighbours: all, and those it hangs together with.
    var touching: [Int] = []
    var holding: [Int] = []
    /// Places, the new node being the last, of the frontier that follows; and of those that leave.
    var stays: [Int] = []
    var leaves: [Int] = []
    var isFirstHalf = false
  }

  init(_ piece: Piece, _ order: [Int], half: Int, groups k: Int, limits: Limits) {
    (self.k, self.limits) = (k, limits)
    var rank = [Int](repeating: 0, count: piece.count)
    for (place, node) in order.enumerated() { rank[node] = place }
    var frontier: [Int] = []
    var layers: [Layer] = []
    for (place, node) in order.enumerated() {
      var layer = Layer(before: frontier.count, weight: piece.weights[node], isFirstHalf: place < half)
      for entry in piece.row(node) {
        guard let at = frontier.firstIndex(of: Int(piece.neighbours[entry])) else { continue }
        layer.touching.append(at)
        if piece.holds[entry] { layer.holding.append(at) }
      }
      frontier.append(node)
      for (at, member) in frontier.enumerated() {
        let isOpen = piece.row(member).contains { rank[Int(piece.neighbours[$0])] > place }
        if isOpen { layer.stays.append(at) } else { layer.leaves.append(at) }
      }
      frontier = layer.stays.map { frontier[$0] }
      layers.append(layer)
    }
    self.layers = layers
    var left = piece.totalWeight
    rest = layers.map {
      left -= $0.weight
      return left
    }
  }

  /// The fewest edges that groups not begun yet will cut, where each has at least `least` to others:
  /// an edge between two of them counts for both.
  static func later(_ groups: Int, _ least: Int) -> Int {
    groups == 0 ? 0 : max(least, (groups * least + 1) / 2)
  }

  /// The label and part of nodes outside, where only one group is looked for.
  static let outside: UInt8 = 15

  /// Whether a plan cuts at most `budget` edges, at most half of them among the first half's nodes;
  /// or, for a single group, whether one within the bounds has at most `budget` edges to the rest.
  func run(budget: Int, leastBorder: Int = 0, isSingle: Bool = false, cap: Int, deadline: Deadline) -> Outcome {
    var states = StateTable(frontier: 0, groups: k)
    states.insertFirst()
    var work = Work(k: k, isSingle: isSingle)
    for (index, layer) in layers.enumerated() {
      var next = StateTable(frontier: layer.stays.count, groups: k)
      let allowed = layer.isFirstHalf && !isSingle ? budget / 2 : budget
      for state in 0..<states.count {
        if state % 4096 == 0, deadline.isOver { return .unknown }
        work.load(states, state)
        if isSingle {
          expandSingle(layer, rest[index], allowed, &work, &next)
        } else {
          expand(layer, rest[index], (allowed, budget), leastBorder, &work, &next)
        }
        if next.count > cap { return .unknown }
      }
      states = next
      if states.count == 0 { return .none }
    }
    return .found
  }

  /// The node inside the group, while it is open or not begun, and outside.
  private func expandSingle(_ layer: Layer, _ rest: Int, _ budget: Int, _ work: inout Work, _ next: inout StateTable) {
    for isInside in [true, false] {
      guard !isInside || work.open == 1 || work.begun == 0 else { continue }
      let label = isInside ? 0 : Self.outside
      let cost = layer.touching.reduce(work.cost) { $0 + (work.label[$1] != label ? 1 : 0) }
      guard cost <= budget else { continue }
      let weight = (work.open == 1 ? work.weights[0] : 0) + layer.weight
      if isInside {
        guard weight <= limits.max else { continue }
        work.add(layer.before, 0, weight, joining: layer.holding)
      } else {
        work.addOutside(layer.before)
      }
      guard work.close(layer.leaves, layer.stays, limits) else { continue }
      let reach = work.keyOpen == 1 ? work.keyWeights[0] + rest : work.newBegun == 0 ? rest : limits.min
      if reach >= limits.min { next.insert(work, cost) }
    }
  }

  private func expand(
    _ layer: Layer, _ rest: Int, _ budget: (now: Int, all: Int), _ least: Int, _ work: inout Work, _ next: inout StateTable
  ) {
    for label in 0...work.open where label < work.open || work.begun < k {
      var cost = work.cost
      for at in layer.touching where work.label[at] != UInt8(label) { cost += 1 }
      let later = k - work.begun - (label < work.open ? 0 : 1)
      guard cost <= budget.now, cost + Self.later(later, least) <= budget.all else { continue }
      let weight = (label < work.open ? work.weights[label] : 0) + layer.weight
      guard weight <= limits.max else { continue }
      work.add(layer.before, label, weight, joining: layer.holding)
      if work.close(layer.leaves, layer.stays, limits), work.canEnd(rest, limits) {
        next.insert(work, cost)
      }
    }
  }
}

extension FrontierSweep {
  /// The state being expanded and its successor.
  struct Work {
    let k: Int
    // As loaded.
    var label = [UInt8](repeating: 0, count: 32)
    var part = [UInt8](repeating: 0, count: 32)
    var weights = [Int](repeating: 0, count: 16)
    var open = 0
    var begun = 0
    var cost = 0
    // With the new node.
    var newLabel = [UInt8](repeating: 0, count: 32)
    var newPart = [UInt8](repeating: 0, count: 32)
    var newWeights = [Int](repeating: 0, count: 16)
    var newOpen = 0
    var newBegun = 0
    // Canonical, for the frontier that follows.
    var keyLabel = [UInt8](repeating: 0, count: 32)
    var keyPart = [UInt8](repeating: 0, count: 32)
    var keyWeights = [Int](repeating: 0, count: 16)
    var keyOpen = 0
    var size = 0

    let isSingle: Bool

    init(k: Int, isSingle: Bool) { (self.k, self.isSingle) = (k, isSingle) }

    mutating func load(_ table: StateTable, _ state: Int) {
      table.read(state, &label, &part, &weights)
      begun = table.begun(state)
      cost = Int(table.costs[state])
      open = 0
      for at in 0..<table.frontier where !isSingle || label[at] == 0 { open = max(open, Int(label[at]) + 1) }
    }

    /// Adds a node at `place` to group `label`, joined with the parts at `joining` of that group.
    mutating func add(_ place: Int, _ group: Int, _ weight: Int, joining: [Int]) {
      for at in 0..<place {
        newLabel[at] = label[at]
        newPart[at] = part[at]
      }
      for index in 0..<open { newWeights[index] = weights[index] }
      newWeights[group] = weight
      newOpen = max(open, group + 1)
      newBegun = begun + (group == open ? 1 : 0)
      newLabel[place] = UInt8(group)
      newPart[place] = 31
      for at in joining where newLabel[at] == UInt8(group) && newPart[at] != 31 {
        let old = newPart[at]
        for other in 0..<place where newPart[other] == old { newPart[other] = 31 }
      }
    }

    mutating func addOutside(_ place: Int) {
      for at in 0..<place {
        newLabel[at] = label[at]
        newPart[at] = part[at]
      }
      newWeights[0] = weights[0]
      (newOpen, newBegun) = (open, begun)
      (newLabel[place], newPart[place]) = (FrontierSweep.outside, FrontierSweep.outside)
    }

    /// Lets nodes leave the frontier; false where a group is left in parts or outside its bounds.
    mutating func close(_ leaves: [Int], _ stays: [Int], _ limits: Limits) -> Bool {
      for (index, at) in leaves.enumerated() where !isSingle || newLabel[at] != FrontierSweep.outside {
        let isPartOpen = stays.contains { newPart[$0] == newPart[at] } || leaves[(index + 1)...].contains { newPart[$0] == newPart[at] }
        if isPartOpen { continue }
        let isGroupOpen = stays.contains { newLabel[$0] == newLabel[at] } || leaves[(index + 1)...].contains { newLabel[$0] == newLabel[at] }
        if isGroupOpen { return false }
        if newWeights[Int(newLabel[at])] < limits.min { return false }
      }
      canonise(stays)
      return true
    }

    private mutating func canonise(_ stays: [Int]) {
      var labels = [UInt8](repeating: 255, count: 32)
      var parts = labels
      var nextPart: UInt8 = 0
      keyOpen = 0
      size = stays.count
      for (index, at) in stays.enumerated() {
        let (l, p) = (Int(newLabel[at]), Int(newPart[at]))
        if isSingle, l == Int(FrontierSweep.outside) {
          (keyLabel[index], keyPart[index]) = (FrontierSweep.outside, FrontierSweep.outside)
          continue
        }
        if labels[l] == 255 {
          labels[l] = UInt8(keyOpen)
          keyWeights[keyOpen] = newWeights[l]
          keyOpen += 1
        }
        if parts[p] == 255 {
          parts[p] = nextPart
          nextPart += 1
        }
        keyLabel[index] = labels[l]
        keyPart[index] = parts[p]
      }
    }

    /// Whether what is left fits the open groups and those not begun.
    func canEnd(_ rest: Int, _ limits: Limits) -> Bool {
      let later = k - newBegun
      var (least, most) = (later * limits.min, later * limits.max)
      for index in 0..<keyOpen {
        least += max(0, limits.min - keyWeights[index])
        most += limits.max - keyWeights[index]
      }
      return least <= rest && rest <= most
    }
  }

  /// Different states of one frontier, with the fewest edges cut so far.
  struct StateTable {
    let frontier: Int
    private let groups: Int
    private let stride: Int
    private var words: [UInt64] = []
    private(set) var costs: [UInt16] = []
    private var slots: [Int32]

    var count: Int { costs.count }

    init(frontier: Int, groups: Int) {
      self.frontier = frontier
      self.groups = groups
      stride = (frontier + 8) / 8 + groups
      slots = Array(repeating: -1, count: 1024)
    }

    mutating func insertFirst() {
      words = Array(repeating: 0, count: stride)
      costs = [0]
    }

    func read(_ state: Int, _ label: inout [UInt8], _ part: inout [UInt8], _ weights: inout [Int]) {
      let base = state * stride
      for at in 0..<frontier {
        let byte = UInt8(truncatingIfNeeded: words[base + (at + 1) / 8] >> UInt64((at + 1) % 8 * 8))
        label[at] = byte >> 4
        part[at] = byte & 15
      }
      for index in 0..<groups { weights[index] = Int(words[base + stride - groups + index]) }
    }

    func begun(_ state: Int) -> Int { Int(words[state * stride] & 255) }

    mutating func insert(_ work: Work, _ cost: Int) {
      let base = words.count
      for _ in 0..<stride { words.append(0) }
      words[base] = UInt64(work.newBegun)
      for at in 0..<frontier {
        let byte = UInt64(work.keyLabel[at] << 4 | work.keyPart[at])
        words[base + (at + 1) / 8] |= byte << UInt64((at + 1) % 8 * 8)
      }
      for index in 0..<work.keyOpen { words[base + stride - groups + index] = UInt64(work.keyWeights[index]) }
      place(base, cost)
    }

    /// Keeps the words at the end as a new state, or only their cost if the state is known.
    private mutating func place(_ base: Int, _ cost: Int) {
      var slot = hash(base) & (slots.count - 1)
      while slots[slot] >= 0 {
        let other = Int(slots[slot])
        if isSame(other * stride, base) {
          costs[other] = min(costs[other], UInt16(cost))
          words.removeLast(stride)
          return
        }
        slot = (slot + 1) & (slots.count - 1)
      }
      slots[slot] = Int32(costs.count)
      costs.append(UInt16(cost))
      if costs.count * 2 > slots.count { grow() }
    }

    private func isSame(_ p: Int, _ q: Int) -> Bool {
      for offset in 0..<stride where words[p + offset] != words[q + offset] { return false }
      return true
    }

    private func hash(_ base: Int) -> Int {
      var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
      for offset in 0..<stride {
        hash = (hash ^ words[base + offset]) &* 0xBF58_476D_1CE4_E5B9
        hash ^= hash >> 29
      }
      return Int(truncatingIfNeeded: hash >> 8)
    }

    private mutating func grow() {
      slots = Array(repeating: -1, count: slots.count * 2)
      for state in 0..<costs.count {
        var slot = hash(state * stride) & (slots.count - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(state)
      }
    }
  }
}
