/// What hangs behind single nodes of a connected piece.
///
/// Hopcroft and Tarjan, "Algorithm 447", 1973; without recursion. O(n + m).
struct CutVertices {
  /// A node whose removal parts the piece, and the weights of the parts, each with one of its nodes.
  struct Cut {
    var node: Int
    var parts: [(weight: Int, start: Int)]
  }

  private(set) var cuts: [Cut] = []

  init(_ piece: Piece) {
    let n = piece.count
    guard n > 2 else { return }
    var order = [Int32](repeating: 0, count: n)
    var low = order
    var parent = [Int32](repeating: -1, count: n)
    var entry = piece.offsets
    var weight = piece.weights
    var behind: [[(weight: Int, start: Int)]] = Array(repeating: [], count: n)
    var clock: Int32 = 1
    var stack = [0]
    order[0] = 1
    low[0] = 1
    while let node = stack.last {
      if entry[node] < piece.offsets[node + 1] {
        let next = Int(piece.neighbours[Int(entry[node])])
        let holds = piece.holds[Int(entry[node])]
        entry[node] += 1
        guard holds else { continue }
        if order[next] == 0 {
          clock += 1
          (order[next], low[next], parent[next]) = (clock, clock, Int32(node))
          stack.append(next)
        } else if next != Int(parent[node]) {
          low[node] = min(low[node], order[next])
        }
        continue
      }
      stack.removeLast()
      guard let above = stack.last else { break }
      low[above] = min(low[above], low[node])
      weight[above] += weight[node]
      if low[node] >= order[above] { behind[above].append((weight[node], node)) }
    }
    let total = weight[0]
    for node in 0..<n where !behind[node].isEmpty {
      var parts = behind[node]
      let rest = total - piece.weights[node] - parts.reduce(0) { $0 + $1.weight }
      if node != 0 { parts.append((rest, Int(parent[node]))) }
      if parts.count > 1 { cuts.append(Cut(node: node, parts: parts)) }
    }
  }
}

extension Piece {
  /// Nodes reachable from `start` without passing `node`.
  func side(of node: Int, from start: Int) -> [Int32] {
    var labels = [Int32](repeating: 0, count: count)
    labels[node] = -1
    let (component, _) = components(of: labels)
    return (0..<Int32(count)).filter { component[Int($0)] == component[start] }
  }
}
