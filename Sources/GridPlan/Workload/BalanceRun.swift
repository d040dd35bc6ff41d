internal import PlanModel
internal import Planar
internal import Workload

/// Turns services into minutes, minutes into posts, and shows where it is unfair and what would
/// mend it.
public enum Balancer {
  /// - Throws: errors of input; `BalanceError` where services, constants or hours make no sense.
  public static func balance(
    _ request: BalanceRequest, progress: any PlanProgress = SilentProgress()
  ) throws -> BalanceOutcome {
    var clock = StepClock(progress: progress)
    let source = try BalanceSource(request)
    let inputs = try clock.step("read", "reading layers", "读取图层") { try InputReader.read(source.scenario) }
    let ground = try clock.step("grids", "taking grids", "读取网格") { try BalanceGround(inputs, source) }
    let work = try Self.work(ground, inputs, request, source, &clock)
    return BalanceOutcome(work: work, request: request, inputs: inputs, timings: clock.timings)
  }

  /// The balance of grids that have been taken or drawn.
  static func work(
    _ ground: BalanceGround, _ inputs: PlanInputs, _ request: BalanceRequest, _ source: BalanceSource,
    _ clock: inout StepClock
  ) throws -> BalanceWork {
    var work = try BalanceWork(ground, request, source)
    clock.step("travel", "measuring ways", "计算路程") { work.measureWays() }
    clock.step("workload", "computing workload", "计算工作量") { work.computeMinutes() }
    clock.step("staffing", "assigning posts", "分配人员") { work.assignPosts() }
    try clock.step("periods", "appraisal periods", "考核周期") { try work.appraise(inputs) }
    return work
  }
}

/// A balance in the making.
struct BalanceWork {
  var ground: BalanceGround
  let request: BalanceRequest
  let scenario: Scenario
  let services: [Service]
  let isAssumed: Bool
  let constants: WorkloadConstants
  let unit: AppraisalUnit
  var faults: [WorkloadFault]
  var measured: [MeasuredWays] = []
  var network: StreetNetwork?
  var loads: [GridWorkload] = []
  var problem: StaffingProblem?
  var staffing: Staffing?
  var today: Staffing?
  var periods: [AppraisalRow] = []
  var sensitivities: [Sensitivity] = []

  init(_ ground: BalanceGround, _ request: BalanceRequest, _ source: BalanceSource) throws {
    self.ground = ground
    self.request = request
    scenario = source.scenario
    isAssumed = scenario.services.isEmpty
    services = isAssumed ? defaultServices : scenario.services
    constants = scenario.workload
    guard let unit = AppraisalUnit(rawValue: request.period) else {
      throw BalanceError(description: "\(request.period) is no period; week, month, quarter and year are")
    }
    self.unit = unit
    faults = workloadFaults(
      services: services, constants: constants, workers: ground.workers, grids: Set(ground.positions.keys))
    let errors = faults.filter(\.isError)
    guard errors.isEmpty else {
      throw BalanceError(
        description: errors.map { "\(scenario.file): \($0.key): \($0.english)" }.joined(separator: "\n"))
    }
  }

  /// Rounds along the streets, where there are any.
  mutating func measureWays() {
    guard !ground.streets.isEmpty else { return }
    let network = StreetNetwork(ground.streets)
    guard !network.isEmpty else { return }
    self.network = network
    measured = measuredWays(of: ground.places, on: network, constants: constants)
    for grid in measured.indices { ground.demands[grid].ways = measured[grid].ways }
  }

  mutating func computeMinutes() {
    loads = workload(of: ground.demands, services: services, constants: constants)
    sensitivities = Workload.sensitivities(of: ground.demands, services: services, constants: constants)
  }

  mutating func assignPosts() {
    guard !ground.workers.isEmpty else { return }
    let problem = staffingProblem()
    self.problem = problem
    staffing = problem.solve()
    let grids = ground.workers.map { $0.grids.compactMap { ground.positions[$0] } }
    if grids.contains(where: { !$0.isEmpty }) { today = problem.today(grids) }
  }

  private func staffingProblem() -> StaffingProblem {
    var bases: [Point] = []
    var number: [Point: Int] = [:]
    for base in ground.workers.compactMap(\.base) where number[base] == nil {
      number[base] = bases.count
      bases.append(base)
    }
    let posts = ground.workers.map { worker in
      StaffingProblem.Post(
        id: worker.id, minutes: minutes(of: worker), skills: worker.skills, base: worker.base.flatMap { number[$0] },
        known: (worker.grids + worker.knows).compactMap { ground.positions[$0] })
    }
    let needs = loads.enumerated().flatMap { grid, load in
      load.skillMinutes.map { StaffingProblem.Need(grid: grid, skill: $0.skill, minutes: $0.minutes) }
    }
    return StaffingProblem(
      posts: posts, needs: needs, grids: ground.plan.grids.map(\.code), places: ground.middles,
      wayShares: wayShares(bases), onlyKnown: request.onlyKnown,
      evenness: request.levelsAll.map { $0 ? .all : .largest }, slack: request.slack)
  }

  /// Working minutes of a post in a year.
  private func minutes(of worker: Worker) -> Double {
    let part = (worker.hoursPerWeek ?? constants.hoursPerWeek) / constants.hoursPerWeek
    return 60 * constants.hoursPerYear * part
  }

  /// Minutes on the way for a minute of work, from each base to each grid, at the mix of modes of
  /// the grid's services.
  private func wayShares(_ bases: [Point]) -> [[Double]] {
    let network = network ?? StreetNetwork([])
    let ways = baseWays(
      from: bases, to: ground.places, middles: ground.middles, on: network, constants: constants)
    return ways.map { row in
      row.enumerated().map { grid, metres in
        let load = loads[grid]
        let total = load.services.reduce(0) { $0 + $1.total }
        guard total > 0 else { return 0 }
        return load.services.reduce(0) { sum, service in
          let speed = constants.speed(service.mode, in: load.setting)
          return sum + service.total / total * dayShare(ofWay: metres, speed: speed, constants)
        }
      }
    }
  }

  // MARK: Periods

  /// Events and visits by period.
  mutating func appraise(_ inputs: PlanInputs) throws {
    var dated = ground.events.map { DatedWork(grid: $0.grid, time: $0.reported, minutes: eventMinutes) }
    if let file = request.visitsFile {
      dated += try VisitTable(file, ground.positions, dropsPersonalColumns: request.dropsPersonalColumns).work
    }
    periods = appraisal(of: dated, by: unit, grids: ground.plan.grids.count)
  }

  /// Minutes that one event asks for, all services of events together.
  private var eventMinutes: Double {
    services.filter { $0.per == .event }.reduce(0) { $0 + $1.timesPerYear * $1.minutes }
  }
}
