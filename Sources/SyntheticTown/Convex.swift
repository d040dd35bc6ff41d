import Planar

/// A convex area, its corners counter-clockwise; empty where a cut left nothing.
struct Convex {
  private(set) var corners: [Point]

  init(_ corners: [Point]) { self.corners = corners }

  var isEmpty: Bool { corners.count < 3 }

  var area: Double { isEmpty ? 0 : Ring(corners).signedArea }

  var center: Point { mean(of: corners) }

  /// What lies to the left of the line from `a` to `b` moved `distance` to its left
  /// (Sutherland and Hodgman 1974, one step).
  func clipped(leftOf a: Point, _ b: Point, by distance: Double) -> Convex {
    let d = b - a
    let length = (d.x * d.x + d.y * d.y).squareRoot()
    func depth(_ p: Point) -> Double { (d.x * (p.y - a.y) - d.y * (p.x - a.x)) / length - distance }
    var kept: [Point] = []
    for (index, p) in corners.enumerated() {
      let q = corners[(index + 1) % corners.count]
      let (u, v) = (depth(p), depth(q))
      if u >= 0 { kept.append(p) }
      if (u > 0 && v < 0) || (u < 0 && v > 0) { kept.append(p + (q - p) * (u / (u - v))) }
    }
    return Convex(kept.count < 3 ? [] : kept)
  }

  /// The area with every side of the quadrilateral `corners` moved inward by its own distance.
  static func inset(_ corners: [Point], by distances: [Double]) -> Convex {
    var area = Convex(corners)
    for k in corners.indices where !area.isEmpty {
      area = area.clipped(leftOf: corners[k], corners[(k + 1) % corners.count], by: distances[k])
    }
    return area
  }
}

/// A right-angled frame of its own: u along the rows of houses, v across them.
struct Frame {
  var origin: Point
  /// Of length 1.
  var axis: Point

  init(origin: Point, along direction: Point) {
    let length = direction.distance(to: Point(x: 0, y: 0))
    self.origin = origin
    axis = direction * (1 / length)
  }

  func world(_ p: Point) -> Point {
    Point(x: origin.x + axis.x * p.x - axis.y * p.y, y: origin.y + axis.y * p.x + axis.x * p.y)
  }

  func local(_ p: Point) -> Point {
    let d = p - origin
    return Point(x: axis.x * d.x + axis.y * d.y, y: axis.x * d.y - axis.y * d.x)
  }
}

extension Convex {
  /// The stretch of the horizontal at height `v` inside the area, in the area's own coordinates.
  func stretch(at v: Double) -> ClosedRange<Double>? {
    var low = Double.infinity
    var high = -Double.infinity
    for (index, p) in corners.enumerated() {
      let q = corners[(index + 1) % corners.count]
      guard min(p.y, q.y) <= v, v <= max(p.y, q.y) else { continue }
      let ends = p.y == q.y ? [p.x, q.x] : [p.x + (q.x - p.x) * ((v - p.y) / (q.y - p.y))]
      for x in ends {
        low = min(low, x)
        high = max(high, x)
      }
    }
    return low < high ? low...high : nil
  }

  func seen(in frame: Frame) -> Convex { Convex(corners.map(frame.local)) }
}
