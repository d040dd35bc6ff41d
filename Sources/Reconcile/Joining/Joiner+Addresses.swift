import PlanModel

/// Of which source several rows may join one of the other.
enum ManySide: Sendable, Hashable { case a, b, neither }

extension Joiner {
  /// Joins rows with the same address.
  ///
  /// Rows of the side that is many are counts at a building and add up there. Where neither is, the
  /// address must stand once on either side.
  mutating func joinByAddress(many: ManySide) {
    if many == .b {
      joinTable(b.addresses, freeOfB, to: a.addresses, freeOfA, tableIsA: false, addsUp: true)
    } else {
      joinTable(a.addresses, freeOfA, to: b.addresses, freeOfB, tableIsA: true, addsUp: many == .a)
    }
  }

  private mutating func joinTable(
    _ table: [PlaceAddress?], _ rows: [Int], to places: [PlaceAddress?], _ targets: [Int], tableIsA: Bool, addsUp: Bool
  ) {
    let free = Set(targets)
    let join = AddressJoin(places.indices.map { free.contains($0) ? places[$0] : nil })
    let answers = join.answers(for: rows.map { table[$0] })
    var claims: [Int: Int] = [:]
    for case .place(let target, _) in answers { claims[target, default: 0] += 1 }
    for (row, answer) in zip(rows, answers) {
      switch answer {
      case .place(let target, let isWhole) where addsUp || claims[target] == 1:
        let (i, j) = tableIsA ? (row, target) : (target, row)
        joinUnlessApart(i, j, .address, score: isWhole ? 1 : 0.9, key: .address)
      case .place, .repeats: refuse(row, .addressRepeats, tableIsA)
      case .lostCharacter: refuse(row, .lostCharacter, tableIsA)
      case .none: break
      }
    }
    for target in targets where !addsUp && (claims[target] ?? 0) > 1 { refuse(target, .addressRepeats, !tableIsA) }
  }

  private mutating func refuse(_ row: Int, _ reason: LeftoverReason, _ isA: Bool) {
    if isA { refuseA(row, reason) } else { refuseB(row, reason) }
  }
}

extension ManySide {
  /// The side whose rows are counts at the places of the other: the one without geometry; where
  /// neither or both have any, the one whose addresses name doors or repeat more.
  init(_ a: Source, _ b: Source) {
    let (hasA, hasB) = (a.places.contains { $0 != nil }, b.places.contains { $0 != nil })
    if hasA != hasB {
      self = hasA ? .b : .a
      return
    }
    let (repeatsA, repeatsB) = (a.repeatedAddresses, b.repeatedAddresses)
    self = repeatsA == repeatsB ? .neither : repeatsA > repeatsB ? .a : .b
  }
}

extension Source {
  /// How many rows have the address of a row before them.
  fileprivate var repeatedAddresses: Int {
    let given = addresses.compactMap { $0?.text }
    return given.count - Set(given).count
  }
}
