import Coverage
import Foundation
import Georeference
import Parallel
import Planar
import Topology

/// Areas as they will be read back from a file: in degrees of so many decimals, and still valid.
///
/// Rounding can close a slit or bend a thin corner over its neighbour. An area
/// that is no longer valid is drawn again by snap rounding, which keeps every part of it.
struct PrintedAreas {
  /// One geometry for each area given; nil where nothing is left.
  let geometries: [Geometry?]
  /// How many had to be drawn again.
  let redrawn: Int

  /// - Parameters:
  ///   - areas: valid polygons in the CRS that `transform` starts from.
  ///   - transform: to degrees.
  init(_ areas: [[Polygon]], by transform: Transformation, decimals: Int = 7) throws {
    let printer = AreaPrinter(decimals: decimals)
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
        return printer.drawn(areas[index].map { reader.polygon(like: $0) })
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

/// Draws one area in so many decimals.
private struct AreaPrinter: Sendable {
  private let scale: Double

  init(decimals: Int) { scale = pow(10, Double(decimals)) }

  func drawn(_ polygons: [Polygon]) -> (geometry: Geometry?, isRedrawn: Bool) {
    let rounded = polygons.compactMap(rounded)
    if rounded.count == polygons.count && isValidArea(rounded) { return (geometry(rounded), false) }
    let redrawn = ((try? Topology.union(polygons, grid: 1 / scale)) ?? rounded).compactMap(self.rounded)
    if isValidArea(redrawn) { return (geometry(redrawn), true) }
    let mended = ((try? repaired(redrawn)) ?? []).compactMap(self.rounded)
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

  /// The polygon with coordinates as they will be read; nil where its exterior collapses.
  private func rounded(_ polygon: Polygon) -> Polygon? {
    func ring(_ ring: Ring) -> Ring? {
      var points: [Point] = []
      points.reserveCapacity(ring.points.count)
      for point in ring.points {
        // A whole number over a power of ten is the double nearest to the decimal.
        let next = Point(x: (point.x * scale).rounded() / scale, y: (point.y * scale).rounded() / scale)
        if points.last != next { points.append(next) }
      }
      return points.count >= 4 ? Ring(points) : nil
    }
    return ring(polygon.exterior).map { Polygon(exterior: $0, holes: polygon.holes.compactMap(ring)) }
  }
}
