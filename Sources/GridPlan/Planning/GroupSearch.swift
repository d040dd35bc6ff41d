internal import Fabric
internal import Planar
internal import Redraw

/// Groups of units found by the districting engine, and the special ones beside.
struct GroupSearch {
  /// The group of each unit.
  private(set) var group: [Int]
  private(set) var parents: [Int?]
  private(set) var kinds: [(kind: String, name: String?)]
  /// The grid of today that each group continues.
  private(set) var continued: [Int?] = []
  /// Groups of a single unit above the maximum.
  private(set) var oversize: Set<Int> = []
  /// Groups that are locked grids of today.
  private(set) var locked: Set<Int> = []
  /// Bounds of further weights that groups miss.
  private(set) var missedWeights: [RedrawPlan.Violation] = []
  /// What the search's goals came to.
  private(set) var reached: [RedrawPlan.Reached] = []
  private(set) var certificates: [PlanCertificate] = []
  /// Links between units beside their borders, and sets of units that stay in one grid.
  private(set) var links: [UnitGraph.Edge] = []
  private(set) var keptTogether: [[Int]] = []
  /// How grids of equal work were found, where that was asked for.
  private(set) var loop: WorkloadLoop.Result?
  private(set) var problems: [PlanProblem] = []
  private let inputs: PlanInputs

  static func run(_ ground: DrawnGround, _ inputs: PlanInputs, _ scenario: Scenario) throws -> GroupSearch {
    var search = GroupSearch(ground, inputs)
    let left = ground.empty.union(ground.vanished)
    let members = ground.fabric.units.indices.filter {
      ground.special[$0] == nil && !left.contains($0) && ground.lockedGrid(of: $0) == nil
    }
    if !members.isEmpty {
      let problem = try RedrawStep.problem(ground, inputs, scenario, members, &search.problems)
      search.links = problem.graph.edges.filter(\.isLink).map { .init(members[$0.a], members[$0.b], border: $0.border, isLink: true) }
      search.keptTogether = problem.keepTogether.map { $0.map { members[$0] } }
      if scenario.grids.balance == .workload {
        let loop = try WorkloadLoop(problem, members, ground, inputs, scenario).run()
        search.loop = loop
        search.oversize = loop.oversize
        search.take(loop.plan, members, ground)
      } else {
        let plan = try problem.solved()
        search.take(plan, members, ground)
        search.findOversize(plan, scenario.grids.households)
      }
    }
    search.takeSpecials(ground)
    search.takeLocked(ground, left)
    return search
  }

  private init(_ ground: DrawnGround, _ inputs: PlanInputs) {
    group = Array(repeating: -1, count: ground.fabric.units.count)
    parents = []
    kinds = []
    self.inputs = inputs
  }

  private mutating func take(_ plan: RedrawPlan, _ members: [Int], _ ground: DrawnGround) {
    var first = [Int](repeating: -1, count: plan.groupCount)
    for (position, unit) in members.enumerated() {
      group[unit] = plan.groups[position]
      if first[plan.groups[position]] < 0 { first[plan.groups[position]] = unit }
    }
    for index in 0..<plan.groupCount {
      parents.append(ground.parents[first[index]])
      kinds.append(("grid", nil))
      continued.append(plan.existingGroups?[index])
    }
    missedWeights = plan.violations.filter { $0.weightName != nil }
    reached = plan.reached
    for certificate in plan.certificates { take(certificate, members, ground) }
  }

  /// Groups above the maximum that miss no bound, since they may.
  private mutating func findOversize(_ plan: RedrawPlan, _ bounds: HouseholdBounds) {
    let missing = Set(plan.violations.map(\.group))
    oversize = Set((0..<plan.groupCount).filter { plan.groupWeights[$0] > bounds.max && !missing.contains($0) })
  }

  private mutating func take(_ certificate: Certificate, _ members: [Int], _ ground: DrawnGround) {
    let parent = certificate.units.first.flatMap { ground.parents[members[$0]] }
    let code = parent.map { inputs.communities[$0].code }
    let line = PlanCertificate(
      kind: certificate.kind.rawValue, isBlocking: certificate.isBlocking, parent: code,
      english: certificate.english, chinese: certificate.chinese)
    certificates.append(line)
    let place = certificate.units.first.map { ground.fabric.units[members[$0]].interiorPoint }
    problems.append(
      PlanProblem(
        certificate.kind.rawValue, certificate.isBlocking ? .error : .info, code: code, place: place, line.english,
        line.chinese))
  }

  /// Each special area is a grid for each community that it lies in.
  private mutating func takeSpecials(_ ground: DrawnGround) {
    for (index, special) in inputs.specials.enumerated() {
      let units = ground.fabric.units.indices.filter { ground.special[$0] == index && !ground.vanished.contains($0) }
      for parent in Set(units.map { ground.parents[$0] ?? -1 }).sorted() {
        for unit in units where (ground.parents[unit] ?? -1) == parent { group[unit] = parents.count }
        parents.append(parent < 0 ? nil : parent)
        kinds.append((special.kind, special.name))
        continued.append(nil)
      }
    }
  }

  /// A locked grid of today is a grid of its own as it stands.
  private mutating func takeLocked(_ ground: DrawnGround, _ left: Set<Int>) {
    for grid in ground.lockedGrids.sorted() {
      let units = ground.fabric.units.indices.filter { ground.lockedGrid(of: $0) == grid && group[$0] < 0 && !left.contains($0) }
      guard let first = units.first else { continue }
      for unit in units { group[unit] = parents.count }
      locked.insert(parents.count)
      parents.append(ground.parents[first])
      kinds.append(("grid", nil))
      continued.append(grid)
    }
  }

  /// The grids without codes, in the order of groups; borders from the fabric's arcs.
  func grids(_ outlines: inout GroupOutlines) throws -> [PlannedGrid] {
    try outlines.outlines(of: group).map { outline in
      PlannedGrid(
        outline, code: "", name: kinds[outline.group].name,
        parent: parents[outline.group].map { inputs.communities[$0].code } ?? "", kind: kinds[outline.group].kind)
    }
  }
}
