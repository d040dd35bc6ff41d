import Planar

/// Rows and columns of equal cells over a box, and which of them a coordinate falls in.
///
/// Cells at the rim reach to infinity: every finite point falls in exactly one cell. The map from
/// coordinates to columns and rows never decreases, rounding included; whatever is computed from
/// the same coordinate falls in the same cell.
struct CellFrame: Sendable {
  let origin: Point
  let columns: Int
  let rows: Int
  /// Width and height of a cell.
  let step: Point
  private let perUnit: Point
  /// More than rounding can move the border of a row or column.
  private let slack: Point

  /// - Parameter cells: about how many cells to make; fewer where they would come near the
  ///   resolution of the coordinates.
  init(over box: Box, cells: Int) {
    let shape = Self.shape(of: box, cells: max(1, cells))
    origin = box.min
    columns = shape.columns
    rows = shape.rows
    step = Point(x: box.width / Double(columns), y: box.height / Double(rows))
    perUnit = Point(
      x: box.width > 0 ? Double(columns) / box.width : 0,
      y: box.height > 0 ? Double(rows) / box.height : 0)
    let reach = Self.reach(of: box)
    slack = Point(x: 1e-6 * step.x + reach.x * 0x1p-48, y: 1e-6 * step.y + reach.y * 0x1p-48)
  }

  var count: Int { columns * rows }

  @inline(__always)
  func column(of x: Double) -> Int { Self.position((x - origin.x) * perUnit.x, count: columns) }

  @inline(__always)
  func row(of y: Double) -> Int { Self.position((y - origin.y) * perUnit.y, count: rows) }

  @inline(__always)
  private static func position(_ t: Double, count: Int) -> Int {
    if !(t > 0) { return 0 }
    return t >= Double(count) ? count - 1 : Int(t)
  }

  /// The first choice of a reference point of a cell; odd fractions keep it off most borders.
  @inline(__always)
  func reference(column: Int, row: Int) -> Point {
    Point(x: referenceX(column), y: referenceY(row))
  }

  @inline(__always)
  func referenceX(_ column: Int) -> Double { origin.x + (Double(column) + 0.47314) * step.x }

  @inline(__always)
  func referenceY(_ row: Int) -> Double { origin.y + (Double(row) + 0.53477) * step.y }

  /// Further choices where the first one lies on an edge.
  func otherReferences(column: Int, row: Int) -> [Point] {
    Self.otherFractions.map {
      Point(
        x: origin.x + (Double(column) + $0.x) * step.x, y: origin.y + (Double(row) + $0.y) * step.y)
    }
  }

  private static let otherFractions = [
    Point(x: 0.31879, y: 0.27961), Point(x: 0.71253, y: 0.38117), Point(x: 0.36419, y: 0.74183),
    Point(x: 0.62971, y: 0.68353), Point(x: 0.14737, y: 0.51421), Point(x: 0.87319, y: 0.11287),
  ]

  /// The box of a cell, a cell at the rim cut where the frame ends.
  func box(column: Int, row: Int) -> Box {
    let low = Point(x: origin.x + Double(column) * step.x, y: origin.y + Double(row) * step.y)
    return Box(min: low, max: low + step)
  }

  /// Calls `body` with each row of `rows` that the edge from `a` to `b` may touch and the columns that
  /// it may touch there: never too few, rarely too many.
  @inline(__always)
  func forEachRow(
    ofEdge a: Point, _ b: Point, in rows: Range<Int>, _ body: (Int, ClosedRange<Int>) -> Void
  ) {
    let firstRow = row(of: min(a.y, b.y))
    let lastRow = row(of: max(a.y, b.y))
    let columns = column(of: min(a.x, b.x))...column(of: max(a.x, b.x))
    let low = max(firstRow, rows.lowerBound)
    let high = min(lastRow, rows.upperBound - 1)
    guard low <= high else { return }
    let isSteep = firstRow != lastRow && columns.count > 1
    for row in low...high {
      body(row, isSteep ? self.columns(ofEdge: a, b, in: row) : columns)
    }
  }

  /// Columns that the edge, which spans several rows, may touch within one of them.
  private func columns(ofEdge a: Point, _ b: Point, in row: Int) -> ClosedRange<Int> {
    let slope = (b.x - a.x) / (b.y - a.y)
    var west = min(a.x, b.x)
    var east = max(a.x, b.x)
    let margin =
      slack.x + (abs(a.x) + abs(b.x)) * 0x1p-48
      + abs(slope) * (slack.y + (abs(a.y) + abs(b.y)) * 0x1p-48)
    if margin < east - west {
      let rowLow = row == 0 ? -Double.infinity : origin.y + Double(row) * step.y
      let rowHigh = row == rows - 1 ? Double.infinity : origin.y + Double(row + 1) * step.y
      let low = a.x + (max(rowLow, min(a.y, b.y)) - a.y) * slope
      let high = a.x + (min(rowHigh, max(a.y, b.y)) - a.y) * slope
      west = max(west, min(low, high) - margin)
      east = min(east, max(low, high) + margin)
    }
    return column(of: west)...max(column(of: west), column(of: east))
  }

  /// How many pairs of cell and edge there are at most, from the boxes of the edges.
  func touches(ofEdge a: Point, _ b: Point) -> Int {
    let columns = abs(column(of: a.x) - column(of: b.x))
    let rows = abs(row(of: a.y) - row(of: b.y))
    return columns + rows + 1
  }

  private static func shape(of box: Box, cells: Int) -> (columns: Int, rows: Int) {
    let reach = reach(of: box)
    let most = (
      columns: most(box.width, reach: reach.x, cells: cells),
      rows: most(box.height, reach: reach.y, cells: cells)
    )
    guard most.columns > 1, most.rows > 1 else { return most }
    let columns = (Double(cells) * box.width / box.height).squareRoot().rounded()
    let shapeColumns = Int(min(max(columns, 1), Double(most.columns)))
    return (shapeColumns, max(1, min(cells / shapeColumns, most.rows)))
  }

  /// The most columns (or rows) over `length`: a cell holds at least a thousand steps of rounding.
  private static func most(_ length: Double, reach: Double, cells: Int) -> Int {
    let finest = max(reach * 0x1p-40, .leastNormalMagnitude * 0x1p60)
    return Int(max(1, min(length / finest, Double(cells))))
  }

  private static func reach(of box: Box) -> Point {
    Point(x: max(abs(box.min.x), abs(box.max.x)), y: max(abs(box.min.y), abs(box.max.y)))
  }
}
