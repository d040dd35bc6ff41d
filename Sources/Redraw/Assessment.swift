extension RedrawProblem {
  /// What given groups (0..<k, every number used) come to: weights, objective and bounds missed, as
  /// of a plan that the search found. Nothing is moved, and whether groups hang together is not looked
  /// at.
  public func assessed(_ groups: [Int]) -> RedrawPlan { plan(of: groups, certificates: [], Homes(self)) }

  /// A plan of `groups` (dense), weighed and checked against the bounds.
  func plan(of groups: [Int], certificates: [Certificate], _ homes: Homes) -> RedrawPlan {
    let count = (groups.max() ?? -1) + 1
    var plan = RedrawPlan(
      groups: groups, groupCount: count, groupParents: groupParents(groups, count),
      groupWeights: sums(graph.weights, groups, count), existingGroups: nil,
      objective: objectiveValue(of: groups), violations: [], certificates: [])
    plan.violations = violations(groups, plan.groupWeights)
    if existing != nil { match(&plan, homes) }
    plan.certificates = certificates.filter(\.isBlocking) + certificates.filter { !$0.isBlocking }
    if plan.movedWeight > movableWeight { plan.certificates.insert(tooMuchMoved(plan.movedWeight), at: 0) }
    if !plan.violations.isEmpty, !certificates.contains(where: \.isBlocking) {
      plan.certificates.insert(notFound(plan.violations), at: 0)
    }
    return plan
  }

  func sums(_ weights: [Int], _ groups: [Int], _ count: Int) -> [Int] {
    var sums = [Int](repeating: 0, count: count)
    for (unit, group) in groups.enumerated() { sums[group] += weights[unit] }
    return sums
  }

  private func groupParents(_ groups: [Int], _ count: Int) -> [Int]? {
    guard let parents else { return nil }
    var result = [Int](repeating: 0, count: count)
    for (unit, group) in groups.enumerated() { result[group] = parents[unit] }
    return result
  }

  private func violations(_ groups: [Int], _ weights: [Int]) -> [RedrawPlan.Violation] {
    let allowed = oversizeGroups(groups, weights)
    var found: [RedrawPlan.Violation] = []
    func compare(_ group: Int, _ value: Int, _ low: Int, _ high: Int, _ name: String?) {
      if value < low {
        found.append(.init(group: group, weightName: name, value: value, bound: low, side: .below))
      } else if value > high {
        found.append(.init(group: group, weightName: name, value: value, bound: high, side: .above))
      }
    }
    let more = moreWeights.map { sums($0.values, groups, weights.count) }
    for group in weights.indices where !allowed[group] {
      compare(group, weights[group], bounds.min, bounds.max, nil)
      for (index, weight) in moreWeights.enumerated() {
        compare(group, more[index][group], weight.min, weight.max, weight.name)
      }
    }
    return found
  }

  /// Groups above the maximum by one unit, or one set kept together, alone.
  func oversizeGroups(_ groups: [Int], _ weights: [Int]) -> [Bool] {
    var allowed = [Bool](repeating: false, count: weights.count)
    guard oversize == .own else { return allowed }
    for (unit, group) in groups.enumerated() where graph.weights[unit] > bounds.max && graph.weights[unit] == weights[group] {
      allowed[group] = true
    }
    for set in keepTogether where !set.isEmpty {
      let weight = Set(set).reduce(0) { $0 + graph.weights[$1] }
      if weight > bounds.max, weight == weights[groups[set[0]]] { allowed[groups[set[0]]] = true }
    }
    return allowed
  }

  private func notFound(_ violations: [RedrawPlan.Violation]) -> Certificate {
    let units = violations.count
    return Certificate(
      kind: .notFound, isBlocking: true, parent: nil, units: [],
      english: "the search found no plan that keeps every bound (\(units) missed); there is no proof that none exists",
      chinese: "搜索未找到满足全部界限的方案（\(units) 处不满足）；尚不能证明不存在")
  }

  /// The largest weight that may leave its group of today.
  var movableWeight: Int {
    existing == nil || maxMoved >= 1 ? .max : Int(maxMoved * Double(graph.weights.reduce(0, +)))
  }

  private func tooMuchMoved(_ weight: Int) -> Certificate {
    Certificate(
      kind: .fixed, isBlocking: true, parent: nil, units: [],
      english: "weight \(weight) leaves its group of today, above the limit of \(movableWeight): groups of today that do not hang together, or are more or fewer than asked for, move more",
      chinese: "有权重 \(weight) 离开现有分组，超过上限 \(movableWeight)：现有分组不连通，或组数与要求不同，变动更大")
  }

  /// Which group of today each group continues, so that the least weight moves group by group.
  private func match(_ plan: inout RedrawPlan, _ homes: Homes) {
    var shared: [[Int: Int]] = Array(repeating: [:], count: plan.groupCount)
    for (unit, home) in homes.ofUnit.enumerated() where home >= 0 {
      shared[plan.groups[unit]][Int(home), default: 0] += graph.weights[unit]
    }
    let ground = shared.enumerated().flatMap { group, homes in
      homes.sorted { $0.key < $1.key }.map { CommonGround(left: group, right: $0.key, share: CommonShare(weight: $0.value)) }
    }
    let pairs = bestMatching(lefts: plan.groupCount, rights: homes.labels.count, ground: ground)
    let kept = pairs.enumerated().reduce(0) { sum, pair in sum + (pair.element.flatMap { shared[pair.offset][$0] } ?? 0) }
    plan.existingGroups = pairs.map { $0.map { homes.labels[$0] } }
    plan.movedWeight = weightAtHome(homes) - kept
  }

  /// The weight that has a group of today.
  func weightAtHome(_ homes: Homes) -> Int {
    homes.ofUnit.indices.reduce(0) { $0 + (homes.ofUnit[$1] >= 0 ? graph.weights[$1] : 0) }
  }
}
