import Planar

/// From the tests and covers of a row to its cells.
extension CellRows {
  mutating func finish(_ number: Int) {
    let order = testOrder()
    var next = 0
    for column in 0..<frame.columns {
      let first = next
      while next < order.count && row.tests[order[next]].column == column { next += 1 }
      store.cells.append(finish(column, number, order[first..<next]))
    }
  }

  /// Positions of the row's tests by column, and by polygon and ring within each.
  private func testOrder() -> [Int] {
    var starts = [Int](repeating: 0, count: frame.columns + 1)
    for test in row.tests { starts[test.column + 1] += 1 }
    for column in 0..<frame.columns { starts[column + 1] += starts[column] }
    var order = [Int](repeating: 0, count: row.tests.count)
    for (position, test) in row.tests.enumerated() {
      order[starts[test.column]] = position
      starts[test.column] += 1
    }
    return order
  }

  private mutating func finish(_ column: Int, _ number: Int, _ order: ArraySlice<Int>) -> Int32 {
    let cover = row.lowest[column]
    let isShared = row.second[column] >= 0
    let coverValue = cover < 0 ? CellValue.none : isShared ? cover | CellValue.overlap : cover
    guard !order.isEmpty else { return coverValue }
    if cover < 0, let border = appendPlain(order, frame.reference(column: column, row: number)) {
      return CellValue.border(border)
    }
    let kept = order.filter {
      isShared ? row.tests[$0].rank < cover : row.tests[$0].rank != cover
    }
    guard !kept.isEmpty else { return coverValue }
    var cell = CellTests(
      tests: kept.map { CellTest(row.tests[$0], row.edges) }, cover: coverValue, column: column, row: number)
    settle(&cell)
    return CellValue.border(divide(cell) ?? append(cell))
  }

  /// Adds a border cell straight from the row, as nearly all are; nil where it has many edges or the
  /// reference point lies on one.
  private mutating func appendPlain(_ order: ArraySlice<Int>, _ reference: Point) -> Int? {
    let firstTest = store.tests.count
    let firstEdge = store.edges.count
    for (next, position) in zip(order.indices, order) {
      let test = row.tests[position]
      guard store.edges.count - firstEdge + test.edges.count <= Self.manyEdges else {
        store.removeTests(from: firstTest, edgesFrom: firstEdge)
        return nil
      }
      let isLast = next + 1 == order.endIndex || row.tests[order[next + 1]].polygon != test.polygon
      store.tests.append(
        RingTest(
          firstEdge: UInt32(store.edges.count), edgeCount: UInt32(test.edges.count), rank: test.rank,
          isReferenceInside: test.isInside, isHole: test.isHole, endsPolygon: isLast))
      for e in test.edges {
        let a = flat.vertices[Int(row.edges[e])]
        let b = flat.vertices[Int(row.edges[e]) + 1]
        guard !isOnSegment(reference, a, b) else {
          store.removeTests(from: firstTest, edgesFrom: firstEdge)
          return nil
        }
        store.edges.append(SidedEdge(a, b, reference: reference))
      }
    }
    let count = UInt32(store.tests.count - firstTest)
    store.borders.append(
      BorderCell(
        reference: reference, firstTest: UInt32(firstTest), testCount: count, testsBeforeCover: count,
        cover: CellValue.none))
    return store.borders.count - 1
  }

  /// Gives the cell a reference point that lies on none of its edges.
  private func settle(_ cell: inout CellTests) {
    cell.reference = frame.reference(column: cell.column, row: cell.row)
    guard isOnEdge(cell) else { return }
    for point in frame.otherReferences(column: cell.column, row: cell.row) {
      let sides = cell.tests.map { flat.locate(point, inRing: $0.ring) }
      guard !sides.contains(.boundary) else { continue }
      cell.reference = point
      for i in sides.indices { cell.tests[i].isInside = sides[i] == .inside }
      return
    }
    cell.lookFromOutside(flat)
  }

  private func isOnEdge(_ cell: CellTests) -> Bool {
    for test in cell.tests {
      for e in test.edges
      where isOnSegment(cell.reference, flat.vertices[Int(e)], flat.vertices[Int(e) + 1]) {
        return true
      }
    }
    return false
  }

  /// Adds the border cell and returns its number.
  private mutating func append(_ cell: CellTests) -> Int {
    let firstTest = store.tests.count
    for (i, test) in cell.tests.enumerated() {
      store.tests.append(
        RingTest(
          firstEdge: UInt32(store.edges.count), edgeCount: UInt32(test.edges.count), rank: test.rank,
          isReferenceInside: test.isInside, isHole: test.isHole, endsPolygon: cell.endsPolygon(i)))
      for e in test.edges {
        store.edges.append(flat.sidedEdge(e, reference: cell.reference))
      }
    }
    let cover = cell.coverRank
    let before = cover < 0 ? cell.tests.count : cell.tests.count { $0.rank < cover }
    store.borders.append(
      BorderCell(
        reference: cell.reference, firstTest: UInt32(firstTest), testCount: UInt32(cell.tests.count),
        testsBeforeCover: UInt32(before), cover: cell.cover))
    return store.borders.count - 1
  }
}

// MARK: - Cells with many edges

extension CellRows {
  private static let manyEdges = 48
  private static let greatestDepth = 6

  /// Adds the cell as a frame of its own where that leaves fewer edges to a cell; returns its number.
  private mutating func divide(_ cell: CellTests) -> Int? {
    let edges = cell.tests.flatMap(\.edges)
    guard edges.count > Self.manyEdges, work.depth < Self.greatestDepth, !cell.isSeenFromOutside
    else { return nil }
    let whole = frame.box(column: cell.column, row: cell.row)
    let box = flat.box(of: edges, within: whole)
    let shrinks = box.width * box.height * 4 <= whole.width * whole.height
    guard !box.isEmpty, shrinks || edges.count <= work.parentEdgeCount / 2,
      let cells = CellFrame.affordable(edges, over: box, cells: 4 * edges.count, flat.vertices)
    else { return nil }
    let inner = CellFrame(over: box, cells: cells)
    var rows = CellRows(flat, inner, cell.work(in: inner, flat, depth: work.depth + 1))
    rows.build()
    let node = store.appendNode(inner, rows.store)
    store.borders.append(
      BorderCell(
        reference: cell.reference, firstTest: UInt32(node), testCount: BorderCell.divided,
        testsBeforeCover: 0, cover: CellValue.none))
    return store.borders.count - 1
  }
}

/// A ring's edges in one cell.
struct CellTest {
  var rank: Int32
  var polygon: Int32
  var ring: Int32
  /// Whether the cell's reference point is inside the ring.
  var isInside: Bool
  var isHole: Bool
  var edges: [Int32]

  init(_ test: RowTest, _ edges: [Int32]) {
    rank = test.rank
    polygon = test.polygon
    ring = test.ring
    isInside = test.isInside
    isHole = test.isHole
    self.edges = Array(edges[test.edges])
  }
}

/// The tests of one border cell, by polygon and ring.
struct CellTests {
  var tests: [CellTest]
  var cover: Int32
  var column: Int
  var row: Int
  var reference = Point(x: 0, y: 0)
  /// Whether `reference` lies outside all areas, and the tests hold all edges of their rings.
  var isSeenFromOutside = false

  /// The rank of the covering area; -1 where there is none.
  var coverRank: Int32 { cover < 0 ? -1 : cover & ~CellValue.overlap }

  func endsPolygon(_ i: Int) -> Bool {
    i + 1 == tests.count
      || tests[i].polygon != tests[i + 1].polygon
  }

  /// The last resort where borders are as dense as the coordinates: whole rings, from a point that is
  /// outside all of them.
  mutating func lookFromOutside(_ flat: FlatAreas) {
    let reach = max(1, abs(flat.box.min.x), flat.box.width)
    reference = Point(x: flat.box.min.x - reach, y: flat.box.min.y - reach)
    isSeenFromOutside = true
    for i in tests.indices {
      tests[i].isInside = false
      tests[i].edges = Array(flat.rings[Int(tests[i].ring)].edges)
    }
  }

  /// What it takes to build `frame` over the cell's edges.
  func work(in frame: CellFrame, _ flat: FlatAreas, depth: Int) -> CellWork {
    var work = CellWork(rows: 0..<frame.rows, edges: [], depth: depth)
    work.parentEdgeCount = tests.reduce(0) { $0 + $1.edges.count }
    if cover >= 0 {
      work.covers = cover & CellValue.overlap != 0 ? [coverRank, Int32.max] : [coverRank]
    }
    for test in tests { add(test, to: &work, frame, flat) }
    return work
  }

  private func add(_ test: CellTest, to work: inout CellWork, _ frame: CellFrame, _ flat: FlatAreas) {
    let ring = flat.rings[Int(test.ring)]
    let polygon = flat.polygons[Int(ring.polygon)]
    let isFirstOfPolygon = work.edges.last.map { flat.polygon(ofEdge: $0.edge) != ring.polygon } ?? true
    if ring.isHole && isFirstOfPolygon {
      // The shell has no edge here: it holds the whole cell.
      work.partialRings.append(
        PartialRing(
          ring: polygon.rings.lowerBound, startsInside: Array(repeating: true, count: frame.rows)))
    }
    if frame.rows * test.edges.count < ring.edges.count,
      let starts = rowStarts(of: test, in: frame, flat)
    {
      work.partialRings.append(PartialRing(ring: test.ring, startsInside: starts))
      work.edges += test.edges.map { WorkEdge(edge: $0, isOfPartialRing: true) }
    } else {
      var here = test.edges[...]
      for edge in ring.edges {
        let touches = here.first == edge
        if touches { here.removeFirst() }
        work.edges.append(WorkEdge(edge: edge, touchesCells: touches))
      }
    }
  }

  /// Whether the first reference point of each row is inside the ring; nil where one lies on it.
  private func rowStarts(of test: CellTest, in frame: CellFrame, _ flat: FlatAreas) -> [Bool]? {
    let edges = test.edges.map { flat.sidedEdge($0, reference: reference) }
    let sides = edges.withUnsafeBufferPointer { edges in
      (0..<frame.rows).map { row in
        locate(
          frame.reference(column: 0, row: row), from: reference, isReferenceInside: test.isInside,
          edges: edges)
      }
    }
    return sides.contains(.boundary) ? nil : sides.map { $0 == .inside }
  }
}

extension FlatAreas {
  func sidedEdge(_ e: Int32, reference: Point) -> SidedEdge {
    SidedEdge(vertices[Int(e)], vertices[Int(e) + 1], reference: reference)
  }

  /// The box around what lies within `whole` of the boxes of `edges`.
  fileprivate func box(of edges: [Int32], within whole: Box) -> Box {
    var box = Box.empty
    for e in edges {
      let edge = Box(around: [vertices[Int(e)], vertices[Int(e) + 1]])
      box.formUnion(
        Box(
          min: Point(x: max(edge.min.x, whole.min.x), y: max(edge.min.y, whole.min.y)),
          max: Point(x: min(edge.max.x, whole.max.x), y: min(edge.max.y, whole.max.y))))
    }
    return box
  }
}
