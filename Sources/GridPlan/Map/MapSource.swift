import Foundation
internal import Georeference
internal import MapFiles
internal import MapPage
internal import PlanModel
internal import Planar

extension PlanOutcome {
  /// The plan as a map.
  ///
  /// - Parameter isInternal: whether it shows exact counts; else what may be published.
  public func map(isInternal: Bool = false) throws -> PlanMap {
    try map(isInternal ? nil : publication(against: nil))
  }

  /// The exact plan, or what of it may be published.
  func map(_ publication: Publication?) throws -> PlanMap {
    let report = try MapReport(publication.map { publishedReport($0) } ?? self.report)
    var map = MapLayers(try mapLayers(publication: publication), report: report)
    map.streets = streets
    map.keyPlaces = keyPlaces
    return PlanMap(try MapScene(map, report))
  }
}

extension PlanMap {
  /// The map of a plan that was written before.
  ///
  /// - Parameters:
  ///   - path: the plan's folder or its `grids.geojson`.
  ///   - base: a scenario whose streets are drawn beneath.
  ///   - isInternal: whether it shows exact counts; else what may be published.
  /// - Returns: nil where `path` is no plan.
  /// - Throws: `MapFileError`, `GeoreferenceError`, `ScenarioError`.
  public static func ofWritten(_ path: String, base: String? = nil, isInternal: Bool = false) throws -> PlanMap? {
    guard let written = WrittenPlan(path) else { return nil }
    let folder = written.folder as NSString
    let reportFile = folder.appendingPathComponent("report.json")
    guard let json = FileManager.default.contents(atPath: reportFile) else {
      throw MapFileError(.missing, file: reportFile, message: "no such file", remedy: "A plan's folder has its report; run gridplan plan again")
    }
    guard let report = try? MapReport(json: json) else {
      throw MapFileError(.badData, file: reportFile, message: "is not the report of a plan", remedy: "Run gridplan plan again")
    }
    if isInternal, report.published {
      throw MapFileError(
        .badData, file: reportFile, message: "this is the published set: it has no exact counts",
        remedy: "Leave out --internal, or name the folder of the working plan")
    }
    var map = try MapLayers(folder: written.folder)
    map.report = report
    if !isInternal, !report.published { try map.hideSmallCounts() }
    if isInternal { map.posts = try PostLoad.all(in: folder) }
    if let base { map.streets = try streets(of: base, crs: report.crs.working) }
    return PlanMap(try MapScene(map, map.report ?? report))
  }

  private static func streets(of scenario: String, crs: String) throws -> [MapStreet] {
    var scenario = try Scenario(contentsOf: scenario)
    scenario.crs = crs
    scenario.layers = scenario.layers.filter { $0.key == .streets }
    return try InputReader.read(scenario).streets.map(MapStreet.init)
  }
}

extension MapStreet {
  init(_ street: StreetLine) {
    let rank = min(StreetRank.rank(of: street.streetClass), 4)
    self.init(points: street.points, width: [3, 8, 14, 20, 26][rank], rank: rank)
  }
}

extension MapLayers {
  private static let names = [
    "grids", "buildings", "units", "communities", "barriers", "cameras", "events", "problems", "views", "coverage",
  ]

  /// The layers that stand in a plan's folder, without its report.
  init(folder: String) throws {
    self.init(
      try Self.names.compactMap { name in
        let path = (folder as NSString).appendingPathComponent("\(name).geojson")
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        var layer = try readLayer(path)
        layer.name = name
        return layer
      }, report: nil)
  }

  /// Leaves out the counts of single buildings and units.
  mutating func hideHomes() {
    for name in ["buildings", "units"] { layers[name] = layers[name]?.without(["households", "unit"]) }
  }

  /// Leaves out what `--publish` would.
  mutating func hideSmallCounts() throws {
    guard let grids = self["grids"], var report else { return }
    let plan = Plan(grids: grids, name: report.name)
    let publication = try Publication(plan, names: [:], minCount: report.settings.minCount ?? 10)
    let rules = PlanLayers(plan: plan, toDegrees: try Transformation(from: .crs84, to: .crs84))
    layers["grids"] = rules.published(grids: grids, publication)
    hideHomes()
    layers["problems"] = layers["problems"].map(rules.published(problems:))
    for name in ["events", "views"] { layers[name] = nil }
    layers["coverage"] = layers["coverage"]?.gridsAlone
    if publication.hidesAny { (report.balance.min, report.balance.max) = (nil, nil) }
    if (1..<(report.settings.minCount ?? 10)).contains(report.totals.unplaced ?? 0) { report.totals.unplaced = nil }
    report.published = true
    self.report = report
  }
}

extension Plan {
  /// The counts of a layer of grids, as far as suppression looks at them.
  fileprivate init(grids layer: Layer, name: String) {
    let (codes, parents) = (layer.texts("code"), layer.texts("parent"))
    let (households, events) = (layer.numbers("households"), layer.numbers("events"))
    let grids = layer.features.indices.map { index in
      var grid = PlannedGrid(
        code: codes[index] ?? "", name: nil, parent: parents[index] ?? "", kind: "grid", polygons: [],
        households: Int(households[index] ?? 0), buildings: 0, area: 0, perimeter: 0)
      grid.events = Int(events[index] ?? 0)
      return grid
    }
    self.init(
      name: name, grids: grids, communities: [], buildings: [], units: [], cameras: [], events: [], barriers: [],
      problems: [], certificates: [], totals: PlanTotals(incoming: 0, placed: 0, unplaced: 0, unrounded: 0),
      bounds: nil, isEstimated: false)
  }
}

extension PostLoad {
  /// The load of each post in the `workers.csv` that `balance` wrote beside a plan; none without it.
  static func all(in folder: NSString) throws -> [PostLoad] {
    let path = folder.appendingPathComponent("workers.csv")
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    let layer = try readLayer(path)
    let (posts, loads, minutes) = (layer.texts("post"), layer.numbers("load"), layer.numbers("total_min"))
    var result: [String: PostLoad] = [:]
    for index in layer.features.indices {
      guard let id = posts[index] else { continue }
      result[id, default: PostLoad(id: id, minutes: 0, load: loads[index])].minutes += minutes[index] ?? 0
    }
    return result.values.sorted { $0.id < $1.id }
  }
}
