import Planar

extension MapArea {
  /// A place inside for a label, with room around it; nil where there is no area.
  ///
  /// Of the middles of all stretches on nine horizontal lines, the one farthest from the border,
  /// counting a border above or below twice: labels are wider than high. O(n).
  var labelPoint: Point? {
    guard let largest = polygons.max(by: { $0.area < $1.area }), largest.box.height > 0 else { return nil }
    var best: (room: Double, point: Point)?
    for line in 1...9 {
      let y = largest.box.min.y + largest.box.height * (Double(line) - 0.03) / 10
      for (low, high) in largest.stretches(at: y) {
        let point = Point(x: (low + high) / 2, y: y)
        guard high - low > (best?.room ?? 0) * 1.2 else { continue }
        let room = min((high - low) / 1.2, largest.distanceToBoundary(from: point) * 2)
        if room > best?.room ?? 0 { best = (room, point) }
      }
    }
    return best?.point ?? interiorPoint(of: polygons)
  }
}

extension Polygon {
  /// The stretches of a horizontal line that lie inside, west to east.
  fileprivate func stretches(at y: Double) -> [(Double, Double)] {
    var crossings: [Double] = []
    for ring in rings {
      for (a, b) in zip(ring.points, ring.points.dropFirst()) where (a.y > y) != (b.y > y) {
        crossings.append(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x))
      }
    }
    crossings.sort()
    return stride(from: 0, to: crossings.count - 1, by: 2).map { (crossings[$0], crossings[$0 + 1]) }
  }
}
