import Georeference
import MapFiles

extension Reconciliation {
  init(_ joiner: Joiner, many: ManySide, _ options: ReconcileOptions, _ working: CRS?) throws {
    (a, b) = (joiner.a, joiner.b)
    rules = options.rules
    links = joiner.links.sorted { ($0.a, $0.b) < ($1.a, $1.b) }
    leftoversOfA = joiner.freeOfA.map { Leftover(row: $0, reason: joiner.reasonOfA($0)) }
    leftoversOfB = joiner.freeOfB.map { Leftover(row: $0, reason: joiner.reasonOfB($0)) }
    let comparison = Comparison(
      a: a, b: b, fields: try comparedFields(a, b, options.compared, many: many), rules: options.rules, tolerance: options.tolerance)
    let groups = groups(of: links, many: many)
    conflicts = try groups.flatMap { try comparison.conflicts(in: $0) }
    merged = try Merging(comparison, many: many, groups: groups, allowsBallpark: options.allowsBallpark).layer()
    shift = try working.flatMap { try ShiftSuspicion(joiner, working: $0) }
    totals = Totals()
    totals.rowsOfA = a.layer.features.count
    totals.rowsOfB = b.layer.features.count
    totals.joinedOfA = totals.rowsOfA - leftoversOfA.count
    totals.joinedOfB = totals.rowsOfB - leftoversOfB.count
    totals.byBasis = Dictionary(links.map { ($0.basis, 1) }, uniquingKeysWith: +)
    totals.value = valueTotals()
  }

  private func valueTotals() -> Totals.Value? {
    guard let named = a.fields.value.map({ a.layer.fields[$0] }) ?? b.fields.value.map({ b.layer.fields[$0] }) else { return nil }
    func total(_ source: Source, _ rows: some Sequence<Int>) -> Double { rows.reduce(0) { $0 + (source.value(of: $1) ?? 0) } }
    let (hasA, hasB) = (a.fields.value != nil, b.fields.value != nil)
    let (joinedA, joinedB) = (Set(links.map(\.a)).sorted(), Set(links.map(\.b)).sorted())
    return Totals.Value(
      field: named, ofA: hasA ? total(a, a.rows) : nil, ofB: hasB ? total(b, b.rows) : nil,
      joinedOfA: hasA ? total(a, joinedA) : nil, joinedOfB: hasB ? total(b, joinedB) : nil)
  }
}

extension Joiner {
  func reasonOfA(_ row: Int) -> LeftoverReason { reasonsOfA[row] ?? (hasKey(a, row) ? .noCounterpart : .noKey) }
  func reasonOfB(_ row: Int) -> LeftoverReason { reasonsOfB[row] ?? (hasKey(b, row) ? .noCounterpart : .noKey) }

  private func hasKey(_ source: Source, _ row: Int) -> Bool {
    source.codes[row] != nil || source.names[row] != nil || source.addresses[row] != nil || source.places[row] != nil
  }
}
