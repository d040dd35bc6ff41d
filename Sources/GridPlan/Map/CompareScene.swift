internal import Georeference
internal import MapFiles
internal import MapPage
internal import Planar

extension CompareOutcome {
  /// The two plans on one map, before and after, with the pieces that changed hands.
  ///
  /// - Parameter isInternal: whether exact counts may show. Without it both plans must be published sets.
  /// - Throws: `CompareError` where counts would show that may not.
  public func map(isInternal: Bool) throws -> PlanMap {
    let arePublished = [work.before, work.after].allSatisfy { $0.report?.published == true }
    guard isInternal || arePublished else {
      throw CompareError(
        description: "a comparison of working plans shows exact counts. Say --internal, or compare two published sets")
    }
    return PlanMap(try CompareScene(work: work, report: report, isInternal: isInternal).scene())
  }
}

/// Draws a comparison.
struct CompareScene {
  let work: Comparison
  let report: CompareReport
  let isInternal: Bool

  func scene() throws -> MapScene {
    var scene = MapScene(title: work.after.name, subtitle: subtitle)
    scene.scope = isInternal ? .internal : .published
    scene.crs = "\(work.after.crs.name), \(work.after.crs.crs.definition)"
    scene.notes = work.notes.map { Phrase($0.english, $0.chinese) }
    scene.headlines = headlines
    let (old, new) = (figures(work.before.grids, before: nil), figures(work.after.grids, before: continued))
    let measures = sharedMeasures(old, new)
    scene.plan = GridSheet(title: work.after.name, grids: areas(work.after.grids), columns: new, measures: measures)
    scene.before = GridSheet(
      title: work.before.name, grids: areas(work.before.grids), columns: old,
      measures: measures.filter { measure in old.contains { $0.key == measure.key } })
    scene.overlays = [moved].compactMap { $0 }
    try addGround(&scene)
    let toDegrees = try? Transformation(from: work.after.crs.crs, to: .crs84, allowBallpark: true)
    scene.degrees = (try? toDegrees?(scene.degreePlaces)) ?? []
    return scene
  }

  private func areas(_ grids: [ComparedGrid]) -> [MapArea] {
    grids.map { MapArea(code: $0.code, name: $0.name, parent: $0.parent, polygons: $0.polygons) }
  }

  /// For each grid of after the grid of before that it continues.
  private var continued: [ComparedGrid?] {
    work.pairs.continues.map { $0.map { work.before.grids[$0] } }
  }

  // MARK: Figures

  /// - Parameter before: what each grid was before, for columns of change.
  private func figures(_ grids: [ComparedGrid], before: [ComparedGrid?]?) -> [FigureColumn] {
    let households = grids.map { $0.households.map(Double.init) }
    let hours = grids.map { $0.workload.map { $0 / 60 } }
    var columns = [
      FigureColumn("deviation", Phrase("Deviation from the mean", "与平均之差"), kind: .share, decimals: 1, deviations(households)),
      FigureColumn("households", Phrase("Households", "户数"), households),
      FigureColumn("workload", Phrase("Workload", "工作量"), unit: Phrase("h a year", "小时/年"), hours),
    ]
    if let before {
      let old = before.map { $0?.households.map(Double.init) }
      columns.insert(
        FigureColumn("householdsBefore", Phrase("Households before", "调整前户数"), old), at: 2)
      columns.insert(
        FigureColumn("householdsChange", Phrase("Change of households", "户数变化"), differences(households, old)), at: 3)
      columns.append(
        FigureColumn(
          "workloadChange", Phrase("Change of workload", "工作量变化"), unit: Phrase("h a year", "小时/年"),
          differences(hours, before.map { $0?.workload.map { $0 / 60 } })))
    }
    columns.append(
      FigureColumn(
        "area", Phrase("Area", "面积"), unit: Phrase("ha", "公顷"), decimals: 1, grids.map { $0.area / 10_000 }))
    return columns.filter { $0.numbers.contains { $0 != nil } }
  }

  private func deviations(_ values: [Double?]) -> [Double?] {
    let known = values.compactMap { $0 }
    let mean = known.reduce(0, +) / Double(max(1, known.count))
    return values.map { $0.flatMap { mean > 0 ? $0 / mean - 1 : nil } }
  }

  private func differences(_ new: [Double?], _ old: [Double?]) -> [Double?] {
    zip(new, old).map { new, old in new.flatMap { new in old.map { new - $0 } } }
  }

  /// Measures with the same classes on both sides.
  private func sharedMeasures(_ old: [FigureColumn], _ new: [FigureColumn]) -> [MapMeasure] {
    new.compactMap { column in
      var both = column
      both.numbers += old.first { $0.key == column.key }?.numbers ?? []
      guard both.isTelling else { return nil }
      switch column.key {
      case "deviation": return .deviation(of: both)
      case "householdsChange", "workloadChange": return .classes(of: both, colors: ColorScheme.diverging)
      case "workload": return .classes(of: both, colors: ColorScheme.work)
      default: return .classes(of: both, colors: ColorScheme.counts)
      }
    }
  }

  // MARK: Shapes

  private var moved: OverlayLayer? {
    let pieces = work.moved.filter { !$0.polygons.isEmpty }
    guard !pieces.isEmpty else { return nil }
    let areas = pieces.map { piece -> MapArea in
      let (from, to) = (piece.before.map { work.before.grids[$0].code }, piece.after.map { work.after.grids[$0].code })
      let count = isInternal && work.homes != nil ? ": \(piece.households)" : ""
      return MapArea(code: "\(from ?? "–") → \(to ?? "–")\(count)", polygons: piece.polygons)
    }
    return OverlayLayer(key: "moved", title: Phrase("Changed hands", "调整的地块"), color: "#b3261e", opacity: 0.3, areas: areas)
  }

  /// Water, communities and buildings of the plan of after, where it is one.
  private func addGround(_ scene: inout MapScene) throws {
    guard let written = WrittenPlan(work.after.path) else { return }
    var ground = try MapLayers(folder: written.folder)
    ground.layers["grids"] = nil
    if !isInternal { ground.hideHomes() }
    let toPlane = try Transformation(from: .crs84, to: work.after.crs.crs, allowBallpark: true)
    scene.communities = try ground.areas("communities", toPlane)
    scene.water = try ground.polygons("barriers", toPlane).flatMap { $0 }
    scene.buildings = try ground.buildings(toPlane, grids: scene.plan.grids)
  }

  // MARK: Words

  private var subtitle: Phrase {
    let sides = "\(work.before.name) → \(work.after.name)"
    guard isInternal, let households = report.moved.households else { return Phrase(verbatim: sides) }
    let share = report.moved.share.map { " (\(($0 * 100).rounded(to: 1)) %)" } ?? ""
    return Phrase(
      "\(sides); \(grouped(households)) households\(share) in another grid than before",
      "\(sides)；\(grouped(households)) 户\(share)换了网格")
  }

  private var headlines: [MapScene.Headline] {
    let (old, new) = (report.before, report.after)
    func change(_ label: Phrase, _ before: String, _ after: String) -> MapScene.Headline {
      .init(label, Phrase(verbatim: "\(before) → \(after)"))
    }
    func number(_ value: Double?) -> String { value.map { String($0.rounded(to: 3)) } ?? "–" }
    func count(_ value: Int?) -> String { value.map(grouped) ?? "–" }
    var result = [
      change(Phrase("Grids", "网格"), grouped(old.grids), grouped(new.grids)),
      .init(
        Phrase("Codes kept", "保留编码"), Phrase(verbatim: grouped(report.codes.kept))),
    ]
    guard isInternal else { return result }
    result.append(change(Phrase("Households", "户数"), count(old.households), count(new.households)))
    for (key, label) in [("households", Phrase("CV of households", "户数变异系数")), ("workload", Phrase("CV of workload", "工作量变异系数"))] {
      let side = { (name: String) in report.balance[name].flatMap { key == "households" ? $0.households : $0.workload } }
      guard let before = side("before"), let after = side("after") else { continue }
      result.append(change(label, number(before.cv), number(after.cv)))
    }
    return result
  }
}
