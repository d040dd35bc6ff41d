import Testing

@testable import Checks

/// What an attacker can deduce, by trying every assignment of whole counts up to a limit.
private struct Attacker {
  let table: CountTable
  let leaves: [Int]
  let limit: Int

  init(_ table: CountTable, limit: Int) {
    self.table = table
    self.limit = limit
    leaves = table.cells.indices.filter { table.isLeaf($0) }
  }

  /// The least and greatest value of every cell over all assignments that agree with what is published.
  func bounds(_ suppression: Suppression) -> [(low: Int, high: Int)] {
    var bounds = table.cells.map { _ in (low: Int.max, high: Int.min) }
    var values = Array(repeating: 0, count: table.cells.count)
    func visit(_ position: Int) {
      guard position < leaves.count else { return record() }
      let leaf = leaves[position]
      let known = table.cells[leaf].count
      for value in suppression.isSuppressed(leaf) ? 0...limit : known...known {
        values[leaf] = value
        visit(position + 1)
      }
    }
    func record() {
      for cell in table.fromTop.reversed() where !table.isLeaf(cell) {
        values[cell] = table.children[cell].reduce(0) { $0 + values[$1] }
        if !suppression.isSuppressed(cell) && values[cell] != table.cells[cell].count { return }
      }
      for cell in values.indices {
        bounds[cell] = (min(bounds[cell].low, values[cell]), max(bounds[cell].high, values[cell]))
      }
    }
    visit(0)
    return bounds
  }

  func isProtected(_ suppression: Suppression, minimum: Int) -> Bool {
    let bounds = bounds(suppression)
    return table.cells.indices.allSatisfy { cell in
      let count = table.cells[cell].count
      let isSmall = count > 0 && count < minimum
      if isSmall && !(bounds[cell].low == 0 && bounds[cell].high >= minimum) { return false }
      return !suppression.isSuppressed(cell) || bounds[cell].low < bounds[cell].high
    }
  }
}

/// Hierarchies by the parent of each cell; the lowest cells get the counts.
private let shapes: [[Int?]] = [
  [nil, 0, 0], [nil, 0, 0, 0], [nil, 0, 0, 1, 1, 2], [nil, 0, 0, 1, 1, 2, 2], [nil, 0, 1, 2, 2],
  [nil, 0, 0, 0, 1, 1, 2], [nil, 0, 0, 1, 1, 3, 3], [nil, nil, 0, 0, 1, 1], [nil, 0, 0, 1, 2, 2],
]

private func table(_ parents: [Int?], leafCounts: [Int]) throws -> CountTable {
  var counts = Array(repeating: 0, count: parents.count)
  var next = leafCounts.makeIterator()
  for cell in parents.indices where !parents.contains(cell) { counts[cell] = next.next() ?? 0 }
  for cell in parents.indices.reversed() { if let parent = parents[cell] { counts[parent] += counts[cell] } }
  return try CountTable(parents.indices.map { .init("\($0)", count: counts[$0], parent: parents[$0]) })
}

/// All lists of `count` values.
private func lists(of values: [Int], count: Int) -> [[Int]] {
  count == 0 ? [[]] : lists(of: values, count: count - 1).flatMap { head in values.map { head + [$0] } }
}

@Suite struct SmallCountsTests {
  let minimum = 3

  /// Every hierarchy above with every choice of counts from 0, 1, 2, 3, 5 (0, 1, 4 for four grids): the attacker never gets a small
  /// count within less than 0…minimum, nor any other cell exactly.
  @Test(arguments: shapes.indices)
  func anAttackerLearnsNothing(shape: Int) throws {
    let leaves = shapes[shape].indices.filter { !shapes[shape].contains($0) }.count
    for counts in lists(of: leaves > 3 ? [0, 1, 4] : [0, 1, 2, 3, 5], count: leaves) {
      let table = try table(shapes[shape], leafCounts: counts)
      let suppression = suppression(of: table, minimum: minimum)
      let attacker = Attacker(table, limit: counts.reduce(0, +) + minimum)
      #expect(attacker.isProtected(suppression, minimum: minimum), "\(shapes[shape]) \(counts)")
    }
  }

  /// No choice that protects leaves out fewer cells, or as many with a smaller sum.
  @Test(arguments: [0, 1, 2, 4, 5, 6, 8])
  func theLossIsTheLeast(shape: Int) throws {
    let parents = shapes[shape]
    let leaves = parents.indices.filter { !parents.contains($0) }.count
    for counts in lists(of: leaves > 3 ? [0, 1, 4] : [0, 1, 2, 4], count: leaves) {
      let table = try table(parents, leafCounts: counts)
      let attacker = Attacker(table, limit: counts.reduce(0, +) + minimum)
      let found = suppression(of: table, minimum: minimum)
      func loss(_ suppression: Suppression) -> [Int] {
        let out = table.cells.indices.filter(suppression.isSuppressed)
        return [out.count, out.reduce(0) { $0 + table.cells[$1].count }]
      }
      let small = table.cells.indices.filter { (1..<minimum).contains(table.cells[$0].count) }
      for mask in 0..<(1 << parents.count) where small.allSatisfy({ mask >> $0 & 1 == 1 }) {
        let other = Suppression(reasons: parents.indices.map { mask >> $0 & 1 == 1 ? .total : nil })
        guard loss(other).lexicographicallyPrecedes(loss(found)) else { continue }
        #expect(!attacker.isProtected(other, minimum: minimum), "\(parents) \(counts) \(mask)")
      }
    }
  }

  @Test func reasonsAndMinimalLoss() throws {
    let table = try CountTable([
      .init("county", count: 1000), .init("street", count: 1000, parent: 0),
      .init("a", count: 400, parent: 1), .init("b", count: 4, parent: 1), .init("c", count: 296, parent: 1),
      .init("d", count: 300, parent: 1),
    ])
    let result = suppression(of: table)
    #expect(result.reasons == [nil, nil, nil, .small, .total, nil])
  }

  @Test func nothingToHide() throws {
    let table = try CountTable([.init("a", count: 20), .init("b", count: 20, parent: 0), .init("c", count: 0, parent: 0)])
    #expect(suppression(of: table).count == 0)
    #expect(suppression(of: try CountTable([])).count == 0)
    #expect(suppression(of: table, minimum: 0).count == 0)
  }

  @Test func aLoneSmallPlaceIsLeftOutWhole() throws {
    let table = try CountTable([.init("street", count: 5), .init("community", count: 5, parent: 0), .init("grid", count: 5, parent: 1)])
    #expect(suppression(of: table).count == 3)
  }

  @Test func contradictionsAreRefused() {
    #expect(throws: SmallCountsError.self) { try CountTable([.init("a", count: 3), .init("b", count: 2, parent: 0)]) }
    #expect(throws: SmallCountsError.self) { try CountTable([.init("a", count: -1)]) }
    #expect(throws: SmallCountsError.self) { try CountTable([.init("a", count: 1, parent: 7)]) }
    #expect(throws: SmallCountsError.self) { try CountTable([.init("a", count: 1, parent: 0)]) }
  }

  @Test func aBigTableTakesNoTime() throws {
    var generator = Seeded(3)
    var cells: [CountTable.Cell] = [.init("county", count: 0)]
    for street in 0..<20 {
      let top = cells.count
      cells.append(.init("s\(street)", count: 0, parent: 0))
      for community in 0..<25 {
        let middle = cells.count
        cells.append(.init("s\(street)c\(community)", count: 0, parent: top))
        for grid in 0..<20 {
          let count = Int.random(in: 0..<20, using: &generator) == 0 ? Int.random(in: 0..<12, using: &generator) : 400
          cells.append(.init("s\(street)c\(community)g\(grid)", count: count, parent: middle))
        }
      }
    }
    for cell in cells.indices.reversed() { if let parent = cells[cell].parent { cells[parent].count += cells[cell].count } }
    let table = try CountTable(cells)
    let result = suppression(of: table)
    let small = cells.indices.filter { (1..<10).contains(cells[$0].count) }
    #expect(small.allSatisfy { result.reasons[$0] == .small })
    #expect(result.count <= 2 * small.count)
  }
}

@Suite struct SubtractionOfPlansTests {
  let minimum = 3

  /// Two plans of two and three grids over the same pieces, all counts up to 4: whatever the first
  /// publishes, the attacker bounds no small piece within less than 0…minimum.
  @Test(arguments: [
    // Pieces as (grid of this plan, grid of the other).
    [(0, 0), (0, 1), (1, 1)], [(0, 0), (1, 0), (1, 1)], [(0, 0), (1, 1), (2, 1)],
    [(0, 0), (0, 1), (1, 0), (1, 1)], [(0, 0), (1, 0), (1, 1), (2, 1)],
  ])
  func noPieceIsExposed(links: [(Int, Int)]) throws {
    for counts in lists(of: links.count > 3 ? [0, 1, 4] : [0, 1, 2, 4], count: links.count) {
      let pieces = zip(links, counts).map { (mine: $0.0, theirs: $0.1, count: $1) }
      let mine = try plan(pieces.map { ($0.mine, $0.count) })
      let theirs = try plan(pieces.map { ($0.theirs, $0.count) })
      let before = suppression(of: theirs, minimum: minimum)
      let common = pieces.map { CommonPiece(mine: $0.mine + 1, theirs: $0.theirs + 1, count: $0.count) }
      let published = PublishedPlan(theirs, isPublished: before.reasons.map { $0 == nil })
      let result = try suppression(of: mine, minimum: minimum, against: published, pieces: common)
      let bounds = attack(mine, result, theirs, before, common)
      for (number, piece) in common.enumerated() where (1..<minimum).contains(piece.count) {
        let isWide = bounds[number].low == 0 && bounds[number].high >= minimum
        #expect(isWide != result.exposed.contains(number), "\(links) \(counts) piece \(number) \(bounds[number])")
      }
      // What is exposed is so by the other plan alone.
      let silent = Suppression(reasons: mine.cells.map { _ in .small })
      let alone = attack(mine, silent, theirs, before, common)
      for number in result.exposed {
        #expect(alone[number].low > 0 || alone[number].high < minimum, "\(links) \(counts)")
      }
    }
  }

  /// One top cell with as many grids as occur.
  private func plan(_ pieces: [(grid: Int, count: Int)]) throws -> CountTable {
    let grids = (pieces.map(\.grid).max() ?? 0) + 1
    let counts = (0..<grids).map { grid in pieces.filter { $0.grid == grid }.reduce(0) { $0 + $1.count } }
    return try CountTable(
      [.init("top", count: counts.reduce(0, +))] + counts.enumerated().map { .init("g\($0)", count: $1, parent: 0) })
  }

  private func attack(
    _ mine: CountTable, _ mineOut: Suppression, _ theirs: CountTable, _ theirsOut: Suppression,
    _ pieces: [CommonPiece]
  ) -> [(low: Int, high: Int)] {
    var bounds = pieces.map { _ in (low: Int.max, high: Int.min) }
    let total = pieces.reduce(0) { $0 + $1.count } + minimum
    // A piece without households is known to have none: it is not among the pieces given.
    func agrees(_ values: [Int], _ table: CountTable, _ out: Suppression, _ side: KeyPath<CommonPiece, Int>) -> Bool {
      var sums = Array(repeating: 0, count: table.cells.count)
      for (piece, value) in zip(pieces, values) {
        sums[piece[keyPath: side]] += value
        sums[0] += value
      }
      return table.cells.indices.allSatisfy { out.isSuppressed($0) || sums[$0] == table.cells[$0].count }
    }
    func visit(_ values: [Int], _ rest: Int) {
      if values.count == pieces.count {
        guard agrees(values, mine, mineOut, \.mine), agrees(values, theirs, theirsOut, \.theirs) else { return }
        for (number, value) in values.enumerated() {
          bounds[number] = (min(bounds[number].low, value), max(bounds[number].high, value))
        }
        return
      }
      for value in 0...rest { visit(values + [value], rest - value) }
    }
    visit([], total)
    return bounds
  }

  @Test func aBuildingMovedBetweenTwoGrids() throws {
    // The old plan is out; the new one moves five households from the first grid to the second.
    let old = try CountTable([.init("c", count: 700), .init("a", count: 305, parent: 0), .init("b", count: 395, parent: 0)])
    let new = try CountTable([.init("c", count: 700), .init("a", count: 300, parent: 0), .init("b", count: 400, parent: 0)])
    let pieces = [
      CommonPiece(mine: 1, theirs: 1, count: 300), CommonPiece(mine: 2, theirs: 1, count: 5),
      CommonPiece(mine: 2, theirs: 2, count: 395),
    ]
    let published = PublishedPlan(old, isPublished: [true, true, true])
    let result = try suppression(of: new, against: published, pieces: pieces)
    #expect(result.reasons == [nil, .difference, .difference])
    #expect(result.exposed.isEmpty)
    #expect(suppression(of: new).count == 0)
  }

  @Test func piecesMustAddUp() throws {
    let table = try CountTable([.init("c", count: 7), .init("a", count: 7, parent: 0)])
    let published = PublishedPlan(table, isPublished: [true, true])
    #expect(throws: SmallCountsError.self) {
      try suppression(of: table, against: published, pieces: [CommonPiece(mine: 1, theirs: 1, count: 6)])
    }
    #expect(throws: SmallCountsError.self) {
      try suppression(of: table, against: published, pieces: [CommonPiece(mine: 0, theirs: 1, count: 7)])
    }
  }
}
