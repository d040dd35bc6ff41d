/// Σ over groups of the least total cost from its members to one of them: p-median, and moment of
/// inertia to a unit. Exact, move by move, through a table of n² costs.
struct CentreCost: CostModel {
  /// `table[node * n + centre]`.
  private let table: Table
  private let n: Int
  /// `sums[group * n + centre]`: of all members, for every centre.
  private var sums: [Double]
  private var best: [Double]
  /// Members of each group, and the place of each node among them.
  private var members: [[Int32]]
  private var place: [Int32]

  /// Costs that many searches share.
  final class Table: Sendable {
    let values: [Double]
    init(_ values: [Double]) { self.values = values }
  }

  init(_ table: Table, nodes n: Int, groups k: Int) {
    self.table = table
    self.n = n
    sums = Array(repeating: 0, count: n * k)
    best = Array(repeating: 0, count: k)
    members = Array(repeating: [], count: k)
    place = Array(repeating: 0, count: n)
  }

  func change(_ districts: Districts, _ node: Int, from a: Int, to b: Int) -> Double {
    let (n, skip) = (n, Int32(node))
    return table.values.withUnsafeBufferPointer { table in
      sums.withUnsafeBufferPointer { sums in
        let row = node * n
        var (left, joined) = (Double.infinity, sums[b * n + node])
        for centre in members[a] where centre != skip {
          left = Swift.min(left, sums[a * n + Int(centre)] - table[row + Int(centre)])
        }
        for centre in members[b] {
          joined = Swift.min(joined, sums[b * n + Int(centre)] + table[row + Int(centre)])
        }
        return left + joined + table[row + node] - best[a] - best[b]
      }
    }
  }

  mutating func moved(_ districts: Districts, _ node: Int, from a: Int, to b: Int) {
    table.values.withUnsafeBufferPointer { table in
      for centre in 0..<n {
        let cost = table[node * n + centre]
        sums[a * n + centre] -= cost
        sums[b * n + centre] += cost
      }
    }
    let last = members[a].removeLast()
    if last != Int32(node) {
      members[a][Int(place[node])] = last
      place[Int(last)] = place[node]
    }
    place[node] = Int32(members[b].count)
    members[b].append(Int32(node))
    findBest(a)
    findBest(b)
  }

  private mutating func findBest(_ group: Int) {
    best[group] = members[group].reduce(.infinity) { Swift.min($0, sums[group * n + Int($1)]) }
    if members[group].isEmpty { best[group] = 0 }
  }

  func total(_ districts: Districts) -> Double { best.reduce(0, +) }

  mutating func reset(_ districts: Districts) {
    for index in sums.indices { sums[index] = 0 }
    for group in members.indices { members[group] = [] }
    for node in 0..<n {
      let group = Int(districts.group[node])
      place[node] = Int32(members[group].count)
      members[group].append(Int32(node))
      for centre in 0..<n { sums[group * n + centre] += table.values[node * n + centre] }
    }
    for group in members.indices { findBest(group) }
  }
}

extension CentreCost.Table {
  /// Costs between the nodes of a piece; a set kept together has its first unit as its centre.
  convenience init(_ problem: RedrawProblem, _ members: [[Int]]) {
    let n = members.count
    var values = [Double](repeating: 0, count: n * n)
    for node in 0..<n {
      for centre in 0..<n {
        for unit in members[node] { values[node * n + centre] += problem.centreCost(unit, members[centre][0]) }
      }
    }
    self.init(values)
  }
}

extension RedrawProblem {
  /// What `unit` costs in a group whose centre is `centre`.
  func centreCost(_ unit: Int, _ centre: Int) -> Double {
    let d = graph.distance(unit, centre)
    switch objective {
    case .momentOfInertia: return Double(graph.weights[unit]) * d * d
    case .pMedian(weighted: true): return Double(graph.weights[unit]) * d
    default: return d
    }
  }
}
