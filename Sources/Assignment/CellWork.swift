import Planar

/// What is to be built: some rows of a frame, and what is known of them.
struct CellWork: Sendable {
  var rows: Range<Int>
  /// In ascending order, so by polygon from the lowest code.
  var edges: [WorkEdge]
  /// Rings whose edges are not all in `edges`, in ascending order.
  var partialRings: [PartialRing] = []
  /// Ranks of areas that cover all cells, in ascending order; two at most matter.
  var covers: [Int32] = []
  var depth = 0
  /// How many edges the cell has that these rows divide.
  var parentEdgeCount = Int.max
}

struct WorkEdge: Sendable {
  var edge: Int32
  /// Whether it may touch cells; an edge elsewhere only tells on which side of its ring a row starts.
  var touchesCells = true
  var isOfPartialRing = false
}

/// A ring of which only the edges near the cells are at hand.
struct PartialRing: Sendable {
  var ring: Int32
  /// For each row, whether the reference point of its first cell is inside.
  var startsInside: [Bool]
}

extension FlatAreas {
  /// First vertices of all edges, in order.
  func forEachEdge(_ body: (Int32) -> Void) {
    for ring in rings { for edge in ring.edges { body(edge) } }
  }

  var edges: [Int32] {
    var edges: [Int32] = []
    edges.reserveCapacity(vertices.count)
    forEachEdge { edges.append($0) }
    return edges
  }

  @inline(__always)
  func polygon(ofEdge edge: Int32) -> Int32 { rings[Int(ringOfVertex[Int(edge)])].polygon }
}

extension CellFrame {
  /// The largest number of cells up to `cells` over `box` at which edges and cells touch in a bounded
  /// number of places; nil where even a few cells are too many.
  static func affordable(
    _ edges: [Int32], over box: Box, cells: Int, _ vertices: [Point]
  ) -> Int? {
    let limit = 16 * edges.count + 4096
    var cells = cells
    while cells >= 16 {
      let frame = CellFrame(over: box, cells: cells)
      var touches = 0
      for e in edges { touches += frame.touches(ofEdge: vertices[Int(e)], vertices[Int(e) + 1]) }
      if touches <= limit { return cells }
      cells /= 4
    }
    return nil
  }
}
