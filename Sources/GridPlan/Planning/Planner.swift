internal import Georeference
internal import PlanModel
internal import Planar

/// Does the whole job for one scenario: read, check, project, draw or take grids, assign, measure.
public enum Planner {
  /// - Parameters:
  ///   - scenario: what to read and what to do.
  ///   - progress: told of each step as it begins.
  /// - Throws: errors of input with file, feature, field and remedy; `PlanError` where households
  ///   would be lost on the way.
  public static func plan(
    _ scenario: Scenario, progress: any PlanProgress = SilentProgress()
  ) throws -> PlanOutcome {
    var clock = StepClock(progress: progress)
    let inputs = try clock.step("read", "reading layers", "读取图层") { try InputReader.read(scenario) }
    return try plan(inputs, scenario, &clock)
  }

  /// The same for layers that have been read.
  static func plan(_ inputs: PlanInputs, _ scenario: Scenario, _ clock: inout StepClock) throws -> PlanOutcome {
    let scenario = scenario.withBounds(of: inputs)
    var drawn = try clock.step("draw", "drawing grids", "划分网格") {
      try scenario.grids.source == .existing
        ? ExistingPlan.take(inputs, scenario) : Drawing.draw(inputs, scenario)
    }
    clock.step("assign", "assigning", "落位") { assignPoints(inputs, scenario, &drawn) }
    let profile = clock.step("workload", "computing workload", "计算工作量") {
      WorkloadStep.apply(inputs, scenario, &drawn)
    }
    if let loop = drawn.loop { drawn.markWork(loop.bounds) }
    let coverage = try clock.step("coverage", "auditing cameras", "核查摄像机") {
      try CoverageStep.audit(inputs, scenario, &drawn)
    }
    finish(&drawn)
    drawn.register = CodeRegister(
      drawn.grids, today: inputs.grids, used: inputs.usedCodes, locked: scenario.grids.redraw.locked)
    try checkTotals(drawn)
    return try PlanOutcome(
      scenario: scenario, inputs: inputs, plan: drawn, profile: profile, coverage: coverage, timings: clock.timings)
  }

  private static func assignPoints(_ inputs: PlanInputs, _ scenario: Scenario, _ plan: inout Plan) {
    let locator = GridLocator(plan.grids)
    func file(_ kind: LayerKind) -> String { scenario.layers[kind]?.file ?? "" }
    plan.cameras = locator.place(
      inputs.cameras, rule: "stray-camera", file: file(.cameras), problems: &plan.problems)
    plan.events = locator.place(inputs.events, rule: "stray-event", file: file(.events), problems: &plan.problems)
    countPoints(&plan)
  }

  /// Counts the cameras and events of each grid and micro-grid.
  static func countPoints(_ plan: inout Plan) {
    let position = Dictionary(
      plan.grids.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    for camera in plan.cameras { camera.grid.flatMap { position[$0] }.map { plan.grids[$0].cameras += 1 } }
    for event in plan.events { event.grid.flatMap { position[$0] }.map { plan.grids[$0].events += 1 } }
    guard !plan.microGrids.isEmpty else { return }
    let micro = GridLocator(plan.microGrids)
    for point in plan.cameras.compactMap(\.point) { micro.grid(at: point).map { plan.microGrids[$0].cameras += 1 } }
    for point in plan.events.compactMap(\.point) { micro.grid(at: point).map { plan.microGrids[$0].events += 1 } }
  }

  static func finish(_ plan: inout Plan) {
    let mean = Double(plan.totals.placed) / Double(max(1, plan.grids.count))
    for index in plan.grids.indices {
      plan.grids[index].deviation = mean > 0 ? Double(plan.grids[index].households) / mean - 1 : 0
      plan.grids[index].isEstimated = plan.isEstimated
    }
    let microMean = Double(plan.microGrids.reduce(0) { $0 + $1.households }) / Double(max(1, plan.microGrids.count))
    for index in plan.microGrids.indices where microMean > 0 {
      plan.microGrids[index].deviation = Double(plan.microGrids[index].households) / microMean - 1
    }
  }

  /// The total that went in comes out: in grids, or listed as unplaced.
  static func checkTotals(_ plan: Plan) throws {
    let inGrids = plan.grids.reduce(0) { $0 + $1.households }
    guard inGrids == plan.totals.placed, plan.totals.incoming == plan.totals.placed + plan.totals.unplaced else {
      throw PlanError(
        "households were lost on the way: \(plan.totals.incoming) in, \(inGrids) in grids, \(plan.totals.unplaced) unplaced")
    }
  }
}

/// A plan could not be made, or would have been wrong.
public struct PlanError: Error, Sendable, CustomStringConvertible {
  public var description: String

  init(_ description: String) { self.description = description }
}
