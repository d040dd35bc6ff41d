import Coverage
import Parallel
import Planar

/// Roads and crossings in view.
struct RoadAudit: Sendable {
  /// The roads, in metres.
  var lines: [[Point]]
  /// Stretches of each road with the cameras that see them.
  var roads: [[SeenStretch]]
  var crossings: [Crossing]
  /// For each crossing the stretches of its arms.
  var arms: [[[SeenStretch]]]

  /// Road classes that make crossings; all where the layer has no classes.
  static let crossingClasses: Set<String> = [
    "motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "living_street",
    "motorway_link", "trunk_link", "primary_link", "secondary_link", "tertiary_link", "road",
  ]
  /// Classes that are no open-air public way.
  static let leftOut: Set<String> = ["corridor", "elevator", "construction", "proposed", "platform", "raceway"]
  static let classFields = ["highway", "class", "fclass", "road_class", "类型"]

  init(_ layer: ProjectedLayer, views: ViewSet, armLength: Double) {
    let ways = Self.ways(layer)
    let lines = ways.map(\.line)
    self.lines = lines
    let parts = chunks(of: lines.count, parts: max(1, lines.count / 64))
    roads = parallelMap(count: parts.count) { part in parts[part].map { views.stretches(of: lines[$0]) } }.flatMap { $0 }
    let crossings = Coverage.crossings(of: ways.filter(\.makesCrossings).map(\.line), armLength: armLength)
    self.crossings = crossings
    arms = parallelMap(count: crossings.count) { crossings[$0].arms.map { views.stretches(of: $0) } }
  }

  /// Lines that are roads in the open: tunnels and indoor ways are left out.
  private static func ways(_ layer: ProjectedLayer) -> [(line: [Point], makesCrossings: Bool)] {
    let classField = classFields.first { layer.layer.index(of: $0) != nil }
    return layer.geometries.indices.flatMap { feature -> [(line: [Point], makesCrossings: Bool)] in
      let roadClass = classField.map { layer.value(feature, $0) ?? "" }
      let isHidden =
        roadClass == "" || roadClass.map(leftOut.contains) == true
        || !["", "no"].contains(layer.value(feature, "tunnel") ?? "") || layer.value(feature, "indoor") == "yes"
        || (layer.value(feature, "layer").flatMap { Int($0) } ?? 0) < 0
      guard !isHidden else { return [] }
      let makes = roadClass.map(crossingClasses.contains) ?? true
      return (layer.geometries[feature]?.lines ?? []).map { ($0, makes) }
    }
  }

  /// Metres of road in view of at least 1, 2 and 3 of the chosen cameras.
  func figure(_ member: [Bool]) -> DepthFigure {
    var sums = [0.0, 0, 0]
    var total = 0.0
    for stretch in roads.joined() {
      total += stretch.length
      let count = stretch.cameras.count { member[$0] }
      for k in 0..<min(count, 3) { sums[k] += stretch.length }
    }
    return DepthFigure(sums, of: total)
  }

  /// Whether every arm of a crossing is in view.
  func isCovered(_ crossing: Int, _ member: [Bool], armShare: Double) -> Bool {
    arms[crossing].allSatisfy { stretches in
      let seen = stretches.reduce(0) { $0 + ($1.cameras.contains { member[$0] } ? $1.length : 0) }
      let length = stretches.reduce(0) { $0 + $1.length }
      return length > 0 && seen >= armShare * length - 1e-9
    }
  }
}
