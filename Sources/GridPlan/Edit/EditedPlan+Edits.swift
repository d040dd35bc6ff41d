internal import Planar
internal import PlanModel

extension EditedPlan {
  /// Makes an edit and writes it into the history.
  ///
  /// - Parameter mending: whether what the edit cuts off goes to neighbouring grids, instead of a refusal.
  /// - Throws: `EditError`; the plan is as before then.
  mutating func apply(_ edit: PlanEdit, mending: Bool) throws {
    try edit.check()
    let today = continues
    var record = EditRecord(
      number: history.count + 1, line: edit.line + (mending && edit.movesUnits ? " (mended)" : ""), state: .done)
    switch edit {
    case .lock(let codes): record.locked = try lock(codes, true)
    case .unlock(let codes): record.unlocked = try lock(codes, false)
    case .rename(let old, let new): try rename(old, to: new, &record)
    case .split, .merge, .move: try regroup(try EditStep(edit, on: self, mending: mending), &record)
    }
    if continues != today { record.continues = today }
    history.append(record)
  }

  /// Takes back the last edit that stands; its new codes stay used.
  mutating func undo() throws {
    guard let index = history.lastIndex(where: { $0.state == .done }) else {
      throw EditError(.unknown, "\(folder): there is no edit to undo")
    }
    let record = history[index]
    let before = codesInUse
    for flow in record.grids where flow.from != flow.to { for unit in flow.units { ground.grid[unit - 1] = flow.from } }
    for flow in record.micro { for unit in flow.units { ground.micro[unit - 1] = flow.from.isEmpty ? nil : flow.from } }
    for code in record.locked { register.change(code) { $0.isLocked = false } }
    for code in record.unlocked { register.change(code) { $0.isLocked = true } }
    settleCodes(since: before, edit: record.number)
    for flow in record.grids where record.posts[flow.to] == nil { posts?[flow.to] = nil }
    for (code, count) in record.posts { posts?[code] = count }
    if let today = record.continues { continues = today }
    history[index].state = .undone
  }

  private var codesInUse: Set<String> { Set(ground.grid.compactMap { $0 }) }

  // MARK: Codes

  private mutating func lock(_ codes: [String], _ isLocked: Bool) throws -> [String] {
    for code in codes { _ = try requireGrid(code) }
    let changed = codes.filter { register[$0]?.isLocked != isLocked }
    for code in changed { register.change(code) { $0.isLocked = isLocked } }
    return changed
  }

  private mutating func rename(_ old: String, to new: String, _ record: inout EditRecord) throws {
    let entry = try requireGrid(old)
    try requireUnlocked(old)
    guard register[new] == nil else {
      throw EditError(.refused, "`\(record.line)` is refused: the code \(new) \(register[new]!.isInUse ? "is another grid's" : "was used before, and is never used again")")
    }
    let digits = new.dropFirst(entry.parent.count)
    guard new.hasPrefix(entry.parent), !digits.isEmpty, digits.allSatisfy({ $0.isNumber || $0.isLetter || $0 == "-" }) else {
      throw EditError(.refused, "`\(record.line)` is refused: a code continues that of its community, \(entry.parent)")
    }
    var renamed = entry
    (renamed.code, renamed.edit) = (new, record.number)
    if let today = continues?[old] { continues?[new] = today }
    register.set(renamed)
    let (grid, micro) = (ground.grid, ground.micro)
    for unit in ground.grid.indices where ground.grid[unit] == old {
      ground.grid[unit] = new
      ground.micro[unit] = ground.micro[unit].map { $0.hasPrefix(old) ? new + $0.dropFirst(old.count) : $0 }
    }
    finish(&record, since: grid, micro, codes: [old])
  }

  private mutating func regroup(_ step: EditStep, _ record: inout EditRecord) throws {
    let touched = Set(step.touched)
    let (grid, micro) = (ground.grid, ground.micro)
    let old = grid.map { $0.flatMap { touched.contains($0) ? $0 : nil } }
    let heirs = CodeHeirs(old, households: ground.households, areas: ground.fabric.units.map(\.area))
    let (register, ground) = (self.register, self.ground)
    let codes = try heirs.codes(of: step.group, count: step.groupCount, used: register.codes, leastDigits: 3) { units in
      let parent = grid[units[0]].flatMap { register[$0]?.parent } ?? ""
      return (parent, ground.centre(of: units), ground.height(of: units))
    }
    for (unit, group) in step.group.enumerated() where group >= 0 { self.ground.grid[unit] = codes[group] }
    let kind = register[step.touched[0]]?.kind ?? "grid"
    for (group, code) in codes.enumerated() where register[code] == nil {
      let unit = step.group.firstIndex(of: group)!
      let parent = grid[unit].flatMap { register[$0]?.parent } ?? ""
      self.register.set(.init(code: code, isInUse: true, parent: parent, name: nil, kind: kind, edit: record.number))
    }
    try divideAgain(Set(codes), kind)
    finish(&record, since: grid, micro, codes: step.touched)
  }

  /// Divides the grids concerned into micro-grids, where the plan has them.
  private mutating func divideAgain(_ codes: Set<String>, _ kind: String) throws {
    guard let micro = report.settings.micro, kind == "grid" else { return }
    let certificates = try MicroGrids.divide(micro, report.settings.rules, codes.sorted(), &ground)
    plan.certificates.removeAll { $0.parent.map(codes.contains) ?? false }
    for (code, certificate) in certificates { plan.note(certificate, code: code) }
  }

  /// Writes down what went where, and which codes came and went.
  private mutating func finish(
    _ record: inout EditRecord, since grid: [String?], _ micro: [String?], codes: [String]
  ) {
    record.grids = flows(grid, ground.grid, codes: Set(codes))
    record.micro = flows(micro, ground.micro, codes: nil)
    settleCodes(since: Set(grid.compactMap { $0 }), edit: record.number)
    guard posts != nil else { return }
    for code in Set(record.grids.flatMap { [$0.from, $0.to] }) { record.posts[code] = posts?[code] }
    for code in codes where register[code]?.isInUse == false {
      let heir = record.grids.filter { $0.from == code }.max { ($0.households, $1.to) < ($1.households, $0.to) }?.to
      let count = posts?[code] ?? 0
      if let heir { posts?[heir, default: 0] += count }
      posts?[code] = nil
    }
  }

  /// What went from each code to each other one; of the codes given also what stayed.
  private func flows(_ old: [String?], _ new: [String?], codes: Set<String>?) -> [CodeFlow] {
    struct Key: Hashable {
      var from: String
      var to: String
    }
    var found: [Key: CodeFlow] = [:]
    for unit in old.indices where old[unit] != new[unit] || old[unit].map({ codes?.contains($0) ?? false }) ?? false {
      let (from, to) = (old[unit] ?? "", new[unit] ?? "")
      var flow = found[Key(from: from, to: to)] ?? CodeFlow(from: from, to: to, units: [], households: 0)
      if from != to { flow.units.append(unit + 1) }
      flow.households += ground.households[unit]
      found[Key(from: from, to: to)] = flow
    }
    return found.values.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
  }

  /// Marks codes that no unit has any more as gone, and those that came back as in use.
  private mutating func settleCodes(since before: Set<String>, edit: Int) {
    let now = codesInUse
    for code in before.subtracting(now) {
      continues?[code] = nil
      register.change(code) { ($0.isInUse, $0.isLocked, $0.edit) = (false, false, edit) }
    }
    for code in now.subtracting(before) { register.change(code) { ($0.isInUse, $0.edit) = (true, edit) } }
  }
}

extension PlanEdit {
  /// Whether units change grid by it.
  var movesUnits: Bool {
    switch self {
    case .split, .merge, .move: true
    case .lock, .unlock, .rename: false
    }
  }
}

extension PlanReport.Settings {
  /// The rules that the plan was drawn by, as far as edits need them.
  var rules: GridRules {
    GridRules(
      source: .draw, households: HouseholdBounds(min: min, ideal: ideal, max: max), boundsAreStated: bounded, count: nil,
      oversize: GridRules.Oversize(rawValue: oversize) ?? .own, seed: 1, effort: GridRules.Effort(rawValue: effort) ?? .default,
      maxMoved: nil, micro: micro, kinds: kinds, balance: GridRules.Equal(rawValue: balance) ?? .households, work: hours)
  }
}
