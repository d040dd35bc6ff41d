import Coverage
import Georeference
import MapFiles
import MapPage
import PlanModel
import Planar

extension CoverageAudit {
  /// The audit as a map.
  ///
  /// - Parameters:
  ///   - name: the title of the map.
  ///   - isInternal: whether it shows views, uncovered ground and single places; else only how much is covered,
  ///     and where cameras are.
  public func map(name: String, isInternal: Bool) throws -> PlanMap {
    var scene = MapScene(title: name, subtitle: mapSubtitle)
    scene.scope = isInternal ? .internal : .published
    scene.crs = "\(try crs.described().name), \(crs.definition)"
    scene.notes = report.notes.map { Phrase(verbatim: $0) }
    scene.headlines = mapHeadlines
    scene.plan = gridSheet
    scene.streets = roadLines
    scene.buildings = footprints
    scene.marks = cameraMarks + (isInternal ? placeMarks : [])
    scene.overlays = isInternal ? [views] + (try parts()) : []
    scene.problems = isInternal ? unusedCameras : []
    let toDegrees = try Transformation(from: crs, to: .crs84, allowBallpark: true)
    scene.degrees = (try? toDegrees(scene.degreePlaces)) ?? []
    return PlanMap(scene)
  }

  // MARK: Layers

  private var gridSheet: GridSheet {
    let areas = grids.map { MapArea(code: $0.code, parent: $0.parent, polygons: $0.geometry.polygons) }
    func shares(_ subset: Int) -> [Double?] {
      grids.map { $0.openArea > 0 ? min(1, $0.seen[subset][0] / $0.openArea) * 100 : nil }
    }
    let percent = Phrase(verbatim: "%")
    let columns = [
      FigureColumn("inView", Phrase("Open ground in view", "开阔地可视比例"), unit: percent, decimals: 1, shares(CameraSubsets.lenient)),
      FigureColumn(
        "inViewStrict", Phrase("In view, without assumptions", "可视比例（不含假定）"), unit: percent, decimals: 1,
        shares(CameraSubsets.strict)),
      FigureColumn("cameras", Phrase("Cameras", "摄像机"), grids.map { Double($0.cameras) }),
      FigureColumn(
        "open", Phrase("Open ground", "开阔地"), unit: Phrase("ha", "公顷"), decimals: 1, grids.map { $0.openArea / 10_000 }),
    ]
    let measures = columns.filter(\.isTelling).map { MapMeasure.classes(of: $0, colors: ColorScheme.watch) }
    return GridSheet(grids: areas, columns: areas.isEmpty ? [] : columns, measures: areas.isEmpty ? [] : measures)
  }

  private var roadLines: [MapStreet] {
    (input.roads?.geometries ?? []).compactMap { $0 }.flatMap(\.lines).map { MapStreet(points: $0, width: 8, rank: 2) }
  }

  private var footprints: [MapBuilding] {
    input.buildings.geometries.enumerated().compactMap { index, geometry in
      geometry.map { MapBuilding(id: input.buildings.identifier(index), grid: nil, households: nil, polygons: $0.polygons) }
    }
  }

  private var views: OverlayLayer {
    let areas = cameras.filter { !$0.view.polygons.isEmpty }.map { MapArea(code: $0.id, polygons: $0.view.polygons) }
    return OverlayLayer(
      key: "views", title: Phrase("Views of cameras", "摄像机视域"), color: "#6a51a3", opacity: areas.count > 50 ? 0.18 : 0.3, areas: areas)
  }

  /// The covered and uncovered parts of declared areas.
  private func parts() throws -> [OverlayLayer] {
    let plane = try Transformation(from: .crs84, to: crs, allowBallpark: true)
    let layer = try coverageLayer(Transformation(from: crs, to: .crs84, allowBallpark: true))
    let (kinds, ids) = (layer.texts("feature"), layer.texts("id"))
    let rows = [
      ("covered", Phrase("Public places: in view", "公共场所：可视"), "#2b7a78"), ("uncovered", Phrase("Public places: not in view", "公共场所：不可视"), "#c4511f"),
    ]
    return try rows.compactMap { kind, title, color in
      let areas = try layer.features.indices.filter { kinds[$0] == kind }.map { index in
        MapArea(code: ids[index] ?? "", polygons: try layer.features[index].geometry.map { try plane($0).polygons } ?? [])
      }
      return areas.isEmpty ? nil : OverlayLayer(key: kind, title: title, color: color, opacity: 0.35, areas: areas)
    }
  }

  private var cameraMarks: [MarkLayer] {
    let placed = cameras.filter { $0.camera.position.isFinite }
    func marks(_ isWanted: (AuditedCamera) -> Bool) -> [MarkLayer.Mark] {
      placed.filter(isWanted).map { .init(id: $0.id, point: $0.placement?.eye ?? $0.camera.position) }
    }
    return [
      MarkLayer(key: "cameras", title: Phrase("Cameras in use", "在用摄像机"), color: "#5b3f9e", isShown: true, marks: marks(\.isUsed)),
      MarkLayer(
        key: "unused", title: Phrase("Cameras left out", "未计入的摄像机"), color: "#8a8f94", isShown: true, marks: marks { !$0.isUsed }),
    ]
  }

  private var placeMarks: [MarkLayer] {
    let points = places.filter { $0.polygons.isEmpty && $0.point != nil }
    func marks(_ isWanted: Bool) -> [MarkLayer.Mark] {
      points.filter { isCovered($0) == isWanted }.map { .init(id: $0.id, point: $0.point!) }
    }
    return [
      MarkLayer(key: "seen", title: Phrase("Key places in view", "可视的重点场所"), color: "#2b7a78", isShown: true, marks: marks(true)),
      MarkLayer(key: "unseen", title: Phrase("Key places not in view", "不可视的重点场所"), color: "#c4511f", isShown: true, marks: marks(false)),
    ]
  }

  private func isCovered(_ place: AuditedPlace) -> Bool {
    let subset = CameraSubsets.lenient
    return place.isCovered(subset: subset, member: subsets.members[subset], areaShare: request.rules.areaShare)
  }

  private var unusedCameras: [ProblemMark] {
    cameras.filter { !$0.isUsed }.map { camera in
      let position = camera.camera.position
      return ProblemMark(
        rule: camera.status.rawValue, severity: "info", code: camera.grid, feature: camera.id,
        point: position.isFinite ? position : nil, message: Self.reasons[camera.status] ?? Phrase(verbatim: camera.status.rawValue))
    }
  }

  private static let reasons: [AuditedCamera.Status: Phrase] = [
    .inside: Phrase("stands too deep inside a building", "位于建筑内部"),
    .noDirection: Phrase("looks one way, and nothing tells which", "朝向不明"),
    .indoor: Phrase("is indoors by its own word", "标明在室内"),
    .noPosition: Phrase("has no position", "没有位置"),
  ]

  // MARK: Words

  private var mapSubtitle: Phrase {
    let (all, used) = (grouped(cameras.count), grouped(cameras.filter(\.isUsed).count))
    return Phrase("\(all) cameras, \(used) of them with a view", "\(all) 个摄像机，其中 \(used) 个有视域")
  }

  private var mapHeadlines: [MapScene.Headline] {
    func percent(_ label: Phrase, _ share: Double?) -> MapScene.Headline? {
      share.map { .init(label, Phrase("\(($0 * 100).rounded(to: 1)) %", "\(($0 * 100).rounded(to: 1))%")) }
    }
    let figures = report.findings
    return [
      .init(Phrase("Cameras", "摄像机"), Phrase(verbatim: grouped(cameras.count))),
      .init(Phrase("With a view", "有视域"), Phrase(verbatim: grouped(cameras.filter(\.isUsed).count))),
      .init(Phrase("Nothing assumed", "无假定"), Phrase(verbatim: grouped(figures.cameras.strict))),
      percent(Phrase("Key places in view", "重点场所可视"), figures.keyPlaces?.covered),
      percent(Phrase("Crossings in view", "路口可视"), figures.crossings?.covered),
      percent(Phrase("Roads in view", "道路可视"), figures.roads?.covered),
      percent(Phrase("Open space in view", "公共空间可视"), figures.openSpace?.covered),
      percent(Phrase("Grids: ground in view", "网格可视"), figures.grids?.covered),
      figures.redundancy.map { .init(Phrase("Could go, each alone", "可单独停用"), Phrase(verbatim: grouped($0.lenient.redundant))) },
    ].compactMap { $0 }
  }
}
