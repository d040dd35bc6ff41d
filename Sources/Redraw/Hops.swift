/// Places for graphs that come without: from counts of edges to three far nodes.
///
/// After Harel and Koren, "Graph drawing by high-dimensional embedding", 2002, with three pivots.
extension Piece {
  var hasNoPlaces: Bool {
    count > 1 && x.allSatisfy { $0 == x[0] } && y.allSatisfy { $0 == y[0] }
  }

  mutating func placeByHops() {
    let first = farthest(hops(from: 0))
    let fromFirst = hops(from: first)
    let second = farthest(fromFirst)
    let fromSecond = hops(from: second)
    let third = farthest(zip(fromFirst, fromSecond).map { Swift.min($0, $1) })
    let fromThird = hops(from: third)
    for node in 0..<count {
      x[node] = Double(fromFirst[node] - fromSecond[node]) / 2
      y[node] = Double(fromThird[node])
    }
  }

  private func farthest(_ hops: [Int]) -> Int { hops.indices.max { (hops[$0], $1) < (hops[$1], $0) }! }

  /// Edges between `start` and each node; unreached nodes stand at the number of nodes.
  private func hops(from start: Int) -> [Int] {
    var hops = [Int](repeating: count, count: count)
    var queue = [start]
    hops[start] = 0
    var head = 0
    while head < queue.count {
      let node = queue[head]
      head += 1
      for entry in row(node) where holds[entry] {
        let other = Int(neighbours[entry])
        guard hops[other] == count else { continue }
        hops[other] = hops[node] + 1
        queue.append(other)
      }
    }
    return hops
  }
}
