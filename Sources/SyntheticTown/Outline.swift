import Planar

extension Mesh {
  /// The union of faces: the borders that only one of them has, joined to rings.
  ///
  /// Where rings touch at a node they stay apart, so that every ring is simple. O(n).
  func outline(of members: [Int]) -> [Polygon] {
    var open: Set<Edge> = []
    for face in members { for edge in edges(of: face) where open.remove(edge.reversed) == nil { open.insert(edge) } }
    var from: [Int: [Int]] = [:]
    var ordered: [Edge] = []
    for face in members {
      for edge in edges(of: face) where open.contains(edge) {
        from[edge.start, default: []].append(edge.end)
        ordered.append(edge)
      }
    }
    var rings: [Ring] = []
    for edge in ordered where from[edge.start]?.contains(edge.end) == true {
      rings.append(ring(startingWith: edge, &from))
    }
    return polygons(rings)
  }

  struct Edge: Hashable {
    var start: Int
    var end: Int
    var reversed: Edge { Edge(start: end, end: start) }
  }

  func edges(of face: Int) -> [Edge] {
    let ring = faces[face].ring
    return ring.indices.map { Edge(start: ring[$0], end: ring[($0 + 1) % ring.count]) }
  }

  private func ring(startingWith first: Edge, _ from: inout [Int: [Int]]) -> Ring {
    var path = [first.start]
    var edge = first
    while true {
      from[edge.start]!.removeAll { $0 == edge.end }
      path.append(edge.end)
      if edge.end == first.start { break }
      edge = Edge(start: edge.end, end: leftmost(after: edge, from[edge.end]!))
    }
    return Ring(points(path))
  }

  /// The way that turns left most, which stays with the same face where two touch at a node.
  private func leftmost(after edge: Edge, _ ends: [Int]) -> Int {
    guard ends.count > 1 else { return ends[0] }
    let back = nodes[edge.start] - nodes[edge.end]
    func turn(_ end: Int) -> Double {
      let d = nodes[end] - nodes[edge.end]
      return clockwiseTurn(from: back, to: d)
    }
    return ends.min { turn($0) < turn($1) }!
  }

  private func polygons(_ rings: [Ring]) -> [Polygon] {
    var polygons = rings.filter(\.isCounterClockwise).map { Polygon(exterior: $0) }
    for hole in rings where !hole.isCounterClockwise {
      let inside = polygons.indices.filter { index in
        hole.vertices.allSatisfy { polygons[index].exterior.locate($0) != .outside }
      }
      if let smallest = inside.min(by: { polygons[$0].area < polygons[$1].area }) {
        polygons[smallest].holes.append(hole)
      }
    }
    return polygons
  }
}

/// A number that grows with the clockwise angle from `a` to `b`, in 0..<4 (no trigonometry).
private func clockwiseTurn(from a: Point, to b: Point) -> Double {
  let length = (a.x * a.x + a.y * a.y).squareRoot() * (b.x * b.x + b.y * b.y).squareRoot()
  let cosine = (a.x * b.x + a.y * b.y) / length
  let isClockwise = a.x * b.y - a.y * b.x < 0
  return isClockwise ? 1 - cosine : 3 + cosine
}
