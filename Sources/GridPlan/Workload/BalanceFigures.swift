internal import PlanModel
internal import Workload

extension BalanceReport {
  init(_ work: BalanceWork, _ request: BalanceRequest, timings: [String: Double]) {
    name = work.scenario.name
    published = request.isPublished
    grids = work.ground.plan.grids.count
    settings = Settings(
      services: work.services, servicesAssumed: work.isAssumed, workload: work.constants, period: work.unit.rawValue,
      onlyKnown: request.onlyKnown, slack: request.slack)
    self.work = Work(work)
    travel = Travel(work)
    balance = ["gridMinutes": Measures(work.loads.map(\.totalMinutes))]
    // Posts and what they lack stay in the office.
    today = published ? nil : work.today.map { Staff($0, work) }
    staffing = published ? nil : work.staffing.map { Staff($0, work) }
    spanOfControl = Span.all(work)
    sensitivity = work.sensitivities.map {
      Assumption(
        assumption: $0.assumption, value: $0.value, tenthLower: $0.lower.rounded(to: 5), tenthHigher: $0.higher.rounded(to: 5))
    }
    events = Events(work, isPublished: published)
    warnings = work.faults.map { Warning(key: $0.key, message: $0.english, message_zh: $0.chinese) }
    self.timings = timings
  }
}

extension BalanceReport.Work {
  init(_ work: BalanceWork) {
    let loads = work.loads
    func hours(_ minutes: Double) -> Double { (minutes / 60).rounded(to: 2) }
    self.hours = hours(loads.reduce(0) { $0 + $1.totalMinutes })
    serviceHours = hours(loads.reduce(0) { $0 + $1.serviceMinutes.reduce(0, +) })
    roundHours = hours(loads.reduce(0) { $0 + $1.travelMinutes })
    setupHours = hours(loads.reduce(0) { $0 + $1.setupMinutes })
    byService = [:]
    for (index, service) in work.services.enumerated() {
      byService[service.name] = hours(loads.reduce(0) { $0 + $1.services[index].total })
    }
    var minutes: [String: Double] = [:]
    for load in loads { for (skill, amount) in load.skillMinutes { minutes[skill, default: 0] += amount } }
    bySkill = minutes.mapValues(hours)
    let year = 60 * work.constants.hoursPerYear
    postsNeeded = loads.reduce(0) { $0 + $1.workersNeeded }.rounded(to: 3)
    postsNeededBySkill = minutes.mapValues { ($0 / year).rounded(to: 3) }
    estimated = work.ground.plan.isEstimated
  }
}

extension BalanceReport.Travel {
  init(_ work: BalanceWork) {
    method = work.network == nil ? "square-root law" : "streets"
    streetKilometres = ((work.network?.length ?? 0) / 1000).rounded(to: 3)
    let (length, bound) = work.measured.reduce((0.0, 0.0)) { ($0.0 + $1.length, $0.1 + $1.lowerBound) }
    roundKilometres = (length / 1000).rounded(to: 3)
    roundGap = bound > 0 ? (length / bound - 1).rounded(to: 5) : nil
    gridsMeasured = work.measured.count { $0.ways.doorRound != nil || $0.ways.placeRound != nil }
    unconnectedPairs = work.measured.reduce(0) { $0 + $1.unconnectedPairs }
    gridsTooLarge = work.measured.count { $0.isTooLarge }
  }
}

extension BalanceReport.Staff {
  init(_ staffing: Staffing, _ work: BalanceWork) {
    let problem = work.problem!
    let working = problem.posts.indices.filter { problem.posts[$0].minutes > 0 }
    posts = problem.posts.count
    fullPosts = (problem.posts.reduce(0) { $0 + $1.minutes } / (60 * work.constants.hoursPerYear)).rounded(to: 3)
    largestLoad = staffing.largestLoad.rounded(to: 6)
    leastPossible = staffing.lowerBound.rounded(to: 6)
    gap = staffing.gap.rounded(to: 6)
    heuristic = staffing.isHeuristic
    feasible = staffing.isFeasible
    changedHours = (staffing.changedMinutes / 60).rounded(to: 2)
    wayHours = (staffing.wayMinutes / 60).rounded(to: 2)
    loads = BalanceReport.Measures(working.map { staffing.postMinutes[$0] / problem.posts[$0].minutes })
    short = staffing.shortages.map {
      Short(
        grid: problem.grids[$0.grid], skill: $0.skill, hours: $0.hours.rounded(to: 2), withoutPost: $0.isWithoutPost)
    }
  }
}

extension BalanceReport.Span {
  /// Posts whose skills name this are supervisors.
  private static let supervising: Set<String> = ["supervisor", "督导", "网格长"]

  /// For each parent of grids, in the order of codes.
  static func all(_ work: BalanceWork) -> [Self] {
    let grids = work.ground.plan.grids
    let members = Dictionary(grouping: grids.indices) { grids[$0].parent }
    let shares = (work.staffing ?? work.today)?.shares ?? []
    var postsIn: [String: Set<Int>] = [:]
    for share in shares { postsIn[grids[share.grid].parent, default: []].insert(share.post) }
    let names = Dictionary(
      work.ground.plan.communities.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
    var supervisors: [String: Int] = [:]
    for worker in work.ground.workers where !supervising.isDisjoint(with: worker.skills) {
      let parents = Set(worker.grids.compactMap { work.ground.positions[$0] }.map { grids[$0].parent })
      for parent in parents { supervisors[parent, default: 0] += 1 }
    }
    return members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { parent, own in
      let posts = postsIn[parent]?.count ?? 0
      let above = supervisors[parent] ?? 0
      return Self(
        code: parent, name: names[parent] ?? nil, grids: own.count,
        hours: (own.reduce(0) { $0 + work.loads[$1].totalMinutes } / 60).rounded(to: 2),
        postsNeeded: own.reduce(0) { $0 + work.loads[$1].workersNeeded }.rounded(to: 3), posts: posts,
        supervisors: above, postsPerSupervisor: above > 0 ? (Double(posts) / Double(above)).rounded(to: 2) : nil)
    }
  }
}

extension BalanceReport.Events {
  /// Counts that are small are left out of what is published: all of them, if the sum is.
  init?(_ work: BalanceWork, isPublished: Bool) {
    let ground = work.ground
    guard !ground.events.isEmpty || ground.undatedEvents > 0 else { return nil }
    let (all, byGrid) = eventFigures(ground.events, grids: ground.plan.grids.count)
    if isPublished, all.count < work.scenario.minCount { return nil }
    self.all = all
    if isPublished, all.byHour.contains(where: { (1..<work.scenario.minCount).contains($0) }) { self.all.byHour = [] }
    undated = ground.undatedEvents
    stray = ground.strayEvents
    func clear(_ isRising: Bool) -> [String] {
      byGrid.indices.filter { grid in
        guard let trend = byGrid[grid].trend, byGrid[grid].count >= work.scenario.minCount else { return false }
        return trend.pValue < 0.05 && (trend.yearlyChange > 0) == isRising
      }.map { ground.plan.grids[$0].code }
    }
    gridsRising = clear(true)
    gridsFalling = clear(false)
  }
}
