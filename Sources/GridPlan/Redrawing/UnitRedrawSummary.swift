public import PlanModel

extension UnitRedrawOutcome {
  /// What to print for a person: to be read in ten seconds.
  public func summary(_ language: Language) -> String {
    let rows = [weight(language), deviation(language), moved(language)] + unmet(language) + [listed(language)]
    return ([headline(language)] + rows.compactMap { $0 }.map { "  " + $0 }).joined(separator: "\n")
  }

  private func headline(_ language: Language) -> String {
    let (grids, units) = (grouped(plan.grids.count), grouped(plan.units.count))
    return language("\(plan.name): \(grids) grids of \(units) units", "\(plan.name)：\(units) 个单元，划为 \(grids) 个网格")
  }

  private func weight(_ language: Language) -> String? {
    guard let least = plan.grids.map(\.households).min(), let most = plan.grids.map(\.households).max() else { return nil }
    let mean = grouped(Int((Double(plan.totals.placed) / Double(plan.grids.count)).rounded()))
    let total = grouped(plan.totals.placed)
    let lost = plan.totals.unplaced
    let unplaced = lost == 0 ? "" : language(", \(grouped(lost)) unplaced", "，未落位 \(grouped(lost))")
    return language(
      "\(weightName) \(total)\(unplaced); \(grouped(least)) to \(grouped(most)) in a grid, mean \(mean)",
      "\(weightName) 合计 \(total)\(unplaced)；每格 \(grouped(least))–\(grouped(most))，平均 \(mean)")
  }

  private func deviation(_ language: Language) -> String? {
    let worst = plan.grids.filter { !$0.isOversize }.max { abs($0.deviation) < abs($1.deviation) }
    guard let worst else { return nil }
    let value = percent(plan.largestDeviation)
    let bound = plan.redraw?.reached.first { $0.goal == .deviation }?.bound
    let proof = bound.map { $0 > 0.0005 ? language("; no plan within these limits is below \(percent($0))", "；在此限制下任何方案不低于 \(percent($0))") : "" } ?? ""
    return language("largest deviation \(value) (\(worst.code))\(proof)", "最大偏差 \(value)（\(worst.code)）\(proof)")
  }

  private func moved(_ language: Language) -> String? {
    guard let figures = plan.redraw, let moved = figures.moved, let share = figures.movedShare else { return nil }
    return language(
      "\(grouped(moved)) (\(percent(share))) change grid against the plan of today",
      "与现有方案相比，\(grouped(moved))（\(percent(share))）变更网格")
  }

  private func unmet(_ language: Language) -> [String] {
    plan.certificates.filter(\.isBlocking).prefix(5).map {
      language("not met: \($0.english)", "未满足：\($0.chinese)")
    }
  }

  private func listed(_ language: Language) -> String? {
    guard !report.problems.isEmpty else { return nil }
    let all = report.problems.sorted { $0.key < $1.key }.map { "\($0.key) \(grouped($0.value))" }
    return language("listed: ", "清单：") + all.joined(separator: ", ")
  }
}
