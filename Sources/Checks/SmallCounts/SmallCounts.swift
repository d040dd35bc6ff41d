/// Which cells of a table to leave out so that no small count can be read or computed from the rest.
///
/// A count is small from 1 to `minimum` − 1; zeros are published. *Protection*: an attacker who knows
/// all published cells, that counts are whole and not negative, and which cells were left out, can
/// bound no small count more narrowly than 0…`minimum`, and can compute no cell that was left out.
/// He is not assumed to know more, such as which of the cells left out are the small ones.
///
/// *Loss*: among all choices that protect, one with the fewest cells left out, and among those one
/// with the smallest sum of their counts (exact, by dynamic programming over the hierarchy).
/// The same table gives the same choice.
///
/// Why it suffices to look at each published cell by itself: the lowest cells that are left out below
/// a published one p, and not below a published cell between, have a known sum S(p), and nothing
/// else is known of them. So each of them may be anything from 0 to S(p) where there are at least
/// two, and they are safe when S(p) ≥ `minimum`. A cell left out above them must not hold all of them.
/// Source of the problem: L. Willenborg, T. de Waal, "Elements of Statistical Disclosure Control", 2001.
///
/// O(cells · minimum²) at worst, about linear in practice.
public func suppression(of table: CountTable, minimum: Int = 10) -> Suppression {
  var search = SuppressionSearch(table, minimum)
  return search.best()
}

/// What is known, seen from above, of the lowest cells left out below a cell that is itself left out.
private struct OpenRegion: Hashable {
  /// How many they are: 0, 1, or 2 for more.
  var cells = 0
  /// Their sum, at most the minimum.
  var sum = 0
  /// Whether a small cell is among them or above them.
  var hasSmall = false
  /// Whether a cell left out holds all of them, so that one outside it is needed.
  var needsOther = false

  func merged(with other: OpenRegion, minimum: Int) -> OpenRegion {
    if cells == 0 { return other }
    if other.cells == 0 { return self }
    return OpenRegion(
      cells: 2, sum: min(sum + other.sum, minimum), hasSmall: hasSmall || other.hasSmall, needsOther: false)
  }

  /// Whether a published cell may stand above.
  func isSafe(minimum: Int) -> Bool {
    cells == 0 || cells == 2 && !needsOther && sum >= 1 && (!hasSmall || sum >= minimum)
  }
}

private struct Loss: Comparable {
  var cells = 0
  var sum = 0

  static func < (a: Loss, b: Loss) -> Bool { (a.cells, a.sum) < (b.cells, b.sum) }
  static func + (a: Loss, b: Loss) -> Loss { Loss(cells: a.cells + b.cells, sum: a.sum + b.sum) }
}

private struct SuppressionSearch {
  /// A way to treat a subtree: the region it leaves open above, its loss, and how it came about.
  struct Way {
    var region: OpenRegion
    var loss: Loss
    /// Whether the cell itself is left out.
    var isOut: Bool
    /// The way of each child.
    var children: Trail?
  }

  /// A list of choices that shares its tail.
  final class Trail {
    let choice: Int
    let rest: Trail?

    init(_ choice: Int, _ rest: Trail?) { (self.choice, self.rest) = (choice, rest) }
  }

  /// A choice for the children looked at so far.
  struct Partial {
    var region = OpenRegion()
    var loss = Loss()
    var trail: Trail?
  }

  let table: CountTable
  let minimum: Int
  var ways: [[Way]]

  init(_ table: CountTable, _ minimum: Int) {
    (self.table, self.minimum) = (table, minimum)
    ways = Array(repeating: [], count: table.cells.count)
  }

  func isSmall(_ cell: Int) -> Bool { (1..<max(minimum, 1)).contains(table.cells[cell].count) }

  mutating func best() -> Suppression {
    for cell in table.fromTop.reversed() { ways[cell] = ways(of: cell) }
    var reasons: [Suppression.Reason?] = Array(repeating: nil, count: table.cells.count)
    var chosen = Array(repeating: 0, count: table.cells.count)
    for cell in table.fromTop {
      if table.cells[cell].parent == nil { chosen[cell] = bestAtTop(cell) }
      let way = ways[cell][chosen[cell]]
      if way.isOut { reasons[cell] = isSmall(cell) ? .small : .total }
      var trail = way.children
      for child in table.children[cell].reversed() {
        chosen[child] = trail!.choice
        trail = trail!.rest
      }
    }
    return Suppression(reasons: reasons)
  }

  /// Nothing is known above the top: a cell left out there needs no other.
  private func bestAtTop(_ cell: Int) -> Int {
    ways[cell].indices.min { (ways[cell][$0].loss, $0) < (ways[cell][$1].loss, $1) }!
  }

  private func ways(of cell: Int) -> [Way] {
    let own = Loss(cells: 1, sum: table.cells[cell].count)
    var result: [Way] = []
    if table.isLeaf(cell) {
      if !isSmall(cell) { result.append(Way(region: OpenRegion(), loss: Loss(), isOut: false)) }
      let region = OpenRegion(
        cells: 1, sum: min(table.cells[cell].count, minimum), hasSmall: isSmall(cell), needsOther: false)
      return result + [Way(region: region, loss: own, isOut: true)]
    }
    for partial in choices(for: table.children[cell]) {
      if !isSmall(cell), partial.region.isSafe(minimum: minimum) {
        result.append(Way(region: OpenRegion(), loss: partial.loss, isOut: false, children: partial.trail))
      }
      if partial.region.cells > 0 {
        var region = partial.region
        region.needsOther = true
        region.hasSmall = region.hasSmall || isSmall(cell)
        result.append(Way(region: region, loss: partial.loss + own, isOut: true, children: partial.trail))
      }
    }
    return pruned(result, region: \.region, loss: \.loss)
  }

  private func choices(for children: [Int]) -> [Partial] {
    var partials = [Partial()]
    for child in children {
      var next: [Partial] = []
      for partial in partials {
        for (number, way) in ways[child].enumerated() {
          next.append(
            Partial(
              region: partial.region.merged(with: way.region, minimum: minimum), loss: partial.loss + way.loss,
              trail: Trail(number, partial.trail)))
        }
      }
      partials = pruned(next, region: \.region, loss: \.loss)
    }
    return partials
  }

  /// Only items that no other beats: equal in kind, a sum no smaller, a loss no greater.
  private func pruned<Item>(
    _ items: [Item], region: KeyPath<Item, OpenRegion>, loss: KeyPath<Item, Loss>
  ) -> [Item] {
    let order = items.indices.sorted { a, b in
      let (p, q) = (items[a][keyPath: region], items[b][keyPath: region])
      if kind(p) != kind(q) { return kind(p) < kind(q) }
      if p.sum != q.sum { return p.sum > q.sum }
      return (items[a][keyPath: loss], a) < (items[b][keyPath: loss], b)
    }
    var kept: [Item] = []
    var currentKind = -1
    var best: Loss?
    for index in order {
      let item = items[index]
      if kind(item[keyPath: region]) != currentKind {
        currentKind = kind(item[keyPath: region])
        best = nil
      }
      if let best, item[keyPath: loss] >= best { continue }
      best = item[keyPath: loss]
      kept.append(item)
    }
    return kept
  }

  private func kind(_ region: OpenRegion) -> Int {
    region.cells * 4 + (region.hasSmall ? 2 : 0) + (region.needsOther ? 1 : 0)
  }
}
