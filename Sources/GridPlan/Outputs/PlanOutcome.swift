import Foundation
internal import Georeference
internal import MapFiles
internal import MapPage
public import PlanModel
internal import Workload

/// A plan with what is needed to report and to write it.
public struct PlanOutcome: Sendable {
  public let plan: Plan
  public let report: PlanReport
  let layers: PlanLayers
  let divisionNames: [String: String]
  /// What the cameras see; nil where nothing was audited.
  public let coverage: CoverageAudit?
  /// The page that is written with it.
  let mapChoice: MapChoice
  /// The scenario's streets, to draw.
  let streets: [MapStreet]
  /// The scenario's key places, to draw.
  let keyPlaces: [MarkLayer.Mark]
  private let workingCRS: CRS
  /// Layers of an audit that was made before the plan was edited.
  private let keptAudit: CoverageLayers?

  init(
    scenario: Scenario, inputs: PlanInputs, plan: Plan, profile: WorkloadProfile, coverage: CoverageAudit?,
    timings: [String: Double]
  ) throws {
    self.plan = plan
    self.coverage = coverage
    keptAudit = nil
    workingCRS = inputs.workingCRS.crs
    let back = try Transformation(
      from: inputs.workingCRS.crs, to: .crs84, allowBallpark: scenario.allowBallpark)
    layers = PlanLayers(plan: plan, toDegrees: back, weightNames: scenario.grids.redraw.weights.map(\.field))
    divisionNames = inputs.divisionNames
    mapChoice = scenario.map
    streets = inputs.streets.map(MapStreet.init)
    keyPlaces = inputs.keyPlaces.compactMap { place in place.point.map { .init(id: place.id, point: $0) } }
    report = PlanReport(scenario, inputs, plan, profile, coverage, timings)
  }

  /// A plan whose report is made already.
  init(
    plan: Plan, report: PlanReport, workingCRS: CRS, divisionNames: [String: String], weightNames: [String],
    audit: CoverageLayers?, map: MapChoice
  ) throws {
    self.plan = plan
    coverage = nil
    keptAudit = audit
    self.report = report
    self.divisionNames = divisionNames
    self.workingCRS = workingCRS
    layers = PlanLayers(
      plan: plan, toDegrees: try Transformation(from: workingCRS, to: .crs84, allowBallpark: true), weightNames: weightNames)
    mapChoice = map
    streets = []
    keyPlaces = []
  }

  /// What to print on a terminal.
  public func summary(folder: String?, files: [String]) -> PlanSummary {
    PlanSummary(plan: plan, report: report, folder: folder, files: files)
  }

  /// Writes the exact plan, for the office, into `folder`: all files, or none.
  ///
  /// - Returns: the names of the files.
  /// - Throws: `MapFileError` (`cannotWrite`); files that were there stay whole.
  public func write(to folder: String, language: Language = .english) throws -> [String] {
    try write(to: folder, tables: [], language: language)
  }

  /// The same with further tables, each a CSV file of its name.
  func write(to folder: String, tables: [Layer], language: Language = .english) throws -> [String] {
    let published = mapChoice == .published ? try publication(against: nil) : nil
    return try write(
      mapLayers(publication: nil), levels: plan.levelsLayer(names: divisionNames), tables,
      packaged: GroundLayers(plan: plan, working: workingCRS, weightNames: layers.weightNames).all, report: report, page: page(published, language),
      to: folder)
  }

  /// Writes the set that may leave the office: no counts at buildings, small counts left out, also
  /// where totals would give them away.
  ///
  /// Files of the exact plan that have no place in the published one are removed from `folder`.
  ///
  /// - Parameters:
  ///   - folder: where to write.
  ///   - earlier: the folder of a publication of the same place: figures that its subtraction would give away
  ///     are left out as well.
  ///   - language: of the sentences in the files.
  public func publish(
    to folder: String, against earlier: String? = nil, language: Language = .english
  ) throws -> [String] {
    let publication = try publication(against: earlier)
    let files = try write(
      mapLayers(publication: publication), levels: plan.levelsLayer(names: divisionNames, publication),
      report: publishedReport(publication), page: page(publication, language), to: folder)
    for name in ["workers.csv", "workload.csv", "views.geojson"] where !files.contains(name) {
      try? FileManager.default.removeItem(atPath: (folder as NSString).appendingPathComponent(name))
    }
    return files
  }

  /// Whether the plan should have a page and cannot, for want of Leaflet; then what to do about it.
  public var pageProblem: String? { mapChoice == .none ? nil : PlanMap.leafletProblem }

  /// The plan's page in parts; nil where it is not wanted or cannot be drawn.
  private func page(_ publication: Publication?, _ language: Language) throws -> [String]? {
    guard mapChoice != .none, PlanMap.leafletProblem == nil else { return nil }
    return try map(publication).page(language)
  }

  /// The report of the exact plan, or of the published one.
  public func report(published: Bool, against earlier: String? = nil) throws -> PlanReport {
    published ? publishedReport(try publication(against: earlier)) : report
  }

  /// What the protection against an earlier publication comes to.
  public func subtraction(against earlier: String) throws -> SubtractionFigures? {
    try publication(against: earlier).subtraction
  }

  func publication(against path: String?) throws -> Publication {
    let earlier = try path.map { try EarlierPublication($0, working: CRS(report.crs.working)) }
    return try Publication(plan, names: divisionNames, minCount: report.settings.minCount, against: earlier)
  }

  /// - Parameter packaged: layers that only the GeoPackage has.
  private func write(
    _ mapLayers: [Layer], levels: Layer, _ tables: [Layer] = [], packaged: [Layer] = [], report: PlanReport,
    page: [String]?, to folder: String
  ) throws -> [String] {
    try makeFolder(folder)
    let stage = StagedFiles()
    var names: [String] = []
    func path(_ name: String) -> String {
      names.append(name)
      return (folder as NSString).appendingPathComponent(name)
    }
    for layer in mapLayers {
      try writeGeoJSON(layer, to: path("\(layer.name).geojson"), in: stage, style: CoverageLayers.style(of: layer))
    }
    for table in [levels] + tables { try writeCSV(table, to: path("\(table.name).csv"), in: stage) }
    let styles = (mapLayers + packaged).compactMap { layer in
      PlanStyles.qml(for: layer.name).map { (layer.name, QGISStyle(name: "gridplan", qml: $0)) }
    }
    _ = try writeGeoPackage(
      mapLayers + packaged, to: path("plan.gpkg"), in: stage, styles: Dictionary(uniqueKeysWithValues: styles),
      promotesToMulti: true)
    try stage.write(report.json, to: path("report.json"))
    if let page { try stage.write(parts: page, to: path("map.html")) }
    try stage.commit()
    // A page of an earlier plan would tell of other grids.
    if page == nil { try? FileManager.default.removeItem(atPath: (folder as NSString).appendingPathComponent("map.html")) }
    return names
  }

  func mapLayers(publication: Publication?) throws -> [Layer] {
    var grids = try layers.grids()
    var buildings = try layers.buildings()
    var units = try layers.units()
    var problems = try layers.problems()
    if let publication {
      grids = layers.published(grids: grids, publication)
      buildings = layers.published(homes: buildings)
      units = layers.published(homes: units)
      problems = layers.published(problems: problems)
    }
    var result = [grids, buildings, problems, try layers.communities()]
    if !plan.units.isEmpty { result.append(units) }
    if !plan.microGrids.isEmpty, publication == nil { result.append(try layers.microGrids()) }
    if !plan.barriers.isEmpty { result.append(try layers.barriers()) }
    if let audited = try coverage?.layers(layers.toDegrees) ?? keptAudit {
      result += (publication == nil ? audited : audited.published).all
    } else if !plan.cameras.isEmpty {
      result.append(try layers.points(plan.cameras, name: "cameras"))
    }
    if !plan.events.isEmpty, publication == nil { result.append(try layers.points(plan.events, name: "events")) }
    return result
  }

  /// The report without figures that rest on a small count.
  func publishedReport(_ publication: Publication) -> PlanReport {
    var result = report
    result.published = true
    let isSmall = (1..<report.settings.minCount).contains(report.totals.unplaced ?? 0)
    if isSmall { (result.totals.in, result.totals.unplaced, result.totals.unrounded) = (nil, nil, nil) }
    result.addressJoins = nil
    if isSmallMove(result.redraw?.moved) { result.redraw?.hideMoves() }
    if publication.hidesAny { (result.balance.min, result.balance.max) = (nil, nil) }
    result.coverage = report.coverage?.published(minCount: report.settings.minCount)
    for index in result.certificates.indices {
      result.certificates[index].message = "see the report of the working plan"
      result.certificates[index].message_zh = "见内部方案的报告"
    }
    return result
  }
}

extension PlanOutcome {
  private func isSmallMove(_ moved: Int?) -> Bool { (1..<report.settings.minCount).contains(moved ?? 0) }
}

extension PlanReport {
  init(
    _ scenario: Scenario, _ inputs: PlanInputs, _ plan: Plan, _ profile: WorkloadProfile,
    _ coverage: CoverageAudit?, _ timings: [String: Double]
  ) {
    name = plan.name
    published = false
    feasible = plan.isFeasible
    seed = scenario.grids.seed
    crs = CRSFigures(
      working: inputs.workingCRS.crs.definition, name: inputs.workingCRS.name, stated: scenario.crs != nil)
    self.inputs = inputs.layers.map(Input.init)
    settings = Settings(scenario, profile, workersFrom: inputs.posts.isEmpty ? "workload" : "posts")
    totals = Totals(
      in: plan.totals.incoming, out: plan.totals.placed, unplaced: plan.totals.unplaced,
      unrounded: plan.totals.unrounded.rounded(to: 3), rounding: "each count to the nearest whole household, halves up",
      grids: plan.grids.count, communities: plan.communities.count, buildings: plan.buildings.count,
      estimated: plan.isEstimated)
    balance = Balance(of: plan)
    self.coverage = coverage?.report.findings
    redraw = Redraw(plan.redraw)
    problems = Self.counted(plan.problems)
    addressJoins = plan.addressJoins.isEmpty ? nil : plan.addressJoins.map(AddressJoinFigures.init)
    certificates = plan.certificates.map(CertificateLine.init)
    loop = plan.loop.map(Loop.init)
    settings.hours = plan.loop?.bounds
    self.timings = timings
  }

  static func counted(_ problems: [PlanProblem]) -> [String: Int] {
    Dictionary(problems.map { ($0.rule, 1) }, uniquingKeysWith: +)
  }
}

extension PlanReport.Loop {
  init(_ loop: WorkloadLoop.Result) {
    converged = loop.isConverged
    turns = loop.turns.map { turn in
      Turn(
        cv: turn.balance.cv?.rounded(to: 5), gini: turn.balance.gini?.rounded(to: 5),
        maxDeviation: turn.balance.maxDeviation?.rounded(to: 5), moved: turn.moved, largestError: turn.error.rounded(to: 5),
        missedHours: (turn.missed / 60).rounded(to: 2), missedHouseholds: turn.missedHouseholds)
    }
  }
}

extension PlanReport.CertificateLine {
  init(_ certificate: PlanCertificate) {
    kind = certificate.kind
    blocking = certificate.isBlocking
    parent = certificate.parent
    message = certificate.english
    message_zh = certificate.chinese
  }
}

extension PlanReport.Input {
  init(_ layer: InputLayer) {
    file = layer.source.file
    role = layer.kind.rawValue
    sha256 = layer.checksum
    self.layer = layer.layer.name
    crs = layer.crs.definition
    crsFrom = layer.crsOrigin.rawValue
    features = layer.layer.features.count
    `where` = layer.source.filter?.text
    func names(_ roles: [FieldRole]) -> [String: String] {
      Dictionary(
        roles.compactMap { role in layer.columns[role].map { (role.rawValue, layer.layer.fields[$0]) } },
        uniquingKeysWith: { first, _ in first })
    }
    recognised = names(layer.recognised)
    mapped = names(layer.columns.keys.filter { !layer.recognised.contains($0) })
  }
}

extension PlanReport.Settings {
  init(_ scenario: Scenario, _ profile: WorkloadProfile, workersFrom: String) {
    let rules = scenario.grids
    from = rules.source.rawValue
    min = rules.source == .existing || rules.boundsHouseholds ? rules.households.min : 0
    ideal = rules.households.ideal
    max = rules.source == .existing || rules.boundsHouseholds ? rules.households.max : .max / 4
    count = rules.count.map(String.init) ?? "auto"
    oversize = rules.oversize.rawValue
    effort = rules.effort.rawValue
    minCount = scenario.minCount
    bounded = rules.boundsHouseholds
    balance = rules.balance.rawValue
    micro = rules.micro
    kinds = rules.kinds
    self.workersFrom = workersFrom
    services = profile.services
    servicesAssumed = profile.isAssumed
    workload = profile.constants
  }
}
