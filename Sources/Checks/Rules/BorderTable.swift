import Planar

/// The edges of all shapes, and for each the neighbour that has the same edge the other way round.
///
/// In a seamless layer every inner edge has such a twin, bit for bit. O(n log n).
struct BorderTable: Sendable {
  struct Edge: Sendable {
    let a: Point
    let b: Point
    /// The shape on the other side; −1 where none has this very edge.
    var twin: Int32 = -1

    var box: Box { Box(around: [a, b]) }
  }

  /// The edges of each shape, ring by ring; edges without length left out.
  private(set) var edges: [[Edge]]
  /// The numbers of vertices by place.
  private let vertices: [Point: Int32]
  /// The shapes at each vertex, ascending, from `first[v]` to `first[v + 1]`.
  private let first: [Int32]
  private let owners: [Int32]

  init(_ shapes: [Shape]) {
    edges = shapes.map { shape in
      shape.polygons.flatMap(\.rings).flatMap { ring in
        zip(ring.points, ring.points.dropFirst()).lazy.filter { $0 != $1 }.map { Edge(a: $0, b: $1) }
      }
    }
    var vertices: [Point: Int32] = [:]
    var keys: [(key: UInt64, shape: Int32, position: Int32)] = []
    keys.reserveCapacity(edges.reduce(0) { $0 + $1.count })
    func number(_ point: Point) -> Int32 {
      let next = Int32(vertices.count)
      let known = vertices[point]
      if known == nil { vertices[point] = next }
      return known ?? next
    }
    var at: [(vertex: Int32, shape: Int32)] = []
    for (shape, list) in edges.enumerated() {
      for (position, edge) in list.enumerated() {
        let (a, b) = (number(edge.a), number(edge.b))
        at.append((a, Int32(shape)))
        keys.append((UInt64(min(a, b)) << 32 | UInt64(max(a, b)), Int32(shape), Int32(position)))
      }
    }
    self.vertices = vertices
    (first, owners) = Self.grouped(at, count: vertices.count)
    keys.sort { ($0.key, $0.shape, $0.position) < ($1.key, $1.shape, $1.position) }
    pair(keys)
  }

  private static func grouped(
    _ entries: [(vertex: Int32, shape: Int32)], count: Int
  ) -> (first: [Int32], owners: [Int32]) {
    var first = [Int32](repeating: 0, count: count + 1)
    for entry in entries { first[Int(entry.vertex) + 1] += 1 }
    for i in 0..<count { first[i + 1] += first[i] }
    var next = first
    var owners = [Int32](repeating: 0, count: entries.count)
    for entry in entries {
      owners[Int(next[Int(entry.vertex)])] = entry.shape
      next[Int(entry.vertex)] += 1
    }
    return (first, owners)
  }

  /// Twins are edges of which there are exactly two, of two shapes, in opposite directions.
  private mutating func pair(_ keys: [(key: UInt64, shape: Int32, position: Int32)]) {
    var start = 0
    while start < keys.count {
      var end = start + 1
      while end < keys.count, keys[end].key == keys[start].key { end += 1 }
      let (p, q) = (keys[start], keys[end - 1])
      if end == start + 2, p.shape != q.shape,
        edges[Int(p.shape)][Int(p.position)].a == edges[Int(q.shape)][Int(q.position)].b
      {
        edges[Int(p.shape)][Int(p.position)].twin = q.shape
        edges[Int(q.shape)][Int(q.position)].twin = p.shape
      }
      start = end
    }
  }

  /// Whether `point` is a vertex of the shape.
  func isVertex(_ point: Point, of shape: Int) -> Bool {
    guard let vertex = vertices[point] else { return false }
    return owners[Int(first[Int(vertex)])..<Int(first[Int(vertex) + 1])].contains(Int32(shape))
  }

  /// Edges that no neighbour shares, with their shapes.
  var unmatched: [(shape: Int, edge: Edge)] {
    edges.enumerated().flatMap { shape, list in list.filter { $0.twin < 0 }.map { (shape, $0) } }
  }

  /// Whether the interiors of two valid shapes may share a point: never false when they do.
  ///
  /// The border of a common area runs along an edge of one inside the other. Edges that both have,
  /// one on either side, border none; the others are tried exactly. Where edges are many the
  /// answer is yes.
  func mayOverlap(_ a: Int, _ b: Int, _ shapes: [Shape]) -> Bool {
    let mine = edges[a].filter { $0.twin != Int32(b) && $0.box.intersects(shapes[b].box) }
    let theirs = edges[b].filter { $0.twin != Int32(a) && $0.box.intersects(shapes[a].box) }
    guard mine.count * theirs.count < 20_000 else { return true }
    for p in mine {
      for q in theirs where p.box.intersects(q.box) {
        switch intersection(p.a, p.b, q.a, q.b) {
        case .none: break
        case .crossing, .overlapping: return true
        case .touching(let place):
          if place != p.a && place != p.b || place != q.a && place != q.b { return true }
        }
      }
    }
    return mine.contains { $0.reachesInside(shapes[b]) } || theirs.contains { $0.reachesInside(shapes[a]) }
  }
}

extension BorderTable.Edge {
  fileprivate func reachesInside(_ shape: Shape) -> Bool {
    shape.locate(a) == .inside || shape.locate(a.midpoint(to: b)) == .inside
  }
}
