import Foundation
public import Planar

/// Finds the area whose border is nearest to a point, for points that no area contains.
///
/// A packed tree of boxes (fanout 8, in Morton order) over runs of 16 edges. Building takes O(n log n) for n edges,
/// a search O(log n) for most points. Among equally near areas the lowest code wins.
public struct NearestBorder: Sendable {
  public struct Found: Sendable, Hashable {
    /// The position of the area in the input.
    public var area: Int
    /// The distance in the unit that the scale leads to.
    public var distance: Double
  }

  private static let fanout = 8
  private static let runLength = 16

  private struct Run: Sendable {
    var edges: Range<Int32>
    var rank: Int32
  }

  private let flat: FlatAreas
  private var runs: [Run] = []
  /// Boxes of runs, then of groups of eight boxes of the level before, up to one.
  private var levels: [[Box]] = []

  public init(_ areas: [Area]) {
    flat = FlatAreas(areas)
    for ring in flat.rings {
      let rank = flat.polygons[Int(ring.polygon)].rank
      for first in stride(from: ring.edges.lowerBound, to: ring.edges.upperBound, by: Self.runLength) {
        let end = min(first + Int32(Self.runLength), ring.edges.upperBound)
        runs.append(Run(edges: first..<end, rank: rank))
      }
    }
    sortRuns()
    var boxes = runs.map { run in Box(around: flat.vertices[Int(run.edges.lowerBound)...Int(run.edges.upperBound)]) }
    levels = [boxes]
    while boxes.count > 1 {
      boxes = stride(from: 0, to: boxes.count, by: Self.fanout).map { first in
        boxes[first..<min(first + Self.fanout, boxes.count)].reduce(.empty) { $0.union($1) }
      }
      levels.append(boxes)
    }
  }

  /// - Parameters:
  ///   - point: in the plane of the areas.
  ///   - scale: what a unit of x and of y counts for, such as metres in a degree at the point.
  /// - Returns: nil where there is no area, or the point is not finite.
  public func nearest(to point: Point, scale: Point = Point(x: 1, y: 1)) -> Found? {
    guard point.isFinite, !runs.isEmpty else { return nil }
    var best = (distance: Double.infinity, rank: Int32.max)
    search(level: levels.count - 1, 0..<1, point, scale, &best)
    guard best.rank != .max else { return nil }
    return Found(area: Int(flat.inputPosition[Int(best.rank)]), distance: best.distance.squareRoot())
  }

  private func search(
    level: Int, _ nodes: Range<Int>, _ p: Point, _ scale: Point, _ best: inout (distance: Double, rank: Int32)
  ) {
    let ordered = nodes.map { (distance: squaredDistance(p, levels[level][$0], scale), node: $0) }
      .sorted { $0.distance != $1.distance ? $0.distance < $1.distance : $0.node < $1.node }
    // A little more than the best, so that rounding never hides an equally near area.
    for (distance, node) in ordered where distance <= best.distance * (1 + 1e-12) {
      if level == 0 {
        measure(runs[node], p, scale, &best)
      } else {
        let first = node * Self.fanout
        let end = min(first + Self.fanout, levels[level - 1].count)
        search(level: level - 1, first..<end, p, scale, &best)
      }
    }
  }

  private func measure(
    _ run: Run, _ p: Point, _ scale: Point, _ best: inout (distance: Double, rank: Int32)
  ) {
    for e in run.edges {
      // Relative to the point, so that no digits are lost far from the origin.
      let a = flat.vertices[Int(e)] - p
      let b = flat.vertices[Int(e) + 1] - p
      let origin = Point(x: 0, y: 0)
      let foot = nearestPoint(
        on: Point(x: a.x * scale.x, y: a.y * scale.y), Point(x: b.x * scale.x, y: b.y * scale.y), to: origin)
      let distance = foot.squaredDistance(to: origin)
      if distance < best.distance || distance == best.distance && run.rank < best.rank {
        best = (distance, run.rank)
      }
    }
  }

  private func squaredDistance(_ p: Point, _ box: Box, _ scale: Point) -> Double {
    let dx = max(box.min.x - p.x, p.x - box.max.x, 0) * scale.x
    let dy = max(box.min.y - p.y, p.y - box.max.y, 0) * scale.y
    return dx * dx + dy * dy
  }

  private mutating func sortRuns() {
    let box = flat.box
    func key(_ run: Run) -> UInt64 {
      let p = flat.vertices[Int(run.edges.lowerBound)]
      let x = box.width > 0 ? (p.x - box.min.x) / box.width : 0
      let y = box.height > 0 ? (p.y - box.min.y) / box.height : 0
      return spread(UInt64(max(0, min(x, 1)) * 65535)) | spread(UInt64(max(0, min(y, 1)) * 65535)) << 1
    }
    let keyed = runs.map { (key: key($0), run: $0) }
    runs = keyed.sorted { ($0.key, $0.run.edges.lowerBound) < ($1.key, $1.run.edges.lowerBound) }.map(\.run)
  }

  /// The low 16 bits with a zero between each two.
  private func spread(_ value: UInt64) -> UInt64 {
    var v = value & 0xFFFF
    v = (v | v << 8) & 0x00FF_00FF
    v = (v | v << 4) & 0x0F0F_0F0F
    v = (v | v << 2) & 0x3333_3333
    return (v | v << 1) & 0x5555_5555
  }
}

/// Metres in a degree of longitude (x) and of latitude (y) at a latitude in degrees, on the ellipsoid of
/// CGCS2000, from which WGS 84 differs by a tenth of a millimetre.
///
/// Radii of curvature: Snyder, "Map Projections: A Working Manual", 1987, (4-18) to (4-21). A
/// distance from them is within 0.1 % up to some 20 km at the latitudes of China.
public func metresInDegree(atLatitude latitude: Double) -> Point {
  let a = 6_378_137.0
  let squaredEccentricity = 0.006_694_380_022_9
  let phi = max(-89.9, min(latitude, 89.9)) * .pi / 180
  let sine = sin(phi)
  let w = 1 - squaredEccentricity * sine * sine
  let degree = Double.pi / 180
  let cosine = (1 - sine * sine).squareRoot()
  return Point(
    x: degree * a * cosine / w.squareRoot(),
    y: degree * a * (1 - squaredEccentricity) / (w * w.squareRoot()))
}
