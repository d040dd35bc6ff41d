internal import Planar
internal import Redraw

/// One edit on its way: the new groups of the units concerned, before they have codes.
struct EditStep {
  private let plan: EditedPlan
  private let edit: PlanEdit
  /// The new group of each unit; negative for units that the edit doesn't concern.
  private(set) var group: [Int]
  private(set) var groupCount = 0
  /// The codes whose units the edit concerns, in order of first mention.
  private(set) var touched: [String] = []
  /// Units that the edit itself gives to another grid.
  private var given: [Int] = []

  /// - Throws: `EditError` where the edit names what is not there, or would break a hard rule.
  init(_ edit: PlanEdit, on plan: EditedPlan, mending: Bool) throws {
    self.plan = plan
    self.edit = edit
    group = Array(repeating: -1, count: plan.ground.count)
    switch edit {
    case .split(let code, let count): try split(code, into: count)
    case .merge(let codes): try merge(codes)
    case .move(let units, let code): try move(units, to: code)
    case .lock, .unlock, .rename: break
    }
    guard groupCount > 0 else { return }
    if mending { try mend() }
    try checkWhole()
    try checkCompounds()
  }

  // MARK: Edits

  private mutating func split(_ code: String, into count: Int) throws {
    try touch(code)
    let members = plan.units(of: code)
    guard members.count >= count else { throw refusal("\(code) has \(members.count) units, fewer than \(count)") }
    let found = try GridSplit(plan, members).parts(count)
    for (position, unit) in members.enumerated() { group[unit] = found.groups[position] }
    groupCount = found.groupCount
    guard groupCount == count else { throw refusal("\(code) cannot be cut into \(count) grids that hang together") }
  }

  private mutating func merge(_ codes: [String]) throws {
    for code in codes { try touch(code) }
    let entries = codes.compactMap { plan.register[$0] }
    guard Set(entries.map(\.parent)).count == 1 else {
      throw refusal("the grids lie in several communities (\(list(entries.map(\.parent)))); a grid never crosses one")
    }
    guard Set(entries.map(\.kind)).count == 1 else {
      throw refusal("the grids are of several kinds (\(list(entries.map(\.kind))))")
    }
    for unit in plan.ground.grid.indices { if let code = plan.ground.grid[unit], codes.contains(code) { group[unit] = 0 } }
    groupCount = 1
  }

  private mutating func move(_ names: [String], to code: String) throws {
    let finder = try UnitFinder(plan)
    let target = try plan.requireGrid(code)
    try touch(code)
    given = Array(Set(try names.flatMap { try finder.units($0) })).sorted()
    for unit in given {
      guard let home = plan.ground.grid[unit] else { throw refusal("the unit #\(unit + 1) is in no grid") }
      if home != code { try touch(home) }
      guard plan.register[home]?.parent == target.parent else {
        throw refusal("the unit #\(unit + 1) lies in community \(plan.register[home]?.parent ?? ""), the grid \(code) in \(target.parent)")
      }
      guard plan.register[home]?.kind == target.kind else {
        throw refusal("the grid \(home) is \(kindName(home)), the grid \(code) \(kindName(code)); units stay in theirs")
      }
    }
    groupByCode()
    let number = touched.firstIndex(of: code)!
    for unit in given { group[unit] = number }
    compact()
  }

  private func kindName(_ code: String) -> String { "of kind \(plan.register[code]?.kind ?? "grid")" }

  private mutating func touch(_ code: String) throws {
    _ = try plan.requireGrid(code)
    try plan.requireUnlocked(code)
    if !touched.contains(code) { touched.append(code) }
  }

  /// Numbers the units of the codes touched as they are.
  private mutating func groupByCode() {
    let number = Dictionary(uniqueKeysWithValues: touched.enumerated().map { ($1, $0) })
    for (unit, code) in plan.ground.grid.enumerated() { if let code, let own = number[code] { group[unit] = own } }
    groupCount = touched.count
  }

  // MARK: Rules

  /// Gives what was cut off from its grid to neighbouring grids of its community.
  private mutating func mend() throws {
    let broken = Set(brokenGroups().map { group[$0[0][0]] })
    guard !broken.isEmpty else { return }
    var (all, codes, number) = (group, [String](), [String: Int]())
    for (unit, code) in plan.ground.grid.enumerated() where group[unit] < 0 {
      guard let code else { continue }
      if number[code] == nil {
        number[code] = groupCount + codes.count
        codes.append(code)
      }
      all[unit] = number[code]!
    }
    let (register, first, kind, others) = (plan.register, groupCount, plan.register[touched[0]]?.kind, codes)
    let mended = plan.graph.mended(all, only: broken) { group in
      guard group >= first else { return true }
      let entry = register[others[group - first]]
      return entry?.isLocked == false && entry?.kind == kind
    }
    let takers = Set(all.indices.filter { mended[$0] != all[$0] }.map { mended[$0] })
    touched += takers.filter { $0 >= first }.sorted().map { codes[$0 - first] }
    group = mended.map { $0 < first || takers.contains($0) ? $0 : -1 }
    compact()
    if case .move(_, let code) = edit { try requireGiven(to: code) }
  }

  /// Numbers the groups that have units in the order of their first ones.
  private mutating func compact() {
    var number: [Int: Int] = [:]
    for unit in group.indices where group[unit] >= 0 {
      let own = number[group[unit]] ?? number.count
      number[group[unit]] = own
      group[unit] = own
    }
    groupCount = number.count
  }

  private func requireGiven(to code: String) throws {
    let stay = plan.units(of: code)
    guard let home = given.first.map({ group[$0] }), given.allSatisfy({ group[$0] == home }),
      stay.isEmpty || stay.contains(where: { group[$0] == home })
    else { throw refusal("the units don't touch \(code): mended, they would not stay in it") }
  }

  /// Groups that fall into more parts than any grid that they come from had; the parts of each.
  private func brokenGroups() -> [[[Int]]] {
    let before = plan.ground.grid.map { code in code.flatMap { touched.firstIndex(of: $0) } ?? -1 }
    var partsBefore: [Int: Int] = [:]
    for part in plan.graph.parts(of: before) { partsBefore[before[part[0]], default: 0] += 1 }
    let parts = Dictionary(grouping: plan.graph.parts(of: group)) { group[$0[0]] }
    return parts.sorted { $0.key < $1.key }.map(\.value).filter { own in
      own.count > (Set(own.joined().map { before[$0] }).map { partsBefore[$0] ?? 1 }.max() ?? 1)
    }
  }

  private func checkWhole() throws {
    guard let broken = brokenGroups().first else { return }
    throw refusal(
      "a grid would fall into \(broken.count) parts that share no border of 1 m: \(broken.map(summary).joined(separator: "; "))\(mendHint)")
  }

  private var mendHint: String {
    if case .merge = edit { return "" }
    return ". --mend gives the smaller parts to their neighbours"
  }

  /// A part of a grid in words.
  private func summary(_ part: [Int]) -> String {
    let households = part.reduce(0) { $0 + plan.ground.households[$1] }
    let code = plan.ground.grid[part[0]] ?? ""
    let number = "#\(part[0] + 1)"
    return (part.count == 1 ? "the unit \(number)" : "\(part.count) units (\(number)…)") + " of \(code) with \(households) households"
  }

  /// What stood together in one grid, such as a compound that fits in one, stays together.
  private func checkCompounds() throws {
    let members = group.indices.filter { group[$0] >= 0 }
    for set in plan.ground.keptTogether(members) {
      let units = set.map { members[$0] }
      guard Set(units.map { group[$0] }).count > 1, Set(units.map { plan.ground.grid[$0] }).count == 1 else { continue }
      let id = units.lazy.compactMap { plan.ground.compound[$0] }.first
      let numbers = units.prefix(4).map { "#\($0 + 1)" }.joined(separator: ", ") + (units.count > 4 ? ", …" : "")
      throw refusal(
        "it would part " + (id.map { "the compound \($0)" } ?? "units that stay together")
          + " (\(units.count) units: \(numbers))" + (id.map { ": name compound:\($0) to move it whole" } ?? ""))
    }
  }

  private func refusal(_ message: String) -> EditError { EditError(.refused, "`\(edit.line)` is refused: \(message)") }

  private func list(_ words: [String]) -> String { Set(words).sorted().map { $0.isEmpty ? "none" : $0 }.joined(separator: ", ") }
}

/// Cuts a grid into parts of about equal households.
struct GridSplit {
  private let plan: EditedPlan
  private let members: [Int]

  init(_ plan: EditedPlan, _ members: [Int]) {
    self.plan = plan
    self.members = members
  }

  /// The parts within the narrowest bounds around the mean that can be kept; else within those of the
  /// plan; else the best that was found.
  func parts(_ count: Int) throws -> RedrawPlan {
    let total = members.reduce(0) { $0 + plan.ground.households[$1] }
    let (low, high) = (plan.report.settings.min, plan.report.settings.max)
    var tries = [0.05, 0.1, 0.2].map { RedrawProblem.Bounds(total: total, groups: count, tolerance: $0) }
    if low * count <= total, total <= high * count {
      tries = tries.map { .init(min: max(low, $0.min), ideal: $0.ideal, max: min(high, $0.max)) }.filter { $0.min <= $0.max }
      tries.append(.init(min: low, ideal: total / count, max: high))
    }
    tries.append(.init(min: 0, ideal: total / count, max: max(1, total)))
    var best: RedrawPlan?
    for bounds in tries where bounds.max > 0 {
      let found = try problem(bounds, count).solved()
      if found.isFeasible { return found }
      best = best ?? found
    }
    return best!
  }

  private func problem(_ bounds: RedrawProblem.Bounds, _ count: Int) throws -> RedrawProblem {
    var problem = RedrawProblem(graph: try plan.ground.graph(members), bounds: bounds, count: .exactly(count))
    problem.wording = .grids
    problem.keepTogether = plan.ground.keptTogether(members)
      .filter { set in plan.ground.weight(set.map { members[$0] }) <= bounds.max }
    problem.unitNames = members.map { plan.ground.names[$0] }
    problem.seed = UInt64(plan.report.seed)
    return problem
  }
}
