public import Planar

/// One reason why a polygon is invalid, with the ring and the place.
public struct RingProblem: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
    case notFinite = "coordinate is not finite"
    case tooFewPoints = "ring has fewer than four points"
    case zeroArea = "ring encloses no area"
    case selfCrossing = "ring crosses itself"
    case selfTouch = "ring touches itself"
    case spike = "ring runs back along itself"
    case ringsCross = "rings cross"
    case ringsOverlap = "rings share a stretch"
    case holeOutside = "hole lies outside its exterior ring"
    case holeInHole = "hole lies inside another hole"
    case nestedPolygons = "polygon lies inside another"
  }

  public var kind: Kind
  /// The number of the polygon in its area.
  public var polygon: Int
  /// The number of the ring in its polygon, the exterior ring being 0.
  public var ring: Int
  public var place: Point
}

/// Every reason why the area of `polygons` is invalid, in the order of rings, each place once.
///
/// Two rings may touch in points; that such touches cut an interior in two is left to
/// `validityProblem(of:)`. Decided exactly. O(n log n + k).
public func ringProblems(of polygons: [Polygon]) -> [RingProblem] {
  var survey = RingSurvey(polygons)
  survey.checkRingsAlone()
  survey.checkEdges()
  survey.checkNesting()
  return survey.problems.sorted { ($0.polygon, $0.ring) < ($1.polygon, $1.ring) }
}

private struct RingSurvey {
  struct NumberedRing {
    var polygon: Int
    var number: Int
    var ring: Ring
  }

  struct Edge {
    var ring: Int
    var position: Int
    var isLast = false
    var a: Point
    var b: Point
  }

  let rings: [NumberedRing]
  var problems: [RingProblem] = []
  private var seen: Set<RingProblem> = []
  /// Rings with a problem of their own, whose nesting says nothing more.
  private var isBroken: [Bool]

  init(_ polygons: [Polygon]) {
    var rings: [NumberedRing] = []
    for (index, polygon) in polygons.enumerated() {
      for (number, ring) in polygon.rings.enumerated() {
        rings.append(NumberedRing(polygon: index, number: number, ring: ring))
      }
    }
    self.rings = rings
    isBroken = Array(repeating: false, count: rings.count)
  }

  private mutating func report(_ kind: RingProblem.Kind, _ ring: Int, _ place: Point) {
    isBroken[ring] = true
    let problem = RingProblem(
      kind: kind, polygon: rings[ring].polygon, ring: rings[ring].number, place: place)
    if place.isFinite, !seen.insert(problem).inserted { return }
    problems.append(problem)
  }

  mutating func checkRingsAlone() {
    for (index, numbered) in rings.enumerated() {
      let points = numbered.ring.points
      if let bad = points.first(where: { !$0.isFinite }) {
        report(.notFinite, index, bad)
      } else if points.count < 4 {
        report(.tooFewPoints, index, points.first ?? Point(x: .nan, y: .nan))
      } else if numbered.ring.signedArea == 0 {
        report(.zeroArea, index, points[0])
      }
    }
  }

  mutating func checkEdges() {
    let edges = rings.indices.flatMap(edges(of:))
    let index = BoxIndex(edges.map { Box(around: [$0.a, $0.b]) })
    for (i, edge) in edges.enumerated() {
      for j in index.items(meeting: Box(around: [edge.a, edge.b])) where j > i {
        compare(edge, edges[j])
      }
    }
  }

  /// The edges of a ring that have a length; none of a ring that is not finite.
  private func edges(of index: Int) -> [Edge] {
    let points = rings[index].ring.points
    guard points.allSatisfy(\.isFinite) else { return [] }
    var edges: [Edge] = []
    for (a, b) in zip(points, points.dropFirst()) where a != b {
      edges.append(Edge(ring: index, position: edges.count, a: a, b: b))
    }
    if !edges.isEmpty { edges[edges.count - 1].isLast = true }
    return edges
  }

  private mutating func compare(_ first: Edge, _ second: Edge) {
    let shared = intersection(first.a, first.b, second.a, second.b)
    if first.ring == second.ring {
      switch shared {
      case .none: break
      case .crossing(let place): report(.selfCrossing, first.ring, place)
      case .overlapping(let place, _): report(.spike, first.ring, place)
      case .touching(let place):
        if !follow(first, second, at: place) { report(.selfTouch, first.ring, place) }
      }
    } else {
      switch shared {
      case .none, .touching: break
      case .crossing(let place): report(.ringsCross, second.ring, place)
      case .overlapping(let place, _): report(.ringsOverlap, second.ring, place)
      }
    }
  }

  /// Whether the two edges are neighbours in their ring that meet at their common vertex.
  private func follow(_ first: Edge, _ second: Edge, at place: Point) -> Bool {
    second.position == first.position + 1 && first.b == place && second.a == place
      || first.position == 0 && second.isLast && second.b == place && first.a == place
  }

  mutating func checkNesting() {
    for inner in rings.indices where !isBroken[inner] {
      for outer in rings.indices where outer != inner && !isBroken[outer] {
        guard let kind = nestingProblem(inner, in: outer) else { continue }
        report(kind, inner, rings[inner].ring.points[0])
        break
      }
    }
  }

  private func nestingProblem(_ inner: Int, in outer: Int) -> RingProblem.Kind? {
    let (a, b) = (rings[inner], rings[outer])
    if a.polygon == b.polygon && b.number == 0 {
      return place(of: a.ring, in: b.ring) == .outside ? .holeOutside : nil
    }
    guard a.ring.box.intersects(b.ring.box) else { return nil }
    if a.polygon == b.polygon && a.number > 0 {
      return place(of: a.ring, in: b.ring) == .inside ? .holeInHole : nil
    }
    guard a.number == 0, b.number == 0, place(of: a.ring, in: b.ring) == .inside else { return nil }
    let isInHole = rings.contains {
      $0.polygon == b.polygon && $0.number > 0 && place(of: a.ring, in: $0.ring) != .outside
    }
    return isInHole ? nil : .nestedPolygons
  }

  /// Where a ring lies that does not cross `outer`.
  private func place(of ring: Ring, in outer: Ring) -> Location {
    for point in ring.vertices {
      let location = outer.locate(point)
      if location != .boundary { return location }
    }
    return .boundary
  }
}
