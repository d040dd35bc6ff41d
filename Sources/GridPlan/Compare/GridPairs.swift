internal import Assignment
internal import Parallel
internal import Planar
internal import Redraw
internal import Topology

/// What a grid of before and a grid of after have in common.
struct GridPair: Sendable {
  /// nil: ground or households that were in no grid, or are in none.
  var before: Int?
  var after: Int?
  var households = 0
  /// The ground in common, without slivers; empty where it was not asked for.
  var polygons: [Polygon] = []
  /// m², slivers included
  var area = 0.0
}

/// All pairs of grids of two plans that have ground or households in common, and which grid of
/// after continues which of before.
struct GridPairs {
  /// By grid of before, then of after; those without a grid on one side last.
  var pairs: [GridPair]
  /// The grid of after that continues each grid of before.
  let continued: [Int?]
  /// The grid of before that each grid of after continues.
  let continues: [Int?]
  /// m² of pieces that are too thin to be meant.
  let sliverArea: Double

  /// - Parameter tolerance: thinner pieces (m) are left out of the ground that is drawn.
  init(_ before: [ComparedGrid], _ after: [ComparedGrid], _ homes: CommonHomes?, tolerance: Double) throws {
    let overlay = try GroundOverlay(before, after, tolerance: tolerance)
    var table = PairTable(overlay.pairs)
    for home in homes?.homes ?? [] { table.add(home) }
    pairs = table.pairs
    sliverArea = overlay.sliverArea
    continued = bestMatching(
      lefts: before.count, rights: after.count,
      ground: pairs.compactMap { pair in
        guard let a = pair.before, let b = pair.after else { return nil }
        let share = CommonShare(
          weight: pair.households, area: Int((pair.area * 100).rounded()),
          sameLabel: before[a].code == after[b].code ? 1 : 0)
        return CommonGround(left: a, right: b, share: share)
      })
    var back = [Int?](repeating: nil, count: after.count)
    for (a, b) in continued.enumerated() { if let b { back[b] = a } }
    continues = back
  }

  /// Whether what the pair holds is in another grid than before.
  func isMoved(_ pair: GridPair) -> Bool {
    guard let before = pair.before, let after = pair.after else { return true }
    return continued[before] != after
  }
}

/// Pairs by their grids.
private struct PairTable {
  private struct Key: Hashable {
    var before: Int?
    var after: Int?
  }

  private var found: [Key: GridPair] = [:]

  init(_ pairs: [GridPair]) {
    for pair in pairs { found[Key(before: pair.before, after: pair.after)] = pair }
  }

  mutating func add(_ home: CommonHomes.Home) {
    guard home.households > 0, home.before != nil || home.after != nil else { return }
    let key = Key(before: home.before, after: home.after)
    found[key, default: GridPair(before: home.before, after: home.after)].households += home.households
  }

  var pairs: [GridPair] {
    found.values.sorted { ($0.before ?? .max, $0.after ?? .max) < ($1.before ?? .max, $1.after ?? .max) }
  }
}

/// The ground that grids of two plans have in common.
private struct GroundOverlay {
  private(set) var pairs: [GridPair] = []
  private(set) var sliverArea = 0.0

  /// - Parameter tolerance: pieces of less than this mean width (m) are slivers of two ways to draw one line.
  /// - Throws: `TopologyError`.
  init(_ before: [ComparedGrid], _ after: [ComparedGrid], tolerance: Double) throws {
    let same = Self.unchanged(before, after)
    let index = BoxIndex(after.map(\.box))
    var found = try parallelMap(count: before.count) { a -> [GridPair] in
      if let b = same[a] { return [GridPair(before: a, after: b, polygons: after[b].polygons, area: after[b].area)] }
      return try index.items(meeting: before[a].box).compactMap { b -> GridPair? in
        let common = try intersection(before[a].polygons, after[b].polygons)
        let area = common.reduce(0) { $0 + $1.area }
        return area > 0.01 ? GridPair(before: a, after: b, polygons: common, area: area) : nil
      }
    }.flatMap { $0 }
    found += try Self.lost(before, after, found, \.before) { GridPair(before: $0, after: nil, polygons: $1, area: $2) }
    found += try Self.lost(after, before, found, \.after) { GridPair(before: nil, after: $0, polygons: $1, area: $2) }
    for pair in found { keep(pair, tolerance) }
  }

  private mutating func keep(_ pair: GridPair, _ tolerance: Double) {
    var kept = pair
    kept.polygons.removeAll { 2 * $0.area < tolerance * $0.perimeter }
    sliverArea += pair.area - kept.polygons.reduce(0) { $0 + $1.area }
    pairs.append(kept)
  }

  /// The grid of after with the very same borders.
  private static func unchanged(_ before: [ComparedGrid], _ after: [ComparedGrid]) -> [Int?] {
    let known = Dictionary(after.enumerated().map { ($1.polygons, $0) }, uniquingKeysWith: { first, _ in first })
    return before.map { known[$0.polygons] }
  }

  /// The ground of each of `grids` that none of `others` has.
  private static func lost(
    _ grids: [ComparedGrid], _ others: [ComparedGrid], _ pairs: [GridPair], _ side: KeyPath<GridPair, Int?>,
    _ pair: (Int, [Polygon], Double) -> GridPair
  ) throws -> [GridPair] {
    var covered = [Double](repeating: 0, count: grids.count)
    for pair in pairs { if let grid = pair[keyPath: side] { covered[grid] += pair.area } }
    let open = grids.indices.filter { grids[$0].area - covered[$0] > 1 }
    let index = BoxIndex(others.map(\.box))
    let rest = try parallelMap(count: open.count) { number -> [Polygon] in
      let grid = grids[open[number]]
      let near = index.items(meeting: grid.box).flatMap { others[$0].polygons }
      return try near.isEmpty ? grid.polygons : difference(grid.polygons, union(near))
    }
    return zip(open, rest).compactMap { grid, polygons in
      let area = polygons.reduce(0) { $0 + $1.area }
      return area > 0.01 ? pair(grid, polygons, area) : nil
    }
  }
}

extension ComparedGrid {
  static func index(_ grids: [ComparedGrid]) -> AreaIndex {
    AreaIndex(grids.map { Area(code: $0.code, polygons: $0.polygons) })
  }
}
