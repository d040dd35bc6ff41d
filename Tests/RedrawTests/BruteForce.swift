import Redraw

/// Every partition of up to ten units, looked at one by one.
struct BruteForce {
  let problem: RedrawProblem

  /// The least objective of all feasible plans of `k` groups, nil where there is none.
  func best(groups k: Int) -> Double? { plans(groups: k).map { problem.objectiveValue(of: $0) }.min() }

  /// All feasible plans of `k` groups.
  func plans(groups k: Int) -> [[Int]] {
    var plans: [[Int]] = []
    var labels = [Int](repeating: 0, count: problem.graph.count)
    func extend(_ unit: Int, _ used: Int) {
      guard unit < labels.count else {
        if used == k, isFeasible(labels, k) { plans.append(labels) }
        return
      }
      for label in 0...min(used, k - 1) {
        labels[unit] = label
        extend(unit + 1, max(used, label + 1))
      }
    }
    extend(0, 0)
    return plans
  }

  private func isFeasible(_ labels: [Int], _ k: Int) -> Bool {
    let checker = Checker(problem: problem)
    guard problem.keepTogether.allSatisfy({ set in Set(set.map { labels[$0] }).count == 1 }) else { return false }
    return (0..<k).allSatisfy { group in
      let units = labels.indices.filter { labels[$0] == group }
      func sum(_ values: [Int]) -> Int { units.reduce(0) { $0 + values[$1] } }
      let weight = sum(problem.graph.weights)
      guard weight >= problem.bounds.min, weight <= problem.bounds.max else { return false }
      guard problem.moreWeights.allSatisfy({ sum($0.values) >= $0.min && sum($0.values) <= $0.max }) else { return false }
      guard problem.parents.map({ parents in Set(units.map { parents[$0] }).count == 1 }) ?? true else { return false }
      return checker.isConnected(Set(units))
    }
  }

  /// Groups of each parent.
  func counts(_ labels: [Int], _ k: Int) -> [Int: Int]? {
    problem.parents.map { parents in
      (0..<k).reduce(into: [:]) { counts, group in counts[parents[labels.firstIndex(of: group)!], default: 0] += 1 }
    }
  }
}
