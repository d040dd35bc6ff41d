public import Coverage
import Parallel
public import PlanModel
import Planar

/// What a camera reaches that may not be its business.
public struct CameraReach: Sendable {
  /// A building or place in view at the reach level.
  public struct Target: Sendable {
    public var id: String
    public var kind: String
    public var concern: CameraPlaceKinds.Concern
    /// Whether its use is known; a building of unknown use may be a home.
    public var isKnown: Bool
    /// Length of its walls in view, metres.
    public var length: Double
    /// Area of it in view, square metres.
    public var area: Double
    /// To its nearest point in view, metres.
    public var distance: Double
    /// The least angle of sight from a wall's normal, degrees; nil for ground.
    public var incidence: Double?
    public var horizon: CameraHorizon
  }

  public var targets: [Target] = []
  public var remedy: ReachRemedy?
}

/// A place with its concern, in the working CRS.
struct ConcernedPlace: Sendable {
  var id: String
  var kind: CameraPlaceKinds.Kind
  var geometry: Geometry
}

/// Finds what each camera reaches.
struct ReachAudit: Sendable {
  let request: CoverageRequest
  let walls: WallIndex
  /// By footprint: its kind, and whether the kind is known.
  let buildingKinds: [(kind: CameraPlaceKinds.Kind, isKnown: Bool)?]
  let buildingIDs: [String]
  let places: [ConcernedPlace]
  let placeCells: BoxCells

  init(_ input: CoverageInput, walls: WallIndex, _ request: CoverageRequest) {
    self.request = request
    self.walls = walls
    let places = Self.places(input.sensitivePlaces, request.placeKinds)
    self.places = places
    placeCells = BoxCells(places.map(\.geometry.box))
    let buildings = input.buildings
    let cells = placeCells
    let kinds = request.placeKinds
    let count = buildings.geometries.count
    let parts = chunks(of: count, parts: max(1, count / 1024))
    let found = parallelMap(count: parts.count) { part in
      parts[part].map { feature in
        (
          Self.kind(of: feature, buildings, kinds, places, cells), buildings.identifier(feature)
        )
      }
    }.flatMap { $0 }
    buildingKinds = found.map(\.0)
    buildingIDs = found.map(\.1)
  }

  private static func places(_ layer: ProjectedLayer?, _ kinds: CameraPlaceKinds) -> [ConcernedPlace] {
    guard let layer else { return [] }
    let other = CameraPlaceKinds.Kind("sensitive place", .sensitive, [:])
    return layer.geometries.indices.compactMap { feature in
      guard let geometry = layer.geometries[feature], !geometry.isEmpty else { return nil }
      let kind = kinds.kind { layer.value(feature, $0) } ?? other
      return ConcernedPlace(id: layer.identifier(feature), kind: kind, geometry: geometry)
    }
  }

  /// The kind of a building: by its own attributes, by a place that it stands in, by whether
  /// households live in it, else unknown. How many live there is neither read nor kept.
  private static func kind(
    of feature: Int, _ buildings: ProjectedLayer, _ kinds: CameraPlaceKinds, _ places: [ConcernedPlace],
    _ cells: BoxCells
  ) -> (kind: CameraPlaceKinds.Kind, isKnown: Bool)? {
    if let kind = kinds.kind({ buildings.value(feature, $0) }) { return (kind, true) }
    guard let polygons = buildings.geometries[feature]?.polygons, let first = polygons.first else { return nil }
    let middle = first.centroid
    let holder = cells.indices(meeting: Box(min: middle, max: middle)).first { place in
      places[place].geometry.polygons.contains { $0.locate(middle) != .outside }
    }
    if let holder { return (places[holder].kind, true) }
    let home = kinds.kinds.first { $0.concern == .home } ?? CameraPlaceKinds.Kind("home", .home, [:])
    if let text = buildings.value(feature, inhabitedField) { return text == "true" ? (home, true) : nil }
    for name in [householdsField, "户数"] {
      if let text = buildings.value(feature, name), let count = Double(text) { return count > 0 ? (home, true) : nil }
    }
    // A building of unknown use may be a home.
    let use = buildings.value(feature, "building") ?? "yes"
    return use == "yes" ? (home, false) : nil
  }

  /// The field that says whether households live in a building, and not how many.
  static let inhabitedField = "inhabited"
  static let householdsField = "households"

  /// Findings for each camera, in order, on all cores.
  func reaches(of cameras: [AuditedCamera]) -> [CameraReach] {
    let arcs = ArcRule(.tolerance(request.arcTolerance), side: .circumscribed)
    let level = levelIndex
    let views = walls.views(of: cameras, arcs: arcs, keepsWalls: true) { $0.levelRanges[level] }
    let parts = chunks(of: cameras.count, parts: max(1, cameras.count / 256))
    return parallelMap(count: parts.count) { part in
      parts[part].map { reach(of: cameras[$0], views[$0]) }
    }.flatMap { $0 }
  }

  private var levelIndex: Int {
    request.profile.levels.firstIndex { $0.name == request.reachLevel } ?? request.profile.levels.count - 1
  }

  private func reach(of camera: AuditedCamera, _ view: View) -> CameraReach {
    guard let sight = camera.sight, let eye = camera.placement?.eye, camera.isUsed else { return CameraReach() }
    let range = sight.levelRanges[levelIndex]
    var reach = CameraReach(targets: targets(in: view, eye: eye, range: range))
    guard !reach.targets.isEmpty else { return reach }
    reach.remedy = ReachRemedy(
      reached: allRound(sight, eye, range), sight: sight, view: camera.view, eye: eye)
    return reach
  }

  /// What would be reached in any direction, to know where a camera could turn.
  private func allRound(_ sight: CameraSight, _ eye: Point, _ range: Double) -> CameraHorizon {
    let whole = Sector(eye: eye, azimuth: 0, fieldOfView: 360, range: range, near: min(sight.near, range * 0.999))
    let arcs = ArcRule(.tolerance(request.arcTolerance), side: .circumscribed)
    let view = walls.view(of: whole, arcs: arcs, keepsWalls: true)
    return CameraHorizon(targets(in: view, eye: eye, range: range).flatMap(\.horizon.arcs))
  }

  private func targets(in view: View, eye: Point, range: Double) -> [CameraReach.Target] {
    guard !view.polygons.isEmpty else { return [] }
    let facades = view.facades(
      from: eye, walls: walls, within: range, largestIncidence: request.rules.largestIncidence)
    let buildings = facades.compactMap { facade -> CameraReach.Target? in
      guard let (kind, isKnown) = buildingKinds[facade.footprint] else { return nil }
      return CameraReach.Target(
        id: buildingIDs[facade.footprint], kind: kind.name, concern: kind.concern, isKnown: isKnown,
        length: facade.length, area: 0, distance: facade.distance, incidence: facade.incidence,
        horizon: facade.horizon)
    }
    return buildings + grounds(in: view, eye: eye)
  }

  /// Ground of places in view.
  private func grounds(in view: View, eye: Point) -> [CameraReach.Target] {
    guard !places.isEmpty else { return [] }
    let box = view.polygons.reduce(Box.empty) { $0.union($1.box) }
    return placeCells.indices(meeting: box).compactMap { number in
      let place = places[number]
      guard let ground = place.geometry.ground(in: view, eye: eye) else { return nil }
      return CameraReach.Target(
        id: place.id, kind: place.kind.name, concern: place.kind.concern, isKnown: true, length: 0,
        area: ground.area, distance: ground.distance, incidence: nil, horizon: ground.horizon)
    }
  }
}

extension Geometry {
  /// The part of a place's ground that a view shows; nil where it shows none.
  fileprivate func ground(in view: View, eye: Point) -> (area: Double, distance: Double, horizon: CameraHorizon)? {
    if polygons.isEmpty {
      guard let point = firstCoordinate, view.polygons.contains(where: { $0.locate(point) != .outside }) else { return nil }
      return (0, eye.distance(to: point), point.horizon(from: eye, margin: 1))
    }
    let area = CoveredArea(of: [view.polygons], within: polygons).atLeast[0]
    guard area > 0.01 else { return nil }
    if polygons.contains(where: { $0.locate(eye) != .outside }) {
      return (area, 0, CameraHorizon([.init(start: 0, width: 360)]))
    }
    let distance = polygons.reduce(Double.infinity) { min($0, $1.distanceToBoundary(from: eye)) }
    let arcs = polygons.flatMap { polygon in
      zip(polygon.exterior.points, polygon.exterior.points.dropFirst()).flatMap { a, b in
        a.horizon(to: b, from: eye).arcs
      }
    }
    return (area, distance, CameraHorizon(arcs))
  }
}
