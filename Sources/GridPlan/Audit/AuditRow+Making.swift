internal import Checks
internal import Workload

extension AuditRow {
  init(name: String, outcome: PlanOutcome, balance work: BalanceWork, findings: [Finding]) {
    self.init(scenario: name, status: .ok)
    let plan = outcome.plan
    self.name = plan.name
    crs = outcome.report.crs.working
    feasible = plan.isFeasible
    totals = Totals(plan)
    checks = Checks(findings)
    problems = outcome.report.problems
    balance = Balance(plan)
    workload = Work(work)
    staffing = work.staffing.map { Staffing($0, posts: work.ground.workers.count) }
    if let figures = outcome.report.coverage { take(figures, plan) }
  }

  private mutating func take(_ figures: CoverageFigures, _ plan: Plan) {
    cameras = Cameras(figures.cameras, plan)
    keyPlaces = figures.keyPlaces.map { Covered($0) }
    crossings = figures.crossings.map { Covered($0) }
    roads = figures.roads.map { Covered($0) }
    openSpace = figures.openSpace.map { Covered($0) }
    grids = figures.grids.map { Covered($0) }
    reach = figures.reach.lenient.mapValues {
      Reach(cameras: $0.cameras, places: $0.places ?? 0, placesOfUnknownUse: $0.placesOfUnknownUse ?? 0)
    }
    redundancy = figures.redundancy.map {
      Redundancy(
        cameras: $0.lenient.redundant, smallestSetFound: $0.lenient.smallestSetFound,
        smallestSetAtLeast: $0.lenient.smallestSetAtLeast)
    }
  }
}

extension AuditRow.Totals {
  fileprivate init(_ plan: Plan) {
    self.init(
      households: plan.totals.incoming, placed: plan.totals.placed, unplaced: plan.totals.unplaced,
      grids: plan.grids.count, communities: plan.communities.count, buildings: plan.buildings.count,
      estimated: plan.isEstimated)
  }
}

extension AuditRow.Checks {
  fileprivate init(_ findings: [Finding]) {
    self.init(
      errors: findings.count { $0.severity == .error }, warnings: findings.count { $0.severity == .warning },
      rules: Dictionary(findings.map { ($0.rule.rawValue, 1) }, uniquingKeysWith: +))
  }
}

extension AuditRow.Balance {
  fileprivate init(_ plan: Plan) {
    let balance = Workload.Balance(of: plan.grids.map { Double($0.households) })
    self.init(
      cv: balance.cv?.rounded(to: 6), gini: balance.gini?.rounded(to: 6), jain: balance.jain?.rounded(to: 6),
      maxOverMean: balance.maxOverMean?.rounded(to: 6), maxDeviation: balance.maxDeviation?.rounded(to: 6),
      min: balance.min, max: balance.max, mean: balance.mean.rounded(to: 3),
      outOfBounds: plan.grids.count { $0.violation != nil })
  }
}

extension AuditRow.Work {
  fileprivate init(_ work: BalanceWork) {
    let minutes = work.loads.map(\.totalMinutes)
    let balance = Workload.Balance(of: minutes)
    self.init(
      hours: (minutes.reduce(0, +) / 60).rounded(to: 1),
      postsNeeded: work.loads.reduce(0) { $0 + $1.workersNeeded }.rounded(to: 2),
      cv: balance.cv?.rounded(to: 6), gini: balance.gini?.rounded(to: 6),
      maxOverMean: balance.maxOverMean?.rounded(to: 6), servicesAssumed: work.isAssumed)
  }
}

extension AuditRow.Staffing {
  fileprivate init(_ staffing: Staffing, posts: Int) {
    self.init(
      posts: posts, feasible: staffing.isFeasible, largestLoad: staffing.largestLoad.rounded(to: 6),
      leastPossible: staffing.lowerBound.rounded(to: 6), short: staffing.shortages.count)
  }
}

extension AuditRow.Cameras {
  fileprivate init(_ cameras: CoverageFigures.Cameras, _ plan: Plan) {
    func share(_ counts: [String: Int]) -> Double? {
      let known = counts["yes", default: 0] + counts["no", default: 0]
      return known > 0 ? (Double(counts["yes", default: 0]) / Double(known)).rounded(to: 6) : nil
    }
    self.init(
      count: cameras.count, used: cameras.lenient, strict: cameras.strict, inService: share(cameras.inService),
      networked: share(cameras.networked), gridsWithout: plan.grids.count { $0.cameras == 0 })
  }
}

extension AuditRow.Covered {
  fileprivate init(_ places: CoverageFigures.Places) {
    let figures = places.figures
    self.init(
      covered: places.covered, coveredStrict: places.coveredStrict, inService: figures.lenient.inService.share,
      networked: figures.lenient.networked.share, of: Double(figures.lenient.all.of))
  }

  fileprivate init(_ extent: CoverageFigures.Extent) {
    let figures = extent.figures
    self.init(
      covered: extent.covered, coveredStrict: extent.coveredStrict, inService: figures.lenient.inService.share,
      networked: figures.lenient.networked.share, of: figures.lenient.all.of)
  }
}
