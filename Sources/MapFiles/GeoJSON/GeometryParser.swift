import Planar

/// The geometry types of RFC 7946, 3.1.
enum GeometryType {
  case point, multiPoint, lineString, multiLineString, polygon, multiPolygon, collection

  init?(_ raw: RawString) {
    if raw.says("Polygon") {
      self = .polygon
    } else if raw.says("Point") {
      self = .point
    } else if raw.says("MultiPolygon") {
      self = .multiPolygon
    } else if raw.says("LineString") {
      self = .lineString
    } else if raw.says("MultiLineString") {
      self = .multiLineString
    } else if raw.says("MultiPoint") {
      self = .multiPoint
    } else if raw.says("GeometryCollection") {
      self = .collection
    } else {
      return nil
    }
  }
}

/// How deep geometry collections may be nested; RFC 7946, 3.1.8 advises against any nesting.
private let deepestCollection = 32

extension FeatureParser {
  mutating func parseGeometryOrNull() throws -> Geometry? {
    if json.peek() == UInt8(ascii: "n"), json.takeWord("null") {
      note("null-geometry", "the geometry is null")
      return nil
    }
    return try parseGeometry(depth: 0)
  }

  /// The geometry at the next byte; nil where it is empty, which is noted.
  mutating func parseGeometry(depth: Int) throws -> Geometry? {
    guard json.peek() == openBrace else { throw json.unexpected("a geometry (an object) or null") }
    guard depth <= deepestCollection else {
      throw json.failure("geometry collections nested deeper than \(deepestCollection) levels")
    }
    let start = json.p
    json.p += 1
    var type: GeometryType?
    var result: Geometry?
    var skipped: (key: RawString, place: UnsafePointer<UInt8>)?
    var isRead = false
    if !json.take(closeBrace) {
      repeat {
        let key = try json.rawString()
        try json.expect(colon, "a colon")
        if key.says("type") {
          type = try parseType()
        } else if key.says("coordinates") || key.says("geometries") {
          if isRead || skipped != nil {
            throw json.failure("a geometry with coordinates given twice", at: key.start)
          }
          if let type {
            result = try parseContent(type, key, depth: depth)
            isRead = true
          } else {
            skipped = (key, json.p)
            try json.skipValue()
          }
        } else {
          try json.skipValue()
        }
      } while try json.another(before: closeBrace)
    }
    guard let type else { throw json.failure("a geometry without \"type\"", at: start) }
    if let skipped {
      let end = json.p
      json.p = skipped.place
      result = try parseContent(type, skipped.key, depth: depth)
      json.p = end
    } else if !isRead {
      throw json.failure("a geometry without \(type == .collection ? "\"geometries\"" : "\"coordinates\"")", at: start)
    }
    if result == nil && depth == 0 { note("empty-geometry", "the geometry is empty: read as null") }
    return result
  }

  private mutating func parseType() throws -> GeometryType {
    guard json.peek() == quote else { throw json.misplaced("the type of a geometry is not a text") }
    let raw = try json.rawString()
    guard let type = GeometryType(raw) else {
      let name = try json.text(of: raw)
      throw json.failure("\"\(name.prefix(40))\" is no geometry type of RFC 7946", at: raw.start)
    }
    return type
  }

  private mutating func parseContent(_ type: GeometryType, _ key: RawString, depth: Int) throws -> Geometry? {
    guard key.says(type == .collection ? "geometries" : "coordinates") else {
      throw json.failure(
        type == .collection
          ? "a GeometryCollection has \"geometries\", not \"coordinates\""
          : "only a GeometryCollection has \"geometries\"", at: key.start)
    }
    switch type {
    case .point: return try parsePoint()
    case .multiPoint: return nonEmpty(try parseSequence()).map(Geometry.multiPoint)
    case .lineString: return try parseLine().map(Geometry.lineString)
    case .multiLineString:
      return nonEmpty(try parseList { parser throws in try parser.parseLine() }).map(Geometry.multiLineString)
    case .polygon: return try parsePolygon().map(Geometry.polygon)
    case .multiPolygon:
      return nonEmpty(try parseList { parser throws in try parser.parsePolygon() }).map(Geometry.multiPolygon)
    case .collection:
      return nonEmpty(try parseList { parser throws in try parser.parseGeometry(depth: depth + 1) })
        .map(Geometry.collection)
    }
  }

  private func nonEmpty<Element>(_ list: [Element]) -> [Element]? { list.isEmpty ? nil : list }

  /// The elements of an array; those that come back as nil are left out.
  private mutating func parseList<Element>(
    _ element: (inout FeatureParser) throws -> Element?
  ) throws -> [Element] {
    try json.expect(openBracket, "an array of coordinates")
    if json.take(closeBracket) { return [] }
    var list: [Element] = []
    repeat {
      if let value = try element(&self) { list.append(value) }
    } while try json.another(before: closeBracket)
    return list
  }

  private mutating func parsePoint() throws -> Geometry? {
    guard json.peek() == openBracket else { throw json.unexpected("a position [x, y]") }
    let start = json.p
    json.p += 1
    if json.take(closeBracket) { return nil }
    json.p = start
    return .point(try parsePosition())
  }

  private mutating func parseLine() throws -> [Point]? {
    let line = try parseSequence()
    if line.count == 1 { note("short-line", "a line of a single point") }
    return nonEmpty(line)
  }

  private mutating func parsePolygon() throws -> Polygon? {
    try json.expect(openBracket, "an array of rings")
    if json.take(closeBracket) { return nil }
    let exterior = try parseRing()
    var holes: [Ring] = []
    while try json.another(before: closeBracket) {
      if let hole = try parseRing() { holes.append(hole) }
    }
    guard let exterior else {
      guard holes.isEmpty else { throw json.failure("a polygon with holes in an empty exterior ring") }
      return nil
    }
    return Polygon(exterior: exterior, holes: holes)
  }

  private mutating func parseRing() throws -> Ring? {
    try parsePositions()
    guard points.count > 0 else { return nil }
    if !points.isClosed { note("open-ring", "a ring whose last point is not its first: closed") }
    let ring = Ring(points.array())
    if ring.points.count < 4 {
      note("short-ring", "a ring of fewer than four points (RFC 7946, 3.1.6), which has no area")
    }
    return ring
  }

  private mutating func parseSequence() throws -> [Point] {
    try parsePositions()
    return points.array()
  }

  /// Reads an array of positions into `points`.
  private mutating func parsePositions() throws {
    points.removeAll()
    try json.expect(openBracket, "an array of positions")
    if json.take(closeBracket) { return }
    repeat { points.append(try parsePosition()) } while try json.another(before: closeBracket)
  }

  /// A position: two numbers; a third and further ones are dropped and counted.
  @inline(__always)
  private mutating func parsePosition() throws -> Point {
    try json.expect(openBracket, "a position [x, y]")
    let x = try parseCoordinate()
    guard json.take(comma) else { throw shortPosition() }
    let y = try parseCoordinate()
    if !json.take(closeBracket) { try dropFurtherCoordinates() }
    let point = Point(x: x, y: y)
    if !(x.magnitude <= 360 && y.magnitude <= 90) { try checkUnusual(point) }
    return point
  }

  @inline(__always)
  private mutating func parseCoordinate() throws -> Double {
    json.skipSpace()
    guard let number = parseNumber(at: json.p, style: .json) else { throw json.unexpected("a coordinate (a number)") }
    json.p = number.end
    return number.value
  }

  @inline(never)
  private mutating func shortPosition() -> ParseFailure {
    json.peek() == closeBracket
      ? json.failure("a position of fewer than two coordinates") : json.unexpected("a comma")
  }

  @inline(never)
  private mutating func dropFurtherCoordinates() throws {
    while try json.another(before: closeBracket) { _ = try parseCoordinate() }
    hasZ = true
  }

  /// What no position in degrees can be: infinite, or beyond the poles.
  @inline(never)
  private mutating func checkUnusual(_ point: Point) throws {
    guard point.isFinite else { throw json.failure("a coordinate too large for a double") }
    if notDegrees == nil { notDegrees = (features.count, point) }
  }
}
