extension RedrawProblem {
  /// The objective of a plan, computed from the groups alone: the search's sums are not used.
  /// - Complexity: O(n + m), and O(Σ |group|²) for p-median and moment of inertia.
  public func objectiveValue(of groups: [Int]) -> Double {
    let cut = graph.edges.lazy.filter { groups[$0.a] != groups[$0.b] }
    switch objective {
    case .cutEdges: return Double(cut.reduce(0) { count, _ in count + 1 })
    case .perimeter: return cut.reduce(0) { $0 + $1.border }
    case .compactness: return compactness(of: groups)
    case .momentOfInertia: return centred(groups) { Double(graph.weights[$0]) * $1 * $1 }
    case .pMedian(let weighted): return centred(groups) { weighted ? Double(graph.weights[$0]) * $1 : $1 }
    }
  }

  /// Σ over groups of the least total cost from its members to one of them.
  private func centred(_ groups: [Int], _ cost: (Int, Double) -> Double) -> Double {
    var total = 0.0
    for units in members(of: groups) where !units.isEmpty {
      var best = Double.infinity
      for centre in units {
        var sum = 0.0
        for unit in units {
          sum += cost(unit, graph.distance(unit, centre))
          if sum >= best { break }
        }
        best = min(best, sum)
      }
      total += best
    }
    return total
  }

  func members(of groups: [Int]) -> [[Int]] {
    var members = [[Int]](repeating: [], count: (groups.max() ?? -1) + 1)
    for (unit, group) in groups.enumerated() { members[group].append(unit) }
    return members
  }

  /// Metres of border between groups, and of crossings within them.
  private func compactness(of groups: [Int]) -> Double {
    var sum = 0.0
    for edge in graph.edges {
      if groups[edge.a] != groups[edge.b] {
        sum += edge.border
      } else if case .cost(let crossing) = edge.crossing {
        sum += crossing
      }
    }
    return sum
  }
}
