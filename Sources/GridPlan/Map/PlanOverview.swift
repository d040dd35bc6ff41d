internal import MapPage
public import PlanModel

extension PlanMap {
  /// The plan for a terminal: title, map, figures, the grids that stand out.
  public func overview(_ language: Language, measure: String?, width: Int, hasColors: Bool) -> String {
    var scene = scene
    scene.language = language
    let heading = [scene.title, scene.subtitle(language), ""]
    let map = TextMap(scene, measure: measure, hasColors: hasColors).lines(width: width)
    let figures = scene.headlines.map { "\($0.label(language)) \($0.value(language))" }
    return (heading + map + [""] + wrapped(figures, width) + standouts(language) + notes(language)).joined(separator: "\n")
  }

  /// Figures side by side, as many as a line has room for.
  private func wrapped(_ figures: [String], _ width: Int) -> [String] {
    figures.reduce(into: [String]()) { lines, figure in
      if let last = lines.last, last.count + figure.count + 3 <= width {
        lines[lines.count - 1] = last + " · " + figure
      } else {
        lines.append(figure)
      }
    }
  }

  /// The grids that lie farthest from the mean, each side's first.
  private func standouts(_ language: Language) -> [String] {
    guard let deviation = scene.plan.column("deviation") else { return [] }
    let households = scene.plan.column("households")
    let known = deviation.numbers.enumerated().compactMap { index, value in value.map { (index, $0) } }
    let ranked = known.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    let shown = ranked.count <= 10 ? ranked : Array(ranked.prefix(5)) + ranked.suffix(5)
    let rows = shown.map { index, value -> String in
      let grid = scene.plan.grids[index]
      let count = households?.numbers[index].map { grouped(Int($0)) } ?? "–"
      let percent = "\(value > 0 ? "+" : "")\((value * 100).rounded(to: 1)) %"
      return "  \(grid.code)\(grid.name.map { " " + $0 } ?? "")  \(count)\(language(" households", " 户"))  \(percent)"
    }
    return rows.isEmpty ? [] : ["", language("Farthest from the mean:", "与平均相差最大：")] + rows
  }

  private func notes(_ language: Language) -> [String] {
    let problems = scene.problems.count
    let list = problems == 0 ? [] : [language("\(grouped(problems)) things to check (problems.geojson)", "\(grouped(problems)) 项待核对（problems.geojson）")]
    return scene.notes.isEmpty && list.isEmpty ? [] : [""] + scene.notes.map { $0(language) } + list
  }

  /// Whether the plan in a folder is the published set.
  public static func isPublished(_ path: String) throws -> Bool {
    WrittenPlan(path)?.report?.published == true
  }
}
