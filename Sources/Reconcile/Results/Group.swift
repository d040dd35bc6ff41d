/// Rows that are one thing: one of each source, or several of the one whose rows add up.
struct Group {
  var rowsOfA: [Int]
  var rowsOfB: [Int]
  var basis: JoinBasis
  var score: Double

  var a: Int { rowsOfA[0] }
  var b: Int { rowsOfB[0] }
}

/// The groups that links make, in the order of the single side.
func groups(of links: [Link], many: ManySide) -> [Group] {
  var result: [Group] = []
  var known: [Int: Int] = [:]
  for link in links.sorted(by: { many == .a ? ($0.b, $0.a) < ($1.b, $1.a) : ($0.a, $0.b) < ($1.a, $1.b) }) {
    let single = many == .a ? link.b : link.a
    if many != .neither, let position = known[single] {
      if many == .a { result[position].rowsOfA.append(link.a) } else { result[position].rowsOfB.append(link.b) }
      result[position].score = min(result[position].score, link.score)
    } else {
      known[single] = result.count
      result.append(Group(rowsOfA: [link.a], rowsOfB: [link.b], basis: link.basis, score: link.score))
    }
  }
  return result
}
