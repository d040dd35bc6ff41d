import Planar

/// Areas under few edges: vertical slabs between all vertices and crossings.
///
/// Edges in reach of the sweep stay in the order of the slab before, which differs little from the
/// next one's.
final class SlabSweep {
  private struct Edge {
    var x0, x1: Double
    var y0, slope: Double
    /// The height in the middle of the slab at work.
    var y: Double
    /// +1 where the inside begins going up, −1 where it ends.
    var step: Int32
    var isPlace: Bool

    @inline(__always)
    func height(_ x: Double) -> Double { y0 + slope * (x - x0) }
  }

  private let depth: Int
  private var edges: UnsafeMutablePointer<Edge>
  private var active: UnsafeMutablePointer<Edge>
  private var edgeCapacity = 256
  private var edgeCount = 0
  private var activeCount = 0
  private var cuts: [Double] = []

  init(depth: Int) {
    self.depth = depth
    edges = .allocate(capacity: edgeCapacity)
    active = .allocate(capacity: edgeCapacity)
  }

  deinit {
    edges.deallocate()
    active.deallocate()
  }

  /// Adds areas in more than `covered` views to `sums`; those in fewer are known.
  func add(
    _ pieces: ArraySlice<CoveredAreaSolver.Piece>, _ points: UnsafeMutablePointer<Point>,
    covered: Int, isInPlace: Bool, to sums: inout [Double]
  ) {
    edgeCount = 0
    reserve(pieces.reduce(0) { $0 + Int($1.count) })
    for piece in pieces { collect(points + Int(piece.first), Int(piece.count), isPlace: piece.isPlace) }
    sortEdges()
    addCrossings()
    cuts.sort()
    var next = 0
    activeCount = 0
    cuts.withUnsafeBufferPointer { cuts in
      for index in 1..<max(cuts.count, 1) where cuts[index] > cuts[index - 1] {
        let middle = (cuts[index - 1] + cuts[index]) / 2
        advance(to: middle, &next)
        slab(cuts[index] - cuts[index - 1], covered, isInPlace, &sums)
      }
    }
  }

  private func reserve(_ count: Int) {
    guard count > edgeCapacity else { return }
    edges.deallocate()
    active.deallocate()
    edgeCapacity = 2 * count
    edges = .allocate(capacity: edgeCapacity)
    active = .allocate(capacity: edgeCapacity)
  }

  private func collect(_ ring: UnsafeMutablePointer<Point>, _ count: Int, isPlace: Bool) {
    var a = ring[count - 1]
    for i in 0..<count {
      let b = ring[i]
      if a.x != b.x {
        let isForward = a.x < b.x
        let (low, high) = isForward ? (a, b) : (b, a)
        edges[edgeCount] = Edge(
          x0: low.x, x1: high.x, y0: low.y, slope: (high.y - low.y) / (high.x - low.x), y: 0,
          step: isForward ? 1 : -1, isPlace: isPlace)
        edgeCount += 1
      }
      a = b
    }
  }

  /// By where they begin.
  private func sortEdges() {
    var all = UnsafeMutableBufferPointer(start: edges, count: edgeCount)
    all.sort { $0.x0 < $1.x0 }
  }

  /// Cuts at all ends of edges and where edges cross.
  private func addCrossings() {
    cuts.removeAll(keepingCapacity: true)
    for i in 0..<edgeCount {
      let a = edges[i]
      cuts.append(a.x0)
      cuts.append(a.x1)
      var j = i + 1
      while j < edgeCount && edges[j].x0 < a.x1 {
        let b = edges[j]
        let low = b.x0
        let high = min(a.x1, b.x1)
        let below = a.height(low) - b.y0
        let above = a.height(high) - b.height(high)
        if (below > 0 && above < 0) || (below < 0 && above > 0) {
          cuts.append(low + (high - low) * (below / (below - above)))
        }
        j += 1
      }
    }
  }

  /// Brings the active edges and their order to the slab around `middle`.
  @inline(__always)
  private func advance(to middle: Double, _ next: inout Int) {
    var kept = 0
    for i in 0..<activeCount where active[i].x1 > middle {
      active[kept] = active[i]
      kept += 1
    }
    while next < edgeCount && edges[next].x0 < middle {
      if edges[next].x1 > middle {
        active[kept] = edges[next]
        kept += 1
      }
      next += 1
    }
    activeCount = kept
    for i in 0..<kept {
      var edge = active[i]
      edge.y = edge.height(middle)
      var place = i
      while place > 0 && active[place - 1].y > edge.y {
        active[place] = active[place - 1]
        place -= 1
      }
      active[place] = edge
    }
  }

  @inline(__always)
  private func slab(_ width: Double, _ covered: Int, _ isInPlace: Bool, _ sums: inout [Double]) {
    var views = covered
    var places: Int32 = isInPlace ? 1 : 0
    for i in 0..<max(activeCount - 1, 0) {
      if active[i].isPlace { places += active[i].step } else { views += Int(active[i].step) }
      guard places > 0 && views > covered else { continue }
      let area = (active[i + 1].y - active[i].y) * width
      for k in covered..<min(views, depth) { sums[k] += area }
    }
  }
}
