public import PlanModel

/// What a plan says on the terminal: to be read in ten seconds.
public struct PlanSummary: Sendable {
  var plan: Plan
  var report: PlanReport
  var folder: String?
  var files: [String]

  /// The lines, without a line end on the last.
  public func text(_ language: Language = .english) -> String {
    let rows = [households(language)] + joins(language) + [perGrid(language), moved(language), workload(language), loop(language), cameras(language)]
      + unmet(language) + [problems(language), written(language)]
    let label = language == .english ? 12 : 6
    let lines = rows.compactMap { $0 }.map { "  " + padded($0.0, to: label, language) + $0.1 }
    return ([headline(language)] + lines).joined(separator: "\n")
  }

  private func headline(_ language: Language) -> String {
    let special = plan.grids.filter { $0.kind != "grid" }.count
    let extra = special == 0 ? "" : language(" (\(special) special)", "（其中专属网格 \(special) 个）")
    let count = grouped(plan.grids.count)
    let grids = plan.grids.count == 1 ? "grid" : "grids"
    guard !plan.communities.isEmpty else {
      return language("\(plan.name): \(count) \(grids)\(extra)", "\(plan.name)：\(count) 个网格\(extra)")
    }
    let communities = grouped(plan.communities.count)
    return language(
      "\(plan.name): \(count) \(grids)\(extra) in \(communities) \(plan.communities.count == 1 ? "community" : "communities")",
      "\(plan.name)：\(communities) 个社区，\(count) 个网格\(extra)")
  }

  private typealias Row = (String, String)

  private func households(_ language: Language) -> Row? {
    let totals = plan.totals
    let estimated = plan.isEstimated ? language(", estimated", "（估算）") : ""
    let lost =
      totals.unplaced == 0
      ? language("none lost", "无遗漏") : language("\(grouped(totals.unplaced)) unplaced", "\(grouped(totals.unplaced)) 户未落位")
    return (
      language("households", "户数"),
      language(
        "\(grouped(totals.placed)) placed of \(grouped(totals.incoming))\(estimated), \(lost)",
        "共 \(grouped(totals.incoming)) 户\(estimated)，落位 \(grouped(totals.placed)) 户，\(lost)")
    )
  }

  /// The match rate of each table of addresses.
  private func joins(_ language: Language) -> [Row] {
    (report.addressJoins ?? []).map { join in
      (
        language("by address", "按地址"),
        language(
          "\(grouped(join.matched)) of \(grouped(join.rows)) rows of \(join.file) matched (\(percent(join.rate))), \(grouped(join.matchedHouseholds)) of \(grouped(join.households)) households",
          "\(join.file) 共 \(grouped(join.rows)) 行，匹配 \(grouped(join.matched)) 行（\(percent(join.rate))），\(grouped(join.households)) 户中 \(grouped(join.matchedHouseholds)) 户")
      )
    }
  }

  private func perGrid(_ language: Language) -> Row? {
    guard let least = plan.grids.map(\.households).min(), let most = plan.grids.map(\.households).max() else { return nil }
    let mean = grouped(Int((Double(plan.totals.placed) / Double(plan.grids.count)).rounded()))
    return (
      language("per grid", "每格"),
      language(
        "\(grouped(least)) to \(grouped(most)), mean \(mean)\(within(language)); CV \(decimal(report.balance.cv))",
        "\(grouped(least))–\(grouped(most)) 户，平均 \(mean) 户\(within(language))；变异系数 \(decimal(report.balance.cv))")
    )
  }

  /// How many grids keep the bounds, where there are any.
  private func within(_ language: Language) -> String {
    guard let bounds = plan.bounds, bounds.min > 0 || bounds.max < .max / 4 else { return "" }
    let range = bounds.max < .max / 4 ? "\(bounds.min)–\(bounds.max)" : "\(bounds.min)+"
    let ordinary = plan.grids.filter { $0.kind == "grid" }
    let kept = grouped(ordinary.filter { $0.status == "ok" }.count)
    let count = grouped(ordinary.count)
    return language("; \(kept) of \(count) within \(range)", "；\(count) 格中 \(kept) 格在 \(range) 之内")
  }

  /// What moves against the plan of today.
  private func moved(_ language: Language) -> Row? {
    guard let figures = plan.redraw, let moved = figures.moved, let share = figures.movedShare else { return nil }
    let percent = percent(share)
    return (
      language("moved", "变动"),
      language(
        "\(grouped(moved)) households (\(percent)) change grid against today's plan",
        "与现有方案相比，\(grouped(moved)) 户（\(percent)）变更网格")
    )
  }

  private func workload(_ language: Language) -> Row? {
    guard let figures = report.balance.workload else { return nil }
    let posts = plan.grids.reduce(0) { $0 + $1.workers }
    let assumed = report.settings.servicesAssumed ? language(" (default services)", "（默认服务项目）") : ""
    return (
      language("workload", "工作量"),
      language(
        "\(grouped(Int(posts.rounded(.up)))) posts\(assumed); Gini \(decimal(figures.gini)), max/mean \(decimal(figures.maxOverMean))",
        "需 \(grouped(Int(posts.rounded(.up)))) 个岗位\(assumed)；基尼系数 \(decimal(figures.gini))，最大/平均 \(decimal(figures.maxOverMean))")
    )
  }

  /// How grids of equal work were found.
  private func loop(_ language: Language) -> Row? {
    guard let loop = report.loop, let hours = report.settings.hours, let first = loop.turns.first else { return nil }
    let ordinary = plan.grids.filter { $0.kind == "grid" }
    let kept = ordinary.filter { $0.status == "ok" }.count
    let last = report.balance.workload?.maxDeviation
    let turns = loop.turns.count - 1
    let how = loop.converged
      ? language("converged after \(turns) turn\(turns == 1 ? "" : "s")", "经 \(turns) 轮收敛")
      : language("not converged after \(turns) turns; the best is kept", "\(turns) 轮未收敛，取最好的一轮")
    return (
      language("equal work", "均衡"),
      language(
        "\(how): largest deviation \(decimal(first.maxDeviation)) → \(decimal(last)); \(kept) of \(ordinary.count) grids within \(grouped(Int(hours.min.rounded())))–\(grouped(Int(hours.max.rounded()))) h a year",
        "\(how)：最大偏差 \(decimal(first.maxDeviation)) → \(decimal(last))；\(ordinary.count) 格中 \(kept) 格在每年 \(grouped(Int(hours.min.rounded())))–\(grouped(Int(hours.max.rounded()))) 小时之内")
    )
  }

  private func cameras(_ language: Language) -> Row? {
    guard let coverage = report.coverage else { return nil }
    let used = language(
      "\(grouped(coverage.cameras.lenient)) of \(grouped(coverage.cameras.count)) used",
      "共 \(grouped(coverage.cameras.count)) 个，\(grouped(coverage.cameras.lenient)) 个可用")
    let places = coverage.keyPlaces.flatMap(\.covered).map {
      language("; \(percent($0)) of key places in view", "；重点部位可见 \(percent($0))")
    }
    let homes = coverage.reach.lenient["home"].map {
      language("; \(grouped($0.cameras)) reach homes", "；\(grouped($0.cameras)) 个可及住宅")
    }
    let redundant = coverage.redundancy.map {
      language("; \(grouped($0.lenient.redundant)) redundant", "；\(grouped($0.lenient.redundant)) 个冗余")
    }
    return (language("cameras", "摄像机"), [used, places, homes, redundant].compactMap { $0 }.joined())
  }

  private func percent(_ share: Double) -> String { "\((share * 100).rounded(to: 1)) %" }

  private func unmet(_ language: Language) -> [Row] {
    let blocking = plan.certificates.filter(\.isBlocking)
    let shown = blocking.prefix(3).map { (language("not met", "未满足"), language($0.english, $0.chinese)) }
    let rest = blocking.count - shown.count
    return shown + (rest > 0 ? [("", language("and \(rest) more (report.json, certificates)", "另有 \(rest) 条（见 report.json）"))] : [])
  }

  private func problems(_ language: Language) -> Row? {
    guard !report.problems.isEmpty else { return nil }
    let ranked = report.problems.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let shown = ranked.prefix(5).map { "\($0.key) \(grouped($0.value))" }.joined(separator: ", ")
    return (language("listed", "清单"), shown + (ranked.count > 5 ? ", …" : ""))
  }

  private func written(_ language: Language) -> Row? {
    guard let folder else { return nil }
    return (
      language("written to", "输出"),
      "\(folder) (\(report.crs.working)): " + files.joined(separator: ", ")
    )
  }

  private func padded(_ label: String, to width: Int, _ language: Language) -> String {
    let filler = language == .english ? " " : "　"
    return label + String(repeating: filler, count: max(1, width - label.count))
  }

  private func decimal(_ value: Double?) -> String {
    guard let value else { return "–" }
    let text = String(value.rounded(to: 3))
    return text
  }
}

/// A share in per cent with one decimal.
func percent(_ share: Double) -> String { "\((share * 100).rounded(to: 1)) %" }

/// A whole number with thousands apart.
func grouped(_ value: Int) -> String {
  let digits = String(abs(value))
  var result = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
    result.append(digit)
  }
  return (value < 0 ? "-" : "") + result
}
