internal import PlanModel

/// Redraws a layer of units: reads, cleans, searches, draws the borders of the grids.
public enum UnitRedraw {
  /// - Throws: errors of input with file, feature, field and remedy. Bounds that cannot be met are no
  ///   error: the outcome says which.
  public static func run(
    _ request: UnitRedrawRequest, progress: any PlanProgress = SilentProgress()
  ) throws -> UnitRedrawOutcome {
    let scenario = request.scenario()
    return UnitRedrawOutcome(try Planner.plan(scenario, progress: progress), request, weightField(scenario))
  }

  /// Plans for growing shares of what may move, each no worse than the one before by the first goal.
  public static func front(
    _ request: UnitRedrawRequest, shares: [Double] = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 1],
    progress: any PlanProgress = SilentProgress()
  ) throws -> MovedFront {
    let scenario = request.scenario()
    var clock = StepClock(progress: progress)
    let inputs = try clock.step("read", "reading layers", "读取图层") { try InputReader.read(scenario) }
    guard !inputs.grids.isEmpty else {
      throw ScenarioError(
        file: request.units, message: "nothing to move from: name the grids of today with --existing, a layer or a field")
    }
    let bounded = scenario.withBounds(of: inputs)
    var front = MovedFront()
    for share in shares {
      var step = bounded
      step.grids.maxMoved = share
      let outcome = try Planner.plan(inputs, step, &clock)
      front.add(share: share, UnitRedrawOutcome(outcome, request, weightField(scenario)))
    }
    return front
  }

  private static func weightField(_ scenario: Scenario) -> String {
    scenario.layers[.units]?.fields[.households] ?? "households"
  }
}

/// Plans by the share of households that may change grid.
public struct MovedFront: Sendable {
  public struct Step: Sendable {
    public var share: Double
    public var outcome: UnitRedrawOutcome
  }

  public private(set) var steps: [Step] = []

  /// A plan that is worse than the one before, which may move less, gives way to that.
  mutating func add(share: Double, _ outcome: UnitRedrawOutcome) {
    let before = steps.last?.outcome
    let isWorse = before.map { $0.rank < outcome.rank } ?? false
    steps.append(Step(share: share, outcome: isWorse ? before! : outcome))
  }
}
