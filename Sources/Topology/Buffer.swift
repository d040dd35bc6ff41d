import CGEOS
public import Planar

/// The area within `distance` of `geometry`; with a negative distance an area shrunk by it.
///
/// - Parameters:
///   - geometry: in metres.
///   - distance: in metres.
///   - quadrantSegments: chords for each quarter of a circle. They are inscribed: 8 lose 0.6 % of a full
///     circle's area.
/// O(n log n).
public func buffer(
  _ geometry: Geometry, by distance: Double, quadrantSegments: Int = 8
) throws(TopologyError) -> [Polygon] {
  guard !geometry.isEmpty else { return [] }
  let session = GeosSession("buffer")
  let shape = try session.geometry(geometry)
  return try session.own(
    GEOSBuffer_r(session.context, shape.handle, distance, Int32(clamping: quadrantSegments)))
    .polygons()
}

/// `polygons` with fewer vertices: none moves farther than about `tolerance`, none collapses.
///
/// Each polygon keeps its topology, but neighbours are simplified apart from each other and part
/// along shared borders; simplify the arcs of a fabric instead. Source: GEOS
/// `TopologyPreserveSimplify` (Douglas–Peucker with checks).
public func simplified(_ polygons: [Polygon], tolerance: Double) throws(TopologyError) -> [Polygon] {
  guard !polygons.isEmpty else { return [] }
  let session = GeosSession("simplify", frame: LocalFrame(around: Box(aroundAll: polygons)))
  let shape = try session.area(polygons)
  return try session.own(GEOSTopologyPreserveSimplify_r(session.context, shape.handle, tolerance))
    .polygons()
}
