extension UnitGraph {
  /// The parts of the groups that hang together, in the order of their first units; units of a negative
  /// group are in none. Forbidden crossings part. O(n + m).
  public func parts(of groups: [Int]) -> [[Int]] {
    var isSeen = [Bool](repeating: false, count: count)
    var parts: [[Int]] = []
    for start in 0..<count where !isSeen[start] && groups[start] >= 0 {
      var part = [start]
      isSeen[start] = true
      var next = 0
      while next < part.count {
        for (other, _) in passable(from: part[next]) where !isSeen[other] && groups[other] == groups[start] {
          isSeen[other] = true
          part.append(other)
        }
        next += 1
      }
      parts.append(part.sorted())
    }
    return parts
  }

  /// Groups mended after an edit: each broken one keeps its heaviest part, and what is cut off from it
  /// goes, part by part, to the neighbouring group that it shares the longest border with.
  ///
  /// What no open group touches stays where it is, apart from its group.
  /// - Parameters:
  ///   - groups: the group of each unit.
  ///   - broken: the groups to mend.
  ///   - isOpen: whether a group may be given units.
  public func mended(_ groups: [Int], only broken: Set<Int>, isOpen: (Int) -> Bool) -> [Int] {
    var loose = looseParts(of: groups.map { broken.contains($0) ? $0 : -1 })
    let before = groups
    var groups = groups
    for unit in loose.joined() { groups[unit] = -1 }
    while !loose.isEmpty {
      var later: [[Int]] = []
      for part in loose {
        if let taker = closestGroup(to: part, groups, isOpen) {
          for unit in part { groups[unit] = taker }
        } else {
          later.append(part)
        }
      }
      if later.count == loose.count {
        for unit in later.joined() { groups[unit] = before[unit] }
        return groups
      }
      loose = later
    }
    return groups
  }

  /// All parts of each group but its heaviest; of equal ones the largest, then the first stays.
  private func looseParts(of groups: [Int]) -> [[Int]] {
    let byGroup = Dictionary(grouping: parts(of: groups)) { groups[$0[0]] }
    func rank(_ part: [Int]) -> (Int, Int, Int) { (part.reduce(0) { $0 + weights[$1] }, part.count, -part[0]) }
    return byGroup.sorted { $0.key < $1.key }.flatMap { _, parts in
      let heaviest = parts.indices.max { rank(parts[$0]) < rank(parts[$1]) }
      return parts.indices.filter { $0 != heaviest }.map { parts[$0] }
    }
  }

  private func closestGroup(to part: [Int], _ groups: [Int], _ isOpen: (Int) -> Bool) -> Int? {
    var shared: [Int: Double] = [:]
    for unit in part {
      for (other, border) in passable(from: unit) where groups[other] >= 0 {
        shared[groups[other], default: 0] += border
      }
    }
    return shared.filter { isOpen($0.key) }.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  private func passable(from unit: Int) -> some Sequence<(unit: Int, border: Double)> {
    row(unit).lazy.filter { edges[Int(edgeIndex[$0])].crossing != .forbidden }
      .map { (Int(neighbours[$0]), edges[Int(edgeIndex[$0])].border) }
  }
}
