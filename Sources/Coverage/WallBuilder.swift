import Planar

/// Lays walls out in storage order.
struct WallBuilder {
  var vertices: [Point] = []
  var runs: [WallIndex.Run] = []
  /// The box of each run.
  var boxes: [Box] = []
  var polygonStarts: [Int32] = []
  var polygonFootprints: [Int32] = []
  var polygonRuns: [Int32] = []
  var polygonBoxes: [Box] = []

  /// Long rings are cut into runs so that a query meets only their near parts.
  private static let longestRun = 8

  mutating func add(_ footprints: [[Polygon]]) {
    let total = footprints.reduce(0) { $0 + $1.reduce(0) { $0 + $1.exterior.points.count } }
    vertices.reserveCapacity(total)
    boxes.reserveCapacity(footprints.count)
    for (index, polygons) in footprints.enumerated() {
      for polygon in polygons { add(polygon, footprint: index) }
    }
  }

  private mutating func add(_ polygon: Polygon, footprint: Int) {
    let rings = polygon.rings.map { cleaned($0.points) }
    guard rings[0].count >= 4 else { return }
    polygonStarts.append(Int32(vertices.count))
    polygonFootprints.append(Int32(footprint))
    polygonRuns.append(Int32(runs.count))
    polygonBoxes.append(Box(around: rings[0]))
    let isTwoSided = rings.contains { !isSimple(ring: $0) }
    for (index, ring) in rings.enumerated() where ring.count >= 4 {
      let isLeft = Ring(ring).signedArea > 0
      add(isLeft == (index == 0) ? ring : ring.reversed(), isTwoSided: isTwoSided)
    }
  }

  private mutating func add(_ ring: [Point], isTwoSided: Bool) {
    let first = vertices.count
    vertices.append(contentsOf: ring)
    var edge = 0
    while edge < ring.count - 1 {
      let count = min(Self.longestRun, ring.count - 1 - edge)
      runs.append(.init(first: Int32(first + edge), count: UInt16(count), isTwoSided: isTwoSided))
      boxes.append(Box(around: ring[edge...(edge + count)]))
      edge += count
    }
  }

  /// The closed ring without repeated points; empty where a point is not finite.
  private func cleaned(_ ring: [Point]) -> [Point] {
    var kept: [Point] = []
    kept.reserveCapacity(ring.count)
    for point in ring {
      guard point.isFinite else { return [] }
      if kept.last != point { kept.append(point) }
    }
    return kept.first == kept.last ? kept : []
  }
}
