internal import Parallel
internal import Planar

/// How much of the borders of two plans is the same, in metres; a border between two grids counts once
/// where its vertices are the same on both sides.
struct BorderChanges: Sendable {
  /// Borders are looked at in pieces of at most this length (m).
  private static let step = 2.0

  let before: Double
  let after: Double
  let kept: Double
  /// Borders of before that are gone, and of after that are new.
  let gone: Double
  let new: Double

  /// - Parameter tolerance: borders that lie nearer to each other than this (m) are one.
  init(_ before: [ComparedGrid], _ after: [ComparedGrid], tolerance: Double) {
    let (old, fresh) = (Borders(before), Borders(after))
    self.before = old.length
    self.after = fresh.length
    gone = old.length(awayFrom: fresh, tolerance)
    new = fresh.length(awayFrom: old, tolerance)
    kept = after.isEmpty ? 0 : fresh.length - new
  }

  private struct Segment: Hashable {
    var a: Point
    var b: Point

    init(_ p: Point, _ q: Point) {
      let isOrdered = (p.x, p.y) < (q.x, q.y)
      (a, b) = isOrdered ? (p, q) : (q, p)
    }

    var length: Double { a.distance(to: b) }
  }

  private struct Borders: Sendable {
    let segments: [Segment]
    private let all: Set<Segment>
    let length: Double

    init(_ grids: [ComparedGrid]) {
      var seen = Set<Segment>()
      var segments: [Segment] = []
      for ring in grids.flatMap({ $0.polygons.flatMap(\.rings) }) {
        for (p, q) in zip(ring.points, ring.points.dropFirst()) where p != q {
          let segment = Segment(p, q)
          if seen.insert(segment).inserted { segments.append(segment) }
        }
      }
      self.segments = segments
      all = seen
      length = segments.reduce(0) { $0 + $1.length }
    }

    /// Metres that are farther than the tolerance from every border of the other plan.
    func length(awayFrom other: Borders, _ tolerance: Double) -> Double {
      let open = segments.filter { !other.all.contains($0) }
      guard !open.isEmpty else { return 0 }
      let index = BoxIndex(other.segments.map { Box(around: [$0.a, $0.b]) })
      let parts = chunks(of: open.count, parts: threadCount * 8)
      return parallelMap(count: parts.count) { part in
        open[parts[part]].reduce(0.0) { $0 + away($1, from: other, index, tolerance) }
      }.reduce(0, +)
    }

    private func away(_ segment: Segment, from other: Borders, _ index: BoxIndex, _ tolerance: Double) -> Double {
      let pieces = max(1, Int((segment.length / step).rounded(.up)))
      let far = (0..<pieces).count { piece in
        let share = (Double(piece) + 0.5) / Double(pieces)
        let point = segment.a + (segment.b - segment.a) * share
        return index.nearest(to: point, within: tolerance) { item in
          let near = other.segments[item]
          return nearestPoint(on: near.a, near.b, to: point).distance(to: point)
        } == nil
      }
      return segment.length * Double(far) / Double(pieces)
    }
  }
}
