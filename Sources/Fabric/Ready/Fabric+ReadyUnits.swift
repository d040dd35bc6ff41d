import Parallel
public import Planar

extension Fabric {
  /// The fabric of units that are there already.
  ///
  /// Vertices within `settings.snap` of each other or of a border become one; then all borders
  /// are noded on the grid of `settings.resolution`. Where units overlap, the smaller one has the
  /// ground (of equal ones the first); gaps up to `settings.sliverWidth` wide go to the units
  /// beside them; wider ones stay. All of these above `settings.listedArea` are listed.
  /// - Parameters:
  ///   - units: in metres; invalid rings count by the even-odd rule.
  ///   - parents: their areas; a unit without a label belongs to the parent with most of its area.
  ///   - settings: tolerances in metres.
  /// - Throws: `FabricError` where a coordinate is not finite.
  /// O(n log n).
  public init(
    units: [ReadyUnit], parents: [[Polygon]] = [], settings: FabricSettings = FabricSettings()
  ) throws(FabricError) {
    try requireFinite(units.map(\.polygons), "unit")
    try requireFinite(parents, "parent")
    let box = Box(aroundAll: units.map(\.polygons) + parents)
    let frame = GridFrame(around: box, resolution: settings.resolution)
    var chains: [Chain] = []
    for (number, unit) in units.enumerated() {
      chains += frame.chains(unit.polygons, Feature(.unit, number))
    }
    for (number, parent) in parents.enumerated() {
      chains += frame.chains(parent, Feature(.parent, number))
    }
    let tolerance = Int32((settings.snap * frame.scale).rounded())
    let survey = try Survey.of(snapped(chains, tolerance: tolerance))
    var allotment = Allotment(survey, units: units, frame, settings)
    allotment.settleOverlaps()
    allotment.fillSlivers()
    self = allotment.fabric()
  }
}

/// Throws for the first coordinate that cannot be metres.
func requireFinite(_ areas: [[Polygon]], _ name: String) throws(FabricError) {
  for (number, area) in areas.enumerated() {
    for ring in area.flatMap(\.rings) {
      try requireFinite(ring.points, "\(name) \(number)")
    }
  }
}

func requireFinite(_ points: [Point], _ subject: String) throws(FabricError) {
  let limit = 1e9
  guard let bad = points.first(where: { !(abs($0.x) < limit && abs($0.y) < limit) }) else { return }
  throw FabricError(
    kind: .notFinite, subject: subject, message: "coordinate \(bad.x) \(bad.y) is no place in metres")
}

extension Box {
  init(aroundAll areas: [[Polygon]]) {
    self = areas.reduce(.empty) { $1.reduce($0) { $0.union($1.box) } }
  }
}
