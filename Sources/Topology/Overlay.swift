import CGEOS
public import Planar

// Overlays of areas. An area is a list of polygons, as a multipolygon is. Results are
// right-handed; an empty list is the empty area. With `grid`, all vertices are rounded to
// multiples of it and noded there by snap rounding, which never fails; without, coordinates stay
// doubles. No operation here shifts its coordinates: rounding new vertices once more could make
// a result invalid. O((n + k) log n). Source: Martin Davis, OverlayNG (JTS 1.18, GEOS 3.9).

/// The area covered by any of `polygons`, which may overlap.
public func union(_ polygons: [Polygon], grid: Double? = nil) throws(TopologyError) -> [Polygon] {
  guard !polygons.isEmpty else { return [] }
  let session = GeosSession("union")
  let area = try session.area(polygons)
  let result =
    if let grid {
      GEOSUnaryUnionPrec_r(session.context, area.handle, grid)
    } else {
      GEOSUnaryUnion_r(session.context, area.handle)
    }
  return try session.own(result).polygons()
}

/// The area covered by `a` or `b`.
public func union(_ a: [Polygon], _ b: [Polygon], grid: Double? = nil) throws(TopologyError) -> [Polygon] {
  try overlay("union", a, b, grid, GEOSUnion_r, GEOSUnionPrec_r).polygons()
}

/// The area covered by both `a` and `b`.
public func intersection(
  _ a: [Polygon], _ b: [Polygon], grid: Double? = nil
) throws(TopologyError) -> [Polygon] {
  try overlay("intersection", a, b, grid, GEOSIntersection_r, GEOSIntersectionPrec_r).polygons()
}

/// The part of `a` that `b` does not cover.
public func difference(
  _ a: [Polygon], _ b: [Polygon], grid: Double? = nil
) throws(TopologyError) -> [Polygon] {
  try overlay("difference", a, b, grid, GEOSDifference_r, GEOSDifferencePrec_r).polygons()
}

/// The area covered by exactly one of `a` and `b`.
public func symmetricDifference(
  _ a: [Polygon], _ b: [Polygon], grid: Double? = nil
) throws(TopologyError) -> [Polygon] {
  try overlay("symmetric difference", a, b, grid, GEOSSymDifference_r, GEOSSymDifferencePrec_r)
    .polygons()
}

/// The area in square units that `a` and `b` share.
public func intersectionArea(_ a: [Polygon], _ b: [Polygon]) throws(TopologyError) -> Double {
  guard Box(aroundAll: a).intersects(Box(aroundAll: b)) else { return 0 }
  return try overlay("intersection area", a, b, nil, GEOSIntersection_r, GEOSIntersectionPrec_r)
    .area()
}

/// The parts of `lines` inside `area`.
public func intersection(lines: [[Point]], _ area: [Polygon]) throws(TopologyError) -> [[Point]] {
  let session = GeosSession("clip of lines")
  let line = try session.lines(lines)
  let clip = try session.area(area)
  return try session.own(GEOSIntersection_r(session.context, line.handle, clip.handle)).lines()
}

private typealias Operation = (GEOSContextHandle_t?, OpaquePointer?, OpaquePointer?) -> OpaquePointer?
private typealias GridOperation =
  (GEOSContextHandle_t?, OpaquePointer?, OpaquePointer?, Double) -> OpaquePointer?

private func overlay(
  _ name: String, _ a: [Polygon], _ b: [Polygon], _ grid: Double?, _ plain: Operation,
  _ onGrid: GridOperation
) throws(TopologyError) -> GeosGeometry {
  let session = GeosSession(name)
  let left = try session.area(a)
  let right = try session.area(b)
  if let grid {
    return try session.own(onGrid(session.context, left.handle, right.handle, grid))
  }
  return try session.own(plain(session.context, left.handle, right.handle))
}
