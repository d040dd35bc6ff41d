import Parallel
import Planar

/// A frame of cells inside a border cell that many edges touch.
struct CellNode: Sendable {
  var frame: CellFrame
  /// Where its cells begin, row by row, in `nested`.
  var firstCell: Int
}

/// The cells of some rows, or of a whole index, and all that they point to.
struct CellStore: Sendable {
  /// A value (`CellValue`) for each cell, row by row from the south, each row from the west.
  var cells: [Int32] = []
  /// Cells of nested frames.
  var nested: [Int32] = []
  var nodes: [CellNode] = []
  var borders: [BorderCell] = []
  var tests: [RingTest] = []
  var edges: [SidedEdge] = []

  init() {}

  /// All cells of `frame`, built in bands of rows on all cores; the bands don't depend on their number.
  init(_ flat: FlatAreas, _ frame: CellFrame) {
    let bands = EdgeBands(flat, frame)
    let parts = parallelMap(count: bands.count) { band in
      var rows = CellRows(flat, frame, bands.work(of: band))
      rows.build()
      return rows.store
    }
    reserve(for: parts)
    for part in parts {
      let shift = append(contentsOf: part)
      cells.append(contentsOf: part.cells.lazy.map { Self.shifted($0, by: shift) })
    }
  }

  /// Adds all that the cells of `other` point to; returns how far numbers of border cells move.
  mutating func append(contentsOf other: CellStore) -> Int32 {
    let shift = Int32(borders.count)
    let nodeShift = UInt32(nodes.count)
    let testShift = UInt32(tests.count)
    let edgeShift = UInt32(edges.count)
    let cellShift = nested.count
    for var border in other.borders {
      border.firstTest += border.testCount == BorderCell.divided ? nodeShift : testShift
      borders.append(border)
    }
    for var test in other.tests {
      test.firstEdge += edgeShift
      tests.append(test)
    }
    for var node in other.nodes {
      node.firstCell += cellShift
      nodes.append(node)
    }
    edges.append(contentsOf: other.edges)
    nested.append(contentsOf: other.nested.lazy.map { Self.shifted($0, by: shift) })
    return shift
  }

  /// Adds the frame whose cells are `other` and returns the number of its node.
  mutating func appendNode(_ frame: CellFrame, _ other: CellStore) -> Int {
    let shift = append(contentsOf: other)
    nodes.append(CellNode(frame: frame, firstCell: nested.count))
    nested.append(contentsOf: other.cells.lazy.map { Self.shifted($0, by: shift) })
    return nodes.count - 1
  }

  mutating func removeTests(from firstTest: Int, edgesFrom firstEdge: Int) {
    tests.removeSubrange(firstTest...)
    edges.removeSubrange(firstEdge...)
  }

  private static func shifted(_ value: Int32, by shift: Int32) -> Int32 {
    value < -1 ? value + shift : value
  }

  private mutating func reserve(for parts: [CellStore]) {
    cells.reserveCapacity(parts.reduce(0) { $0 + $1.cells.count })
    borders.reserveCapacity(parts.reduce(0) { $0 + $1.borders.count })
    tests.reserveCapacity(parts.reduce(0) { $0 + $1.tests.count })
    edges.reserveCapacity(parts.reduce(0) { $0 + $1.edges.count })
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

extension CellStore {
  struct Pointers {
    let top: UnsafePointer<Int32>
    let nested: UnsafePointer<Int32>
    let nodes: UnsafePointer<CellNode>
    let borders: UnsafePointer<BorderCell>
    let tests: UnsafePointer<RingTest>
    let edges: UnsafePointer<SidedEdge>
  }

  @inline(__always)
  func withPointers<Result>(_ body: (Pointers) -> Result) -> Result {
    cells.withUnsafeBufferPointer { top in
      nested.withUnsafeBufferPointer { nested in
        nodes.withUnsafeBufferPointer { nodes in
          borders.withUnsafeBufferPointer { borders in
            tests.withUnsafeBufferPointer { tests in
              edges.withUnsafeBufferPointer { edges in
                body(
                  Pointers(
                    top: top.start, nested: nested.start, nodes: nodes.start, borders: borders.start,
                    tests: tests.start, edges: edges.start))
              }
            }
          }
        }
      }
    }
  }
}

extension UnsafeBufferPointer {
  /// The address of the first element; of nothing, and never followed, where there is none.
  @inline(__always)
  var start: UnsafePointer<Element> {
    baseAddress ?? UnsafePointer(bitPattern: MemoryLayout<Element>.alignment)!
  }
}
