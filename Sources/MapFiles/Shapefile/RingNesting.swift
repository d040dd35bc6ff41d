import Planar

/// Polygons from rings of which only the direction and the place tell what is a hole.
///
/// Shapefiles run exteriors clockwise and holes counter-clockwise; a hole belongs to the smallest
/// exterior around it. Where no ring is clockwise, nesting alone decides. O(holes · exteriors).
struct RingNesting {
  private(set) var polygons: [Polygon] = []
  /// Rules of notes: `open-ring`, `short-ring`, `ring-direction`, `orphan-hole`.
  private(set) var oddities: [String] = []

  init(_ parts: [[Point]]) {
    let rings = parts.map { Ring($0) }
    if zip(parts, rings).contains(where: { $0.count < $1.points.count }) { oddities.append("open-ring") }
    if rings.contains(where: { $0.points.count < 4 }) { oddities.append("short-ring") }
    guard rings.count > 1 else {
      polygons = rings.map { Polygon(exterior: $0) }
      return
    }
    var holes: [Int] = []
    var exteriors: [Int] = []
    for (index, ring) in rings.enumerated() {
      if ring.signedArea > 0 { holes.append(index) } else { exteriors.append(index) }
    }
    if exteriors.isEmpty {
      oddities.append("ring-direction")
      (exteriors, holes) = Self.byNesting(rings)
    }
    assemble(rings, exteriors, holes)
  }

  /// Rings inside an odd number of others are holes.
  private static func byNesting(_ rings: [Ring]) -> (exteriors: [Int], holes: [Int]) {
    let depths = rings.indices.map { index in
      rings.indices.filter { $0 != index && contains(rings[$0], rings[index]) }.count
    }
    return (rings.indices.filter { depths[$0] % 2 == 0 }, rings.indices.filter { depths[$0] % 2 == 1 })
  }

  private static func contains(_ outer: Ring, _ inner: Ring) -> Bool {
    let box = outer.box
    guard inner.points.allSatisfy(box.contains) else { return false }
    for point in inner.vertices {
      switch outer.locate(point) {
      case .inside: return true
      case .outside: return false
      case .boundary: continue
      }
    }
    return abs(inner.signedArea) < abs(outer.signedArea)
  }

  private mutating func assemble(_ rings: [Ring], _ exteriors: [Int], _ holes: [Int]) {
    polygons = exteriors.map { Polygon(exterior: rings[$0]) }
    let areas = exteriors.map { abs(rings[$0].signedArea) }
    for hole in holes {
      let around = exteriors.indices.filter { Self.contains(rings[exteriors[$0]], rings[hole]) }
      if let smallest = around.min(by: { areas[$0] < areas[$1] }) {
        polygons[smallest].holes.append(rings[hole])
      } else {
        polygons.append(Polygon(exterior: rings[hole]))
        oddities.append("orphan-hole")
      }
    }
  }
}
