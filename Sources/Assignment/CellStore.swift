import Planar

/// A frame of cells inside a border cell that many edges touch.
struct CellNode: Sendable {
  var frame: CellFrame
  /// Where its cells begin, row by row, in `nested`.
  var firstCell: Int
}

/// The cells of some rows, and all that they point to, while they are built.
struct CellStore: Sendable {
  /// A value (`CellValue`) for each cell, row by row from the south, each row from the west.
  var cells: [Int32] = []
  /// Cells of nested frames.
  var nested: [Int32] = []
  var nodes: [CellNode] = []
  var borders: [BorderCell] = []
  var tests: [RingTest] = []
  var edges: [SidedEdge] = []

  /// Adds the frame whose cells are `other` and returns the number of its node.
  mutating func appendNode(_ frame: CellFrame, _ other: CellStore) -> Int {
    let shift = CellShift().after(self)
    borders.append(contentsOf: other.borders.lazy.map(shift.moved))
    tests.append(contentsOf: other.tests.lazy.map(shift.moved))
    nodes.append(contentsOf: other.nodes.lazy.map(shift.moved))
    edges.append(contentsOf: other.edges)
    nested.append(contentsOf: other.nested.lazy.map(shift.moved))
    nodes.append(CellNode(frame: frame, firstCell: nested.count))
    nested.append(contentsOf: other.cells.lazy.map(shift.moved))
    return nodes.count - 1
  }

  mutating func removeTests(from firstTest: Int, edgesFrom firstEdge: Int) {
    tests.removeSubrange(firstTest...)
    edges.removeSubrange(firstEdge...)
  }
}

/// The edges of all areas by the band of rows that they touch.
struct EdgeBands: Sendable {
  static let rowsPerBand = 16

  private let frame: CellFrame
  private let edges: [Int32]
  private let starts: [Int]

  init(_ flat: FlatAreas, _ frame: CellFrame) {
    self.frame = frame
    let count = (frame.rows + Self.rowsPerBand - 1) / Self.rowsPerBand
    var starts = [Int](repeating: 0, count: count + 1)
    flat.forEachEdge { edge in
      for band in Self.bands(of: edge, flat, frame) { starts[band + 1] += 1 }
    }
    for band in 0..<count { starts[band + 1] += starts[band] }
    var next = starts
    var edges = [Int32](repeating: 0, count: starts[count])
    flat.forEachEdge { edge in
      for band in Self.bands(of: edge, flat, frame) {
        edges[next[band]] = edge
        next[band] += 1
      }
    }
    self.edges = edges
    self.starts = starts
  }

  var count: Int { starts.count - 1 }

  func work(of band: Int) -> CellWork {
    let rows = band * Self.rowsPerBand..<min((band + 1) * Self.rowsPerBand, frame.rows)
    let edges = edges[starts[band]..<starts[band + 1]]
    return CellWork(rows: rows, edges: edges.map { WorkEdge(edge: $0) })
  }

  @inline(__always)
  private static func bands(
    of edge: Int32, _ flat: FlatAreas, _ frame: CellFrame
  ) -> ClosedRange<Int> {
    let a = frame.row(of: flat.vertices[Int(edge)].y) / rowsPerBand
    let b = frame.row(of: flat.vertices[Int(edge) + 1].y) / rowsPerBand
    return min(a, b)...max(a, b)
  }
}
