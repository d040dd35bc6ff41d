public import Planar
import Parallel

/// What a camera sees of the ground.
public struct View: Sendable {
  /// The visible area as valid polygons (OGC 06-103r4), in the caller's coordinates; empty where
  /// nothing is in view. A near limit may cut it into several, or make a hole.
  public var polygons: [Polygon]
  /// Its area in square metres, computed relative to the eye.
  public var area: Double
  /// The walls in view, counter-clockwise; only where asked for.
  public var walls: [WallPiece]

  public init(polygons: [Polygon], area: Double, walls: [WallPiece] = []) {
    self.polygons = polygons
    self.area = area
    self.walls = walls
  }

  public static let empty = View(polygons: [], area: 0, walls: [])
}

extension WallIndex {
  /// The views of many sectors, in order, on all cores.
  ///
  /// O(n log n) in the walls within range of each sector. The result does not depend on the number
  /// of threads.
  /// - Parameters:
  ///   - sectors: eyes outside all footprints (see `placed(_:)`); an unusable sector sees nothing.
  ///   - arcs: whether chords lie inside or outside of arcs.
  ///   - keepsWalls: whether the views list their walls.
  public func views(of sectors: [Sector], arcs: ArcRule, keepsWalls: Bool = false) -> [View] {
    let parts = chunks(of: sectors.count, parts: max(1, sectors.count / 256))
    return parallelMap(count: parts.count) { part in
      let sweep = ViewSweep(walls: self)
      sweep.keepsPieces = keepsWalls
      return parts[part].map { sweep.view(of: sectors[$0], arcs: arcs) }
    }.flatMap { $0 }
  }

  /// The view of one sector; take `views(of:arcs:)` for many.
  public func view(of sector: Sector, arcs: ArcRule, keepsWalls: Bool = false) -> View {
    let sweep = ViewSweep(walls: self)
    sweep.keepsPieces = keepsWalls
    return sweep.view(of: sector, arcs: arcs)
  }
}

extension ViewSweep {
  func view(of sector: Sector, arcs: ArcRule) -> View {
    guard sector.isUsable else { return .empty }
    run(sector, arcs: arcs)
    if sector.near > 0 { return viewBeyondNearLimit(sector, arcs: arcs) }
    closeRing()
    guard points.count >= 4 else { return .empty }
    let area = signedArea(of: points)
    guard area > 0 else { return .empty }
    let ring = points.map { $0 + eye }
    return View(polygons: [Polygon(exterior: Ring(ring))], area: area, walls: placedPieces())
  }

  /// Adds the eye to a partial circle and repeats the first point at the end.
  private func closeRing() {
    if !isFullCircle { points.append(Point(x: 0, y: 0)) }
    while let first = points.first, points.count > 1, points.last!.squaredDistance(to: first) < 1e-14 {
      points.removeLast()
    }
    if let first = points.first { points.append(first) }
  }

  func placedPieces() -> [WallPiece] {
    pieces.map { WallPiece(wall: $0.wall, from: $0.from + eye, to: $0.to + eye) }
  }
}

/// The area of a closed ring relative to the origin.
func signedArea(of ring: [Point]) -> Double {
  var twice = 0.0
  for index in 1..<max(ring.count, 1) { twice += cross(ring[index - 1], ring[index]) }
  return twice / 2
}
