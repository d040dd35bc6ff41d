import MapFiles
import Planar
import SyntheticTown

/// A town with its layers as plain values, for brute-force checks.
struct World {
  let town: SyntheticTown

  init(_ households: Int, seed: UInt64 = 1, _ profile: TownProfile = .urban, odd: Int = 0) throws {
    town = try SyntheticTown.make(
      TownRequest(households: households, seed: seed, profile: profile, odd: odd))
  }

  /// Every small town that the slower checks run on.
  static let small: [TownRequest] = TownProfile.allCases.flatMap { profile in
    [(2_000, 1), (2_000, 2), (2_345, 3), (3_100, 4), (6_000, 5)].map {
      TownRequest(households: $0.0, seed: UInt64($0.1), profile: profile)
    }
  }

  func values(_ layer: TownLayer, _ field: String) -> [FieldValue] {
    let layer = town[layer]
    let index = layer.index(of: field)!
    return layer.features.map { $0.values[index] }
  }

  func texts(_ layer: TownLayer, _ field: String) -> [String] { values(layer, field).map { $0.asText ?? "" } }

  func polygons(_ layer: TownLayer) -> [Polygon] { town[layer].features.flatMap { $0.geometry?.polygons ?? [] } }

  /// Lines on the ground: those that bound blocks.
  var groundLines: [[Point]] {
    let layer = town[.streets]
    let bridge = layer.index(of: "bridge")!
    let tunnel = layer.index(of: "tunnel")!
    return layer.features.filter { $0.values[bridge] == .null && $0.values[tunnel] == .null }
      .flatMap { $0.geometry?.lines ?? [] }
  }

  var totalHouseholds: Int { values(.buildings, "households").reduce(0) { $0 + Int($1.asNumber!) } }
}

/// All coordinates and values as one text: equal texts are equal bytes in any file.
func fingerprint(_ layer: Layer) -> String {
  var text = layer.name + layer.fields.joined(separator: ",")
  for feature in layer.features {
    feature.geometry?.forEachCoordinate { text += "\($0.x) \($0.y);" }
    text += feature.values.map { $0.asText ?? "-" }.joined(separator: ",")
  }
  return text
}

/// Whether two closed segments have a point in common, exactly.
func meet(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> Bool {
  guard Box(around: [a, b]).intersects(Box(around: [c, d])) else { return false }
  let (o1, o2) = (orientation(a, b, c), orientation(a, b, d))
  let (o3, o4) = (orientation(c, d, a), orientation(c, d, b))
  return o1.rawValue * o2.rawValue <= 0 && o3.rawValue * o4.rawValue <= 0
}

func meet(_ ring: Ring, path: [Point]) -> Bool {
  zip(path, path.dropFirst()).contains { c, d in
    zip(ring.points, ring.points.dropFirst()).contains { meet($0, $1, c, d) }
  }
}

/// Whether two areas without holes have a point in common.
func meet(_ a: Polygon, _ b: Polygon) -> Bool {
  a.box.intersects(b.box)
    && (meet(a.exterior, path: b.exterior.points) || a.locate(b.exterior.points[0]) != .outside
      || b.locate(a.exterior.points[0]) != .outside)
}

/// Whether no two sides of the ring meet but neighbours at their common corner.
func isSimple(_ ring: Ring) -> Bool {
  let p = ring.points
  let n = p.count - 1
  for i in 0..<n {
    for j in (i + 1)..<n where j != i + 1 && !(i == 0 && j == n - 1) {
      if meet(p[i], p[i + 1], p[j], p[j + 1]) { return false }
    }
  }
  return n >= 3
}
