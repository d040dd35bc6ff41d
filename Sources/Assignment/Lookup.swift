import Planar

/// Pointers into an index while it is used; no checks and no counting of references in the loop.
struct Lookup {
  let box: Box
  let frame: CellFrame
  let inputPosition: UnsafePointer<Int32>
  let top: UnsafePointer<Int32>
  let nested: UnsafePointer<Int32>
  let nodes: UnsafePointer<CellNode>
  let borders: UnsafePointer<BorderCell>
  let tests: UnsafePointer<RingTest>
  let edges: UnsafePointer<SidedEdge>

  /// Nothing in it is followed where there are no areas: no point is in the empty box.
  init(box: Box, frame: CellFrame, inputPosition: UnsafeBufferPointer<Int32>, _ table: CellTable) {
    self.box = box
    self.frame = frame
    self.inputPosition = inputPosition.baseAddress ?? UnsafePointer(table.cells.baseAddress!)
    top = UnsafePointer(table.cells.baseAddress!)
    nested = UnsafePointer(table.nested.baseAddress!)
    nodes = UnsafePointer(table.nodes.baseAddress!)
    borders = UnsafePointer(table.borders.baseAddress!)
    tests = UnsafePointer(table.tests.baseAddress!)
    edges = UnsafePointer(table.edges.baseAddress!)
  }

  /// The lowest rank of the areas that contain `point`; -1 where there is none.
  @inline(__always)
  func rank(of point: Point, value: Int32) -> Int32 {
    guard let border = CellValue.borderIndex(value) else {
      return value < 0 ? -1 : value & ~CellValue.overlap
    }
    return rank(of: point, in: borders[border])
  }

  @inline(__always)
  func rankAndOverlap(of point: Point, value: Int32) -> (rank: Int32, isShared: Bool) {
    guard let border = CellValue.borderIndex(value) else {
      return value < 0 ? (-1, false) : (value & ~CellValue.overlap, value & CellValue.overlap != 0)
    }
    return rankAndOverlap(of: point, in: borders[border])
  }

  /// The value of the innermost cell that `point` falls in.
  @inline(__always)
  func value(at point: Point) -> Int32 {
    guard box.contains(point) else { return CellValue.none }
    var value = top[frame.row(of: point.y) * frame.columns + frame.column(of: point.x)]
    while let border = CellValue.borderIndex(value), borders[border].testCount == BorderCell.divided {
      let node = nodes[Int(borders[border].firstTest)]
      let cell = node.frame.row(of: point.y) * node.frame.columns + node.frame.column(of: point.x)
      value = nested[node.firstCell + cell]
    }
    return value
  }

  private func rank(of point: Point, in cell: BorderCell) -> Int32 {
    var test = Int(cell.firstTest)
    let end = test + Int(cell.testsBeforeCover)
    while test < end {
      let rank = tests[test].rank
      if locate(point, nextPolygon: &test, in: cell) != .outside { return rank }
    }
    return cell.cover < 0 ? -1 : cell.cover & ~CellValue.overlap
  }

  private func rankAndOverlap(of point: Point, in cell: BorderCell) -> (Int32, Bool) {
    var hits = Hits()
    var test = Int(cell.firstTest)
    let cover = test + Int(cell.testsBeforeCover)
    let end = test + Int(cell.testCount)
    while true {
      if test == cover && cell.cover >= 0 {
        hits.add(cell.cover & ~CellValue.overlap, isInside: true)
        if cell.cover & CellValue.overlap != 0 { hits.isShared = true }
      }
      guard test < end, !hits.isShared else { break }
      let rank = tests[test].rank
      let location = locate(point, nextPolygon: &test, in: cell)
      if location != .outside { hits.add(rank, isInside: location == .inside) }
    }
    return (hits.rank, hits.isShared)
  }

  /// Where `point` lies with respect to the polygon whose tests start at `test`, which moves on to the
  /// next polygon. Rings are asked in the order, and with the rule, of `Polygon.locate`.
  @inline(__always)
  private func locate(_ point: Point, nextPolygon test: inout Int, in cell: BorderCell) -> Location {
    var result = Location.inside
    var isDecided = false
    while true {
      let ring = tests[test]
      test += 1
      if !isDecided {
        let edges = UnsafeBufferPointer(start: edges + Int(ring.firstEdge), count: Int(ring.edgeCount))
        let location = Assignment.locate(
          point, from: cell.reference, isReferenceInside: ring.isReferenceInside, edges: edges)
        switch (ring.isHole, location) {
        case (_, .boundary): (result, isDecided) = (.boundary, true)
        case (false, .outside), (true, .inside): (result, isDecided) = (.outside, true)
        case (false, .inside), (true, .outside): break
        }
      }
      if ring.endsPolygon { return result }
    }
  }
}

/// The areas met so far at one point, lowest rank first.
private struct Hits {
  var rank: Int32 = -1
  var isInside = false
  /// Whether two areas contain the point, one of them in its inside.
  var isShared = false

  @inline(__always)
  mutating func add(_ other: Int32, isInside otherIsInside: Bool) {
    if rank < 0 { rank = other }
    if other != rank && (isInside || otherIsInside) { isShared = true }
    isInside = isInside || otherIsInside
  }
}

extension Lookup {
  /// Points that are looked up together.
  static let batch = 512

  /// Calls `body` with the position of each point and the value of its cell.
  ///
  /// Cells first, then what border cells need, then the decisions: loads that don't wait for each
  /// other overlap, and they are what time goes into where points come in any order.
  @inline(__always)
  func forEachValue(of points: UnsafeBufferPointer<Point>, _ body: (Int, Int32) -> Void) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.batch) { values in
      var start = 0
      while start < points.count {
        let end = min(start + Self.batch, points.count)
        for i in start..<end { values[i - start] = value(at: points[i]) }
        touch(values[..<(end - start)])
        for i in start..<end { body(i, values[i - start]) }
        start = end
      }
    }
  }

  /// Brings what the border cells among `values` point to into the caches.
  @inline(__always)
  private func touch(_ values: Slice<UnsafeMutableBufferPointer<Int32>>) {
    var sum = 0.0
    for value in values {
      if let border = CellValue.borderIndex(value) {
        let test = tests[Int(borders[border].firstTest)]
        // The first edges of the cell, over two lines of the cache.
        sum += edges[Int(test.firstEdge)].a.x + edges[Int(test.firstEdge) + 2].a.x
      }
    }
    // Coordinates are finite; the check keeps the loads from being left out.
    precondition(!sum.isNaN)
  }
}

extension AreaIndex {
  @inline(__always)
  func withLookup<Result>(_ body: (Lookup) -> Result) -> Result {
    inputPosition.withUnsafeBufferPointer { inputPosition in
      withExtendedLifetime(cells) {
        body(Lookup(box: box, frame: frame, inputPosition: inputPosition, cells))
      }
    }
  }
}
