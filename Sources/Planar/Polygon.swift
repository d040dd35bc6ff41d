/// An area with one exterior ring and any number of holes.
public struct Polygon: Sendable, Hashable {
  public var exterior: Ring
  public var holes: [Ring]

  public init(exterior: Ring, holes: [Ring] = []) {
    self.exterior = exterior
    self.holes = holes
  }

  public init(_ box: Box) {
    self.init(
      exterior: Ring([
        box.min, Point(x: box.max.x, y: box.min.y), box.max, Point(x: box.min.x, y: box.max.y),
      ]))
  }

  /// The exterior ring, then the holes.
  public var rings: [Ring] { [exterior] + holes }

  public var box: Box { exterior.box }

  /// The area in square units; holes are taken off, whichever way the rings run.
  public var area: Double {
    holes.reduce(abs(exterior.signedArea)) { $0 - abs($1.signedArea) }
  }

  /// The length of all rings, holes included.
  public var perimeter: Double {
    holes.reduce(exterior.perimeter) { $0 + $1.perimeter }
  }

  /// The centre of mass; the mean of the vertices where the area is zero.
  public var centroid: Point { Planar.centroid(of: [self]) }

  /// The polygon with rings as RFC 7946, 3.1.6 asks: exterior counter-clockwise, holes clockwise.
  public func rightHanded() -> Polygon {
    Polygon(
      exterior: exterior.oriented(counterClockwise: true),
      holes: holes.map { $0.oriented(counterClockwise: false) })
  }
}

/// The common centre of mass of `polygons`; the mean of the vertices where the area is zero.
public func centroid(of polygons: [Polygon]) -> Point {
  guard let origin = polygons.first?.exterior.points.first else { return Point(x: .nan, y: .nan) }
  var twiceArea = 0.0
  var moment = Point(x: 0, y: 0)
  for polygon in polygons {
    for (index, ring) in polygon.rings.enumerated() {
      let ring = ring.oriented(counterClockwise: index == 0)
      for (p, q) in zip(ring.points, ring.points.dropFirst()) {
        let a = p - origin
        let b = q - origin
        let cross = a.x * b.y - a.y * b.x
        twiceArea += cross
        moment = moment + (a + b) * cross
      }
    }
  }
  guard twiceArea != 0 else { return mean(of: polygons.flatMap { $0.exterior.vertices }) }
  return origin + moment * (1 / (3 * twiceArea))
}

/// The mean of `points`; not a number where there are none.
public func mean(of points: some Collection<Point>) -> Point {
  guard let origin = points.first else { return Point(x: .nan, y: .nan) }
  let sum = points.reduce(Point(x: 0, y: 0)) { $0 + ($1 - origin) }
  return origin + sum * (1 / Double(points.count))
}
