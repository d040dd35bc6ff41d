/// The cheapest way to bring supplies to places that take no more than their capacity, over arcs
/// from a supply to a place: the network simplex method.
///
/// Whole numbers throughout, so the result is exact. The result is a tree: at most
/// supplies + places − 1 flows are above 0. Source: R. Ahuja, T. Magnanti and J. Orlin, "Network
/// flows", 1993, chapter 11 (strongly feasible trees, block pricing).
struct Transport {
  struct Arc {
    var supply: Int32
    var place: Int32
    var cost: Int
  }

  /// Flow on each arc.
  private(set) var flow: [Int]
  /// What of each supply no arc could take.
  private(set) var left: [Int]

  init(supplies: [Int], capacities: [Int], arcs: [Arc]) {
    var simplex = TransportSimplex(supplies: supplies, capacities: capacities, arcs: arcs)
    simplex.solve()
    flow = simplex.flows(arcs.count)
    left = Array(repeating: 0, count: supplies.count)
    for supply in supplies.indices { left[supply] = supplies[supply] }
    for (number, arc) in arcs.enumerated() { left[Int(arc.supply)] -= flow[number] }
  }
}

/// The tree and its pivots. Nodes: supplies, then a spare supply that fills the places up, then
/// places, then the root, which takes what cannot go anywhere at a prohibitive cost.
private struct TransportSimplex {
  private let tails: [Int32]
  private let heads: [Int32]
  private let costs: [Int]
  private let realArcs: Int
  private let root: Int
  private var parent: [Int32]
  /// The arc between a node and its parent, and whether it points up to the parent.
  private var arc: [Int32]
  private var isUp: [Bool]
  private var flow: [Int]
  private var depth: [Int32]
  private var price: [Int]
  private var firstChild: [Int32]
  private var nextSibling: [Int32]
  private var previousSibling: [Int32]
  private var position = 0
  private var stack: [Int32] = []

  init(supplies: [Int], capacities: [Int], arcs: [Transport.Arc]) {
    let spare = supplies.count
    let firstPlace = spare + 1
    let nodes = firstPlace + capacities.count
    root = nodes
    realArcs = arcs.count
    let spareSupply = max(0, capacities.reduce(0, +) - supplies.reduce(0, +))
    let dearest = arcs.reduce(0) { max($0, $1.cost) }
    // Above what any simple path through dear arcs costs.
    let prohibitive = (dearest + 1) * max(1, min(supplies.count, capacities.count))
    tails = arcs.map(\.supply) + capacities.indices.map { _ in Int32(spare) }
    heads = arcs.map { $0.place + Int32(firstPlace) } + capacities.indices.map { Int32(firstPlace + $0) }
    costs = arcs.map(\.cost) + Array(repeating: 0, count: capacities.count)
    parent = Array(repeating: Int32(root), count: nodes + 1)
    arc = Array(repeating: -1, count: nodes + 1)
    isUp = (0...nodes).map { $0 <= spare }
    flow = supplies + [spareSupply] + capacities + [0]
    depth = Array(repeating: 0, count: nodes + 1)
    price = Array(repeating: 0, count: nodes + 1)
    parent[root] = -1
    firstChild = Array(repeating: -1, count: nodes + 1)
    nextSibling = firstChild
    previousSibling = firstChild
    start(arcs, supplies: supplies.count)
    for node in (0..<nodes).reversed() { adopt(Int32(node), by: parent[node]) }
    setPrices(prohibitive, spare: spare)
  }

  /// A first tree by filling places in the order of cost: a place that a supply fills hangs below
  /// it, and a supply that a place has room for hangs below the place; what remains hangs at the
  /// root. Every arc that points down carries something, as a strongly feasible tree asks for.
  private mutating func start(_ arcs: [Transport.Arc], supplies: Int) {
    var ofSupply = Array(repeating: [Int32](), count: supplies)
    for (number, arc) in arcs.enumerated() { ofSupply[Int(arc.supply)].append(Int32(number)) }
    var isShared = Array(repeating: false, count: root)
    for supply in 0..<supplies {
      for number in ofSupply[supply].sorted(by: { (costs[Int($0)], $0) < (costs[Int($1)], $1) }) {
        let place = Int(heads[Int(number)])
        guard parent[place] == Int32(root) else { continue }
        if flow[place] > flow[supply] {
          flow[place] -= flow[supply]
          parent[supply] = Int32(place)
          arc[supply] = number
          isShared[place] = true
          break
        }
        // Only a place that no supply hangs below is still to be filled as a whole.
        guard !isShared[place], flow[place] > 0 else { continue }
        flow[supply] -= flow[place]
        parent[place] = Int32(supply)
        arc[place] = number
      }
    }
  }

  /// Prices and depths of the first tree, from the root down.
  private mutating func setPrices(_ prohibitive: Int, spare: Int) {
    stack = [Int32(root)]
    while let node = stack.popLast() {
      var child = firstChild[Int(node)]
      while child >= 0 {
        let toRoot = Int(child) == spare ? 0 : prohibitive
        let cost = arc[Int(child)] < 0 ? toRoot : costs[Int(arc[Int(child)])]
        price[Int(child)] = price[Int(node)] + (isUp[Int(child)] ? -cost : cost)
        depth[Int(child)] = depth[Int(node)] + 1
        stack.append(child)
        child = nextSibling[Int(child)]
      }
    }
  }

  mutating func solve() {
    while let entering = findEntering() { pivot(entering) }
  }

  func flows(_ count: Int) -> [Int] {
    var result = Array(repeating: 0, count: count)
    for node in 0..<root where arc[node] >= 0 && Int(arc[node]) < count { result[Int(arc[node])] = flow[node] }
    return result
  }

  // MARK: Pricing

  /// The arc of a block that promises most, going round; nil where none promises anything.
  private mutating func findEntering() -> Int? {
    let count = costs.count
    guard count > 0 else { return nil }
    let block = max(50, Int(Double(count).squareRoot()), count / 64)
    var seen = 0
    var best = 0
    var entering = -1
    while seen < count {
      let end = min(position + block, count)
      for number in position..<end {
        let reduced = costs[number] + price[Int(tails[number])] - price[Int(heads[number])]
        if reduced < best {
          best = reduced
          entering = number
        }
      }
      seen += end - position
      position = end == count ? 0 : end
      if entering >= 0 { return entering }
    }
    return nil
  }

  // MARK: Pivoting

  private mutating func pivot(_ entering: Int) {
    let (tail, head) = (tails[entering], heads[entering])
    let reduced = costs[entering] + price[Int(tail)] - price[Int(head)]
    let apex = self.apex(tail, head)
    var amount = Int.max
    var leaving: Int32 = -1
    var isTailSide = true
    var node = tail
    while node != apex {
      if isUp[Int(node)], flow[Int(node)] < amount { (amount, leaving, isTailSide) = (flow[Int(node)], node, true) }
      node = parent[Int(node)]
    }
    node = head
    while node != apex {
      if !isUp[Int(node)], flow[Int(node)] <= amount { (amount, leaving, isTailSide) = (flow[Int(node)], node, false) }
      node = parent[Int(node)]
    }
    guard leaving >= 0 else { return }
    if amount > 0 { send(amount, tail, head, apex) }
    let (inside, outside) = isTailSide ? (tail, head) : (head, tail)
    hang(from: inside, upTo: leaving)
    parent[Int(inside)] = outside
    arc[Int(inside)] = Int32(entering)
    isUp[Int(inside)] = isTailSide
    flow[Int(inside)] = amount
    adopt(inside, by: outside)
    reprice(inside, by: isTailSide ? -reduced : reduced)
  }

  private func apex(_ a: Int32, _ b: Int32) -> Int32 {
    var (a, b) = (a, b)
    while a != b {
      if depth[Int(a)] >= depth[Int(b)] { a = parent[Int(a)] } else { b = parent[Int(b)] }
    }
    return a
  }

  /// Sends flow along the entering arc and back through the tree.
  private mutating func send(_ amount: Int, _ tail: Int32, _ head: Int32, _ apex: Int32) {
    var node = tail
    while node != apex {
      flow[Int(node)] += isUp[Int(node)] ? -amount : amount
      node = parent[Int(node)]
    }
    node = head
    while node != apex {
      flow[Int(node)] += isUp[Int(node)] ? amount : -amount
      node = parent[Int(node)]
    }
  }

  /// Turns the path from `inside` up to `top` round, so that `inside` becomes the root of the
  /// subtree that the arc above `top` leaves.
  private mutating func hang(from inside: Int32, upTo top: Int32) {
    var node = inside
    var above = parent[Int(node)]
    var (link, up, amount) = (arc[Int(node)], isUp[Int(node)], flow[Int(node)])
    disown(node)
    while node != top {
      let next = parent[Int(above)]
      let saved = (arc[Int(above)], isUp[Int(above)], flow[Int(above)])
      disown(above)
      parent[Int(above)] = node
      (arc[Int(above)], isUp[Int(above)], flow[Int(above)]) = (link, !up, amount)
      adopt(above, by: node)
      (link, up, amount) = saved
      node = above
      above = next
    }
  }

  private mutating func disown(_ child: Int32) {
    let (before, after) = (previousSibling[Int(child)], nextSibling[Int(child)])
    if before >= 0 { nextSibling[Int(before)] = after } else { firstChild[Int(parent[Int(child)])] = after }
    if after >= 0 { previousSibling[Int(after)] = before }
  }

  private mutating func adopt(_ child: Int32, by node: Int32) {
    let first = firstChild[Int(node)]
    nextSibling[Int(child)] = first
    previousSibling[Int(child)] = -1
    if first >= 0 { previousSibling[Int(first)] = child }
    firstChild[Int(node)] = child
  }

  /// Changes prices, and sets depths, in the subtree of `top`.
  private mutating func reprice(_ top: Int32, by change: Int) {
    stack.append(top)
    while let node = stack.popLast() {
      price[Int(node)] += change
      depth[Int(node)] = depth[Int(parent[Int(node)])] + 1
      var child = firstChild[Int(node)]
      while child >= 0 {
        stack.append(child)
        child = nextSibling[Int(child)]
      }
    }
  }
}
