import Foundation
internal import Georeference
internal import MapFiles
internal import PlanModel
internal import Workload

/// A plan with what is needed to report and to write it.
public struct PlanOutcome: Sendable {
  public let plan: Plan
  public let report: PlanReport
  let layers: PlanLayers
  let divisionNames: [String: String]

  init(
    scenario: Scenario, inputs: PlanInputs, plan: Plan, profile: WorkloadProfile, timings: [String: Double]
  ) throws {
    self.plan = plan
    let back = try Transformation(
      from: inputs.workingCRS.crs, to: .crs84, allowBallpark: scenario.allowBallpark)
    layers = PlanLayers(plan: plan, toDegrees: back)
    divisionNames = inputs.divisionNames
    report = PlanReport(scenario, inputs, plan, profile, timings)
  }

  /// What to print on a terminal.
  public func summary(folder: String?, files: [String]) -> PlanSummary {
    PlanSummary(plan: plan, report: report, folder: folder, files: files)
  }

  /// Writes all files of the plan into `folder`: all of them, or none.
  ///
  /// - Returns: the names of the files.
  /// - Throws: `MapFileError` (`cannotWrite`); files that were there stay whole.
  public func write(to folder: String) throws -> [String] {
    try makeFolder(folder)
    let stage = StagedFiles()
    var names: [String] = []
    func path(_ name: String) -> String {
      names.append(name)
      return (folder as NSString).appendingPathComponent(name)
    }
    let mapLayers = try mapLayers()
    for layer in mapLayers { try writeGeoJSON(layer, to: path("\(layer.name).geojson"), in: stage) }
    try writeCSV(plan.levelsLayer(names: divisionNames), to: path("levels.csv"), in: stage)
    try writeGeoPackage(mapLayers, to: path("plan.gpkg"), in: stage)
    try stage.write(report.json, to: path("report.json"))
    try stage.commit()
    return names
  }

  private func mapLayers() throws -> [Layer] {
    var result = [try layers.grids(), try layers.buildings(), try layers.problems(), try layers.communities()]
    if !plan.units.isEmpty { result.append(try layers.units()) }
    if !plan.barriers.isEmpty { result.append(try layers.barriers()) }
    if !plan.cameras.isEmpty { result.append(try layers.points(plan.cameras, name: "cameras")) }
    if !plan.events.isEmpty { result.append(try layers.points(plan.events, name: "events")) }
    return result
  }
}

func makeFolder(_ folder: String) throws {
  do {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  } catch {
    throw MapFileError(
      .cannotWrite, file: folder, message: "the folder cannot be made: \(error.localizedDescription)",
      remedy: "Name another place with -o")
  }
}

extension PlanReport {
  init(
    _ scenario: Scenario, _ inputs: PlanInputs, _ plan: Plan, _ profile: WorkloadProfile,
    _ timings: [String: Double]
  ) {
    name = plan.name
    published = false
    feasible = plan.isFeasible
    seed = scenario.grids.seed
    crs = CRSFigures(
      working: inputs.workingCRS.crs.definition, name: inputs.workingCRS.name, stated: scenario.crs != nil)
    self.inputs = inputs.layers.map(Input.init)
    settings = Settings(scenario, profile)
    totals = Totals(
      in: plan.totals.incoming, out: plan.totals.placed, unplaced: plan.totals.unplaced,
      unrounded: plan.totals.unrounded.rounded(to: 3), rounding: "each count to the nearest whole household, halves up",
      grids: plan.grids.count, communities: plan.communities.count, buildings: plan.buildings.count,
      estimated: plan.isEstimated)
    balance = Balance(of: plan)
    problems = Dictionary(plan.problems.map { ($0.rule, 1) }, uniquingKeysWith: +)
    certificates = plan.certificates.map {
      CertificateLine(
        kind: $0.kind, blocking: $0.isBlocking, parent: $0.parent, message: $0.english, message_zh: $0.chinese)
    }
    self.timings = timings
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
  init(_ scenario: Scenario, _ profile: WorkloadProfile) {
    let rules = scenario.grids
    from = rules.source.rawValue
    min = rules.households.min
    ideal = rules.households.ideal
    max = rules.households.max
    count = rules.count.map(String.init) ?? "auto"
    oversize = rules.oversize.rawValue
    effort = rules.effort.rawValue
    minCount = scenario.minCount
    services = profile.services
    servicesAssumed = profile.isAssumed
    workload = profile.constants
  }
}
