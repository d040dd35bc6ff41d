internal import Fabric
internal import PlanModel
internal import Planar
internal import Redraw

/// Micro-grids (微网格): every ordinary grid divided again within bounds of its own.
enum MicroGrids {
  /// The micro-grids of a plan whose grids stand in the order of groups and have their codes.
  ///
  /// - Returns: micro-grids in the order of their codes, which continue the grid's by two digits or more.
  static func draw(
    _ ground: DrawnGround, _ groups: GroupSearch, _ inputs: PlanInputs, _ scenario: Scenario,
    _ bounds: HouseholdBounds, _ plan: inout Plan
  ) throws -> [PlannedGrid] {
    let members = ground.fabric.units.indices.filter {
      groups.group[$0] >= 0 && plan.grids[groups.group[$0]].kind == "grid"
    }
    guard !members.isEmpty else { return [] }
    let problem = try problem(ground, groups, inputs, scenario, bounds, members, plan)
    let found = try problem.solved()
    for certificate in found.certificates { plan.note(certificate, code: certificate.parent.map { plan.grids[$0].code }) }
    var label = Array(repeating: -1, count: ground.fabric.units.count)
    for (position, unit) in members.enumerated() { label[unit] = found.groups[position] }
    var grids = ground.fabric.dissolve(label).map { area in
      PlannedGrid(
        code: "", parent: plan.grids[found.groupParents?[area.group] ?? 0].code, kind: "micro",
        polygons: area.polygons, households: found.groupWeights[area.group], buildings: 0, area: area.area,
        perimeter: area.perimeter, isEstimated: plan.isEstimated)
    }
    for (unit, group) in label.enumerated() where group >= 0 { grids[group].buildings += ground.buildingCounts[unit] }
    try number(&grids)
    for index in grids.indices { grids[index].mark(bounds, isOversizeAllowed: scenario.grids.oversize == .own) }
    return grids.sorted { $0.code.utf8.lexicographicallyPrecedes($1.code.utf8) }
  }

  private static func problem(
    _ ground: DrawnGround, _ groups: GroupSearch, _ inputs: PlanInputs, _ scenario: Scenario,
    _ bounds: HouseholdBounds, _ members: [Int], _ plan: Plan
  ) throws -> RedrawProblem {
    var ignored: [PlanProblem] = []
    var problem = try RedrawStep.problem(ground, inputs, scenario, members, &ignored)
    problem.bounds = .init(min: bounds.min, ideal: bounds.ideal, max: bounds.max)
    problem.count = .auto
    problem.existing = nil
    problem.maxMoved = 1
    problem.parents = members.map { groups.group[$0] }
    problem.parentNames = Dictionary(uniqueKeysWithValues: plan.grids.enumerated().map { ($0, $1.code) })
    problem.keepTogether = problem.keepTogether.filter { set in
      set.reduce(0) { $0 + ground.weights[members[$1]] } <= bounds.max
        && Set(set.map { groups.group[members[$0]] }).count == 1
    }
    return problem
  }

  private static func number(_ grids: inout [PlannedGrid]) throws {
    let byParent = Dictionary(grouping: grids.indices) { grids[$0].parent }
    for (parent, members) in byParent.sorted(by: { $0.key < $1.key }) {
      let order = GridNumbering.order(
        of: members.map { centroid(of: grids[$0].polygons) }, heights: members.map { grids[$0].box.height })
      let width = max(2, String(members.count).count)
      let codes = try GridNumbering.codes(members.count, parent: parent, width: width)
      for (code, position) in zip(codes, order) { grids[members[position]].code = code }
    }
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
