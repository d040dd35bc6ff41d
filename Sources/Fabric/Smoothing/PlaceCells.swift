/// Vertices and segments by square cells of the plane, kept up to date while they move.
struct PlaceCells {
  private let low: GridPoint
  private let cell: Int64
  private let columns: Int
  private let rows: Int
  private var vertices: [[Int32]]
  private var segments: [[Int32]]

  init(around low: GridPoint, _ high: GridPoint, cell: Int32) {
    self.low = low
    self.cell = Int64(cell)
    columns = Int((Int64(high.x) - Int64(low.x)) / Int64(cell)) + 1
    rows = Int((Int64(high.y) - Int64(low.y)) / Int64(cell)) + 1
    vertices = Array(repeating: [], count: columns * rows)
    segments = vertices
  }

  private func column(_ x: Int64) -> Int { min(max(Int((x - Int64(low.x)) / cell), 0), columns - 1) }
  private func row(_ y: Int64) -> Int { min(max(Int((y - Int64(low.y)) / cell), 0), rows - 1) }
  private func index(_ place: GridPoint) -> Int { row(Int64(place.y)) * columns + column(Int64(place.x)) }

  mutating func add(vertex: Int32, at place: GridPoint) { vertices[index(place)].append(vertex) }

  mutating func remove(vertex: Int32, at place: GridPoint) {
    let index = index(place)
    if let slot = vertices[index].firstIndex(of: vertex) { vertices[index].remove(at: slot) }
  }

  mutating func add(segment: Int32, from a: GridPoint, to b: GridPoint) {
    for cell in cells(along: a, b) { segments[cell].append(segment) }
  }

  mutating func remove(segment: Int32, from a: GridPoint, to b: GridPoint) {
    for cell in cells(along: a, b) {
      if let slot = segments[cell].firstIndex(of: segment) { segments[cell].remove(at: slot) }
    }
  }

  /// Cells that a segment may pass through: of its box those that its line meets.
  private func cells(along a: GridPoint, _ b: GridPoint) -> [Int] {
    let (left, right) = (column(Int64(min(a.x, b.x))), column(Int64(max(a.x, b.x))))
    let (bottom, top) = (row(Int64(min(a.y, b.y))), row(Int64(max(a.y, b.y))))
    if left == right || bottom == top {
      return (bottom...top).flatMap { row in (left...right).map { row * columns + $0 } }
    }
    return (bottom...top).flatMap { row in
      (left...right).filter { isMet($0, row, a, b) }.map { row * columns + $0 }
    }
  }

  /// Whether the line through two points meets a cell, in exact arithmetic.
  private func isMet(_ column: Int, _ row: Int, _ a: GridPoint, _ b: GridPoint) -> Bool {
    let (x, y) = (Int64(low.x) + Int64(column) * cell - Int64(a.x), Int64(low.y) + Int64(row) * cell - Int64(a.y))
    let (dx, dy) = (Int64(b.x) - Int64(a.x), Int64(b.y) - Int64(a.y))
    func side(_ i: Int64, _ j: Int64) -> Int64 { (dx * (y + j) - dy * (x + i)).signum() }
    let sides = [side(0, 0), side(cell, 0), side(0, cell), side(cell, cell)]
    return sides.contains { $0 >= 0 } && sides.contains { $0 <= 0 }
  }

  /// Calls `body` with segments whose cells meet the box around two points, some more than once.
  func forEachSegment(near a: GridPoint, _ b: GridPoint, margin: Double, _ body: (Int32) -> Void) {
    let margin = Int64(margin.rounded(.up))
    let (left, right) = (column(Int64(min(a.x, b.x)) - margin), column(Int64(max(a.x, b.x)) + margin))
    let (bottom, top) = (row(Int64(min(a.y, b.y)) - margin), row(Int64(max(a.y, b.y)) + margin))
    for row in bottom...top {
      for column in left...right { for segment in segments[row * columns + column] { body(segment) } }
    }
  }

  /// Whether `body` holds for a vertex in a cell that meets the box around three points.
  func containsVertex(in a: GridPoint, _ b: GridPoint, _ c: GridPoint, _ body: (Int32) -> Bool) -> Bool {
    let (left, right) = (column(Int64(min(a.x, b.x, c.x))), column(Int64(max(a.x, b.x, c.x))))
    let (bottom, top) = (row(Int64(min(a.y, b.y, c.y))), row(Int64(max(a.y, b.y, c.y))))
    for row in bottom...top {
      for column in left...right {
        for vertex in vertices[row * columns + column] where body(vertex) { return true }
      }
    }
    return false
  }
}
