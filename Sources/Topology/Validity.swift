import CGEOS
public import Planar

/// The first thing that makes a geometry invalid.
public struct ValidityProblem: Sendable, Hashable {
  /// As GEOS words it: `Self-intersection`, `Hole lies outside shell`…
  public var reason: String
  public var place: Point?
}

/// The first reason why `geometry` is invalid by OGC 06-103r4; nil where it is valid.
///
/// Rings that touch themselves in a point are invalid. For every reason of every ring see
/// `ringProblems(of:)`. O(n log n).
public func validityProblem(of geometry: Geometry) throws(TopologyError) -> ValidityProblem? {
  let session = GeosSession("validity", frame: LocalFrame(around: geometry.box))
  let shape: GeosGeometry
  do throws(TopologyError) {
    shape = try session.geometry(geometry)
  } catch where error.kind != .failed {
    return ValidityProblem(reason: error.message, place: error.place)
  }
  var reason: UnsafeMutablePointer<CChar>?
  var location: OpaquePointer?
  let answer = GEOSisValidDetail_r(session.context, shape.handle, 0, &reason, &location)
  defer { GEOSFree_r(session.context, reason) }
  let place = location.map { GeosGeometry($0, of: session) }
  switch answer {
  case 1: return nil
  case 0:
    return ValidityProblem(
      reason: reason.map { String(cString: $0) } ?? "invalid", place: try place?.points().first)
  default: throw session.failure
  }
}

/// Whether the area of `polygons` is valid by OGC 06-103r4.
public func isValid(_ polygons: [Polygon]) -> Bool {
  ((try? validityProblem(of: .area(of: polygons))) ?? nil) == nil
    && polygons.allSatisfy { $0.rings.allSatisfy { $0.points.allSatisfy(\.isFinite) } }
}

/// `polygons` made valid by the structure method: each shell keeps its area, holes are taken off.
///
/// Rings that collapse disappear; nothing else moves. Coordinates must be finite; rings of fewer
/// than four points are left out. Source: GEOS 3.10 `makeValid`, method "structure".
public func repaired(_ polygons: [Polygon]) throws(TopologyError) -> [Polygon] {
  let drawable = polygons.filter { $0.exterior.points.count >= 4 }.map { polygon in
    Polygon(exterior: polygon.exterior, holes: polygon.holes.filter { $0.points.count >= 4 })
  }
  guard !drawable.isEmpty else { return [] }
  let session = GeosSession("repair")
  let shape = try session.area(drawable)
  let parameters = GEOSMakeValidParams_create_r(session.context)
  defer { GEOSMakeValidParams_destroy_r(session.context, parameters) }
  GEOSMakeValidParams_setMethod_r(session.context, parameters, GEOS_MAKE_VALID_STRUCTURE)
  GEOSMakeValidParams_setKeepCollapsed_r(session.context, parameters, 0)
  return try session.own(GEOSMakeValidWithParams_r(session.context, shape.handle, parameters))
    .polygons()
}
