internal import PlanModel

/// What a comparison says on the terminal: to be read in ten seconds.
struct CompareSummary: Sendable {
  let work: Comparison
  let report: CompareReport

  private typealias Row = SummaryText.Row

  func text(_ language: Language, folder: String?, files: [String]) -> String {
    var rows = [codes(language), moved(language), borders(language)]
    rows += [balance(language("households", "户数"), \.households, language), balance(language("workload", "工作量"), \.workload, language)]
    rows += [extremes(language, wins: true), extremes(language, wins: false)]
    rows += report.notes.map { (language("check", "核对"), language($0.message, $0.message_zh)) }
    if let folder { rows.append((language("written to", "输出"), "\(folder): " + files.joined(separator: ", "))) }
    return SummaryText(headline: headline(language), rows: rows.compactMap { $0 }).text(language)
  }

  private func headline(_ language: Language) -> String {
    let (old, new) = (report.before, report.after)
    return language(
      "\(old.name) (\(grouped(old.grids)) grids) and \(new.name) (\(grouped(new.grids)))",
      "\(old.name)（\(grouped(old.grids)) 个网格）与 \(new.name)（\(grouped(new.grids)) 个）对比")
  }

  private func codes(_ language: Language) -> Row? {
    let codes = report.codes
    let renamed = codes.table.filter { $0.status == "renamed" }.prefix(3)
      .map { "\($0.old ?? "") → \($0.new ?? "")" }.joined(separator: ", ")
    let list = renamed.isEmpty ? "" : " (\(renamed)\(codes.renamed > 3 ? ", …" : ""))"
    return (
      language("codes", "编码"),
      language(
        "\(codes.kept) kept, \(codes.renamed) renamed\(list), \(codes.gone) gone, \(codes.new) new",
        "保留 \(codes.kept)，改名 \(codes.renamed)\(list)，取消 \(codes.gone)，新增 \(codes.new)")
    )
  }

  private func moved(_ language: Language) -> Row? {
    let moved = report.moved
    let ground = percent(moved.areaShare ?? 0, 1)
    guard let households = moved.households, let share = moved.share else {
      return (
        language("moved", "调整"),
        language("\(ground) of the ground, in \(grouped(moved.pieces)) pieces (no households given)", "\(ground) 的面积，共 \(grouped(moved.pieces)) 块（无户数）"))
    }
    func also(_ count: Int?, _ english: String, _ chinese: String) -> String {
      guard let count, count > 0 else { return "" }
      return language("; \(grouped(count)) \(english)", "；\(chinese) \(grouped(count)) 户")
    }
    return (
      language("moved", "调整"),
      language(
        "\(grouped(households)) households (\(percent(share, 1))) and \(ground) of the ground, in \(grouped(moved.pieces)) pieces",
        "\(grouped(households)) 户（\(percent(share, 1))），\(ground) 的面积，共 \(grouped(moved.pieces)) 块")
        + also(moved.entered, "were in no grid before", "此前不在任何网格")
        + also(moved.left, "are in none now", "现在不在任何网格")
    )
  }

  private func borders(_ language: Language) -> Row? {
    func kilometres(_ metres: Double) -> String { String((metres / 1000).rounded(to: 1)) }
    let borders = report.borders
    return (
      language("borders", "边界"),
      language(
        "\(kilometres(borders.before_m)) km before, \(kilometres(borders.after_m)) after: \(kilometres(borders.kept_m)) kept, \(kilometres(borders.gone_m)) gone, \(kilometres(borders.new_m)) new",
        "原 \(kilometres(borders.before_m)) 公里，现 \(kilometres(borders.after_m)) 公里：保留 \(kilometres(borders.kept_m))，取消 \(kilometres(borders.gone_m))，新增 \(kilometres(borders.new_m))")
    )
  }

  private func balance(
    _ label: String, _ figure: KeyPath<CompareReport.Fairness, BalanceReport.Measures?>, _ language: Language
  ) -> Row? {
    guard let old = report.balance["before"]?[keyPath: figure], let new = report.balance["after"]?[keyPath: figure] else { return nil }
    let isWork = figure == \.workload
    func range(_ measures: BalanceReport.Measures) -> String {
      let scale = isWork ? 60.0 : 1
      return "\(grouped(Int((measures.min / scale).rounded())))–\(grouped(Int((measures.max / scale).rounded())))"
    }
    func pair(_ value: KeyPath<BalanceReport.Measures, Double?>) -> String {
      func text(_ number: Double?) -> String { number.map { String($0.rounded(to: 3)) } ?? "–" }
      return text(old[keyPath: value]) + " → " + text(new[keyPath: value])
    }
    let reckoned = isWork && report.workloadFrom == "reckoned" ? language(", same services for both", "，两侧按相同服务计算") : ""
    return (
      label,
      language(
        "\(range(old)) → \(range(new))\(isWork ? " h" : "") a grid\(reckoned); CV \(pair(\.cv)), Gini \(pair(\.gini)), largest deviation \(pair(\.maxDeviation))",
        "每格 \(range(old)) → \(range(new))\(isWork ? " 小时" : " 户")\(reckoned)；变异系数 \(pair(\.cv))，基尼系数 \(pair(\.gini))，最大偏差 \(pair(\.maxDeviation))")
    )
  }

  /// The grids whose work (or households) grows or shrinks most.
  private func extremes(_ language: Language, wins: Bool) -> Row? {
    let byWork = report.workloadFrom != nil
    let changes = work.changes.compactMap { change -> (String, Double, Double)? in
      guard let delta = byWork ? change.workload.map({ $0 / 60 }) : change.households.map(Double.init),
        let old = byWork ? change.before?.workload.map({ $0 / 60 }) : change.before?.households.map(Double.init)
      else { return nil }
      return (change.code, delta, old)
    }
    let shown = changes.filter { wins ? $0.1 < -0.5 : $0.1 > 0.5 }.sorted { (abs($1.1), $0.0) < (abs($0.1), $1.0) }.prefix(3)
    guard !shown.isEmpty else { return nil }
    let unit = byWork ? language(" h", " 小时") : language(" households", " 户")
    let list = shown.map { code, delta, old in
      "\(code) \(delta < 0 ? "−" : "+")\(grouped(Int(abs(delta).rounded())))\(unit)"
        + (old > 0 ? " (\(delta < 0 ? "−" : "+")\(percent(abs(delta) / old, 0)))" : "")
    }
    return (wins ? language("less", "减轻") : language("more", "加重"), list.joined(separator: ", "))
  }

  private func percent(_ share: Double, _ decimals: Int) -> String {
    let value = (share * 100).rounded(to: decimals)
    return (decimals == 0 ? grouped(Int(value)) : String(value)) + " %"
  }
}
