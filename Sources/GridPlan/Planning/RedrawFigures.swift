internal import Redraw

/// How a plan stands to the plan of today, and what its goals came to.
public struct RedrawFigures: Sendable {
  /// What a goal came to, and what no plan can be below where that is known.
  public struct Reached: Sendable {
    public var goal: RedrawGoal.Measure
    public var value: Double
    public var bound: Double?
  }

  /// Households whose grid of today has another code than their new one; nil without a plan of today.
  public internal(set) var moved: Int?
  /// The same as a share of all households in grids.
  public internal(set) var movedShare: Double?
  public internal(set) var reached: [Reached] = []
}

extension Plan {
  /// Counts what moves: households in a unit whose grid of today has another code.
  mutating func countMoves(_ ground: DrawnGround, _ groups: GroupSearch, _ inputs: PlanInputs) {
    var figures = RedrawFigures()
    figures.reached = groups.reached.map { .init(goal: .init($0.measure), value: $0.value, bound: $0.bound) }
    if !inputs.grids.isEmpty {
      let position = Dictionary(
        uniqueKeysWithValues: groups.continued.enumerated().compactMap { index, old in old.map { ($0, index) } })
      var moved = 0
      for unit in ground.fabric.units.indices where groups.group[unit] >= 0 {
        guard let today = ground.today[unit], groups.continued[groups.group[unit]] != today else { continue }
        let households = ground.weights[unit]
        moved += households
        grids[groups.group[unit]].movedIn += households
        if let left = position[today] { grids[left].movedOut += households }
      }
      figures.moved = moved
      figures.movedShare = totals.placed > 0 ? Double(moved) / Double(totals.placed) : 0
      for index in grids.indices { grids[index].continues = groups.continued[index].map { inputs.grids[$0].code } }
      noteEndedGrids(groups, inputs)
    }
    redraw = figures
  }

  /// Codes of today that no grid continues.
  private mutating func noteEndedGrids(_ groups: GroupSearch, _ inputs: PlanInputs) {
    let kept = Set(groups.continued.compactMap { $0 })
    for (index, grid) in inputs.grids.enumerated() where !kept.contains(index) {
      problems.append(
        PlanProblem(
          "ended-grid", .info, feature: grid.code, code: grid.code, place: grid.polygons.first?.centroid,
          "no grid continues this grid of today; its code is not used again",
          "没有网格延续该现有网格；其编码不再使用"))
    }
  }

  /// Marks grids that miss a bound of a further weight, and lists them.
  mutating func markMissedWeights(_ groups: GroupSearch) {
    for miss in groups.missedWeights {
      guard let name = miss.weightName else { continue }
      grids[miss.group].violation = miss.side == .below ? .below : .above
      let isBelow = miss.side == .below
      problems.append(
        PlanProblem(
          isBelow ? "below-minimum" : "above-maximum", .error, code: grids[miss.group].code, measure: Double(miss.value),
          unit: name, place: grids[miss.group].polygons.first?.centroid,
          "\(name) is \(miss.value), \(isBelow ? "below the minimum" : "above the maximum") of \(miss.bound)",
          "\(name) 为 \(miss.value)，\(isBelow ? "低于下限" : "高于上限") \(miss.bound)"))
    }
  }
}
