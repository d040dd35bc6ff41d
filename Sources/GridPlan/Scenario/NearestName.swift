/// The one of `names` that was most likely meant by `mistyped`; nil where none comes near.
///
/// Nearest by edit distance with transpositions (Damerau–Levenshtein, restricted), ignoring case;
/// at most a third of the letters, and at least one, may differ. Ties go to the first.
public func nearestName(to mistyped: String, among names: [String]) -> String? {
  let allowed = max(1, mistyped.count / 3)
  let ranked = names.map { (name: $0, distance: editDistance(mistyped.lowercased(), $0.lowercased())) }
  guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= allowed else { return nil }
  return best.name
}

/// The least number of insertions, deletions, substitutions and swaps of neighbours between two words.
func editDistance(_ a: String, _ b: String) -> Int {
  let a = Array(a)
  let b = Array(b)
  var rows = [Array(0...b.count)]
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      let substitution = rows[i][j] + (a[i] == b[j] ? 0 : 1)
      var best = min(substitution, rows[i][j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, rows[i - 1][j - 1] + 1) }
      row.append(best)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}
