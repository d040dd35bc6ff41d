public import PlanModel

extension AuditSummary {
  /// What to print on a terminal, without a line end on the last line.
  ///
  /// - Parameters:
  ///   - language: of the words.
  ///   - folder: where results were written.
  ///   - files: what was written to `folder`.
  public func text(_ language: Language, folder: String? = nil, files: [String] = []) -> String {
    var rows = [households(language), checks(language), balance(language), cameras(language), reach(language)]
    rows += thresholds.map { row($0, language) }
    rows += failures(language)
    if let folder { rows.append((language("written to", "输出"), "\(folder): " + files.joined(separator: ", "))) }
    let width = language == .english ? 12 : 6
    let lines = rows.compactMap { $0 }.map { label, text in
      "  " + label + String(repeating: language(" ", "　"), count: max(1, width - label.count)) + text
    }
    return ([headline(language)] + lines).joined(separator: "\n")
  }

  private typealias Row = (String, String)

  private func headline(_ language: Language) -> String {
    language(
      "\(grouped(districts)) districts: \(grouped(ok)) audited, \(grouped(failed.count)) failed",
      "\(grouped(districts)) 个片区：已核查 \(grouped(ok)) 个，失败 \(grouped(failed.count)) 个")
  }

  private func total(_ path: String) -> String { grouped(Int((totals[path] ?? 0).rounded())) }

  private func households(_ language: Language) -> Row? {
    guard totals["totals.households"] != nil else { return nil }
    return (
      language("households", "户数"),
      language(
        "\(total("totals.households")) in \(total("totals.grids")) grids, \(total("totals.unplaced")) unplaced",
        "共 \(total("totals.households")) 户，\(total("totals.grids")) 个网格，\(total("totals.unplaced")) 户未落位")
    )
  }

  private func checks(_ language: Language) -> Row? {
    guard totals["checks.errors"] != nil else { return nil }
    return (
      language("checks", "检查"),
      language(
        "\(total("checks.errors")) errors, \(total("checks.warnings")) warnings",
        "错误 \(total("checks.errors")) 项，警告 \(total("checks.warnings")) 项")
    )
  }

  private func balance(_ language: Language) -> Row? {
    guard let spread = spread["balance.cv"] else { return nil }
    return (
      language("balance", "均衡"),
      language(
        "CV of households \(decimal(spread.min)) to \(decimal(spread.max)) (\(spread.highest)), median \(decimal(spread.median))",
        "户数变异系数 \(decimal(spread.min))–\(decimal(spread.max))（\(spread.highest)），中位数 \(decimal(spread.median))")
    )
  }

  private func cameras(_ language: Language) -> Row? {
    guard totals["cameras.count"] != nil else { return nil }
    let places = overall["keyPlaces.covered"].map { share in
      let lowest = spread["keyPlaces.covered"].map { "\(decimal($0.min)) (\($0.lowest))" } ?? "–"
      return language(
        "; key places \(decimal(share)) in view, lowest \(lowest)", "；重点部位可见 \(decimal(share))，最低 \(lowest)")
    }
    return (
      language("cameras", "摄像机"),
      language("\(total("cameras.used")) of \(total("cameras.count")) used", "共 \(total("cameras.count")) 个，\(total("cameras.used")) 个可用")
        + (places ?? "")
    )
  }

  private func reach(_ language: Language) -> Row? {
    guard totals["cameras.count"] != nil else { return nil }
    return (
      language("reach", "可及"),
      language(
        "\(total("reach.home.cameras")) cameras reach homes, \(total("reach.forbidden.cameras")) forbidden places, "
          + "\(total("reach.sensitive.cameras")) sensitive ones: check on site",
        "可及住宅 \(total("reach.home.cameras")) 个，禁设场所 \(total("reach.forbidden.cameras")) 个，"
          + "敏感场所 \(total("reach.sensitive.cameras")) 个：须现场核实")
    )
  }

  private func row(_ threshold: Threshold, _ language: Language) -> Row {
    let all = threshold.met + threshold.missed + threshold.unknown
    var text = language(
      "\(threshold.require): \(grouped(threshold.met)) of \(grouped(all)) meet it",
      "\(threshold.require)：\(grouped(all)) 个中 \(grouped(threshold.met)) 个达标")
    if let worst = threshold.worst, let scenario = threshold.worstScenario {
      text += language("; worst \(decimal(worst)) (\(scenario))", "；最差 \(decimal(worst))（\(scenario)）")
    }
    if threshold.unknown > 0 {
      text += language("; \(grouped(threshold.unknown)) without the figure", "；\(grouped(threshold.unknown)) 个无此数据")
    }
    if !threshold.isMet {
      text += language("; short: ", "；未达标：") + listed(threshold.scenarios, language)
    }
    return (threshold.isMet ? language("met", "达标") : language("not met", "未达标"), text)
  }

  private func failures(_ language: Language) -> [Row] {
    failed.prefix(5).map { (language("failed", "失败"), "\($0.scenario): \($0.error)") }
      + (failed.count > 5 ? [("", language("and \(failed.count - 5) more (summary.json)", "另有 \(failed.count - 5) 个（见 summary.json）"))] : [])
  }

  private func listed(_ names: [String], _ language: Language) -> String {
    names.prefix(5).joined(separator: ", ") + (names.count > 5 ? language(", and \(names.count - 5) more", " 等 \(names.count) 个") : "")
  }

  private func decimal(_ value: Double) -> String { String(value.rounded(to: 3)) }
}
