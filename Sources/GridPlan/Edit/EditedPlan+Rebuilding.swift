internal import Georeference
internal import Planar
internal import PlanModel
internal import Workload

extension EditedPlan {
  /// The plan anew from its units: grids, homes, points, workload, bounds.
  ///
  /// - Throws: `PlanError` where households would be lost on the way.
  func rebuilt() throws -> Plan {
    var result = plan
    let toDegrees = try Transformation(from: crs.crs, to: .crs84, allowBallpark: true)
    var outlines = GroupOutlines(ground.fabric, toDegrees: toDegrees)
    result.ground = ground
    result.register = register
    result.history = history
    result.isDrawn = true
    result.grids = try ground.grids(by: ground.grid, &outlines) { units in
      let entry = ground.grid[units[0]].flatMap { register[$0] }
      return (entry?.name, entry?.parent ?? "", entry?.kind ?? "grid")
    }
    placeHomes(&result)
    countMoves(&result)
    markOversize(&result)
    if let micro = report.settings.micro {
      result.microGrids = try MicroGrids.grids(ground, micro, report.settings.rules, &outlines, result)
    }
    placePoints(&result)
    let settings = report.settings
    WorkloadStep.apply(
      WorkloadProfile(services: settings.services, isAssumed: settings.servicesAssumed, constants: settings.workload),
      posts: posts, nil, &result)
    judge(&result)
    Planner.finish(&result)
    try Planner.checkTotals(result)
    return result
  }

  /// Households that are in another grid than the one that continues theirs of today.
  private func countMoves(_ result: inout Plan) {
    let position = Dictionary(result.grids.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    if !result.units.isEmpty {
      for unit in ground.unitOfHome.compactMap({ $0 }) { ground.grid[unit].flatMap { position[$0] }.map { result.grids[$0].units += 1 } }
    }
    guard let continues else { return }
    let heir = Dictionary(continues.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var figures = RedrawFigures()
    var moved = 0
    for unit in ground.grid.indices {
      guard let code = ground.grid[unit], let today = ground.today[unit], continues[code] != today else { continue }
      let households = ground.households[unit]
      moved += households
      position[code].map { result.grids[$0].movedIn += households }
      heir[today].flatMap { position[$0] }.map { result.grids[$0].movedOut += households }
    }
    for grid in result.grids.indices { result.grids[grid].continues = continues[result.grids[grid].code] }
    figures.moved = moved
    figures.movedShare = result.totals.placed > 0 ? Double(moved) / Double(result.totals.placed) : 0
    result.redraw = figures
  }

  private func placeHomes(_ result: inout Plan) {
    func code(_ row: Int) -> String? { ground.unitOfHome[row].flatMap { ground.grid[$0] } }
    for row in result.buildings.indices { result.buildings[row].grid = code(row) }
    for row in result.units.indices { result.units[row].grid = code(row) }
  }

  /// A grid above the maximum is allowed where one unit, or what stays together, is as heavy as all of it.
  private func markOversize(_ result: inout Plan) {
    guard report.settings.oversize == GridRules.Oversize.own.rawValue else { return }
    var heaviest: [String: Int] = [:]
    for unit in ground.grid.indices {
      guard let code = ground.grid[unit] else { continue }
      heaviest[code] = max(heaviest[code] ?? 0, ground.households[unit])
    }
    let members = Array(0..<ground.count)
    for set in ground.keptTogether(members) {
      guard let code = ground.grid[set[0]], set.allSatisfy({ ground.grid[$0] == code }) else { continue }
      heaviest[code] = max(heaviest[code] ?? 0, ground.weight(set))
    }
    for grid in result.grids.indices where result.grids[grid].households > report.settings.max {
      result.grids[grid].isOversize = heaviest[result.grids[grid].code] == result.grids[grid].households
    }
  }

  private func placePoints(_ result: inout Plan) {
    let locator = GridLocator(result.grids)
    func placed(_ points: [PlacedFeature]) -> [PlacedFeature] {
      points.map { point in
        var point = point
        point.grid = point.point.flatMap { locator.grid(at: $0) }.map { result.grids[$0].code }
        return point
      }
    }
    result.cameras = placed(plan.cameras)
    result.events = placed(plan.events)
    Planner.countPoints(&result)
  }

  /// Bounds that are missed now; certificates stay where what they say still holds.
  private func judge(_ result: inout Plan) {
    result.problems.removeAll { ["below-minimum", "above-maximum", "below-hours", "above-hours"].contains($0.rule) }
    if report.settings.bounded { result.markBounds(report.settings.rules) }
    if let hours = report.settings.hours { result.markWork(hours) }
    let grids = result.grids
    let missed = Set((result.grids + result.microGrids).filter { $0.violation != nil }.flatMap { [$0.code, $0.parent] })
    let settled = result.certificates.filter { certificate in
      guard certificate.isBlocking else { return false }
      if let parent = certificate.parent { return !missed.contains(parent) && !grids.isEmpty }
      return missed.isEmpty
    }
    result.certificates.removeAll(where: settled.contains)
    for certificate in settled {
      result.problems.removeAll {
        $0.rule == certificate.kind && $0.code == certificate.parent && $0.message == certificate.english
      }
    }
  }

  /// The report of the plan as it is now.
  func report(of plan: Plan, timings: [String: Double]) -> PlanReport {
    var result = report
    result.version = gridplanVersion
    result.feasible = plan.isFeasible
    result.totals.grids = plan.grids.count
    result.balance = PlanReport.Balance(of: plan)
    result.redraw = PlanReport.Redraw(plan.redraw)
    result.problems = PlanReport.counted(plan.problems)
    result.certificates = plan.certificates.map(PlanReport.CertificateLine.init)
    result.edits = PlanReport.Edits(
      done: history.count { $0.state == .done }, undone: history.count { $0.state == .undone }, locked: register.locked,
      last: history.last { $0.state == .done }?.line)
    result.timings = timings
    return result
  }
}
