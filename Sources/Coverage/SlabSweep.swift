import Planar

/// Areas under few edges: vertical slabs between all vertices and crossings.
struct SlabSweep {
  private struct Edge {
    var x0, x1: Double
    /// y = base + slope·x.
    var y0, slope: Double
    /// +1 where the inside begins going up, −1 where it ends.
    var step: Int32
    var isPlace: Bool

    @inline(__always)
    func y(_ x: Double) -> Double { y0 + slope * (x - x0) }
  }

  private struct Crossing {
    var y: Double
    var step: Int32
    var isPlace: Bool
  }

  private let depth: Int
  private var edges: [Edge] = []
  private var cuts: [Double] = []
  private var stack: [Crossing] = []

  init(depth: Int) { self.depth = depth }

  /// Adds areas in more than `covered` views to `sums`; those in fewer are known.
  mutating func add(
    _ pieces: ArraySlice<CoveredAreaSolver.Piece>, _ points: UnsafeMutablePointer<Point>, _ box: Box,
    covered: Int, isInPlace: Bool, to sums: inout [Double]
  ) {
    collect(pieces, points)
    cut()
    for index in 1..<max(cuts.count, 1) where cuts[index] > cuts[index - 1] {
      slab(cuts[index - 1], cuts[index], covered, isInPlace, &sums)
    }
  }

  private mutating func collect(
    _ pieces: ArraySlice<CoveredAreaSolver.Piece>, _ points: UnsafeMutablePointer<Point>
  ) {
    edges.removeAll(keepingCapacity: true)
    cuts.removeAll(keepingCapacity: true)
    for piece in pieces {
      let ring = points + Int(piece.first)
      var a = ring[Int(piece.count) - 1]
      for i in 0..<Int(piece.count) {
        let b = ring[i]
        if a.x != b.x {
          let slope = (b.y - a.y) / (b.x - a.x)
          edges.append(
            a.x < b.x
              ? Edge(x0: a.x, x1: b.x, y0: a.y, slope: slope, step: 1, isPlace: piece.isPlace)
              : Edge(x0: b.x, x1: a.x, y0: b.y, slope: slope, step: -1, isPlace: piece.isPlace))
          cuts.append(b.x)
        }
        a = b
      }
    }
    edges.sort { $0.x0 < $1.x0 }
    for edge in edges { cuts.append(edge.x0) }
  }

  /// Adds the places where edges cross, and sorts all cuts.
  private mutating func cut() {
    for i in edges.indices {
      let a = edges[i]
      var j = i + 1
      while j < edges.count && edges[j].x0 < a.x1 {
        let b = edges[j]
        let low = b.x0
        let high = min(a.x1, b.x1)
        let below = a.y(low) - b.y0
        let above = a.y(high) - b.y(high)
        if (below > 0 && above < 0) || (below < 0 && above > 0) {
          cuts.append(low + (high - low) * (below / (below - above)))
        }
        j += 1
      }
    }
    cuts.sort()
  }

  private mutating func slab(
    _ low: Double, _ high: Double, _ covered: Int, _ isInPlace: Bool, _ sums: inout [Double]
  ) {
    let middle = (low + high) / 2
    stack.removeAll(keepingCapacity: true)
    for edge in edges {
      if edge.x0 >= middle { break }
      guard edge.x1 > middle else { continue }
      let y = edge.y(middle)
      stack.append(Crossing(y: y, step: edge.step, isPlace: edge.isPlace))
      var place = stack.count - 1
      while place > 0 && stack[place - 1].y > y {
        stack.swapAt(place, place - 1)
        place -= 1
      }
    }
    var views = covered
    var places: Int32 = isInPlace ? 1 : 0
    for index in 0..<max(stack.count - 1, 0) {
      let crossing = stack[index]
      if crossing.isPlace { places += crossing.step } else { views += Int(crossing.step) }
      guard places > 0 && views > covered else { continue }
      let area = (stack[index + 1].y - crossing.y) * (high - low)
      for k in covered..<min(views, depth) { sums[k] += area }
    }
  }
}
