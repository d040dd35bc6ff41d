import CGEOS
public import Planar

/// `lines` cut wherever they meet, without repeated parts: they touch at end points only.
///
/// With `grid`, vertices are multiples of it (snap rounding). O((n + k) log n).
public func noded(_ lines: [[Point]], grid: Double? = nil) throws(TopologyError) -> [[Point]] {
  guard !lines.isEmpty else { return [] }
  let session = GeosSession("noding")
  let shape = try session.lines(lines)
  let result =
    if let grid {
      GEOSUnaryUnionPrec_r(session.context, shape.handle, grid)
    } else {
      GEOSUnaryUnion_r(session.context, shape.handle)
    }
  return try session.own(result).lines()
}

/// The faces that noded lines enclose, and the lines that enclose none.
public struct Polygonization: Sendable, Hashable {
  public var polygons: [Polygon]
  /// Lines with a free end, pruned until none is left.
  public var dangles: [[Point]]
  /// Lines with the same face on both sides.
  public var cutLines: [[Point]]
  /// Rings that are not valid.
  public var invalidRings: [[Point]]
}

/// The faces between `lines`, which must be noded (`noded(_:grid:)`).
public func polygonized(_ lines: [[Point]]) throws(TopologyError) -> Polygonization {
  guard !lines.isEmpty else {
    return Polygonization(polygons: [], dangles: [], cutLines: [], invalidRings: [])
  }
  let session = GeosSession("polygonize", frame: LocalFrame(around: Box(aroundAll: lines)))
  let shape = try session.lines(lines)
  var cuts: OpaquePointer?
  var dangles: OpaquePointer?
  var invalid: OpaquePointer?
  let faces = try session.own(
    GEOSPolygonize_full_r(session.context, shape.handle, &cuts, &dangles, &invalid))
  return Polygonization(
    polygons: try faces.polygons(),
    dangles: try session.own(dangles).lines(),
    cutLines: try session.own(cuts).lines(),
    invalidRings: try session.own(invalid).lines())
}
