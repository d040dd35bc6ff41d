internal import PlanModel

/// What an edit says on the terminal.
struct EditSummary: Sendable {
  let plan: Plan
  let report: PlanReport
  /// The edits that were made, and those that were taken back.
  let records: [EditRecord]
  let undone: [EditRecord]
  let before: PlanGround

  private typealias Row = SummaryText.Row

  func text(_ language: Language, folder: String, files: [String], stale: [String]) -> String {
    var rows: [Row] = undone.map { (language("undone", "撤销"), "\($0.number) \($0.line)") }
    rows += records.map { (language("edit", "调整") + " \($0.number)", $0.line) }
    rows += codes(language)
    rows += grids(language)
    rows += missed(language)
    if !stale.isEmpty {
      rows.append((
        language("stale", "已过期"),
        language("\(stale.joined(separator: ", ")): of the plan before; make anew", "\(stale.joined(separator: "、"))：对应调整前的方案，请重新生成")))
    }
    rows.append((language("written to", "输出"), "\(folder): " + files.joined(separator: ", ")))
    return SummaryText(headline: headline(language), rows: rows).text(language)
  }

  private func headline(_ language: Language) -> String {
    let moved = movedHouseholds
    return language(
      "\(plan.name): \(grouped(plan.grids.count)) grids, \(grouped(moved)) households in another grid",
      "\(plan.name)：\(grouped(plan.grids.count)) 个网格，\(grouped(moved)) 户换了网格")
  }

  private var movedHouseholds: Int {
    guard let ground = plan.ground else { return 0 }
    return ground.grid.indices.filter { ground.grid[$0] != before.grid[$0] }.reduce(0) { $0 + ground.households[$1] }
  }

  /// Old codes that are gone, and where their households are now.
  private func codes(_ language: Language) -> [Row] {
    guard let ground = plan.ground else { return [] }
    let now = Set(ground.grid.compactMap { $0 })
    let gone = Set(before.grid.compactMap { $0 }).subtracting(now).sorted()
    return gone.prefix(6).map { code in
      var heirs: [String: Int] = [:]
      for unit in before.grid.indices where before.grid[unit] == code {
        if let heir = ground.grid[unit] { heirs[heir, default: 0] += ground.households[unit] }
      }
      let list = heirs.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) (\(grouped($0.value)))" }
      return (language("codes", "编码"), "\(code) → \(list.joined(separator: ", "))")
    }
  }

  /// The grids that changed: households before and after.
  private func grids(_ language: Language) -> [Row] {
    guard let ground = plan.ground else { return [] }
    let changed = ground.grid.indices.filter { ground.grid[$0] != before.grid[$0] }
    let codes = Set(changed.flatMap { [ground.grid[$0], before.grid[$0]] }.compactMap { $0 })
    let old = before.sums(before.households, by: before.grid)
    let list = plan.grids.filter { codes.contains($0.code) }.map { grid in
      "\(grid.code) " + (old[grid.code].map { grouped($0) + " → " } ?? language("new ", "新增 ")) + grouped(grid.households)
    }
    guard !list.isEmpty else { return [] }
    return [(language("households", "户数"), list.prefix(8).joined(separator: ", ") + (list.count > 8 ? ", …" : ""))]
  }

  private func missed(_ language: Language) -> [Row] {
    let missed = plan.grids.filter { $0.violation != nil }
    guard !missed.isEmpty, let bounds = plan.bounds else { return [] }
    let list = missed.prefix(4).map { "\($0.code) (\(grouped($0.households)))" }.joined(separator: ", ")
    return [(
      language("not met", "未满足"),
      language(
        "\(missed.count) grids outside \(bounds.min)–\(bounds.max) households: \(list)\(missed.count > 4 ? ", …" : "")",
        "\(missed.count) 个网格不在 \(bounds.min)–\(bounds.max) 户之内：\(list)\(missed.count > 4 ? "……" : "")")
    )]
  }
}
