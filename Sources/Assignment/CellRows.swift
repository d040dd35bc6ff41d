import Planar

/// Builds rows of cells, polygon after polygon along each row.
///
/// On the line through the reference points of a row, every edge that crosses it turns its ring's side
/// at one column. Between the columns that edges touch, a polygon covers a cell in full or not at all.
struct CellRows {
  let flat: FlatAreas
  let frame: CellFrame
  let work: CellWork
  var store = CellStore()

  /// For each row, pairs of column and edge that touch.
  private var touches: [[UInt64]]
  /// For each row, pairs of column and ring: from that column on, references are on the other side.
  private var turns: [[UInt64]]
  private let polygons: [Int32]
  private var sides: RingSides
  var row: RowCells

  init(_ flat: FlatAreas, _ frame: CellFrame, _ work: CellWork) {
    self.flat = flat
    self.frame = frame
    self.work = work
    touches = Array(repeating: [], count: work.rows.count)
    turns = Array(repeating: [], count: work.rows.count)
    polygons = Self.polygons(of: work, flat)
    sides = RingSides()
    row = RowCells(columns: frame.columns)
    store.cells.reserveCapacity(work.rows.count * frame.columns)
  }

  mutating func build() {
    for edge in work.edges {
      if edge.touchesCells { addTouches(of: edge.edge) }
      addTurns(of: edge)
    }
    for number in work.rows {
      row.clear()
      sweep(number)
      finish(number)
    }
  }

  private static func polygons(of work: CellWork, _ flat: FlatAreas) -> [Int32] {
    var found: [Int32] = []
    for edge in work.edges {
      let polygon = flat.polygon(ofEdge: edge.edge)
      if found.last != polygon { found.append(polygon) }
    }
    let partial = work.partialRings.map { flat.rings[Int($0.ring)].polygon }
    guard !partial.isEmpty else { return found }
    var all: [Int32] = []
    for polygon in (found + partial).sorted() where all.last != polygon { all.append(polygon) }
    return all
  }
}

// MARK: - Edges

extension CellRows {
  private mutating func addTouches(of edge: Int32) {
    let a = flat.vertices[Int(edge)]
    let b = flat.vertices[Int(edge) + 1]
    let first = work.rows.lowerBound
    frame.forEachRow(ofEdge: a, b, in: work.rows) { row, columns in
      for column in columns { touches[row - first].append(Self.pair(column, edge)) }
    }
  }

  private mutating func addTurns(of edge: WorkEdge) {
    let a = flat.vertices[Int(edge.edge)]
    let b = flat.vertices[Int(edge.edge) + 1]
    guard a.y != b.y else { return }
    let low = max(frame.row(of: min(a.y, b.y)), work.rows.lowerBound)
    let high = min(frame.row(of: max(a.y, b.y)), work.rows.upperBound - 1)
    guard low <= high else { return }
    for row in low...high {
      let y = frame.referenceY(row)
      guard (a.y > y) != (b.y > y) else { continue }
      let column = turningColumn(a, b, y)
      if column == frame.columns || edge.isOfPartialRing && column == 0 { continue }
      let ring = flat.ringOfVertex[Int(edge.edge)]
      turns[row - work.rows.lowerBound].append(Self.pair(column, ring))
    }
  }

  /// The first column whose reference point at height `y` does not have the edge to its east, exactly;
  /// the number of columns where all have.
  private func turningColumn(_ a: Point, _ b: Point, _ y: Double) -> Int {
    func isEast(of column: Int) -> Bool {
      crossing(of: Point(x: frame.referenceX(column), y: y), a, b) == .crosses
    }
    let x = a.x + (y - a.y) * ((b.x - a.x) / (b.y - a.y))
    var column = frame.column(of: x)
    while column > 0 && !isEast(of: column - 1) { column -= 1 }
    while column < frame.columns && isEast(of: column) { column += 1 }
    return column
  }

  @inline(__always)
  private static func pair(_ column: Int, _ number: Int32) -> UInt64 {
    UInt64(column) << 32 | UInt64(number)
  }
}

extension UInt64 {
  @inline(__always) fileprivate var column: Int { Int(self >> 32) }
  @inline(__always) fileprivate var number: Int32 { Int32(truncatingIfNeeded: self) }
}

// MARK: - Along a row

extension CellRows {
  private mutating func sweep(_ number: Int) {
    let touches = touches[number - work.rows.lowerBound]
    let turns = turns[number - work.rows.lowerBound]
    var nextTouch = 0
    var nextTurn = 0
    var nextPartial = 0
    var nextCover = 0
    for polygon in polygons {
      let rank = flat.polygons[Int(polygon)].rank
      while nextCover < work.covers.count && work.covers[nextCover] < rank {
        row.cover(0..<frame.columns, with: work.covers[nextCover])
        nextCover += 1
      }
      let firstTouch = nextTouch
      while nextTouch < touches.count && flat.polygon(ofEdge: touches[nextTouch].number) == polygon {
        nextTouch += 1
      }
      let firstTurn = nextTurn
      while nextTurn < turns.count && flat.rings[Int(turns[nextTurn].number)].polygon == polygon {
        nextTurn += 1
      }
      sides.start(polygon, flat.polygons[Int(polygon)].rings)
      while nextPartial < work.partialRings.count
        && flat.rings[Int(work.partialRings[nextPartial].ring)].polygon == polygon
      {
        let partial = work.partialRings[nextPartial]
        if partial.startsInside[number - work.rows.lowerBound] { sides.turn(partial.ring) }
        nextPartial += 1
      }
      sweep(
        rank, ascending(touches[firstTouch..<nextTouch]), ascending(turns[firstTurn..<nextTurn]))
    }
    for cover in work.covers[nextCover...] { row.cover(0..<frame.columns, with: cover) }
  }

  /// One polygon along one row: covers cells and leaves tests in those that its edges touch.
  private mutating func sweep(_ rank: Int32, _ touches: ArraySlice<UInt64>, _ turns: ArraySlice<UInt64>) {
    var column = 0
    var touch = touches.startIndex
    var turn = turns.startIndex
    while column < frame.columns {
      while turn < turns.endIndex && turns[turn].column <= column {
        sides.turn(turns[turn].number)
        turn += 1
      }
      let nextTouch = touch < touches.endIndex ? touches[touch].column : frame.columns
      if nextTouch == column {
        let first = touch
        while touch < touches.endIndex && touches[touch].column == column { touch += 1 }
        addTests(rank, column, touches[first..<touch])
        column += 1
      } else {
        let nextTurn = turn < turns.endIndex ? turns[turn].column : frame.columns
        let next = min(nextTouch, nextTurn)
        if sides.isInsidePolygon { row.cover(column..<next, with: rank) }
        column = next
      }
    }
  }

  /// Leaves the tests of one polygon in one cell, unless its other rings leave nothing to test.
  private mutating func addTests(_ rank: Int32, _ column: Int, _ touches: ArraySlice<UInt64>) {
    let firstTest = row.tests.count
    var untouched = sides.untouched
    for touch in touches {
      let edge = touch.number
      let ring = flat.ringOfVertex[Int(edge)]
      if row.tests.count == firstTest || row.tests[row.tests.count - 1].ring != ring {
        row.tests.append(
          RowTest(
            column: column, rank: rank, polygon: sides.polygon, ring: ring, isInside: sides.isInside(ring),
            isHole: flat.rings[Int(ring)].isHole, edges: row.edges.count..<row.edges.count))
        untouched.remove(ring, in: sides)
      }
      row.edges.append(edge)
      row.tests[row.tests.count - 1].edges = row.tests[row.tests.count - 1].edges.lowerBound..<row.edges.count
    }
    if untouched.isOutsideShell {
      row.removeTests(from: firstTest)
    } else if untouched.holesInside > 0 {
      addHoleAround(column, rank, testsFrom: firstTest)
    }
  }

  /// Ends the polygon's tests in the cell with a hole that holds all of it. In a valid polygon that
  /// leaves none; else a border of a ring asked before the hole still belongs to the polygon.
  private mutating func addHoleAround(_ column: Int, _ rank: Int32, testsFrom firstTest: Int) {
    let tested = row.tests[firstTest...].map(\.ring)
    guard let hole = sides.firstHoleInside(except: tested) else { return }
    row.removeTests(from: row.tests[firstTest...].firstIndex { $0.ring > hole } ?? row.tests.count)
    guard row.tests.count > firstTest else { return }
    row.tests.append(
      RowTest(
        column: column, rank: rank, polygon: sides.polygon, ring: hole, isInside: true, isHole: true,
        edges: row.edges.count..<row.edges.count))
  }

  private func ascending(_ pairs: ArraySlice<UInt64>) -> ArraySlice<UInt64> {
    var pairs = pairs
    if pairs.count > 24 {
      pairs.sort()
    } else {
      for i in pairs.indices.dropFirst() {
        var j = i
        while j > pairs.startIndex && pairs[j] < pairs[j - 1] {
          pairs.swapAt(j, j - 1)
          j -= 1
        }
      }
    }
    return pairs
  }
}

/// On which side of each ring of one polygon the sweep is.
private struct RingSides {
  private(set) var polygon: Int32 = 0
  private var rings: Range<Int32> = 0..<0
  private var inside: [Bool] = []
  /// Rings that have turned since the start, for a quick return to it.
  private var turned: [Int32] = []
  private var holesInside = 0

  mutating func start(_ polygon: Int32, _ rings: Range<Int32>) {
    self.polygon = polygon
    for ring in turned { inside[Int(ring)] = false }
    turned.removeAll(keepingCapacity: true)
    holesInside = 0
    self.rings = rings
    if inside.count < rings.count {
      inside.append(contentsOf: repeatElement(false, count: rings.count - inside.count))
    }
  }

  @inline(__always)
  mutating func turn(_ ring: Int32) {
    let local = Int(ring - rings.lowerBound)
    inside[local].toggle()
    turned.append(Int32(local))
    if local > 0 { holesInside += inside[local] ? 1 : -1 }
  }

  @inline(__always)
  func isInside(_ ring: Int32) -> Bool { inside[Int(ring - rings.lowerBound)] }

  @inline(__always)
  var isInsidePolygon: Bool { inside[0] && holesInside == 0 }

  var untouched: Untouched { Untouched(isOutsideShell: !inside[0], holesInside: holesInside) }

  /// What rings that have no edge in a cell make of it.
  struct Untouched {
    var isOutsideShell: Bool
    var holesInside: Int

    mutating func remove(_ ring: Int32, in sides: RingSides) {
      if ring == sides.rings.lowerBound {
        isOutsideShell = false
      } else if sides.isInside(ring) {
        holesInside -= 1
      }
    }

  }

  func firstHoleInside(except tested: [Int32]) -> Int32? {
    rings.dropFirst().first { isInside($0) && !tested.contains($0) }
  }
}

/// Tests and covers of one row while it is built.
struct RowTest {
  var column: Int
  var rank: Int32
  var polygon: Int32
  var ring: Int32
  var isInside: Bool
  var isHole: Bool
  /// Positions in `RowCells.edges`.
  var edges: Range<Int>
}

struct RowCells {
  var tests: [RowTest] = []
  var edges: [Int32] = []
  /// The two lowest areas that cover each cell; -1 where there is none.
  private(set) var lowest: [Int32]
  private(set) var second: [Int32]
  /// For each column, a column not left of it up to which all cells have two covers.
  private var open: [Int32]

  init(columns: Int) {
    lowest = Array(repeating: -1, count: columns)
    second = lowest
    open = Array(0...Int32(columns))
  }

  mutating func clear() {
    tests.removeAll(keepingCapacity: true)
    edges.removeAll(keepingCapacity: true)
    for column in lowest.indices {
      lowest[column] = -1
      second[column] = -1
      open[column] = Int32(column)
    }
  }

  mutating func removeTests(from first: Int) {
    guard first < tests.count else { return }
    edges.removeSubrange(tests[first].edges.lowerBound...)
    tests.removeSubrange(first...)
  }

  /// Notes that the area covers the cells; areas come in ascending rank. A cell with two covers is not
  /// visited again.
  mutating func cover(_ columns: Range<Int>, with rank: Int32) {
    var column = firstOpen(from: columns.lowerBound)
    while column < columns.upperBound {
      if lowest[column] < 0 {
        lowest[column] = rank
      } else if lowest[column] != rank {
        second[column] = rank
        open[column] = Int32(column + 1)
      }
      column = firstOpen(from: column + 1)
    }
  }

  private mutating func firstOpen(from column: Int) -> Int {
    var end = column
    while Int(open[end]) != end { end = Int(open[end]) }
    var visited = column
    while visited != end { (visited, open[visited]) = (Int(open[visited]), Int32(end)) }
    return end
  }
}
