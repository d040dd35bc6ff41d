public import PlanModel

extension CoverageReport {
  /// What to print on a terminal, without a line end on the last line.
  ///
  /// - Parameters:
  ///   - language: of the words.
  ///   - folder: where the results were written.
  public func summary(_ language: Language, folder: String) -> String {
    let label = language == .english ? 12 : 6
    let rows = CoverageSummary(findings, language).rows
      + [(language("written to", "输出"), "\(folder) (\(crs)): cameras.geojson, views.geojson, coverage.geojson, report.json")]
    return rows.map { name, text in
      name + String(repeating: language(" ", "　"), count: max(1, label - name.count)) + text
    }.joined(separator: "\n")
  }
}

/// The figures of an audit in a line each; strict ones in brackets.
struct CoverageSummary {
  let figures: CoverageFigures
  let language: Language

  init(_ figures: CoverageFigures, _ language: Language) {
    self.figures = figures
    self.language = language
  }

  typealias Row = (String, String)

  var rows: [Row] { [cameras] + covered + reached + [redundant].compactMap { $0 } }

  private var cameras: Row {
    let cameras = figures.cameras
    let unused = cameras.count - cameras.lenient
    let assumed = cameras.lenient - cameras.strict
    return (
      language("cameras", "摄像机"),
      language(
        "\(grouped(cameras.count)); \(grouped(cameras.lenient)) used, \(grouped(unused)) not; for \(grouped(assumed)) something was assumed",
        "共 \(grouped(cameras.count)) 个；可用 \(grouped(cameras.lenient)) 个，不可用 \(grouped(unused)) 个；其中 \(grouped(assumed)) 个含默认值")
    )
  }

  private var covered: [Row] {
    [
      row("key places", "重点部位", figures.keyPlaces), row("crossings", "路口", figures.crossings),
      row("roads", "道路", figures.roads), row("open space", "公共空间", figures.openSpace),
      row("grids", "网格", figures.grids),
    ].compactMap { $0 }
  }

  private func row(_ english: String, _ chinese: String, _ places: CoverageFigures.Places?) -> Row? {
    places.map { places in
      let all = places.figures.lenient.all
      return (
        language(english, chinese),
        language("\(grouped(all.covered)) of \(grouped(all.of)) in view, ", "\(grouped(all.of)) 处中 \(grouped(all.covered)) 处可见，")
          + shares(places.covered, places.coveredStrict)
      )
    }
  }

  private func row(_ english: String, _ chinese: String, _ extent: CoverageFigures.Extent?) -> Row? {
    extent.map { extent in
      let all = extent.figures.lenient.all
      let unit = extent.unit == "m2" ? "m²" : extent.unit
      return (
        language(english, chinese),
        language("\(whole(all.k1)) of \(whole(all.of)) \(unit) in view, ", "\(whole(all.of)) \(unit) 中 \(whole(all.k1)) \(unit) 可见，")
          + shares(extent.covered, extent.coveredStrict)
      )
    }
  }

  private func shares(_ lenient: Double?, _ strict: Double?) -> String {
    "\(percent(lenient)) (\(language("strict", "严格")) \(percent(strict)))"
  }

  private var reached: [Row] {
    let names = [
      ("home", "homes", "住宅"), ("forbidden", "forbidden places", "禁设场所"), ("sensitive", "sensitive places", "敏感场所"),
      ("private", "private ground", "私人用地"),
    ]
    let found = names.compactMap { key, english, chinese -> String? in
      guard let concern = figures.reach.lenient[key] else { return nil }
      let places = (concern.places ?? 0) + (concern.placesOfUnknownUse ?? 0)
      return language(
        "\(grouped(concern.cameras)) cameras reach \(grouped(places)) \(english)",
        "\(grouped(concern.cameras)) 个摄像机可及 \(grouped(places)) 处\(chinese)")
    }
    guard !found.isEmpty else { return [(language("reach", "可及"), language("no home and no sensitive place", "无住宅或敏感场所"))] }
    return [(language("reach", "可及"), found.joined(separator: language("; ", "；")) + language(": check on site", "：须现场核实"))]
  }

  private var redundant: Row? {
    figures.redundancy.map { redundancy in
      let lenient = redundancy.lenient
      return (
        language("redundant", "冗余"),
        language(
          "\(grouped(lenient.redundant)) could go one at a time; \(grouped(lenient.smallestSetFound)) suffice for all that is in view (no fewer than \(grouped(lenient.smallestSetAtLeast)))",
          "单独撤除不影响覆盖的 \(grouped(lenient.redundant)) 个；\(grouped(lenient.smallestSetFound)) 个即可保持现有覆盖（下界 \(grouped(lenient.smallestSetAtLeast))）")
      )
    }
  }

  private func percent(_ share: Double?) -> String { share.map { "\(($0 * 100).rounded(to: 1)) %" } ?? "–" }

  private func whole(_ value: Double) -> String { grouped(Int(value.rounded())) }
}
