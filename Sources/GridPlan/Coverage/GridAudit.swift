import Coverage
import Parallel
import Planar

/// A service grid and what is seen of it.
struct AuditedGrid: Sendable {
  var code: String
  var parent: String?
  var geometry: Geometry
  var cameras = 0
  /// Without buildings, square metres.
  var openArea = 0.0
  /// For each of the six subsets of cameras the area in view of at least 1, 2 and 3.
  var seen: [[Double]] = []
  var keyPlaces = PlaceTally()
  var crossings = PlaceTally()
  var roads = RoadTally()
}

struct GridAudit {
  var grids: [AuditedGrid]
  private let cells: BoxCells

  static let codeFields = ["code", "grid", "grid_code", "网格编码", "编码", "grid_id"]
  static let parentFields = ["parent", "community", "parent_code", "社区"]

  init(_ layer: ProjectedLayer, codeField: String?) {
    let codes = codeField.map { [$0] } ?? Self.codeFields
    grids = layer.geometries.indices.compactMap { feature in
      guard let geometry = layer.geometries[feature], !geometry.polygons.isEmpty else { return nil }
      let code = codes.lazy.compactMap { layer.value(feature, $0) }.first ?? layer.identifier(feature)
      let parent = Self.parentFields.lazy.compactMap { layer.value(feature, $0) }.first
      return AuditedGrid(code: code, parent: parent, geometry: .area(of: geometry.polygons))
    }
    cells = BoxCells(grids.map(\.geometry.box))
  }

  /// The number of the grid that a point belongs to: of several that share a border the one with
  /// the lowest code.
  func grid(of point: Point) -> Int? {
    guard point.isFinite else { return nil }
    return cells.indices(meeting: Box(min: point, max: point))
      .filter { number in grids[number].geometry.polygons.contains { $0.locate(point) != .outside } }
      .min { grids[$0].code < grids[$1].code }
  }

  mutating func look(with views: ViewSet, footprints: ViewSet, subsets: CameraSubsets) {
    let polygons = grids.map(\.geometry.polygons)
    let built = footprints.covered(polygons, depth: 1)
    let seen = subsets.results { member in views.covered(polygons, depth: 3) { member[$0] } }
    for number in grids.indices {
      grids[number].openArea = max(0, built[number].whole - built[number].atLeast[0])
      grids[number].seen = seen.map { $0[number].atLeast }
    }
  }

  /// Totals of some grids, by subset.
  static func total(_ grids: some Sequence<AuditedGrid>) -> Figures<DepthFigure> {
    var open = 0.0
    var sums = Array(repeating: [0.0, 0, 0], count: 6)
    for grid in grids {
      open += grid.openArea
      for subset in 0..<6 { for k in 0..<3 { sums[subset][k] += grid.seen[subset][k] } }
    }
    return CameraSubsets.figures(sums.map { DepthFigure($0, of: open) })
  }

  /// Grids by parent, parents in order.
  var byParent: [(parent: String, grids: [AuditedGrid])] {
    let named = grids.filter { $0.parent != nil }
    return Dictionary(grouping: named) { $0.parent! }.map { (parent: $0.key, grids: $0.value) }
      .sorted { $0.parent < $1.parent }
  }
}
