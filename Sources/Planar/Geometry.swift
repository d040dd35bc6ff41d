/// A simple-features geometry (OGC 06-103r4) in two dimensions, as a value.
public enum Geometry: Sendable, Hashable {
  case point(Point)
  case multiPoint([Point])
  case lineString([Point])
  case multiLineString([[Point]])
  case polygon(Polygon)
  case multiPolygon([Polygon])
  case collection([Geometry])

  /// The name of the type, as GeoJSON writes it.
  public var typeName: String {
    switch self {
    case .point: "Point"
    case .multiPoint: "MultiPoint"
    case .lineString: "LineString"
    case .multiLineString: "MultiLineString"
    case .polygon: "Polygon"
    case .multiPolygon: "MultiPolygon"
    case .collection: "GeometryCollection"
    }
  }

  /// All polygons in it, in order.
  public var polygons: [Polygon] {
    switch self {
    case .polygon(let polygon): [polygon]
    case .multiPolygon(let polygons): polygons
    case .collection(let members): members.flatMap(\.polygons)
    default: []
    }
  }

  /// All lines in it, in order; rings of polygons are not lines.
  public var lines: [[Point]] {
    switch self {
    case .lineString(let line): [line]
    case .multiLineString(let lines): lines
    case .collection(let members): members.flatMap(\.lines)
    default: []
    }
  }

  /// All single points in it, in order; vertices of lines and polygons are not points.
  public var points: [Point] {
    switch self {
    case .point(let point): [point]
    case .multiPoint(let points): points
    case .collection(let members): members.flatMap(\.points)
    default: []
    }
  }

  /// Whether it holds no coordinate at all.
  public var isEmpty: Bool { firstCoordinate == nil }

  /// The first coordinate in file order.
  public var firstCoordinate: Point? {
    switch self {
    case .point(let point): point
    case .multiPoint(let points), .lineString(let points): points.first
    case .multiLineString(let lines): lines.lazy.compactMap(\.first).first
    case .polygon(let polygon): polygon.exterior.points.first
    case .multiPolygon(let polygons): polygons.lazy.compactMap { $0.exterior.points.first }.first
    case .collection(let members): members.lazy.compactMap(\.firstCoordinate).first
    }
  }

  public var box: Box {
    var box = Box.empty
    forEachCoordinate { box.extend(to: $0) }
    return box
  }

  /// Calls `body` with every coordinate in file order.
  public func forEachCoordinate(_ body: (Point) throws -> Void) rethrows {
    switch self {
    case .point(let point): try body(point)
    case .multiPoint(let points), .lineString(let points): try points.forEach(body)
    case .multiLineString(let lines): for line in lines { try line.forEach(body) }
    case .polygon(let polygon): for ring in polygon.rings { try ring.points.forEach(body) }
    case .multiPolygon(let polygons):
      for polygon in polygons { for ring in polygon.rings { try ring.points.forEach(body) } }
    case .collection(let members): for member in members { try member.forEachCoordinate(body) }
    }
  }

  /// The geometry with every sequence of coordinates replaced by `transform` of it.
  ///
  /// `transform` gets one point, line or closed ring at a time and must return as many points;
  /// equal points must stay equal, or rings open.
  public func mapCoordinates(_ transform: ([Point]) throws -> [Point]) rethrows -> Geometry {
    func ring(_ ring: Ring) throws -> Ring { Ring(try transform(ring.points)) }
    func polygon(_ polygon: Polygon) throws -> Polygon {
      Polygon(exterior: try ring(polygon.exterior), holes: try polygon.holes.map(ring))
    }
    switch self {
    case .point(let point): return .point(try transform([point])[0])
    case .multiPoint(let points): return .multiPoint(try transform(points))
    case .lineString(let line): return .lineString(try transform(line))
    case .multiLineString(let lines): return .multiLineString(try lines.map(transform))
    case .polygon(let value): return .polygon(try polygon(value))
    case .multiPolygon(let values): return .multiPolygon(try values.map(polygon))
    case .collection(let members):
      return .collection(try members.map { try $0.mapCoordinates(transform) })
    }
  }

  /// A polygon for one, a multipolygon for more or none.
  public static func area(of polygons: [Polygon]) -> Geometry {
    polygons.count == 1 ? .polygon(polygons[0]) : .multiPolygon(polygons)
  }
}
