import Planar

/// The rings of all areas in flat arrays, areas from the lowest code to the highest.
///
/// An edge is named by the position of its first vertex: edge e runs from `vertices[e]` to
/// `vertices[e + 1]`. The last vertex of a ring starts no edge.
struct FlatAreas: Sendable {
  struct RingSpan: Sendable {
    /// Edges of the ring.
    var edges: Range<Int32>
    var polygon: Int32
    var isHole: Bool
  }

  struct PolygonSpan: Sendable {
    var rings: Range<Int32>
    /// Position of the area in the order of codes.
    var rank: Int32
  }

  private(set) var vertices: [Point] = []
  /// The ring of each vertex.
  private(set) var ringOfVertex: [Int32] = []
  private(set) var rings: [RingSpan] = []
  private(set) var polygons: [PolygonSpan] = []
  private(set) var box = Box.empty
  /// Position in the input of the area of each rank.
  let inputPosition: [Int32]

  init(_ areas: [Area]) {
    let order = codeOrder(of: areas)
    inputPosition = order.map(Int32.init)
    let count = areas.reduce(0) { $0 + $1.polygons.reduce(0) { $0 + $1.vertexCount } }
    precondition(count < 1 << 30, "more than a thousand million vertices")
    vertices.reserveCapacity(count)
    ringOfVertex.reserveCapacity(count)
    for (rank, position) in order.enumerated() {
      for polygon in areas[position].polygons where polygon.canBeLocated {
        append(polygon, rank: Int32(rank))
      }
    }
  }

  private mutating func append(_ polygon: Polygon, rank: Int32) {
    let first = Int32(rings.count)
    append(polygon.exterior, isHole: false)
    for hole in polygon.holes where !hole.points.isEmpty { append(hole, isHole: true) }
    polygons.append(PolygonSpan(rings: first..<Int32(rings.count), rank: rank))
    box.formUnion(polygon.exterior.box)
  }

  private mutating func append(_ ring: Ring, isHole: Bool) {
    let first = Int32(vertices.count)
    vertices.append(contentsOf: ring.points)
    ringOfVertex.append(contentsOf: repeatElement(Int32(rings.count), count: ring.points.count))
    rings.append(
      RingSpan(
        edges: first..<Int32(vertices.count - 1), polygon: Int32(polygons.count), isHole: isHole))
  }

  /// Where `point` lies with respect to a whole ring, exactly. O(edges).
  func locate(_ point: Point, inRing ring: Int32) -> Location {
    var isInside = false
    for e in rings[Int(ring)].edges {
      switch crossing(of: point, vertices[Int(e)], vertices[Int(e) + 1]) {
      case .touches: return .boundary
      case .crosses: isInside.toggle()
      case .misses: break
      }
    }
    return isInside ? .inside : .outside
  }
}

extension Polygon {
  fileprivate var vertexCount: Int { rings.reduce(0) { $0 + $1.points.count } }

  /// Whether the predicates are exact for it: it has a ring, and no coordinate is infinite, not a
  /// number, or so large that a product of two overflows.
  var canBeLocated: Bool {
    !exterior.points.isEmpty
      && rings.allSatisfy { $0.points.allSatisfy { abs($0.x) < 1e100 && abs($0.y) < 1e100 } }
  }
}
