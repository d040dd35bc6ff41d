import Planar

/// Square cells over the boxes of many things.
struct CellFrame: Sendable {
  let origin: Point
  let size: Double
  let columns: Int
  let rows: Int
  private let inverse: Double
  private let extent: Point

  /// Cells of such a size that there are about as many as boxes.
  init(around boxes: [Box]) {
    let all = boxes.reduce(Box.empty) { $0.union($1) }
    let whole = all.isEmpty ? Box(min: Point(x: 0, y: 0), max: Point(x: 1, y: 1)) : all.expanded(by: 1)
    origin = whole.min
    let count = Double(max(boxes.count, 1))
    let ideal = (whole.width * whole.height / count).squareRoot()
    size = max(ideal, 2, max(whole.width, whole.height) / 4096)
    inverse = 1 / size
    extent = Point(x: whole.width, y: whole.height)
    columns = Int(whole.width * inverse) + 1
    rows = Int(whole.height * inverse) + 1
  }

  /// Cells that a box meets, with the box relative to the origin; nil where it meets none.
  @inline(__always)
  func window(of box: Box) -> Window? {
    let minX = box.min.x - origin.x
    let minY = box.min.y - origin.y
    let maxX = box.max.x - origin.x
    let maxY = box.max.y - origin.y
    guard maxX >= 0, maxY >= 0, minX <= extent.x, minY <= extent.y else { return nil }
    return Window(
      minX: minX, minY: minY, maxX: maxX, maxY: maxY,
      columns: column(minX)..<(column(maxX) + 1), rows: row(minY)..<(row(maxY) + 1))
  }

  struct Window {
    var minX, minY, maxX, maxY: Double
    var columns: Range<Int>
    var rows: Range<Int>
  }

  @inline(__always)
  private func column(_ x: Double) -> Int { min(max(Int(min(max(x, 0), extent.x) * inverse), 0), columns - 1) }

  @inline(__always)
  private func row(_ y: Double) -> Int { min(max(Int(min(max(y, 0), extent.y) * inverse), 0), rows - 1) }

  /// Box numbers by cell, as starts and entries (compressed rows).
  func distribute(_ boxes: [Box]) -> (
    UnsafeMutableBufferPointer<Int32>, UnsafeMutableBufferPointer<WallIndex.Entry>
  ) {
    let entries = boxes.enumerated().map { entry(of: $1, run: $0) }
    let starts = UnsafeMutableBufferPointer<Int32>.allocate(capacity: columns * rows + 1)
    starts.initialize(repeating: 0)
    for entry in entries { forEachCell(of: entry) { starts[$0 + 1] += 1 } }
    for cell in 0..<(columns * rows) { starts[cell + 1] += starts[cell] }
    let total = Int(starts[columns * rows])
    let sorted = UnsafeMutableBufferPointer<WallIndex.Entry>.allocate(capacity: total)
    var next = Array(starts)
    for entry in entries {
      forEachCell(of: entry) {
        sorted.initializeElement(at: Int(next[$0]), to: entry)
        next[$0] += 1
      }
    }
    return (starts, sorted)
  }

  private func entry(of box: Box, run: Int) -> WallIndex.Entry {
    let minX = Float(box.min.x - origin.x).nextDown
    let minY = Float(box.min.y - origin.y).nextDown
    return WallIndex.Entry(
      minX: minX, minY: minY, maxX: Float(box.max.x - origin.x).nextUp,
      maxY: Float(box.max.y - origin.y).nextUp, run: Int32(run),
      column: UInt16(column(Double(minX))), row: UInt16(row(Double(minY))))
  }

  private func forEachCell(of entry: WallIndex.Entry, _ body: (Int) -> Void) {
    for row in Int(entry.row)...row(Double(entry.maxY)) {
      for column in Int(entry.column)...column(Double(entry.maxX)) { body(row * columns + column) }
    }
  }
}
