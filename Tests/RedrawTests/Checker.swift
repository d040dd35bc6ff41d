import Redraw

/// Checks a plan from its definition alone: shares no code with the search.
struct Checker {
  let problem: RedrawProblem

  /// Pairs of units that hang together.
  private var touching: [[Int]] {
    var lists = [[Int]](repeating: [], count: problem.graph.count)
    for edge in problem.graph.edges where edge.isLink || (edge.border >= problem.minimumBorder && edge.crossing != .forbidden) {
      lists[edge.a].append(edge.b)
      lists[edge.b].append(edge.a)
    }
    for set in problem.keepTogether {
      for unit in set.dropFirst() {
        lists[set[0]].append(unit)
        lists[unit].append(set[0])
      }
    }
    return lists
  }

  func isConnected(_ units: Set<Int>) -> Bool {
    guard let first = units.min() else { return false }
    let touching = touching
    var reached: Set<Int> = [first]
    var queue = [first]
    while let unit = queue.popLast() {
      for other in touching[unit] where units.contains(other) && reached.insert(other).inserted { queue.append(other) }
    }
    return reached.count == units.count
  }

  /// What is wrong with the structure of a plan; bounds apart.
  func faults(_ plan: RedrawPlan) -> [String] {
    var faults: [String] = []
    if plan.groups.count != problem.graph.count { faults.append("length") }
    if Set(plan.groups) != Set(0..<plan.groupCount) { faults.append("numbers are not dense") }
    for group in 0..<plan.groupCount {
      let units = Set(plan.groups.indices.filter { plan.groups[$0] == group })
      if !isConnected(units) { faults.append("group \(group) is in pieces") }
      if let parents = problem.parents, Set(units.map { parents[$0] }).count > 1 { faults.append("group \(group) crosses parents") }
      if units.reduce(0, { $0 + problem.graph.weights[$1] }) != plan.groupWeights[group] { faults.append("weight of \(group)") }
    }
    for set in problem.keepTogether where Set(set.map { plan.groups[$0] }).count > 1 { faults.append("\(set) parted") }
    return faults
  }

  /// Groups outside the bounds of the first weight.
  func misses(_ plan: RedrawPlan) -> [Int] {
    (0..<plan.groupCount).filter { group in
      let weight = plan.groups.indices.filter { plan.groups[$0] == group }.reduce(0) { $0 + problem.graph.weights[$1] }
      return weight < problem.bounds.min || weight > problem.bounds.max
    }
  }
}
