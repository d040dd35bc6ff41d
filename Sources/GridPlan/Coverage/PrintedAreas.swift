import Coverage
import Georeference
import Parallel
import Planar
import Topology

/// Areas as they will be read back from a file: in degrees of seven decimals, and still valid.
///
/// Rounding to a centimetre can close a slit or bend a thin corner over its neighbour. An area
/// that is no longer valid is drawn again by snap rounding, which keeps every part of it.
struct PrintedAreas {
  /// One geometry for each area given; nil where nothing is left.
  let geometries: [Geometry?]
  /// How many had to be drawn again.
  let redrawn: Int

  /// - Parameters:
  ///   - areas: valid polygons in the CRS that `transform` starts from.
  ///   - transform: to degrees.
  init(_ areas: [[Polygon]], by transform: Transformation) throws {
    var points: [Point] = []
    for polygon in areas.joined() { for ring in polygon.rings { points += ring.points } }
    let degrees = try transform(points)
    var starts: [Int] = []
    var next = 0
    for area in areas {
      starts.append(next)
      for polygon in area { for ring in polygon.rings { next += ring.points.count } }
    }
    let first = starts
    let parts = chunks(of: areas.count, parts: max(1, areas.count / 256))
    let results = parallelMap(count: parts.count) { part in
      parts[part].map { index in
        var reader = RingReader(points: degrees, next: first[index])
        return drawn(areas[index].map { reader.polygon(like: $0) })
      }
    }.flatMap { $0 }
    geometries = results.map(\.geometry)
    redrawn = results.count { $0.isRedrawn }
  }
}

/// Takes rings out of a flat list of points.
private struct RingReader {
  let points: [Point]
  var next: Int

  mutating func polygon(like other: Polygon) -> Polygon {
    let rings = other.rings.map { ring in
      defer { next += ring.points.count }
      return Ring(Array(points[next..<(next + ring.points.count)]))
    }
    return Polygon(exterior: rings[0], holes: Array(rings.dropFirst()))
  }
}

private func drawn(_ polygons: [Polygon]) -> (geometry: Geometry?, isRedrawn: Bool) {
  let rounded = polygons.compactMap(atSevenDecimals)
  if rounded.count == polygons.count && isValidArea(rounded) { return (geometry(rounded), false) }
  let redrawn = ((try? Topology.union(polygons, grid: 1e-7)) ?? rounded).compactMap(atSevenDecimals)
  if isValidArea(redrawn) { return (geometry(redrawn), true) }
  let mended = ((try? repaired(redrawn)) ?? []).compactMap(atSevenDecimals)
  if isValidArea(mended) { return (geometry(mended), true) }
  // Parts that are valid each by itself; the largest of them.
  let single = mended.filter { isValidArea([$0]) }.max { $0.area < $1.area }
  return (single.map(Geometry.polygon), true)
}

private func geometry(_ polygons: [Polygon]) -> Geometry? { polygons.isEmpty ? nil : .area(of: polygons) }

private func isValidArea(_ polygons: [Polygon]) -> Bool {
  if polygons.count == 1 && polygons[0].holes.isEmpty { return isSimple(ring: polygons[0].exterior.points) }
  return Topology.isValid(polygons)
}

/// The polygon with coordinates as seven decimals will be read; nil where its exterior collapses.
func atSevenDecimals(_ polygon: Polygon) -> Polygon? {
  func ring(_ ring: Ring) -> Ring? {
    var points: [Point] = []
    points.reserveCapacity(ring.points.count)
    for point in ring.points {
      let next = Point(x: (point.x * 1e7).rounded() / 1e7, y: (point.y * 1e7).rounded() / 1e7)
      if points.last != next { points.append(next) }
    }
    return points.count >= 4 ? Ring(points) : nil
  }
  return ring(polygon.exterior).map { Polygon(exterior: $0, holes: polygon.holes.compactMap(ring)) }
}
