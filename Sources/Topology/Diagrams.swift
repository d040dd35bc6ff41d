import CGEOS
public import Planar

/// The Voronoi cells of `points`, cut to `box` (grown to hold all points), in no stated order.
///
/// Repeated points share a cell. O(n log n).
public func voronoiCells(of points: [Point], in box: Box) throws(TopologyError) -> [Polygon] {
  guard !points.isEmpty else { return [] }
  let box = box.union(Box(around: points))
  let session = GeosSession("Voronoi diagram", frame: LocalFrame(around: box))
  let shape = try session.points(points)
  let frame = try session.area([Polygon(box)])
  return try session.own(GEOSVoronoiDiagram_r(session.context, shape.handle, frame.handle, 0, 0))
    .polygons()
}

/// Triangles that fill `area` with no other corners than its vertices, as near to Delaunay as the
/// edges of `area` allow.
public func constrainedDelaunayTriangles(of area: [Polygon]) throws(TopologyError) -> [Polygon] {
  guard !area.isEmpty else { return [] }
  let session = GeosSession("triangulation", frame: LocalFrame(around: Box(aroundAll: area)))
  let shape = try session.area(area)
  return try session.own(GEOSConstrainedDelaunayTriangulation_r(session.context, shape.handle))
    .polygons()
}
