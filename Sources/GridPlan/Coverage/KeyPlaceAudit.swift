import Coverage
import PlanModel
import Parallel
import Planar

/// A key place and who sees it.
struct AuditedPlace: Sendable {
  var id: String
  var level: String
  var needed: Int
  /// For a point: the cameras that see it at the level. For an area: those that see any of it.
  var cameras: [Int] = []
  /// Areas: the place without buildings, square metres; nil for a point.
  var openArea: Double?
  var polygons: [Polygon] = []
  /// Areas: what each of the six subsets of cameras sees of it, by at least `needed`.
  var seenArea: [Double] = []
  /// A point inside it, by which it belongs to a grid.
  var location: Point?
  /// Points: where it is looked at from; nil where it lies too deep in a building.
  var point: Point?

  var isAssessable: Bool { point != nil || (openArea ?? 0) > 0 }

  /// Whether a subset covers the place.
  func isCovered(subset: Int, member: [Bool], areaShare: Double) -> Bool {
    if let openArea { return openArea > 0 && seenArea[subset] >= areaShare * openArea }
    return cameras.count { member[$0] } >= needed
  }
}

/// Answers which key places are covered.
struct KeyPlaceAudit {
  let request: CoverageRequest
  let walls: WallIndex
  let cameras: [AuditedCamera]
  let subsets: CameraSubsets
  /// Building footprints, to take them off areas.
  let footprints: ViewSet

  func places(_ layer: ProjectedLayer) -> [AuditedPlace] {
    var places = layer.geometries.indices.compactMap { place(layer, $0) }
    for level in Set(places.map(\.level)).sorted() {
      let numbers = places.indices.filter { places[$0].level == level }
      look(at: &places, numbers, with: viewSet(level))
    }
    return places
  }

  private func place(_ layer: ProjectedLayer, _ feature: Int) -> AuditedPlace? {
    guard let geometry = layer.geometries[feature], !geometry.isEmpty else { return nil }
    let coarsest = request.profile.levels.first?.name ?? "detect"
    let asked = layer.value(feature, "level") ?? request.level ?? coarsest
    let level = request.profile.level(named: asked) == nil ? coarsest : asked
    let needed = ["k", "cameras"].lazy.compactMap { layer.value(feature, $0).flatMap { Int($0) } }.first
    var place = AuditedPlace(
      id: layer.identifier(feature), level: level, needed: max(1, needed ?? request.rules.camerasPerPlace))
    place.polygons = geometry.polygons
    place.location = interiorPoint(of: geometry.polygons) ?? geometry.firstCoordinate
    if place.polygons.isEmpty, let point = geometry.firstCoordinate {
      let rule = SnapRule(standoff: request.snap.standoff, maximum: request.rules.keyPointSnap)
      let placement = walls.placed(point, by: rule)
      place.point = placement.status == .inside ? nil : placement.eye
    }
    return place
  }

  /// Views cut to the ground range of a level.
  private func viewSet(_ level: String) -> ViewSet {
    let index = request.profile.levels.firstIndex { $0.name == level } ?? 0
    guard index > 0 else { return ViewSet(cameras.map(\.view)) }
    return ViewSet(
      walls.views(of: cameras, arcs: ArcRule(.tolerance(request.arcTolerance))) { $0.levelRanges[index] })
  }

  private func look(at places: inout [AuditedPlace], _ numbers: [Int], with views: ViewSet) {
    let points = numbers.filter { places[$0].polygons.isEmpty }
    for number in points { places[number].cameras = places[number].point.map(views.cameras(seeing:)) ?? [] }
    let areas = numbers.filter { !places[$0].polygons.isEmpty }
    let polygons = areas.map { places[$0].polygons }
    let depth = max(1, areas.map { places[$0].needed }.max() ?? 1)
    let built = footprints.covered(polygons, depth: 1)
    let seen = subsets.results { member in views.covered(polygons, depth: depth) { member[$0] } }
    for (index, number) in areas.enumerated() {
      places[number].openArea = max(0, built[index].whole - built[index].atLeast[0])
      places[number].seenArea = seen.map { $0[index].atLeast[places[number].needed - 1] }
      let box = polygons[index].reduce(Box.empty) { $0.union($1.box) }
      places[number].cameras = views.candidates(in: box)
    }
  }
}
