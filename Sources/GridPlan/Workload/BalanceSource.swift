/// Where a balance gets its grids from: a scenario, or a plan that was written before, which is
/// read as a scenario of its own.
struct BalanceSource {
  var scenario: Scenario
  /// Whether the grids are those of a plan on disk, whose counts stand in `grids.geojson`.
  var isPlan: Bool

  init(_ request: BalanceRequest) throws {
    if let plan = WrittenPlan(request.path) {
      scenario = try plan.scenario()
      isPlan = true
    } else {
      scenario = try Scenario(contentsOf: request.path)
      isPlan = false
    }
    if let file = request.servicesFile {
      let other = try Scenario(contentsOf: file)
      (scenario.services, scenario.workload) = (other.services, other.workload)
    }
    for (kind, file) in [
      (LayerKind.workers, request.workersFile), (.streets, request.streetsFile), (.events, request.eventsFile),
    ] {
      guard let file else { continue }
      scenario.layers[kind] = LayerSource(file: file).fromHere()
    }
    scenario.dropPersonalColumns = scenario.dropPersonalColumns || request.dropsPersonalColumns
    scenario.minCount = request.minCount ?? scenario.minCount
  }
}
