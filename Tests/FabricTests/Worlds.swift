import Planar
import Topology

@testable import Fabric

/// A generator of numbers that is the same everywhere (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func number(_ low: Double, _ high: Double) -> Double { Double.random(in: low..<high, using: &self) }
  mutating func point(_ box: Box) -> Point {
    Point(x: number(box.min.x, box.max.x), y: number(box.min.y, box.max.y))
  }
}

func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Polygon {
  Polygon(Box(min: Point(x: x, y: y), max: Point(x: x + width, y: y + height)))
}

func polygon(_ coordinates: [(Double, Double)]) -> Polygon {
  Polygon(exterior: Ring(coordinates.map { Point(x: $0.0, y: $0.1) }))
}

func totalArea(_ polygons: [Polygon]) -> Double { polygons.reduce(0) { $0 + $1.area } }

/// The vertices of all rings.
func vertices(_ polygons: [Polygon]) -> Set<Point> { Set(polygons.flatMap(\.rings).flatMap(\.points)) }

/// The undirected segments of all rings, each with how often it is used.
func segmentUses(_ polygons: [Polygon]) -> [[Point]: Int] {
  var uses: [[Point]: Int] = [:]
  for ring in polygons.flatMap(\.rings) {
    for (a, b) in zip(ring.points, ring.points.dropFirst()) {
      uses[a.precedes(b) ? [a, b] : [b, a], default: 0] += 1
    }
  }
  return uses
}

/// What makes a division into areas wrong, judged by GEOS and by comparing vertices alone.
func faults(in areas: [[Polygon]], covering whole: [Polygon]?, tolerance: Double = 1e-6) throws -> [String] {
  var faults: [String] = []
  for (number, area) in areas.enumerated() where !area.isEmpty {
    if let problem = try validityProblem(of: .area(of: area)) { faults.append("area \(number): \(problem)") }
  }
  if !faults.isEmpty { return faults }
  let sum = areas.reduce(0) { $0 + totalArea($1) }
  let joined = try union(areas.flatMap { $0 })
  if abs(totalArea(joined) - sum) > tolerance { faults.append("areas overlap: \(sum - totalArea(joined)) m²") }
  if let whole, abs(totalArea(try symmetricDifference(joined, whole))) > tolerance {
    faults.append("areas don't fill the whole: \(totalArea(try symmetricDifference(joined, whole))) m²")
  }
  // Seamless: no vertex of one area lies on a segment of another without being its vertex.
  let all = areas.flatMap { $0 }
  let uses = segmentUses(all)
  if let shared = uses.first(where: { $0.value > 2 }) { faults.append("segment used thrice: \(shared.key)") }
  let segments = Array(uses.keys)
  let index = BoxIndex(segments.map { Box(around: $0).expanded(by: 1e-3) })
  for vertex in vertices(all) {
    for segment in index.items(at: vertex).map({ segments[$0] }) where !segment.contains(vertex) {
      if distance(from: vertex, toSegment: segment[0], segment[1]) < 1e-6 {
        faults.append("vertex \(vertex) lies on \(segment)")
      }
    }
  }
  return faults
}

/// The length of border that each pair of areas shares, by comparing all pairs of segments.
func sharedLengths(_ areas: [[Polygon]]) -> [[Int]: Double] {
  var owners: [[Point]: [Int]] = [:]
  for (number, area) in areas.enumerated() {
    for segment in segmentUses(area).keys { owners[segment, default: []].append(number) }
  }
  var lengths: [[Int]: Double] = [:]
  for (segment, owners) in owners where owners.count == 2 {
    lengths[owners.sorted(), default: 0] += segment[0].distance(to: segment[1])
  }
  return lengths
}

/// Cells of a random Voronoi diagram cut to a box: ready units that fit each other.
func voronoiUnits(_ count: Int, in box: Box, seed: UInt64) throws -> [[Polygon]] {
  var numbers = SeededNumbers(state: seed)
  let sites = (0..<count).map { _ in numbers.point(box) }
  return try voronoiCells(of: sites, in: box.expanded(by: 50)).map {
    try intersection([$0], [Polygon(box)])
  }.sorted { centroid(of: $0).precedes(centroid(of: $1)) }
}
