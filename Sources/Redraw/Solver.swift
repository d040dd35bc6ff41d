import Parallel

extension RedrawProblem {
  /// The best plan that the search finds.
  ///
  /// Parents and connected parts are solved apart, on all cores, and merged in order: the plan is
  /// the same whatever the number of threads.
  /// - Throws: ``RedrawError`` where no plan can be made of the input. Bounds that cannot be met are
  ///   no error: the plan says which, and its certificates why.
  public func solved() throws(RedrawError) -> RedrawPlan {
    try check()
    guard !goals.isEmpty else { return searched() }
    return GoalSearch(self).best()
  }

  /// The best plan by the objective alone, within the bounds.
  func searched() -> RedrawPlan {
    let homes = Homes(self)
    let contraction = Contraction(self, homes: homes.ofUnit)
    let list = JobList(self, contraction, limits)
    let certificates = list.certificates()
    let isHopeless = list.hopeless(certificates)
    let results = parallelMap(count: list.jobs.count) { index in
      PieceSolver(list, index: index, isHopeless: isHopeless[index]).solved()
    }
    return merged(list, results, certificates, homes)
  }

  var limits: Limits {
    Limits(min: bounds.min, ideal: bounds.ideal, max: bounds.max, more: moreWeights.map { ($0.min, $0.max) })
  }

  private func merged(_ list: JobList, _ results: [PieceResult], _ certificates: [Certificate], _ homes: Homes) -> RedrawPlan {
    var groups = [Int](repeating: -1, count: graph.count)
    var first = 0
    for (job, result) in zip(list.jobs, results) {
      for (index, atom) in job.nodes.enumerated() {
        for unit in list.contraction.members[Int(atom)] { groups[unit] = first + Int(result.labels[index]) }
      }
      first += result.groups
    }
    let exhausted = results.indices.filter { results[$0].isExhausted }.map(list.exhausted)
    return plan(
      of: ordered(groups, count: first), certificates: certificates + exhausted, homes)
  }

  /// The same groups, numbered by parent in order of the parents' first units, then by first units.
  func ordered(_ groups: [Int], count: Int) -> [Int] {
    var firstOfParent: [Int: Int] = [:]
    for (unit, parent) in (parents ?? []).enumerated() where firstOfParent[parent] == nil { firstOfParent[parent] = unit }
    var firstUnit = [Int](repeating: -1, count: count)
    for (unit, group) in groups.enumerated() where firstUnit[group] < 0 { firstUnit[group] = unit }
    func rank(_ group: Int) -> (Int, Int) {
      (parents.map { firstOfParent[$0[firstUnit[group]]]! } ?? 0, firstUnit[group])
    }
    var number = [Int](repeating: 0, count: count)
    for (place, group) in (0..<count).sorted(by: { rank($0) < rank($1) }).enumerated() { number[group] = place }
    return groups.map { number[$0] }
  }
}

/// Groups of today, numbered densely in order of their first units.
struct Homes: Sendable {
  var ofUnit: [Int32]
  /// The label that the problem gives each.
  var labels: [Int] = []

  init(_ problem: RedrawProblem) {
    ofUnit = Array(repeating: -1, count: problem.graph.count)
    guard let existing = problem.existing else { return }
    var number: [Int: Int32] = [:]
    for (unit, label) in existing.enumerated() {
      guard let label else { continue }
      if number[label] == nil {
        number[label] = Int32(labels.count)
        labels.append(label)
      }
      ofUnit[unit] = number[label]!
    }
  }
}
