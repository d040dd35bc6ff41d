internal import PlanModel
internal import Workload

/// What a balance says on the terminal.
struct BalanceSummary: Sendable {
  let work: BalanceWork
  let report: BalanceReport

  private typealias Row = SummaryText.Row

  func text(_ language: Language, folder: String?, files: [String]) -> String {
    var rows = [hours(language), needed(language), travel(language), perGrid(language), heaviest(language)]
    rows += [today(language), proposed(language), moves(language)] + short(language)
    rows += [events(language), assumptions(language)] + warnings(language)
    if let folder { rows.append((language("written to", "输出"), "\(folder): " + files.joined(separator: ", "))) }
    return SummaryText(headline: headline(language), rows: rows.compactMap { $0 }).text(language)
  }

  private func headline(_ language: Language) -> String {
    let (grids, posts) = (grouped(report.grids), grouped(work.ground.workers.count))
    return work.ground.workers.isEmpty
      ? language("\(report.name): \(grids) grids", "\(report.name)：\(grids) 个网格")
      : language("\(report.name): \(grids) grids, \(posts) posts", "\(report.name)：\(grids) 个网格，\(posts) 个岗位")
  }

  private func hours(_ language: Language) -> Row {
    let total = max(report.work.hours, 1e-9)
    let assumed = report.settings.servicesAssumed ? language(" (default services)", "（默认服务项目）") : ""
    let parts = work.services.map { ($0.name, report.work.byService[$0.name] ?? 0) }
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(4)
      .map { "\($0.0) \(percent($0.1 / total))" }.joined(separator: ", ")
    return (
      language("work", "工作量"),
      language(
        "\(grouped(Int(report.work.hours.rounded()))) h a year\(assumed): \(parts)",
        "每年 \(grouped(Int(report.work.hours.rounded()))) 小时\(assumed)：\(parts)")
    )
  }

  private func needed(_ language: Language) -> Row {
    let skills = report.work.postsNeededBySkill.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let bySkill = skills.count > 1 ? " (" + skills.map { "\($0.key) \(decimal($0.value))" }.joined(separator: ", ") + ")" : ""
    let there = report.staffing.map { language("; \(decimal($0.fullPosts)) there", "；现有 \(decimal($0.fullPosts)) 个") } ?? ""
    return (
      language("needed", "需岗位"),
      language(
        "\(decimal(report.work.postsNeeded)) full posts\(bySkill)\(there)",
        "\(decimal(report.work.postsNeeded)) 个全职岗位\(bySkill)\(there)")
    )
  }

  private func travel(_ language: Language) -> Row {
    let share = percent(report.work.roundHours / max(report.work.hours, 1e-9))
    let how =
      report.travel.roundGap.map {
        language("along streets, rounds at most \(percent($0, 1)) above the shortest", "沿街道，巡访路线至多比最短长 \(percent($0, 1))")
      } ?? language("by the square-root law", "按平方根定律")
    return (language("travel", "路程"), language("\(share) of the work, \(how)", "占工作量 \(share)，\(how)"))
  }

  private func perGrid(_ language: Language) -> Row? {
    guard let figures = report.balance["gridMinutes"] else { return nil }
    let range = "\(grouped(Int((figures.min / 60).rounded())))–\(grouped(Int((figures.max / 60).rounded())))"
    return (
      language("per grid", "每格"),
      language(
        "\(range) h; CV \(three(figures.cv)), Gini \(three(figures.gini)), max/mean \(three(figures.maxOverMean))",
        "\(range) 小时；变异系数 \(three(figures.cv))，基尼系数 \(three(figures.gini))，最大/平均 \(three(figures.maxOverMean))")
    )
  }

  private func heaviest(_ language: Language) -> Row? {
    guard let mean = report.balance["gridMinutes"]?.mean, mean > 0 else { return nil }
    let far = work.loads.indices.map { ($0, work.loads[$0].totalMinutes / mean - 1) }
      .filter { abs($0.1) > 0.2 }.sorted { (abs($1.1), $0.0) < (abs($0.1), $1.0) }
    guard !far.isEmpty else { return (language("unfair", "不均"), language("no grid more than 20 % off the mean", "没有网格偏离平均 20 % 以上")) }
    let shown = far.prefix(4).map { "\(work.loads[$0.0].code) \($0.1 > 0 ? "+" : "−")\(percent(abs($0.1)))" }.joined(separator: ", ")
    return (
      language("unfair", "不均"),
      language("\(grouped(far.count)) grids more than 20 % off the mean: \(shown)", "\(grouped(far.count)) 个网格偏离平均 20 % 以上：\(shown)")
        + (far.count > 4 ? ", …" : ""))
  }

  private func today(_ language: Language) -> Row? {
    guard let today = report.today else { return nil }
    let uncovered = today.short.reduce(0) { $0 + $1.hours }
    let rest =
      uncovered > 0.5
      ? language("; \(grouped(Int(uncovered.rounded()))) h by nobody", "；\(grouped(Int(uncovered.rounded()))) 小时无人承担") : ""
    return (
      language("today", "现状"),
      language(
        "loads \(percent(today.loads.min)) to \(percent(today.loads.max)) of the hours, Gini \(three(today.loads.gini))\(rest)",
        "负荷 \(percent(today.loads.min))–\(percent(today.loads.max))，基尼系数 \(three(today.loads.gini))\(rest)")
    )
  }

  private func proposed(_ language: Language) -> Row? {
    guard let staff = report.staffing else { return nil }
    guard staff.feasible else {
      guard staff.leastPossible > 1 else { return nil }
      return (
        language("proposed", "建议"),
        language(
          "the hours don't suffice: some posts would have to work \(percent(staff.leastPossible)) of theirs",
          "工时不足：部分岗位至少需承担其工时的 \(percent(staff.leastPossible))")
      )
    }
    let changed = percent(staff.changedHours / max(report.work.hours, 1e-9))
    let bound = staff.gap < 5e-5 ? language("the least possible", "已为最小可能") : language("\(percent(staff.gap, 2)) above the least possible", "比最小可能高 \(percent(staff.gap, 2))")
    return (
      language("proposed", "建议"),
      language(
        "largest load \(percent(staff.largestLoad, 1)), \(bound); \(changed) of the work changes hands; ways from bases \(grouped(Int(staff.wayHours.rounded()))) h",
        "最大负荷 \(percent(staff.largestLoad, 1))，\(bound)；\(changed) 的工作换人；往返驻点 \(grouped(Int(staff.wayHours.rounded()))) 小时")
    )
  }

  /// The largest pieces of work that change hands.
  private func moves(_ language: Language) -> Row? {
    guard let staffing = work.staffing, let problem = work.problem, work.today != nil else { return nil }
    let new = staffing.shares.filter { !$0.isKnown }.sorted { ($1.minutes, $0.post, $0.grid) < ($0.minutes, $1.post, $1.grid) }
    guard !new.isEmpty else { return nil }
    let shown = new.prefix(3).map { share in
      let hours = grouped(Int((share.minutes / 60).rounded()))
      let (post, grid) = (problem.posts[share.post].id, problem.grids[share.grid])
      return language("\(post) takes \(hours) h (\(share.skill)) in \(grid)", "\(post) 承担 \(grid) 的 \(hours) 小时（\(share.skill)）")
    }
    return (language("mends it", "改进"), shown.joined(separator: language("; ", "；")) + (new.count > 3 ? language("; …", "；…") : ""))
  }

  private func short(_ language: Language) -> [Row?] {
    guard let staff = report.staffing, !staff.feasible else { return [] }
    let total = staff.short.reduce(0) { $0 + $1.hours }
    let shown = staff.short.sorted { ($1.hours, $0.grid) < ($0.hours, $1.grid) }.prefix(3).map { short in
      let why = short.withoutPost ? language(", no post has the skill", "，无人具备该技能") : ""
      return language(
        "\(short.grid) \(short.skill) \(grouped(Int(short.hours.rounded(.up)))) h\(why)",
        "\(short.grid) \(short.skill) \(grouped(Int(short.hours.rounded(.up)))) 小时\(why)")
    }
    let head = language(
      "\(grouped(Int(total.rounded(.up)))) h have nobody: ", "共 \(grouped(Int(total.rounded(.up)))) 小时无人承担：")
    return [(language("short", "不足"), head + shown.joined(separator: "; ") + (staff.short.count > 3 ? "; …" : ""))]
  }

  private func events(_ language: Language) -> Row? {
    guard let events = report.events else { return nil }
    let peak = events.all.peakHour.map {
      language(
        ", most from \($0) to \(($0 + 3) % 24) h (\(percent(events.all.peakShare)))",
        "，高峰 \($0)–\(($0 + 3) % 24) 时（\(percent(events.all.peakShare))）")
    } ?? ""
    let trend = events.all.trend.map {
      language(
        ", trend \($0.yearlyChange < 0 ? "−" : "+")\(percent(abs($0.yearlyChange))) a year (p \(three($0.pValue)))",
        "，趋势每年 \($0.yearlyChange < 0 ? "−" : "+")\(percent(abs($0.yearlyChange)))（p \(three($0.pValue))）")
    } ?? ""
    let closed = events.all.closedShare.map {
      language(", \(percent($0)) closed", "，办结 \(percent($0))")
    } ?? ""
    return (
      language("events", "事件"),
      language("\(grouped(events.all.count)) dated", "有时间的 \(grouped(events.all.count)) 件") + closed + peak + trend
    )
  }

  private func assumptions(_ language: Language) -> Row? {
    let shown = report.sensitivity.prefix(3).map {
      "\($0.assumption) \(signed($0.tenthLower))/\(signed($0.tenthHigher))"
    }
    guard !shown.isEmpty else { return nil }
    return (
      language("moves most", "敏感性"),
      language("posts needed at −/+ 10 %: ", "参数 −/+ 10 % 时所需岗位：") + shown.joined(separator: ", "))
  }

  private func warnings(_ language: Language) -> [Row?] {
    let shown = work.faults.prefix(3).map { (language("check", "核对"), "\($0.key): " + language($0.english, $0.chinese)) }
    let rest = work.faults.count - shown.count
    return shown + (rest > 0 ? [("", language("and \(rest) more", "另有 \(rest) 条"))] : [])
  }

  // MARK: Numbers

  private func percent(_ share: Double, _ decimals: Int = 0) -> String {
    let value = (share * 100).rounded(to: decimals)
    return (decimals == 0 && abs(value) < 1e15 ? grouped(Int(value)) : String(value)) + " %"
  }

  private func signed(_ share: Double) -> String { (share < 0 ? "−" : "+") + percent(abs(share), 1) }

  private func three(_ value: Double?) -> String { value.map { String($0.rounded(to: 3)) } ?? "–" }

  private func decimal(_ value: Double) -> String { String(value.rounded(to: 1)) }
}
