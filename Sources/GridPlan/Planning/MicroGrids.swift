internal import PlanModel
internal import Planar
internal import Redraw

/// Micro-grids (微网格): every ordinary grid divided again within bounds of its own.
enum MicroGrids {
  /// Divides all ordinary grids of a plan that has codes.
  static func draw(
    _ bounds: HouseholdBounds, _ rules: GridRules, _ outlines: inout GroupOutlines, _ plan: inout Plan
  ) throws {
    guard var ground = plan.ground else { return }
    let codes = plan.grids.filter { $0.kind == "grid" }.map(\.code)
    for (code, certificate) in try divide(bounds, rules, codes, &ground) { plan.note(certificate, code: code) }
    plan.ground = ground
    plan.microGrids = try grids(ground, bounds, rules, &outlines, plan)
  }

  /// Divides the units of some grids; micro-grids of others stay as they are.
  ///
  /// Codes continue the grid's by two digits or more.
  /// - Returns: what cannot be met, with the code of the grid.
  static func divide(
    _ bounds: HouseholdBounds, _ rules: GridRules, _ codes: [String], _ ground: inout PlanGround
  ) throws -> [(code: String?, certificate: Certificate)] {
    let position = Dictionary(codes.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let members = ground.grid.indices.filter { ground.grid[$0].map { position[$0] != nil } ?? false }
    guard !members.isEmpty else { return [] }
    var problem = RedrawProblem(
      graph: try ground.graph(members), bounds: .init(min: bounds.min, ideal: bounds.ideal, max: bounds.max))
    problem.parents = members.map { position[ground.grid[$0]!]! }
    problem.parentNames = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($0, $1) })
    problem.unitNames = members.map { ground.names[$0] }
    let (grid, all) = (ground.grid, ground)
    problem.wording = .grids
    problem.keepTogether = ground.keptTogether(members) { grid[$0] }
      .filter { set in all.weight(set.map { members[$0] }) <= bounds.max }
    problem.oversize = rules.oversize == .own ? .own : .refuse
    problem.effort = RedrawProblem.Effort(rawValue: rules.effort.rawValue) ?? .default
    problem.seed = UInt64(rules.seed)
    let found = try problem.solved()
    try take(found, members, &ground)
    return found.certificates.map { ($0.parent.map { codes[$0] }, $0) }
  }

  /// Gives the micro-grids that were found codes: the old one of that grid where most households stay
  /// in it, else a new one.
  private static func take(_ found: RedrawPlan, _ members: [Int], _ ground: inout PlanGround) throws {
    var group = Array(repeating: -1, count: ground.count)
    for (position, unit) in members.enumerated() { group[unit] = found.groups[position] }
    let before = ground.micro
    var heirs = CodeHeirs(before, households: ground.households, areas: ground.fabric.units.map(\.area))
    // A micro-grid of another grid is no forebear: its code would not continue this grid's.
    let grid = ground.grid
    heirs.allow { unit, code in grid[unit].map { code.hasPrefix($0) } ?? false }
    let used = Set(before.compactMap { $0 })
    let place = ground
    let codes = try heirs.codes(of: group, count: found.groupCount, used: used, leastDigits: 2) { units in
      (parent: grid[units[0]] ?? "", place: place.centre(of: units), height: place.height(of: units))
    }
    for unit in members { ground.micro[unit] = codes[group[unit]] }
  }

  /// The micro-grids that the units' codes make.
  static func grids(
    _ ground: PlanGround, _ bounds: HouseholdBounds, _ rules: GridRules, _ outlines: inout GroupOutlines, _ plan: Plan
  ) throws -> [PlannedGrid] {
    var grids = try ground.grids(by: ground.micro, &outlines) { units in
      (name: nil, parent: ground.grid[units[0]] ?? "", kind: "micro")
    }
    for index in grids.indices {
      grids[index].isEstimated = plan.isEstimated
      grids[index].mark(bounds, isOversizeAllowed: rules.oversize == .own)
    }
    return grids
  }
}

extension PlannedGrid {
  /// Notes which of `bounds` the grid misses; above the maximum only an oversize unit may be.
  fileprivate mutating func mark(_ bounds: HouseholdBounds, isOversizeAllowed: Bool) {
    if households < bounds.min { violation = .below }
    guard households > bounds.max else { return }
    if isOversizeAllowed && buildings <= 1 { isOversize = true } else { violation = .above }
  }
}

extension Plan {
  /// Keeps a certificate of the engine, and lists it.
  mutating func note(_ certificate: Certificate, code: String?) {
    certificates.append(
      PlanCertificate(
        kind: certificate.kind.rawValue, isBlocking: certificate.isBlocking, parent: code,
        english: certificate.english, chinese: certificate.chinese))
    problems.append(
      PlanProblem(
        certificate.kind.rawValue, certificate.isBlocking ? .error : .info, code: code, certificate.english,
        certificate.chinese))
  }
}
