internal import CPROJ
import Foundation
internal import Parallel
public import Planar

/// A transformation of coordinates from one CRS to another, usable from any thread.
///
/// Points are always x, y: easting, northing or longitude, latitude, whatever the order of axes
/// that the authority defines. Through PROJ (`proj_create_crs_to_crs`), GCJ-02 and BD-09 through
/// `Obfuscation`. CGCS2000 (EPSG:4490) and WGS 84 are taken as the same: they agree below a metre.
/// Some 7 million points a second on a core; the first between two systems costs some 20 to 300 ms.
public struct Transformation: Sendable {
  public let source: CRS
  public let target: CRS
  /// Whether the datums differ and no transformation between them is known to PROJ.
  public let isBallpark: Bool

  private let steps: [Step]

  /// - Parameters:
  ///   - source: the system of what is given.
  ///   - target: the system of what comes out.
  ///   - allowBallpark: whether a transformation that ignores the difference of datums will do.
  /// - Throws: `GeoreferenceError` where a CRS is unknown or only a ballpark transformation exists.
  public init(from source: CRS, to target: CRS, allowBallpark: Bool = false) throws {
    self.source = source
    self.target = target
    var steps: [Step] = []
    if source != target {
      if source.isObfuscated { steps.append(.deobfuscate(source)) }
      let from = source.isObfuscated ? CRS.crs84 : source
      let to = target.isObfuscated ? CRS.crs84 : target
      if !from.isSameDegrees(as: to) {
        steps.append(.project(try ProjPool.shared(from: from, to: to, allowBallpark: allowBallpark)))
      }
      if target.isObfuscated { steps.append(.obfuscate(target)) }
    }
    self.steps = steps
    isBallpark = steps.contains { if case .project(let pool) = $0 { pool.isBallpark } else { false } }
  }

  /// Whether every point stays as it is.
  public var isIdentity: Bool { steps.isEmpty }

  /// The points in the target CRS, in the same order.
  ///
  /// - Throws: `GeoreferenceError` (`outsideArea`) for a point that has no place in the target.
  public func callAsFunction(_ points: [Point]) throws -> [Point] {
    guard !steps.isEmpty, !points.isEmpty else { return points }
    guard points.count > 50_000 else { return try transformed(points[...]) }
    let parts = chunks(of: points.count, parts: threadCount * 2)
    return try parallelMap(count: parts.count) { try transformed(points[parts[$0]]) }.flatMap { $0 }
  }

  public func callAsFunction(_ point: Point) throws -> Point { try self([point])[0] }

  /// The geometry in the target CRS. Straight lines stay straight between their vertices.
  public func callAsFunction(_ geometry: Geometry) throws -> Geometry {
    steps.isEmpty ? geometry : try geometry.mapCoordinates { try self($0) }
  }

  /// The polygon in the target CRS.
  public func callAsFunction(_ polygon: Polygon) throws -> Polygon {
    Polygon(
      exterior: Ring(try self(polygon.exterior.points)),
      holes: try polygon.holes.map { Ring(try self($0.points)) })
  }

  private func transformed(_ points: ArraySlice<Point>) throws -> [Point] {
    var result = Array(points)
    for step in steps { try step.apply(to: &result) }
    return result
  }
}

/// One leg of a transformation.
private enum Step: Sendable {
  case deobfuscate(CRS)
  case project(ProjPool)
  case obfuscate(CRS)

  func apply(to points: inout [Point]) throws {
    switch self {
    case .deobfuscate(let crs):
      try checkArea(points, crs)
      for i in points.indices {
        let g = crs == .bd09 ? Obfuscation.gcj02(fromBD09: points[i]) : points[i]
        points[i] = Obfuscation.wgs84(fromGCJ02: g)
      }
    case .obfuscate(let crs):
      try checkArea(points, crs)
      for i in points.indices {
        let g = Obfuscation.gcj02(fromWGS84: points[i])
        points[i] = crs == .bd09 ? Obfuscation.bd09(fromGCJ02: g) : g
      }
    case .project(let pool):
      try pool.transform(&points)
    }
  }

  /// GCJ-02 outside its box is WGS 84; BD-09 is defined by GCJ-02 and has no meaning there.
  private func checkArea(_ points: [Point], _ crs: CRS) throws {
    guard crs == .bd09, let stray = points.first(where: { !Obfuscation.area.contains($0) }) else { return }
    throw GeoreferenceError(
      .outsideArea, operation: "BD-09", message: "\(stray.x), \(stray.y) lies outside the area of BD-09",
      remedy: "Check the reference system of the layer")
  }
}

extension CRS {
  /// Whether both are longitude and latitude on datums that count as the same.
  func isSameDegrees(as other: CRS) -> Bool {
    self == other || (CRS.sameDegrees.contains(definition) && CRS.sameDegrees.contains(other.definition))
  }

  static let sameDegrees: Set<String> = ["OGC:CRS84", "EPSG:4326", "EPSG:4490", "EPSG:4979", "EPSG:4480"]
}
