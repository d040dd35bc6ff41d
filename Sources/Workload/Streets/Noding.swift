internal import Parallel
internal import Planar

/// Cuts lines where they meet: at shared vertices, where one ends on another, and at crossings on
/// one level.
struct Noding {
  /// A straight piece between two cuts.
  struct Piece {
    var a: Point
    var b: Point
  }

  private struct Segment {
    var a: Point
    var b: Point
    var level: Int
    var box: Box { Box(around: [a, b]) }
  }

  private let segments: [Segment]

  init(_ paths: [StreetPath]) {
    segments = paths.flatMap { path in
      zip(path.points, path.points.dropFirst()).compactMap { a, b in
        a != b && a.isFinite && b.isFinite ? Segment(a: a, b: b, level: path.level) : nil
      }
    }
  }

  /// The pieces in the order of the lines; the same line drawn twice yields them twice.
  ///
  /// O(n log n) for lines that meet in O(n) places. The place of a crossing is rounded, and both
  /// lines get the same one.
  func pieces() -> [Piece] {
    let index = BoxIndex(segments.map(\.box))
    let parts = chunks(of: segments.count, parts: 8 * threadCount)
    return parallelMap(count: parts.count) { part in
      parts[part].flatMap { pieces(of: $0, index) }
    }.flatMap { $0 }
  }

  private func pieces(of number: Int, _ index: BoxIndex) -> [Piece] {
    let segment = segments[number]
    var cuts: [Point] = []
    index.forEach(meeting: segment.box) { other in
      guard other != number else { return }
      cuts += meetings(number, other)
    }
    cuts.removeAll { $0 == segment.a || $0 == segment.b }
    guard !cuts.isEmpty else { return [Piece(a: segment.a, b: segment.b)] }
    cuts.sort { segment.a.squaredDistance(to: $0) < segment.a.squaredDistance(to: $1) }
    var pieces: [Piece] = []
    var last = segment.a
    for cut in cuts + [segment.b] where cut != last {
      pieces.append(Piece(a: last, b: cut))
      last = cut
    }
    return pieces
  }

  /// Where a segment is to be cut because of another; computed from the lower number, so that both
  /// see the same bits.
  private func meetings(_ number: Int, _ other: Int) -> [Point] {
    let (first, second) = (segments[min(number, other)], segments[max(number, other)])
    switch intersection(first.a, first.b, second.a, second.b) {
    case .none: return []
    case .crossing(let point): return first.level == second.level ? [point] : []
    case .touching(let point): return first.level == second.level ? [point] : []
    case .overlapping(let a, let b): return [a, b]
    }
  }
}
