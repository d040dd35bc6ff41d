/// Dinic's maximum flow with whole-number capacities.
///
/// Source: E. Dinic, 1970. O(V²E); on bipartite networks of few classes a handful of phases.
struct MaximumFlow {
  private var heads: [[Int32]]
  private var to: [Int32] = []
  private var left: [Int] = []
  private var level: [Int32] = []
  private var next: [Int] = []

  init(nodes: Int) { heads = Array(repeating: [], count: nodes) }

  mutating func addArc(_ a: Int, _ b: Int, _ capacity: Int) {
    heads[a].append(Int32(to.count))
    to.append(Int32(b))
    left.append(capacity)
    heads[b].append(Int32(to.count))
    to.append(Int32(a))
    left.append(0)
  }

  mutating func run(from source: Int, to sink: Int) -> Int {
    var total = 0
    while findLevels(from: source), level[sink] >= 0 {
      next = Array(repeating: 0, count: heads.count)
      while case let pushed = push(source, sink, .max), pushed > 0 { total += pushed }
    }
    return total
  }

  /// After `run`: whether a node can still be reached from the source, the source's side of a cut.
  func isReached(_ node: Int) -> Bool { level[node] >= 0 }

  private mutating func findLevels(from source: Int) -> Bool {
    level = Array(repeating: -1, count: heads.count)
    level[source] = 0
    var queue = [Int32(source)]
    var position = 0
    while position < queue.count {
      let node = queue[position]
      position += 1
      for arc in heads[Int(node)] where left[Int(arc)] > 0 && level[Int(to[Int(arc)])] < 0 {
        level[Int(to[Int(arc)])] = level[Int(node)] + 1
        queue.append(to[Int(arc)])
      }
    }
    return true
  }

  private mutating func push(_ node: Int, _ sink: Int, _ limit: Int) -> Int {
    if node == sink { return limit }
    while next[node] < heads[node].count {
      let arc = Int(heads[node][next[node]])
      let other = Int(to[arc])
      if left[arc] > 0, level[other] == level[node] + 1 {
        let pushed = push(other, sink, min(limit, left[arc]))
        if pushed > 0 {
          left[arc] -= pushed
          left[arc ^ 1] += pushed
          return pushed
        }
      }
      next[node] += 1
    }
    return 0
  }
}
