public import Coverage
public import PlanModel
import Parallel
import Planar

/// A camera with everything that the audit found about it.
public struct AuditedCamera: Sendable {
  public enum Status: String, Sendable, CaseIterable {
    /// Used where it stands.
    case used
    /// Moved out of a wall or footprint.
    case snapped
    /// Too deep in a footprint; not used.
    case inside
    /// Looks one way, and nothing tells which; not used.
    case noDirection
    /// Indoors by its own word; not used.
    case indoor
    /// Without a position; not used.
    case noPosition
  }

  public var id: String
  public var camera: Camera
  public var status: Status
  public var placement: EyePlacement?
  /// With defaults where values are missing.
  public var sight: CameraSight?
  public var view = View.empty
  /// The code of its grid.
  public var grid: String?
  public var reach = CameraReach()
  /// Whether every declared place keeps its coverage without it; nil where nothing is declared.
  public var isRedundant: Bool?
  public var isInSufficientSet: Bool?

  public var isUsed: Bool { status == .used || status == .snapped }
  /// Whether nothing had to be assumed for its view.
  public var isStrict: Bool { isUsed && sight?.isStrict == true }
}

extension AuditedCamera {
  /// The sectors of what it sees at ground distances up to `range`, all from one eye.
  func sectors(range: Double) -> [Sector] {
    guard isUsed, let sight, let eye = placement?.eye, range > sight.near else { return [] }
    return sight.parts.map {
      Sector(eye: eye, azimuth: $0.azimuth, fieldOfView: $0.fieldOfView, range: range, near: sight.near)
    }
  }

  /// Cameras of a layer with their eyes and sights; views come later.
  static func all(_ input: CoverageInput, walls: WallIndex, _ request: CoverageRequest) -> [AuditedCamera] {
    let layer = input.cameras
    let columns = Dictionary(layer.layer.fields.enumerated().map { ($1.lowercased(), $0) }, uniquingKeysWith: min)
    let parts = chunks(of: layer.geometries.count, parts: max(1, layer.geometries.count / 512))
    return parallelMap(count: parts.count) { part in
      parts[part].map { feature in
        let values = layer.layer.features[feature].values
        let id = layer.identifier(feature)
        guard let position = layer.geometries[feature]?.firstCoordinate, position.isFinite else {
          let camera = Camera(id: id, position: Point(x: .nan, y: .nan))
          return AuditedCamera(id: id, camera: camera, status: .noPosition)
        }
        let camera = Camera(id: id, position: position) { name in columns[name].flatMap { values[$0].asText } }
        return AuditedCamera(camera, walls: walls, request)
      }
    }.flatMap { $0 }
  }

  private init(_ camera: Camera, walls: WallIndex, _ request: CoverageRequest) {
    self.init(id: camera.id, camera: camera, status: .indoor)
    guard !camera.isIndoor else { return }
    let placement = walls.placed(camera.position, by: request.snap)
    self.placement = placement
    status = placement.status == .inside ? .inside : placement.status == .snapped ? .snapped : .used
    guard isUsed else { return }
    sight =
      camera.sight(profile: request.profile, overrides: request.overrides, wallAzimuth: nil)
      ?? walls.nearestWall(to: placement.eye, within: request.profile.wallDistance).flatMap {
        camera.sight(profile: request.profile, overrides: request.overrides, wallAzimuth: $0.azimuth)
      }
    if sight == nil { status = .noDirection }
  }
}

extension WallIndex {
  /// One view for each camera, of all of its sectors up to `range` of it.
  func views(
    of cameras: [AuditedCamera], arcs: ArcRule, keepsWalls: Bool = false, range: (CameraSight) -> Double
  ) -> [View] {
    var sectors: [Sector] = []
    var owners: [Int] = []
    for (index, camera) in cameras.enumerated() {
      guard let sight = camera.sight else { continue }
      for sector in camera.sectors(range: range(sight)) {
        sectors.append(sector)
        owners.append(index)
      }
    }
    var joined = Array(repeating: View.empty, count: cameras.count)
    for (owner, view) in zip(owners, views(of: sectors, arcs: arcs, keepsWalls: keepsWalls)) {
      joined[owner].polygons += view.polygons
      joined[owner].area += view.area
      joined[owner].walls += view.walls
    }
    return joined
  }
}
