/// Joins rows of two sources step by step; a row that is joined takes no part in later steps.
struct Joiner {
  let a: Source
  let b: Source
  let reach: Double
  let leastOverlap: Double
  private(set) var links: [Link] = []
  private(set) var isTakenA: [Bool]
  private(set) var isTakenB: [Bool]
  private(set) var reasonsOfA: [Int: LeftoverReason] = [:]
  private(set) var reasonsOfB: [Int: LeftoverReason] = [:]
  /// Pairs of equal codes or names, joined or not, by which a shift between both can be measured.
  private(set) var equals: [(a: Int, b: Int)] = []

  init(_ a: Source, _ b: Source, reach: Double, leastOverlap: Double) {
    (self.a, self.b) = (a, b)
    (self.reach, self.leastOverlap) = (reach, leastOverlap)
    isTakenA = Array(repeating: false, count: a.layer.features.count)
    isTakenB = Array(repeating: false, count: b.layer.features.count)
  }

  var freeOfA: [Int] { isTakenA.indices.filter { !isTakenA[$0] } }
  var freeOfB: [Int] { isTakenB.indices.filter { !isTakenB[$0] } }

  func relation(_ i: Int, _ j: Int) -> PlaceRelation? {
    guard let p = a.places[i], let q = b.places[j] else { return nil }
    return PlaceRelation(p, q)
  }

  /// Joins a pair.
  /// - Parameter score: of the evidence; that of the places where nil.
  mutating func join(_ i: Int, _ j: Int, _ basis: JoinBasis, score: Double? = nil, _ known: PlaceRelation? = nil) {
    let relation = known ?? relation(i, j)
    links.append(
      Link(
        a: i, b: j, basis: basis, score: score ?? relation?.score(reach: reach) ?? 0,
        overlap: relation?.overlap, distance: relation?.distance))
    isTakenA[i] = true
    isTakenB[j] = true
    reasonsOfA[i] = nil
    reasonsOfB[j] = nil
  }

  /// Joins a pair that something else than its place says is one, unless its places lie apart.
  mutating func joinUnlessApart(_ i: Int, _ j: Int, _ basis: JoinBasis, score: Double, key: JoinKey) {
    equals.append((i, j))
    let relation = relation(i, j)
    if let relation, relation.distance > reach {
      refuseA(i, .contradicted(key: key, other: j, distance: relation.distance))
      refuseB(j, .contradicted(key: key, other: i, distance: relation.distance))
    } else {
      join(i, j, basis, score: score, relation)
    }
  }

  mutating func refuseA(_ row: Int, _ reason: LeftoverReason) {
    if reasonsOfA[row] == nil { reasonsOfA[row] = reason }
  }

  mutating func refuseB(_ row: Int, _ reason: LeftoverReason) {
    if reasonsOfB[row] == nil { reasonsOfB[row] = reason }
  }

  // MARK: Codes

  /// Joins rows with the same code where it stands once on either side.
  mutating func joinByCode() {
    let (inA, inB) = (rowsByKey(a.codes), rowsByKey(b.codes))
    for code in inA.keys.sorted() {
      guard let rows = inA[code], let others = inB[code] else { continue }
      if rows.count == 1, others.count == 1 {
        if !isTakenA[rows[0]], !isTakenB[others[0]] {
          joinUnlessApart(rows[0], others[0], .code, score: 1, key: .code)
        }
      } else {
        for row in rows where !isTakenA[row] { refuseA(row, .codeRepeats) }
        for row in others where !isTakenB[row] { refuseB(row, .codeRepeats) }
      }
    }
  }
}

/// The rows of each key, ascending.
func rowsByKey<Key: Hashable>(_ keys: [Key?]) -> [Key: [Int]] {
  var rows: [Key: [Int]] = [:]
  for (row, key) in keys.enumerated() {
    if let key { rows[key, default: []].append(row) }
  }
  return rows
}
