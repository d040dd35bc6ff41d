/// The linear program of choosing k sets that cover every node once, over the columns known so far.
///
/// Primal simplex with the inverse of the basis kept dense: rows are the nodes and one for the number of
/// sets. Artificial columns, one that covers a node and one that uncovers it, keep it feasible and prices
/// within ± their cost. Right-hand sides are shifted a little, each
/// by another amount, against standing still (Charnes, 1952).
struct CoverMaster {
  private let rows: Int
  private let right: [Double]
  private let artificialCost: Double
  private(set) var columns: [DistrictPricing.Column] = []
  /// The column in each place of the basis; -1 - row covers a row artificially, -1 - rows - row uncovers it.
  private var basis: [Int]
  private var inverse: [Double]
  private var values: [Double]

  init(nodes: Int, groups: Int, artificialCost: Double) {
    rows = nodes + 1
    self.artificialCost = artificialCost
    var random = SplitMix(seed: 1)
    right = (0..<rows).map { ($0 == nodes ? Double(groups) : 1) + 1e-7 * random.unit() }
    basis = (0..<rows).map { -1 - $0 }
    inverse = Array(repeating: 0, count: rows * rows)
    for row in 0..<rows { inverse[row * rows + row] = 1 }
    values = right
  }

  mutating func add(_ column: DistrictPricing.Column) { columns.append(column) }

  private func cost(_ index: Int) -> Double { index < 0 ? artificialCost : columns[index].cost }

  /// Prices of the rows at the optimum over the columns known; the last is that of a set.
  mutating func solve() -> [Double] {
    var prices = duals()
    for step in 1...20_000 {
      guard let entering = entering(prices) else { break }
      let direction = direction(entering)
      guard let leaving = leaving(direction) else { break }
      pivot(entering, leaving, direction)
      if step % 100 == 0 { refactor() }
      prices = duals()
    }
    return prices
  }

  private func duals() -> [Double] {
    var prices = [Double](repeating: 0, count: rows)
    for place in 0..<rows {
      let cost = cost(basis[place])
      guard cost != 0 else { continue }
      for row in 0..<rows { prices[row] += cost * inverse[place * rows + row] }
    }
    return prices
  }

  /// The column of the least reduced cost, if that is negative.
  private func entering(_ prices: [Double]) -> Int? {
    var best: (reduced: Double, index: Int)?
    func offer(_ reduced: Double, _ index: Int) {
      if reduced < best?.reduced ?? -1e-9 { best = (reduced, index) }
    }
    for (index, column) in columns.enumerated() {
      offer(column.nodes.reduce(column.cost - prices[rows - 1]) { $0 - prices[Int($1)] }, index)
    }
    for row in 0..<(rows - 1) {
      offer(artificialCost - prices[row], -1 - row)
      offer(artificialCost + prices[row], -1 - rows - row)
    }
    return best?.index
  }

  private func direction(_ index: Int) -> [Double] {
    let (entries, sign) = entries(index)
    return (0..<rows).map { place in sign * entries.reduce(0) { $0 + inverse[place * rows + Int($1)] } }
  }

  /// The rows of a column, and what stands in each.
  private func entries(_ index: Int) -> (rows: [Int32], sign: Double) {
    if index >= 0 { return (columns[index].nodes + [Int32(rows - 1)], 1) }
    let row = -1 - index
    return row < rows ? ([Int32(row)], 1) : ([Int32(row - rows)], -1)
  }

  private func leaving(_ direction: [Double]) -> Int? {
    var best = (ratio: Double.infinity, place: -1)
    for place in 0..<rows where direction[place] > 1e-9 {
      let ratio = values[place] / direction[place]
      if ratio < best.ratio { best = (ratio, place) }
    }
    return best.place >= 0 ? best.place : nil
  }

  private mutating func pivot(_ entering: Int, _ leaving: Int, _ direction: [Double]) {
    let factor = 1 / direction[leaving]
    for row in 0..<rows { inverse[leaving * rows + row] *= factor }
    values[leaving] *= factor
    for place in 0..<rows where place != leaving && direction[place] != 0 {
      let share = direction[place]
      for row in 0..<rows { inverse[place * rows + row] -= share * inverse[leaving * rows + row] }
      values[place] -= share * values[leaving]
    }
    basis[leaving] = entering
  }

  /// The inverse anew from the basis, by elimination with pivots.
  private mutating func refactor() {
    var matrix = [Double](repeating: 0, count: rows * rows)
    for (place, index) in basis.enumerated() {
      let (entries, sign) = entries(index)
      for row in entries { matrix[Int(row) * rows + place] = sign }
    }
    guard let inverse = inverted(matrix, rows) else { return }
    self.inverse = inverse
    for place in 0..<rows { values[place] = (0..<rows).reduce(0) { $0 + inverse[place * rows + $1] * right[$1] } }
  }
}

/// Gauss–Jordan with row pivots; nil for a singular matrix.
private func inverted(_ matrix: [Double], _ n: Int) -> [Double]? {
  var (a, b) = (matrix, [Double](repeating: 0, count: n * n))
  for row in 0..<n { b[row * n + row] = 1 }
  for column in 0..<n {
    let pivot = (column..<n).max { abs(a[$0 * n + column]) < abs(a[$1 * n + column]) }!
    guard abs(a[pivot * n + column]) > 1e-11 else { return nil }
    if pivot != column {
      for index in 0..<n {
        a.swapAt(pivot * n + index, column * n + index)
        b.swapAt(pivot * n + index, column * n + index)
      }
    }
    let factor = 1 / a[column * n + column]
    for index in 0..<n {
      a[column * n + index] *= factor
      b[column * n + index] *= factor
    }
    for row in 0..<n where row != column && a[row * n + column] != 0 {
      let share = a[row * n + column]
      for index in 0..<n {
        a[row * n + index] -= share * a[column * n + index]
        b[row * n + index] -= share * b[column * n + index]
      }
    }
  }
  return b
}
