/// A point inside the area of `polygons`; nil where there is no area.
///
/// The middle of the widest stretch that lies inside on the horizontal line half way between the
/// two vertices nearest above and below the middle of the widest such polygon's box. The same
/// area gives the same point, whichever way its rings run. O(n log n). Source: the method of JTS
/// `InteriorPointArea`.
public func interiorPoint(of polygons: [Polygon]) -> Point? {
  var best: (width: Double, point: Point)?
  for polygon in polygons {
    guard let candidate = polygon.widestStretch() else { continue }
    if best.map({ candidate.width > $0.width }) ?? true { best = candidate }
  }
  return best?.point
}

extension Polygon {
  fileprivate func widestStretch() -> (width: Double, point: Point)? {
    guard let y = scanLine() else { return nil }
    var crossings: [Double] = []
    for ring in rings {
      for (a, b) in zip(ring.points, ring.points.dropFirst()) where (a.y > y) != (b.y > y) {
        crossings.append(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x))
      }
    }
    crossings.sort()
    var best: (width: Double, point: Point)?
    for index in stride(from: 0, to: crossings.count - 1, by: 2) {
      let (low, high) = (crossings[index], crossings[index + 1])
      if high - low > best?.width ?? 0 {
        best = (high - low, Point(x: low + (high - low) / 2, y: y))
      }
    }
    return best
  }

  /// A height between vertices, near the middle of the box; nil where the box has no height.
  private func scanLine() -> Double? {
    let box = box
    guard box.height > 0 else { return nil }
    let middle = box.center.y
    var below = box.min.y
    var above = box.max.y
    for ring in rings {
      for point in ring.points {
        if point.y <= middle { below = max(below, point.y) } else { above = min(above, point.y) }
      }
    }
    return below + (above - below) / 2
  }
}
