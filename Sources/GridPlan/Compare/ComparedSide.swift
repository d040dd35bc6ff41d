internal import Georeference
internal import MapFiles
internal import PlanModel
internal import Planar
internal import Workload

/// One of two plans that are compared: its grids, and whatever carries its households.
struct ComparedSide {
  /// As the user named it.
  let path: String
  let name: String
  let isPlan: Bool
  let report: WrittenReport?
  let crs: CRSDescription
  let services: [Service]
  let constants: WorkloadConstants
  var grids: [ComparedGrid]
  /// Buildings or units with households, and where the plan put each.
  let homes: ComparedHomes?
  let problems: [PlanProblem]

  /// - Parameters:
  ///   - code: the field with the codes of a layer that is no plan.
  ///   - crs: the working CRS; chosen where nil.
  init(_ path: String, code: String?, crs: String?, dropsPersonalColumns: Bool) throws {
    let written = WrittenPlan(path)
    var scenario = try written?.scenario() ?? Self.scenario(ofLayer: path, code: code)
    scenario.crs = crs ?? scenario.crs
    scenario.dropPersonalColumns = dropsPersonalColumns
    let inputs = try InputReader.read(scenario)
    self.path = path
    isPlan = written != nil
    name = scenario.name
    report = written?.report
    self.crs = inputs.workingCRS
    services = scenario.services.isEmpty ? defaultServices : scenario.services
    constants = scenario.workload
    problems = inputs.problems
    grids = try ComparedGrid.all(inputs, isPlan: written != nil)
    homes = ComparedHomes(inputs, positions: Dictionary(
      grids.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first }))
    guard !grids.isEmpty else { throw CompareError(description: "\(path): no grid has an area. Name a layer of polygons") }
  }

  private static func scenario(ofLayer path: String, code: String?) throws -> Scenario {
    var scenario = try Scenario(text: "{layers: {}, grids: {from: existing}}", file: path)
    scenario.layers[.grids] = LayerSource(file: path, fields: code.map { [.code: $0] } ?? [:]).fromHere()
    return scenario
  }
}

/// A grid of one of the plans.
struct ComparedGrid {
  var code: String
  var name: String?
  var parent: String?
  var polygons: [Polygon]
  /// m²
  var area: Double
  /// Households as the plan states them, or added up.
  var households: Int?
  /// Minutes a year as the plan states them, or reckoned.
  var workload: Double?

  var box: Box { polygons.reduce(into: .empty) { $0.formUnion($1.box) } }

  static func all(_ inputs: PlanInputs, isPlan: Bool) throws -> [ComparedGrid] {
    var grids = inputs.grids.map {
      ComparedGrid(
        code: $0.code, name: $0.name, parent: $0.parent, polygons: $0.polygons,
        area: $0.polygons.reduce(0) { $0 + $1.area })
    }
    guard isPlan, let layer = inputs.layers.first(where: { $0.kind == .grids })?.layer else { return grids }
    let position = Dictionary(grids.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    let (code, households) = (layer.index(of: "code"), layer.index(of: "households"))
    let workload = layer.index(of: "workload_min")
    for feature in layer.features {
      guard let grid = code.flatMap({ feature.values[$0].asText }).flatMap({ position[$0] }) else { continue }
      grids[grid].households = households.flatMap { feature.values[$0].asNumber }.map { Int($0) }
      grids[grid].workload = workload.flatMap { feature.values[$0].asNumber }
    }
    return grids
  }
}
