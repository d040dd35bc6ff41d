public import Planar

/// A stretch of a line and the cameras that see all of it.
public struct SeenStretch: Sendable, Hashable {
  /// Metres along the line.
  public var start: Double
  public var end: Double
  /// Ascending; empty where nobody sees it.
  public var cameras: [Int]

  public var length: Double { end - start }
}

extension ViewSet {
  /// Cuts a line where views begin and end. O(n·m) in its edges and those of the views near it.
  ///
  /// Neighbouring stretches with the same cameras are joined; together they are the whole line.
  public func stretches(of line: [Point]) -> [SeenStretch] {
    var stretches: [SeenStretch] = []
    var start = 0.0
    for (a, b) in zip(line, line.dropFirst()) {
      let length = a.distance(to: b)
      guard length > 0 else { continue }
      for part in parts(of: a, b) {
        append(SeenStretch(start: start + part.from * length, end: start + part.to * length, cameras: part.cameras), to: &stretches)
      }
      start += length
    }
    return stretches
  }

  private func append(_ next: SeenStretch, to stretches: inout [SeenStretch]) {
    if let last = stretches.last, last.cameras == next.cameras {
      stretches[stretches.count - 1].end = next.end
    } else if next.length > 0 {
      stretches.append(next)
    }
  }

  /// A segment in parts, by fractions of its length.
  private func parts(of a: Point, _ b: Point) -> [(from: Double, to: Double, cameras: [Int])] {
    var events: [(at: Double, camera: Int, isStart: Bool)] = []
    for camera in candidates(in: Box(around: [a, b])) {
      for polygon in views[camera].polygons {
        for (from, to) in seen(a, b, polygon) {
          events.append((from, camera, true))
          events.append((to, camera, false))
        }
      }
    }
    var parts: [(from: Double, to: Double, cameras: [Int])] = []
    var open: [Int] = []
    var at = 0.0
    for event in events.sorted(by: { ($0.at, $0.camera) < ($1.at, $1.camera) }) {
      if event.at > at {
        parts.append((at, event.at, Array(Set(open)).sorted()))
        at = event.at
      }
      if event.isStart { open.append(event.camera) } else { open.remove(at: open.firstIndex(of: event.camera) ?? 0) }
    }
    if at < 1 { parts.append((at, 1, open.sorted())) }
    return parts
  }

  /// The fractions between which a segment lies in a polygon.
  private func seen(_ a: Point, _ b: Point, _ polygon: Polygon) -> [(Double, Double)] {
    var cuts = [0.0, 1.0]
    let d = b - a
    for ring in polygon.rings {
      for (p, q) in zip(ring.points, ring.points.dropFirst()) {
        let left = cross(d, p - a)
        let right = cross(d, q - a)
        guard (left > 0) != (right > 0) else { continue }
        let meeting = p + (q - p) * (left / (left - right))
        let t = dot(meeting - a, d) / dot(d, d)
        if t > 0 && t < 1 { cuts.append(t) }
      }
    }
    cuts.sort()
    return zip(cuts, cuts.dropFirst()).filter { from, to in
      to > from && polygon.locate(a + d * ((from + to) / 2)) != .outside
    }
  }
}
