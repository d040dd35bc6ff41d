import Planar

/// A constrained Delaunay triangulation over grid points.
///
/// Triangles are counter-clockwise. Half-edge `h` is side `h % 3` of triangle `h / 3`; it runs
/// from its origin to the origin of the next side, with the triangle on its left. All
/// orientations are exact. Whether a diagonal is flipped is decided in floating point and only
/// where the sign is sure, so flipping ends.
struct Mesh: ~Copyable {
  /// The vertices: first the four corners of a box around all, then those inserted.
  var points: Column<GridPoint>
  /// Where a half-edge begins.
  var origin: Column<Int32>
  /// The same edge seen from the other triangle; -1 along the outer box.
  var twin: Column<Int32>
  /// The number of the edge that must stay; -1 for a diagonal.
  var constraint: Column<Int32>
  /// One of the half-edges that begin at a vertex.
  var outgoing: Column<Int32>
  /// A mark of each triangle that its parts inherit when it is divided.
  var region: Column<Int32>
  /// Where the next search begins.
  var lastTriangle: Int32 = 0
  /// Half-edges whose diagonals are to be tested.
  var pending: [Int32] = []

  /// A triangle at the outer box, outside everything.
  var outerTriangle: Int32 { outgoing[0] / 3 }

  var triangleCount: Int { region.count }
  var vertexCount: Int { points.count }

  /// The box with two triangles.
  init(around low: GridPoint, _ high: GridPoint, expecting vertices: Int) {
    points = Column(capacity: vertices + 8)
    outgoing = Column(capacity: vertices + 8)
    origin = Column(capacity: 6 * vertices + 16)
    twin = Column(capacity: 6 * vertices + 16)
    constraint = Column(capacity: 6 * vertices + 16)
    region = Column(capacity: 2 * vertices + 8)
    for corner in [low, GridPoint(x: high.x, y: low.y), high, GridPoint(x: low.x, y: high.y)] {
      points.append(corner)
      outgoing.append(-1)
    }
    _ = addTriangle(0, 1, 2)
    _ = addTriangle(0, 2, 3)
    link(2, 3)
  }

  mutating func addTriangle(_ a: Int32, _ b: Int32, _ c: Int32) -> Int32 {
    let triangle = Int32(region.count)
    region.append(-1)
    addSide(a)
    addSide(b)
    addSide(c)
    return triangle
  }

  private mutating func addSide(_ vertex: Int32) {
    outgoing[vertex] = Int32(origin.count)
    origin.append(vertex)
    twin.append(-1)
    constraint.append(-1)
  }

  @inline(__always)
  mutating func link(_ h: Int32, _ g: Int32) {
    twin[h] = g
    if g >= 0 { twin[g] = h }
  }

  /// Links `h` to what `g` was linked to, taking over the edge's number.
  @inline(__always)
  mutating func takeOver(_ h: Int32, from g: Int32) {
    let number = constraint[g]
    link(h, twin[g])
    constraint[h] = number
  }

  @inline(__always)
  func destination(_ h: Int32) -> Int32 { origin[next(h)] }

  @inline(__always)
  func apex(_ h: Int32) -> Int32 { origin[previous(h)] }

  /// The next half-edge around the same origin, counter-clockwise; -1 at the outer box.
  @inline(__always)
  func rotatedLeft(_ h: Int32) -> Int32 { twin[previous(h)] }

  /// The next half-edge around the same origin, clockwise; -1 at the outer box.
  @inline(__always)
  func rotatedRight(_ h: Int32) -> Int32 {
    let g = twin[h]
    return g < 0 ? -1 : next(g)
  }

  /// The half-edge from `a` to `b`; nil where no edge joins them.
  func halfEdge(from a: Int32, to b: Int32) -> Int32? {
    let start = outgoing[a]
    var h = start
    repeat {
      if destination(h) == b { return h }
      if origin[previous(h)] == b, twin[previous(h)] < 0 { return nil }
      h = rotatedLeft(h)
    } while h >= 0 && h != start
    if h >= 0 { return nil }
    h = rotatedRight(start)
    while h >= 0 && h != start {
      if destination(h) == b { return h }
      h = rotatedRight(h)
    }
    return nil
  }
}

@inline(__always)
func next(_ h: Int32) -> Int32 { h % 3 == 2 ? h &- 2 : h &+ 1 }

@inline(__always)
func previous(_ h: Int32) -> Int32 { h % 3 == 0 ? h &+ 2 : h &- 1 }
