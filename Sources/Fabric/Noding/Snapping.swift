import Parallel
import Planar

/// Chains whose vertices that lie within `tolerance` ticks of each other are one, and whose
/// segments pass through every vertex within `tolerance` of them.
///
/// Vertices are taken from west to east, from south to north; each joins the nearest one already
/// kept. So nothing moves farther than the tolerance, and the order of the input doesn't matter.
func snapped(_ chains: [Chain], tolerance: Int32) -> [Chain] {
  guard tolerance > 0 else { return chains }
  var table = VertexTable()
  for chain in chains { for point in chain.points { _ = table.number(of: point) } }
  let kept = keptVertices(among: table.points, tolerance)
  let joined = chains.map { chain in
    var points: [GridPoint] = []
    for point in chain.points {
      let point = kept[Int(table.number(of: point))]
      if points.last != point { points.append(point) }
    }
    return Chain(points: points, role: chain.role)
  }
  let soup = SegmentSoup(joined)
  let vertices = Set(kept).sorted { $0.precedes($1) }
  return soup.chains(brokenAt: soup.breaks(near: vertices, tolerance))
}

/// For each point the vertex that it joins.
private func keptVertices(among points: [GridPoint], _ tolerance: Int32) -> [GridPoint] {
  let cell = Int64(tolerance)
  func cellKey(_ x: Int64, _ y: Int64) -> UInt64 {
    UInt64(UInt32(truncatingIfNeeded: x)) << 32 | UInt64(UInt32(truncatingIfNeeded: y))
  }
  func cellOf(_ value: Int32) -> Int64 { (Double(value) / Double(cell)).rounded(.down).int64 }
  var keptIn: [UInt64: [GridPoint]] = [:]
  var result = points
  for index in points.indices.sorted(by: { points[$0].precedes(points[$1]) }) {
    let point = points[index]
    var nearest: (distance: Int64, point: GridPoint)?
    for x in cellOf(point.x) - 1...cellOf(point.x) + 1 {
      for y in cellOf(point.y) - 1...cellOf(point.y) + 1 {
        for other in keptIn[cellKey(x, y)] ?? [] {
          let distance = squaredDistance(point, other)
          guard distance <= cell * cell else { continue }
          if let best = nearest, (best.distance, best.point.key) <= (distance, other.key) { continue }
          nearest = (distance, other)
        }
      }
    }
    if let nearest {
      result[index] = nearest.point
    } else {
      keptIn[cellKey(cellOf(point.x), cellOf(point.y)), default: []].append(point)
    }
  }
  return result
}

extension Double {
  fileprivate var int64: Int64 { Int64(self) }
}

extension SegmentSoup {
  /// The breaks of segments at all `vertices` within `tolerance` ticks of them.
  func breaks(near vertices: [GridPoint], _ tolerance: Int32) -> [SegmentBreak] {
    let parts = chunks(of: vertices.count, parts: threadCount * 8)
    return parallelMap(count: parts.count) { part in
      var breaks: [SegmentBreak] = []
      for vertex in vertices[parts[part]] {
        forEachSegment(near: vertex, Double(tolerance)) { segment, a, b in
          guard a != vertex, b != vertex, isNear(vertex, a, b, tolerance) else { return }
          breaks.append(SegmentBreak(segment: segment, isCrossing: false, point: vertex))
        }
      }
      return breaks
    }.flatMap { $0 }
  }
}

/// Whether `p` lies within `tolerance` of the inner part of the segment from `a` to `b`.
private func isNear(_ p: GridPoint, _ a: GridPoint, _ b: GridPoint, _ tolerance: Int32) -> Bool {
  func vector(_ from: GridPoint, _ to: GridPoint) -> Point {
    Point(x: Double(to.x) - Double(from.x), y: Double(to.y) - Double(from.y))
  }
  let (d, v) = (vector(a, b), vector(a, p))
  let square = d.x * d.x + d.y * d.y
  let along = d.x * v.x + d.y * v.y
  guard along > 0, along < square else { return false }
  return abs(Double(turn(a, b, p))) <= Double(tolerance) * square.squareRoot()
}
