internal import MapFiles
internal import MapPage

/// The columns and measures of a layer of grids.
struct GridFigures {
  let columns: [FigureColumn]
  let measures: [MapMeasure]

  /// - Parameters:
  ///   - coverage: what cameras see of each grid, where that was audited.
  ///   - hasPosts: whether the workers of a grid were given, and not reckoned from its work.
  init(_ layer: Layer, coverage: Layer?, hasPosts: Bool) {
    let table = Self.table(layer, hasPosts: hasPosts) + Self.inView(layer, coverage)
    let known = table.filter { row in row.column.numbers.contains { $0 != nil } }
    columns = known.map(\.column).filter { $0.isTelling || !["cameras", "events", "buildings"].contains($0.key) }
    measures = known.filter { $0.column.isTelling || ["deviation", "households"].contains($0.column.key) }.compactMap(\.measure)
  }

  private struct Row {
    var column: FigureColumn
    var measure: MapMeasure?

    init(_ column: FigureColumn, _ measure: MapMeasure?) {
      self.column = column
      self.measure = measure
    }

    init(_ column: FigureColumn, colors: [String]) {
      self.init(column, MapMeasure.classes(of: column, colors: colors))
    }
  }

  private static func table(_ layer: Layer, hasPosts: Bool) -> [Row] {
    let hours = layer.numbers("workload_min").map { $0.map { $0 / 60 } }
    let workers = layer.numbers("workers")
    let posts = Phrase("posts", "个")
    let hoursAYear = Phrase("h a year", "小时/年")
    let deviation = FigureColumn("deviation", Phrase("Deviation from the mean", "与平均之差"), kind: .share, decimals: 1, layer.numbers("deviation"))
    let perWorker = zip(hours, workers).map { hours, workers in
      hours.flatMap { hours in workers.flatMap { $0 > 0 ? hours / $0 : nil } }
    }
    var rows = [
      Row(deviation, .deviation(of: deviation)),
      Row(FigureColumn("households", Phrase("Households", "户数"), layer.numbers("households")), colors: ColorScheme.counts),
      status(layer),
      Row(FigureColumn("workload", Phrase("Workload", "工作量"), unit: hoursAYear, hours), colors: ColorScheme.work),
      Row(
        FigureColumn("workers", hasPosts ? Phrase("Workers", "岗位") : Phrase("Workers needed", "所需岗位"), unit: posts, decimals: 1, workers),
        colors: ColorScheme.work),
    ]
    if hasPosts {
      rows.append(
        Row(FigureColumn("perWorker", Phrase("Work of a worker", "每岗工作量"), unit: hoursAYear, perWorker), colors: ColorScheme.work))
    }
    return rows + ground(layer)
  }

  private static func ground(_ layer: Layer) -> [Row] {
    let hectares = layer.numbers("area_m2").map { $0.map { $0 / 10_000 } }
    return [
      Row(FigureColumn("buildings", Phrase("Buildings", "建筑"), layer.numbers("buildings")), colors: ColorScheme.counts),
      Row(FigureColumn("cameras", Phrase("Cameras", "摄像机"), layer.numbers("cameras")), colors: ColorScheme.watch),
      Row(FigureColumn("events", Phrase("Events", "事件"), layer.numbers("events")), colors: ColorScheme.watch),
      Row(
        FigureColumn("compactness", Phrase("Compactness", "紧凑度"), decimals: 2, layer.numbers("polsby_popper")),
        colors: ColorScheme.shape),
      Row(FigureColumn("area", Phrase("Area", "面积"), unit: Phrase("ha", "公顷"), decimals: 1, hectares), colors: ColorScheme.counts),
      kinds(layer),
    ]
  }

  /// The share of each grid's open ground that cameras see.
  private static func inView(_ layer: Layer, _ coverage: Layer?) -> [Row] {
    guard let coverage else { return [] }
    let shares = Dictionary(zip(coverage.texts("id"), coverage.numbers("share")), uniquingKeysWith: { first, _ in first })
    let numbers = layer.texts("code").map { code in (shares[code] ?? nil).map { $0 * 100 } }
    let column = FigureColumn("inView", Phrase("Open ground in view", "开阔地可视比例"), unit: Phrase(verbatim: "%"), numbers)
    return [Row(column, colors: ColorScheme.watch)]
  }

  private static let verdicts = ["ok", "below", "above", "oversize"]

  private static func status(_ layer: Layer) -> Row {
    let words = [
      Phrase("within bounds", "在上下限内"), Phrase("below the minimum", "低于下限"), Phrase("above the maximum", "高于上限"),
      Phrase("one large unit alone", "单个大单元独立成格"),
    ]
    let numbers = layer.texts("status").map { $0.flatMap(verdicts.firstIndex).map(Double.init) }
    let column = FigureColumn("status", Phrase("Bounds", "上下限"), kind: .choice(words), numbers)
    return Row(column, .choices(of: column, colors: ColorScheme.verdicts))
  }

  /// The kinds of grids, where some are special.
  private static func kinds(_ layer: Layer) -> Row {
    let texts = layer.texts("kind")
    let names = Array(Set(texts.compactMap { $0 })).sorted { ($0 != "grid" ? 1 : 0, $0) < ($1 != "grid" ? 1 : 0, $1) }
    let words = names.map { $0 == "grid" ? Phrase("ordinary", "普通") : Phrase(verbatim: $0) }
    let numbers = names.count > 1 ? texts.map { $0.flatMap(names.firstIndex).map(Double.init) } : texts.map { _ in nil }
    return Row(FigureColumn("kind", Phrase("Kind", "类型"), kind: .choice(words), numbers), nil)
  }
}
