internal import Checks
internal import Georeference
internal import MapFiles
internal import PlanModel

/// Audits one district: takes or draws its grids, checks them, balances their work, and looks at
/// what its cameras see.
enum DistrictAudit {
  static func row(name: String, scenario path: String, dropsPersonalColumns: Bool) throws -> AuditRow {
    var request = BalanceRequest(path: path)
    request.dropsPersonalColumns = dropsPersonalColumns
    let source = try BalanceSource(request)
    let scenario = source.scenario
    let inputs = try InputReader.read(scenario)
    var clock = StepClock(progress: SilentProgress())
    let outcome = try Planner.plan(inputs, scenario, &clock)
    let ground = try BalanceGround(inputs, source, plan: outcome.plan)
    let balance = try Balancer.work(ground, inputs, request, source, &clock)
    let findings = try check(outcome, inputs, scenario)
    return AuditRow(name: name, outcome: outcome, balance: balance, findings: findings)
  }

  /// What `gridplan check` finds in the layers of a district: in the grids of today against their
  /// communities and buildings, in drawn grids among themselves, and in the communities, buildings or
  /// units that they are made of.
  private static func check(_ outcome: PlanOutcome, _ inputs: PlanInputs, _ scenario: Scenario) throws -> [Finding] {
    let check = LayerChecks(inputs: inputs, barriers: outcome.plan.barriers.isEmpty ? nil : try outcome.layers.barriers())
    var findings =
      scenario.grids.source == .existing
      ? try check.given(.grids, .grids, isPlaced: true) : try check.run(outcome.layers.printedGrids(), .grids, codeField: "code")
    findings += try check.given(.communities, .units)
    findings += try check.given(.buildings, .buildings)
    findings += try check.given(.units, .units)
    return findings
  }
}

/// Runs `check` on the layers of a scenario as their files have them.
private struct LayerChecks {
  let inputs: PlanInputs
  let barriers: Layer?

  /// - Parameter isPlaced: whether it is held against the communities and buildings as well.
  func given(_ layer: GridPlan.LayerKind, _ kind: Checks.LayerKind, isPlaced: Bool = false) throws -> [Finding] {
    guard let checked = self.layer(layer) else { return [] }
    return try run(
      checked, kind, codeField: layer == .buildings ? nil : column(.code, layer),
      parents: isPlaced ? self.layer(.communities) : nil, buildings: isPlaced ? self.layer(.buildings) : nil)
  }

  func run(
    _ layer: Layer, _ kind: Checks.LayerKind, codeField: String?, parents: Layer? = nil, buildings: Layer? = nil
  ) throws -> [Finding] {
    var options = CheckOptions()
    options.kind = kind
    options.workingCRS = inputs.workingCRS.crs
    options.codeField = codeField
    options.parentCodeField = parents == nil ? nil : column(.code, .communities)
    return try check(layer, parents: parents, buildings: buildings, barriers: barriers, options: options)
  }

  private func layer(_ kind: GridPlan.LayerKind) -> Layer? {
    inputs.layers.first { $0.kind == kind }.map { input in
      var layer = input.layer
      layer.crs = inputs.workingCRS.crs
      return layer
    }
  }

  private func column(_ role: FieldRole, _ kind: GridPlan.LayerKind) -> String? {
    guard let layer = inputs.layers.first(where: { $0.kind == kind }), let column = layer.columns[role] else { return nil }
    return layer.layer.fields[column]
  }
}
