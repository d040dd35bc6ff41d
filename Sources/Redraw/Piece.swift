/// A graph that one search works on: a component of the map, or a region of one.
///
/// Its nodes are atoms: single units, or sets of units that stay together. Everything is dense and
/// renumbered, so that a search touches little memory.
struct Piece: Sendable {
  var offsets: [Int32]
  var neighbours: [Int32]
  /// What the objective pays when this entry's edge is cut.
  var cutCosts: [Float]
  /// Whether the two ends hang together.
  var holds: [Bool]
  var weights: [Int]
  /// Further bounded weights, each for all nodes.
  var moreWeights: [[Int]]
  var x: [Double]
  var y: [Double]
  /// What each node counts in moments of inertia.
  var mass: [Double]
  /// The group a node belongs to today, -1 for none, in the numbering of the search.
  var home: [Int32]
  var isLocked: [Bool]
  /// The node's number in the piece or the contraction it was cut from.
  var origin: [Int32]

  var count: Int { weights.count }
  var totalWeight: Int { weights.reduce(0, +) }

  @inline(__always)
  func row(_ node: Int) -> Range<Int> { Int(offsets[node])..<Int(offsets[node + 1]) }
}

extension Piece {
  /// The part that `nodes` (increasing) induce. `scratch` is as long as the piece, all -1, and is
  /// left so.
  func induced(by nodes: [Int32], scratch: inout [Int32]) -> Piece {
    for (index, node) in nodes.enumerated() { scratch[Int(node)] = Int32(index) }
    defer { for node in nodes { scratch[Int(node)] = -1 } }
    return scratch.withUnsafeBufferPointer { scratch in induced(by: nodes) { scratch[$0] } }
  }

  /// The part that `nodes` (increasing) induce; `number` tells the place of a node among them, -1 for
  /// others.
  @inline(__always)
  func induced(by nodes: [Int32], number: (Int) -> Int32) -> Piece {
    var part = Piece.empty(moreWeights: moreWeights.count)
    part.reserve(nodes.count, entries: nodes.count * 6)
    for node in nodes {
      let node = Int(node)
      for entry in row(node) {
        let other = number(Int(neighbours[entry]))
        guard other >= 0 else { continue }
        part.neighbours.append(other)
        part.cutCosts.append(cutCosts[entry])
        part.holds.append(holds[entry])
      }
      part.offsets.append(Int32(part.neighbours.count))
      part.weights.append(weights[node])
      for index in moreWeights.indices { part.moreWeights[index].append(moreWeights[index][node]) }
      part.x.append(x[node])
      part.y.append(y[node])
      part.mass.append(mass[node])
      part.home.append(home[node])
      part.isLocked.append(isLocked[node])
      part.origin.append(Int32(node))
    }
    return part
  }

  static func empty(moreWeights count: Int) -> Piece {
    Piece(
      offsets: [0], neighbours: [], cutCosts: [], holds: [], weights: [],
      moreWeights: Array(repeating: [], count: count), x: [], y: [], mass: [], home: [], isLocked: [],
      origin: [])
  }

  private mutating func reserve(_ nodes: Int, entries: Int) {
    offsets.reserveCapacity(nodes + 1)
    neighbours.reserveCapacity(entries)
    cutCosts.reserveCapacity(entries)
    holds.reserveCapacity(entries)
    weights.reserveCapacity(nodes)
    x.reserveCapacity(nodes)
    y.reserveCapacity(nodes)
    mass.reserveCapacity(nodes)
  }

  /// The connected parts of the nodes that `labels` gives the same label, as one number per node,
  /// in order of first nodes, and how many there are. Nodes with label < 0 get -1.
  func components(of labels: [Int32]) -> (component: [Int32], count: Int) {
    var component = [Int32](repeating: -1, count: count)
    var found: Int32 = 0
    var stack: [Int32] = []
    for start in 0..<count where component[start] < 0 && labels[start] >= 0 {
      component[start] = found
      stack.append(Int32(start))
      while let node = stack.popLast() {
        for entry in row(Int(node)) where holds[entry] {
          let other = Int(neighbours[entry])
          if component[other] < 0, labels[other] == labels[start] {
            component[other] = found
            stack.append(Int32(other))
          }
        }
      }
      found += 1
    }
    return (component, Int(found))
  }
}
