import CGEOS
public import Planar

/// The convex hull of `points` as an area; empty where they lie on a line.
public func convexHull(of points: [Point]) throws(TopologyError) -> [Polygon] {
  let session = GeosSession("convex hull", frame: LocalFrame(around: Box(around: points)))
  let shape = try session.points(points)
  return try session.own(GEOSConvexHull_r(session.context, shape.handle)).polygons()
}

/// A circle in the units of its coordinates.
public struct Circle: Sendable, Hashable {
  public var center: Point
  public var radius: Double

  public init(center: Point, radius: Double) {
    self.center = center
    self.radius = radius
  }

  public var area: Double { .pi * radius * radius }
}

/// The smallest circle around `points`; nil where there are none.
public func minimumBoundingCircle(of points: [Point]) throws(TopologyError) -> Circle? {
  let session = GeosSession("minimum bounding circle", frame: LocalFrame(around: Box(around: points)))
  let shape = try session.points(points)
  var radius = 0.0
  var center: OpaquePointer?
  let circle = try session.own(
    GEOSMinimumBoundingCircle_r(session.context, shape.handle, &radius, &center))
  _ = consume circle
  guard let center else { return nil }
  return try GeosGeometry(center, of: session).points().first.map { Circle(center: $0, radius: radius) }
}

/// The least distance between two geometries; nil where one is empty.
public func distance(_ a: Geometry, _ b: Geometry) throws(TopologyError) -> Double? {
  guard !a.isEmpty, !b.isEmpty else { return nil }
  let session = GeosSession("distance", frame: LocalFrame(around: a.box.union(b.box)))
  let left = try session.geometry(a)
  let right = try session.geometry(b)
  var distance = 0.0
  guard GEOSDistance_r(session.context, left.handle, right.handle, &distance) == 1 else {
    throw session.failure
  }
  return distance
}

/// Whether two geometries share a point.
public func intersects(_ a: Geometry, _ b: Geometry) throws(TopologyError) -> Bool {
  guard a.box.intersects(b.box) else { return false }
  let session = GeosSession("intersects", frame: LocalFrame(around: a.box.union(b.box)))
  let left = try session.geometry(a)
  let right = try session.geometry(b)
  return try session.check(
    GEOSIntersects_r(session.context, left.handle, right.handle), unless: 2) == 1
}
