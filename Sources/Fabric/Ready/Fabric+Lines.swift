import Parallel
public import Planar

extension Fabric {
  /// Tells of the borders of ready units which streets and barriers run along them.
  ///
  /// A stretch of border lies along a line that is no farther than `reach` from its middle and no
  /// more than 45° askew, the hardest of several; it lies along a barrier where its middle is inside
  /// one of `areas`. Borders are looked at in stretches of at most `reach`. Borders of parents stay
  /// what they are. O(n log m) for n stretches and m segments of lines.
  /// - Parameters:
  ///   - lines: streets and other lines with their classes.
  ///   - areas: water and other areas that no grid crosses.
  ///   - reach: in metres; about half the width of the widest street.
  public mutating func classifyBorders(
    along lines: [BoundingLine], inside areas: [[Polygon]], within reach: Double
  ) {
    guard !lines.isEmpty || !areas.isEmpty else { return }
    let nearby = NearbyLines(lines, areas, reach: reach)
    let parts = chunks(of: arcs.count, parts: threadCount * 16)
    let arcs = arcs
    let stretches = parallelMap(count: parts.count) { part in
      parts[part].flatMap { number -> [SharedStretch] in
        guard let left = arcs[number].left, let right = arcs[number].right, left != right else { return [] }
        return nearby.stretches(of: arcs[number], between: min(left, right), max(left, right))
      }
    }
    adjacency = collected(stretches.flatMap { $0 })
  }
}

/// Lines and areas in an index.
private struct NearbyLines: Sendable {
  private let ends: [(a: Point, b: Point)]
  private let kinds: [BoundingLine.Kind]
  private let index: BoxIndex
  private let areas: [Polygon]
  private let areaIndex: BoxIndex
  private let reach: Double

  init(_ lines: [BoundingLine], _ areas: [[Polygon]], reach: Double) {
    var ends: [(a: Point, b: Point)] = []
    var kinds: [BoundingLine.Kind] = []
    for line in lines {
      for (a, b) in zip(line.points, line.points.dropFirst()) where a != b {
        ends.append((a, b))
        kinds.append(line.kind)
      }
    }
    (self.ends, self.kinds, self.reach) = (ends, kinds, reach)
    index = BoxIndex(ends.map { Box(around: [$0.a, $0.b]) })
    self.areas = areas.flatMap { $0 }
    areaIndex = BoxIndex(self.areas.map(\.box))
  }

  func stretches(of arc: Arc, between a: Int, _ b: Int) -> [SharedStretch] {
    zip(arc.points, arc.points.dropFirst()).flatMap { start, end -> [SharedStretch] in
      let length = start.distance(to: end)
      let count = max(1, Int((length / reach).rounded(.up)))
      return (0..<count).map { step in
        let middle = start.moved(to: end, by: (Double(step) + 0.5) / Double(count))
        let found = arc.borderClass == .parent ? .parent : max(arc.borderClass, borderClass(at: middle, from: start, to: end))
        return SharedStretch(a: a, b: b, borderClass: found, length: length / Double(count))
      }
    }
  }

  private func borderClass(at middle: Point, from start: Point, to end: Point) -> BorderClass {
    if areaIndex.items(at: middle).contains(where: { areas[$0].locate(middle) != .outside }) { return .barrier }
    let box = Box(
      min: Point(x: middle.x - reach, y: middle.y - reach), max: Point(x: middle.x + reach, y: middle.y + reach))
    var best = BorderClass.open
    index.forEach(meeting: box) { segment in
      let (a, b) = ends[segment]
      guard isAlong(a, b, start, end), distance(from: middle, toSegment: a, b) <= reach else { return }
      best = max(best, borderClass(of: kinds[segment]))
    }
    return best
  }

  private func borderClass(of kind: BoundingLine.Kind) -> BorderClass {
    switch kind {
    case .street(let rank): .street(rank: rank)
    case .barrier: .barrier
    }
  }

  /// At most 45° between two segments.
  private func isAlong(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> Bool {
    let (px, py, qx, qy) = (b.x - a.x, b.y - a.y, d.x - c.x, d.y - c.y)
    return abs(px * qx + py * qy) >= abs(px * qy - py * qx)
  }
}

extension Point {
  fileprivate func moved(to other: Point, by share: Double) -> Point {
    Point(x: x + (other.x - x) * share, y: y + (other.y - y) * share)
  }
}
