internal import Georeference
internal import MapFiles
internal import MapPage
internal import Planar

extension MapScene {
  /// The scene of a plan.
  /// - Throws: `GeoreferenceError`.
  init(_ layers: MapLayers, _ report: MapReport) throws {
    let map = PlanWords(report: report, dropped: layers.dropped)
    let crs = CRS(report.crs.working)
    let toPlane = try Transformation(from: .crs84, to: crs, allowBallpark: true)
    self.init(title: report.name, subtitle: map.subtitle)
    scope = report.published ? .published : .internal
    self.crs = [report.crs.name, report.crs.working].compactMap { $0 }.joined(separator: ", ")
    notes = map.notes
    headlines = map.headlines
    plan = try layers.sheet(toPlane, report)
    communities = try layers.areas("communities", toPlane)
    water = try layers.polygons("barriers", toPlane).flatMap { $0 }
    streets = layers.streets
    buildings = try layers.buildings(toPlane, grids: plan.grids)
    overlays = try layers.overlays(toPlane)
    marks = try layers.marks(toPlane)
    problems = try layers.problems(toPlane)
    posts = layers.posts
    degrees = (try? Transformation(from: crs, to: .crs84, allowBallpark: true)(degreePlaces)) ?? []
  }
}

extension MapLayers {
  func polygons(_ name: String, _ toPlane: Transformation) throws -> [[Polygon]] {
    try (self[name]?.features ?? []).map { try $0.geometry.map { try toPlane($0).polygons } ?? [] }
  }

  func areas(_ name: String, _ toPlane: Transformation) throws -> [MapArea] {
    guard let layer = self[name] else { return [] }
    let (codes, names, parents) = (layer.texts("code"), layer.texts("name"), layer.texts("parent"))
    return try zip(layer.features.indices, polygons(name, toPlane)).map { index, polygons in
      MapArea(
        code: codes[index] ?? String(index + 1), name: names[index],
        parent: parents[index].flatMap { $0.isEmpty ? nil : $0 }, polygons: polygons)
    }
  }

  fileprivate func sheet(_ toPlane: Transformation, _ report: MapReport) throws -> GridSheet {
    guard let layer = self["grids"] else { return GridSheet(title: report.name) }
    let figures = GridFigures(layer, coverage: self["coverage"]?.gridsAlone, hasPosts: report.hasPosts)
    return GridSheet(
      title: report.name, grids: try areas("grids", toPlane), columns: figures.columns, measures: figures.measures)
  }

  func buildings(_ toPlane: Transformation, grids: [MapArea]) throws -> [MapBuilding] {
    guard let layer = self["buildings"] else { return [] }
    let position = Dictionary(grids.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    let (ids, codes, households) = (layer.texts("id"), layer.texts("grid"), layer.numbers("households"))
    return try layer.features.enumerated().map { index, feature in
      let geometry = try feature.geometry.map { try toPlane($0) }
      return MapBuilding(
        id: ids[index] ?? "", grid: codes[index].flatMap { position[$0] }, households: households[index].map { Int($0) },
        polygons: geometry?.polygons ?? [], point: geometry?.points.first)
    }
  }

  fileprivate func overlays(_ toPlane: Transformation) throws -> [OverlayLayer] {
    var result: [OverlayLayer] = []
    if let layer = self["units"] {
      let areas = try zip(layer.texts("id"), polygons("units", toPlane)).map { MapArea(code: $0 ?? "", polygons: $1) }
      result.append(OverlayLayer(key: "units", title: Phrase("Units", "单元"), color: "#8d979d", opacity: 0, areas: areas))
    }
    if let layer = self["views"] {
      let areas = try zip(layer.texts("camera"), polygons("views", toPlane)).map { MapArea(code: $0 ?? "", polygons: $1) }
      result.append(
        OverlayLayer(
          key: "views", title: Phrase("Views of cameras", "摄像机视域"), color: "#6a51a3", opacity: 0.16, isShown: false, areas: areas))
    }
    return result
  }

  fileprivate func marks(_ toPlane: Transformation) throws -> [MarkLayer] {
    let kinds = [
      ("cameras", Phrase("Cameras", "摄像机"), "#5b3f9e", true), ("events", Phrase("Events", "事件"), "#c2547e", false),
    ]
    var result = try kinds.compactMap { name, title, color, isShown -> MarkLayer? in
      guard let layer = self[name] else { return nil }
      let ids = layer.texts("id")
      let marks = try layer.features.enumerated().compactMap { index, feature -> MarkLayer.Mark? in
        guard let point = try feature.geometry.map({ try toPlane($0) })?.points.first else { return nil }
        return MarkLayer.Mark(id: ids[index] ?? "", point: point)
      }
      return MarkLayer(key: name, title: title, color: color, isShown: isShown && marks.count < 2000, marks: marks)
    }
    if !keyPlaces.isEmpty {
      result.append(
        MarkLayer(key: "keyPlaces", title: Phrase("Key places", "重点场所"), color: "#b35806", isShown: false, marks: keyPlaces))
    }
    return result
  }

  fileprivate func problems(_ toPlane: Transformation) throws -> [ProblemMark] {
    guard let layer = self["problems"] else { return [] }
    let (rules, severities) = (layer.texts("rule"), layer.texts("severity"))
    let (codes, features) = (layer.texts("code"), layer.texts("feature"))
    let (english, chinese) = (layer.texts("message"), layer.texts("message_zh"))
    return try layer.features.enumerated().map { index, feature in
      ProblemMark(
        rule: rules[index] ?? "", severity: severities[index] ?? "info", code: codes[index], feature: features[index],
        point: try feature.geometry.map { try toPlane($0) }?.points.first,
        message: Phrase(english[index] ?? "", chinese[index] ?? english[index] ?? ""))
    }
  }
}

// MARK: Words

/// What a plan's map says in words.
private struct PlanWords {
  let report: MapReport
  let dropped: [Phrase]

  var subtitle: Phrase {
    let totals = report.totals
    let grids = grouped(totals.grids)
    let households = grouped(totals.out)
    let estimated = totals.estimated ? Phrase(" (estimated)", "（估算）") : Phrase(verbatim: "")
    guard totals.communities > 0 else {
      return Phrase(
        "\(grids) grids, \(households) households\(estimated.en)", "\(grids) 个网格，\(households) 户\(estimated.zh)")
    }
    let communities = grouped(totals.communities)
    return Phrase(
      "\(grids) grids in \(communities) \(totals.communities == 1 ? "community" : "communities"), \(households) households\(estimated.en)",
      "\(communities) 个社区，\(grids) 个网格，\(households) 户\(estimated.zh)")
  }

  var headlines: [MapScene.Headline] {
    let (totals, balance) = (report.totals, report.balance)
    func plain(_ value: Int) -> Phrase { Phrase(verbatim: grouped(value)) }
    func number(_ value: Double) -> Phrase { Phrase(verbatim: String(value.rounded(to: 3))) }
    var result: [MapScene.Headline] = [.init(Phrase("Grids", "网格"), plain(totals.grids))]
    if totals.communities > 0 { result.append(.init(Phrase("Communities", "社区"), plain(totals.communities))) }
    result.append(.init(Phrase("Households", "户数"), plain(totals.out)))
    if let unplaced = totals.unplaced { result.append(.init(Phrase("Not placed", "未落位"), plain(unplaced))) }
    if let least = balance.min, let most = balance.max {
      result.append(.init(Phrase("In a grid", "每格"), Phrase(verbatim: "\(grouped(Int(least)))–\(grouped(Int(most)))")))
    }
    result.append(.init(Phrase("Mean", "平均"), plain(Int(balance.mean.rounded()))))
    if let cv = balance.cv { result.append(.init(Phrase("CV", "变异系数"), number(cv))) }
    if let work = balance.workload?.gini { result.append(.init(Phrase("Gini of work", "工作量基尼系数"), number(work))) }
    if let most = balance.workload?.maxOverMean {
      result.append(.init(Phrase("Work: max/mean", "工作量最大/平均"), number(most)))
    }
    return result
  }

  var notes: [Phrase] {
    var result: [Phrase] = []
    if report.totals.estimated {
      result.append(Phrase("Households are estimated, and every figure that rests on them", "户数为估算值，相关数字亦然"))
    }
    if report.settings.servicesAssumed == true {
      result.append(Phrase("Workload rests on the program's default services", "工作量按程序默认服务项目计算"))
    }
    if report.published, let least = report.settings.minCount {
      result.append(Phrase("Counts below \(least) are left out", "少于 \(least) 的数字不公布"))
    } else {
      result += report.certificates.filter(\.blocking).prefix(5).map { Phrase("Not met: \($0.message)", "未满足：\($0.message_zh)") }
    }
    return result + dropped
  }
}
