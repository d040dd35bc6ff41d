extension RedrawProblem {
  /// One of the things that make a plan better than another. Among plans that miss the bounds by the
  /// same, the first goal decides; a later one may worsen it by its slack at most.
  public struct Goal: Sendable, Hashable {
    public enum Measure: Sendable, Hashable {
      /// The largest |weight / ideal − 1| of a group, of the first weight and of further ones that have
      /// an ideal; groups of one oversized unit apart.
      case deviation
      /// The share of all weight that leaves its group of today, labels matched so that it is least.
      case moved
      /// Σ cost of the crossings within groups, metres.
      case crossed
      /// The value of an objective.
      case shape(Objective)
    }

    public var measure: Measure
    /// What later goals may take back: a share of the whole for `deviation` and `moved` (0.01 is one
    /// percentage point), a share of the value reached for the others.
    public var slack: Double

    public init(_ measure: Measure, slack: Double = 0) {
      self.measure = measure
      self.slack = slack
    }
  }
}

extension RedrawProblem {
  /// What a plan comes to by a measure; less is better.
  public func value(of measure: Goal.Measure, _ plan: RedrawPlan) -> Double {
    switch measure {
    case .deviation: largestDeviation(of: plan)
    case .moved: share(plan.movedWeight)
    case .crossed: crossings(within: plan.groups)
    case .shape(let objective): value(of: objective, plan.groups)
    }
  }

  func share(_ weight: Int) -> Double { Double(weight) / Double(max(1, graph.weights.reduce(0, +))) }

  private func value(of objective: Objective, _ groups: [Int]) -> Double {
    var problem = self
    problem.objective = objective
    return problem.objectiveValue(of: groups)
  }

  private func largestDeviation(of plan: RedrawPlan) -> Double {
    let allowed = oversizeGroups(plan.groups, plan.groupWeights)
    func largest(_ sums: [Int], _ ideal: Int) -> Double {
      guard ideal > 0 else { return 0 }
      return sums.indices.reduce(0) { allowed[$1] ? $0 : max($0, abs(Double(sums[$1]) / Double(ideal) - 1)) }
    }
    return moreWeights.reduce(largest(plan.groupWeights, bounds.ideal)) { worst, weight in
      guard let ideal = weight.ideal else { return worst }
      return max(worst, largest(sums(weight.values, plan.groups, plan.groupCount), ideal))
    }
  }

  private func crossings(within groups: [Int]) -> Double {
    graph.edges.reduce(0) { sum, edge in
      guard groups[edge.a] == groups[edge.b], case .cost(let cost) = edge.crossing else { return sum }
      return sum + cost
    }
  }
}

// MARK: - What no plan can be better than

extension RedrawProblem {
  /// No plan has a smaller largest deviation: the heaviest unit stands against it, and, where little
  /// may leave the groups of today, what these are above and below the ideal.
  func leastDeviation(_ contraction: Contraction, _ homes: Homes) -> Double {
    let heaviest = contraction.piece.weights.filter { $0 <= bounds.max }.max() ?? 0
    let ideal = Double(bounds.ideal)
    let alone = ideal > 0 ? max(0, Double(heaviest) / ideal - 1) : 0
    guard movableWeight < .max, ideal > 0, let today = HomeWeights(self, contraction, homes) else { return alone }
    var (low, high) = (0.0, max(1, (today.weights.map(Double.init).max() ?? 0) / ideal))
    for _ in 0..<60 {
      let middle = (low + high) / 2
      let needed = today.leastMoved(min: ideal * (1 - middle), max: ideal * (1 + middle))
      if needed > Double(movableWeight) { low = middle } else { high = middle }
    }
    return max(alone, low)
  }

  /// No plan within the bounds moves less.
  func leastMoved(_ contraction: Contraction, _ homes: Homes) -> Int? {
    HomeWeights(self, contraction, homes).map { Int($0.leastMoved(min: Double(bounds.min), max: Double(bounds.max)).rounded(.up)) }
  }
}

/// The weights of the groups of today, where every new group can continue one of them.
private struct HomeWeights {
  var weights: [Int]
  /// Weight in no group of today.
  var loose: Int

  /// Nil where the numbers differ, or an oversized unit makes a group of its own.
  init?(_ problem: RedrawProblem, _ contraction: Contraction, _ homes: Homes) {
    guard case .exactly(homes.labels.count) = problem.count,
      !contraction.piece.weights.contains(where: { $0 > problem.bounds.max })
    else { return nil }
    weights = Array(repeating: 0, count: homes.labels.count)
    loose = 0
    for (unit, home) in homes.ofUnit.enumerated() {
      if home >= 0 { weights[Int(home)] += problem.graph.weights[unit] } else { loose += problem.graph.weights[unit] }
    }
  }

  /// What lies above the maximum has to leave, what lacks below the minimum to come in from another
  /// group or from none; a group of today that none continues leaves whole, and a group that
  /// continues none comes in whole.
  func leastMoved(min: Double, max: Double) -> Double {
    let above = weights.reduce(0) { $0 + Swift.max(0, Double($1) - max) }
    let below = weights.reduce(0) { $0 + Swift.max(0, min - Double($1)) }
    return Swift.max(above, below - Double(loose))
  }
}
