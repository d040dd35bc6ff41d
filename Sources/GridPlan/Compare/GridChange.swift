/// What became of one grid: the row of `changes.csv`.
struct GridChange {
  enum Status: String, CaseIterable {
    /// Continued under its code.
    case kept
    /// Continued under another code.
    case renamed
    /// No grid of after continues it.
    case gone
    /// It continues no grid of before.
    case new
  }

  var status: Status
  var before: ComparedGrid?
  var after: ComparedGrid?
  /// Households that are in it before and after.
  var stayed: Int?
  /// m² that are in it before and after.
  var commonArea: Double
  /// The grid that has most of a grid that is gone, or had most of one that is new.
  var mostly: String?
  /// Households over the mean of their plan, less one.
  var deviationBefore: Double?
  var deviationAfter: Double?

  var households: Int? { difference(before?.households, after?.households) }
  /// Minutes a year.
  var workload: Double? { difference(before?.workload, after?.workload) }

  /// The code that it goes by now, or went by.
  var code: String { after?.code ?? before?.code ?? "" }

  /// Of a grid that is there on both sides.
  private func difference<Value: Numeric>(_ old: Value?, _ new: Value?) -> Value? {
    guard let old, let new else { return nil }
    return new - old
  }
}

extension GridPairs {
  /// Every grid of before in its order, then those of after that continue none.
  func changes(_ before: [ComparedGrid], _ after: [ComparedGrid], hasHouseholds: Bool) -> [GridChange] {
    let (meanBefore, meanAfter) = (Self.mean(before), Self.mean(after))
    let (forBefore, forAfter) = (largest(\.before), largest(\.after))
    func change(_ a: Int?, _ b: Int?, _ status: GridChange.Status) -> GridChange {
      let common = a.flatMap { a in b.flatMap { b in self.common(a, b) } }
      var change = GridChange(
        status: status, before: a.map { before[$0] }, after: b.map { after[$0] },
        stayed: hasHouseholds && status != .gone && status != .new ? common?.households ?? 0 : nil,
        commonArea: common?.area ?? 0)
      if status == .gone { change.mostly = forBefore[a!]?.after.map { after[$0].code } }
      if status == .new { change.mostly = forAfter[b!]?.before.map { before[$0].code } }
      change.deviationBefore = Self.deviation(change.before, meanBefore)
      change.deviationAfter = Self.deviation(change.after, meanAfter)
      return change
    }
    let old = before.indices.map { a -> GridChange in
      guard let b = continued[a] else { return change(a, nil, .gone) }
      return change(a, b, before[a].code == after[b].code ? .kept : .renamed)
    }
    return old + after.indices.filter { continues[$0] == nil }.map { change(nil, $0, .new) }
  }

  private func common(_ a: Int, _ b: Int) -> GridPair? {
    var (low, high) = (0, pairs.count)
    while low < high {
      let middle = (low + high) / 2
      let pair = pairs[middle]
      if (pair.before ?? .max, pair.after ?? .max) < (a, b) { low = middle + 1 } else { high = middle }
    }
    guard low < pairs.count, pairs[low].before == a, pairs[low].after == b else { return nil }
    return pairs[low]
  }

  /// For each grid of a side the pair with most of its households, then of its ground.
  private func largest(_ side: KeyPath<GridPair, Int?>) -> [Int: GridPair] {
    var best: [Int: GridPair] = [:]
    for pair in pairs where pair.before != nil && pair.after != nil {
      guard let grid = pair[keyPath: side] else { continue }
      if let known = best[grid], (known.households, known.area) >= (pair.households, pair.area) { continue }
      best[grid] = pair
    }
    return best
  }

  private static func mean(_ grids: [ComparedGrid]) -> Double {
    Double(grids.reduce(0) { $0 + ($1.households ?? 0) }) / Double(max(1, grids.count))
  }

  private static func deviation(_ grid: ComparedGrid?, _ mean: Double) -> Double? {
    guard mean > 0, let households = grid?.households else { return nil }
    return Double(households) / mean - 1
  }
}
