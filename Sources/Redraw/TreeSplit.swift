/// Joins two neighbouring groups and parts them anew along a random spanning tree, at the edge that
/// misses the bounds least.
///
/// DeFord, Duchin and Solomon, "Recombination: a family of Markov chains for redistricting", 2021.
struct TreeSplit {
  let districts: Districts
  private let a: Int
  private let b: Int
  private var nodes: [Int32]
  private var number: [Int32: Int] = [:]
  /// Nodes from the root outwards, and the parent of each; both by number.
  private var order: [Int] = []
  private var parent: [Int]

  init(_ districts: Districts, _ a: Int, _ b: Int, _ random: inout SplitMix) {
    self.districts = districts
    (self.a, self.b) = (a, b)
    nodes = (0..<Int32(districts.n)).filter { Int(districts.group[Int($0)]) == a || Int(districts.group[Int($0)]) == b }
    for (index, node) in nodes.enumerated() { number[node] = index }
    parent = Array(repeating: -1, count: nodes.count)
    growTree(&random)
  }

  private mutating func growTree(_ random: inout SplitMix) {
    var edges: [(Int, Int)] = []
    for (index, node) in nodes.enumerated() {
      for entry in districts.row(Int(node)) where districts.holds[entry] {
        if let other = number[districts.neighbours[entry]], other > index { edges.append((index, other)) }
      }
    }
    for last in edges.indices.reversed().dropLast() { edges.swapAt(last, random.below(last + 1)) }
    var sets = DisjointSets(count: nodes.count)
    var tree = [[Int]](repeating: [], count: nodes.count)
    for (p, q) in edges where sets.root(p) != sets.root(q) {
      sets.join(p, q)
      tree[p].append(q)
      tree[q].append(p)
    }
    order = [0]
    var head = 0
    while head < order.count {
      let node = order[head]
      head += 1
      for other in tree[node] where other != parent[node] {
        parent[other] = node
        order.append(other)
      }
    }
  }

  /// Moves the nodes of the best split; false where the groups don't hang together.
  func apply<Cost: CostModel>(_ cost: inout Cost, _ random: inout SplitMix) -> Bool {
    guard order.count == nodes.count, nodes.count > 1 else { return false }
    var best = (miss: Int.max, root: 0, ties: 0)
    let sums = below()
    for root in order.dropFirst() {
      let miss = miss(sums, root)
      if miss < best.miss {
        best = (miss, root, 1)
      } else if miss == best.miss {
        best.ties += 1
        if random.below(best.ties) == 0 { best.root = root }
      }
    }
    var isBelow = [Bool](repeating: false, count: nodes.count)
    isBelow[best.root] = true
    for node in order where node != best.root && parent[node] >= 0 && isBelow[parent[node]] { isBelow[node] = true }
    for (index, node) in nodes.enumerated() {
      let (old, new) = (Int(districts.group[Int(node)]), isBelow[index] ? b : a)
      guard old != new else { continue }
      districts.move(Int(node), to: new)
      cost.moved(districts, Int(node), from: old, to: new)
    }
    return true
  }

  /// Sums of all weights below each node: row 0 is the first weight.
  private func below() -> [[Int]] {
    var sums = [nodes.map { districts.weights[Int($0)] }]
    sums += districts.moreWeights.map { weights in nodes.map { weights[Int($0)] } }
    for row in sums.indices { for node in order.dropFirst().reversed() { sums[row][parent[node]] += sums[row][node] } }
    return sums
  }

  private func miss(_ sums: [[Int]], _ root: Int) -> Int {
    let top = order[0]
    var miss = districts.limits.miss(sums[0][root]) + districts.limits.miss(sums[0][top] - sums[0][root])
    for index in 0..<districts.moreCount {
      let row = sums[index + 1]
      miss += districts.limits.miss(row[root], of: index) + districts.limits.miss(row[top] - row[root], of: index)
    }
    return miss
  }
}
