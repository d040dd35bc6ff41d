import PlanModel

extension Joiner {
  /// Joins rows with the same name.
  ///
  /// By the name alone only where it is whole and stands once in either source; a name that repeats,
  /// lost a character or has another ending needs the area above or the place to confirm it.
  mutating func joinByName() {
    joinUniqueNames()
    joinNamesInParents()
    joinNamesAtPlaces()
    joinStems()
    listNames()
  }

  private func names(_ source: Source, where condition: (PlaceName) -> Bool = { _ in true }) -> [String?] {
    source.names.map { $0.flatMap { !$0.hasLostCharacter && condition($0) ? $0.key : nil } }
  }

  private mutating func joinUniqueNames() {
    let (inA, inB) = (rowsByKey(names(a)), rowsByKey(names(b)))
    for name in inA.keys.sorted() {
      guard let rows = inA[name], rows.count == 1, let others = inB[name], others.count == 1 else { continue }
      let (i, j) = (rows[0], others[0])
      guard !isTakenA[i], !isTakenB[j] else { continue }
      if areParentsAtOdds(i, j), !meets(i, j) { continue }
      joinUnlessApart(i, j, .name, score: 1, key: .name)
    }
  }

  /// Whether both say in which area they lie, and say different things: by the area above, or by
  /// division codes of different cities. Counties are rearranged too often to tell.
  private func areParentsAtOdds(_ i: Int, _ j: Int) -> Bool {
    if let mine = a.codes[i].flatMap({ try? DivisionCode($0) }), let theirs = b.codes[j].flatMap({ try? DivisionCode($0) }),
      min(mine.level, theirs.level) > .city, mine.digits.prefix(4) != theirs.digits.prefix(4)
    {
      return true
    }
    guard let p = a.parents[i], let q = b.parents[j] else { return false }
    return !p.mayEqual(q)
  }

  private func meets(_ i: Int, _ j: Int) -> Bool {
    guard let relation = relation(i, j) else { return false }
    return relation.overlap.map { $0 > 0 } ?? (relation.distance <= reach)
  }

  /// Joins rows that are alone in their area above with a name that may be the same.
  private mutating func joinNamesInParents() {
    let (inA, inB) = (rowsByKey(a.parents.map { $0?.key }), rowsByKey(b.parents.map { $0?.key }))
    for parent in inA.keys.sorted() {
      guard let rows = inA[parent], let others = inB[parent] else { continue }
      joinWithin(rows, others, .nameInParent, score: 1) { $0.key == $1.key && !$0.hasLostCharacter && !$1.hasLostCharacter }
      joinWithin(rows, others, .similarNameInParent, score: 0.8) { $0.mayEqual($1) || $0.hasSameStem(as: $1) }
    }
  }

  private mutating func joinWithin(
    _ rows: [Int], _ others: [Int], _ basis: JoinBasis, score: Double, _ areEqual: (PlaceName, PlaceName) -> Bool
  ) {
    let (mine, theirs) = (rows.filter { !isTakenA[$0] && a.names[$0] != nil }, others.filter { !isTakenB[$0] && b.names[$0] != nil })
    guard mine.count * theirs.count <= 1_000_000 else { return }
    var pairs: [(Int, Int)] = []
    for i in mine { for j in theirs where areEqual(a.names[i]!, b.names[j]!) { pairs.append((i, j)) } }
    let (countsA, countsB) = (Dictionary(pairs.map { ($0.0, 1) }, uniquingKeysWith: +), Dictionary(pairs.map { ($0.1, 1) }, uniquingKeysWith: +))
    for (i, j) in pairs where countsA[i] == 1 && countsB[j] == 1 { joinUnlessApart(i, j, basis, score: score, key: .name) }
  }

  /// Joins rows whose names may be the same and whose places meet, the best overlap first.
  private mutating func joinNamesAtPlaces() {
    var found: [(pair: (Int, Int), isSame: Bool, relation: PlaceRelation)] = []
    for i in freeOfA {
      guard let name = a.names[i], let place = a.places[i] else { continue }
      for j in b.index.items(meeting: place.box.expanded(by: reach)) where !isTakenB[j] {
        guard let other = b.names[j] else { continue }
        let isSame = name.key == other.key && !name.hasLostCharacter
        guard isSame || name.mayEqual(other) || name.hasSameStem(as: other), let relation = relation(i, j) else { continue }
        guard relation.overlap.map({ $0 > 0.1 }) ?? (relation.distance <= reach) else { continue }
        found.append(((i, j), isSame, relation))
      }
    }
    found.sort {
      ($1.relation.score(reach: reach), $0.pair.0, $0.pair.1) < ($0.relation.score(reach: reach), $1.pair.0, $1.pair.1)
    }
    for (pair, isSame, relation) in found where !isTakenA[pair.0] && !isTakenB[pair.1] {
      join(pair.0, pair.1, isSame ? .nameAtPlace : .similarNameAtPlace, relation)
    }
  }

  /// Joins names of which one lacks the ending, where the stem stands once on either side.
  private mutating func joinStems() {
    let (inA, inB) = (rowsByKey(a.names.map(\.wholeStem)), rowsByKey(b.names.map(\.wholeStem)))
    for stem in inA.keys.sorted() {
      guard let rows = inA[stem], rows.count == 1, let others = inB[stem], others.count == 1 else { continue }
      let (i, j) = (rows[0], others[0])
      guard !isTakenA[i], !isTakenB[j], a.names[i]!.mayEqual(b.names[j]!), !areParentsAtOdds(i, j) else { continue }
      joinUnlessApart(i, j, .stem, score: 0.9, key: .name)
    }
  }

  /// Says of the names that were not joined why.
  private mutating func listNames() {
    let (inA, inB) = (rowsByKey(names(a)), rowsByKey(names(b)))
    for i in freeOfA {
      guard let name = a.names[i] else { continue }
      if name.hasLostCharacter { refuseA(i, .lostCharacter) } else if let others = inB[name.key], others.count + inA[name.key]!.count > 2 { refuseA(i, .nameRepeats) }
    }
    for j in freeOfB {
      guard let name = b.names[j] else { continue }
      if name.hasLostCharacter { refuseB(j, .lostCharacter) } else if let others = inA[name.key], others.count + inB[name.key]!.count > 2 { refuseB(j, .nameRepeats) }
    }
  }
}

extension PlaceName? {
  fileprivate var wholeStem: String? { flatMap { $0.hasLostCharacter ? nil : $0.stem } }
}
