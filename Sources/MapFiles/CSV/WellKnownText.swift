import Planar

/// Reads a geometry from well-known text (OGC 06-103r4, 7.2), with Z and M dropped. An `SRID=…;` before
/// it is passed over.
struct WKTReader {
  private var p: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>
  private var depth = 0
  /// Whether a third or fourth coordinate was met.
  private(set) var hasFurtherCoordinates = false
  /// Rules of notes: `open-ring`, `short-ring`.
  private(set) var oddRings: [String] = []

  private static let deepest = 64

  init(_ text: Bytes) {
    p = text.start
    end = text.end
  }

  /// The geometry that the whole text spells; nil where it spells none. Empty where it says so.
  mutating func wholeGeometry() -> Geometry? {
    skipReferenceSystem()
    guard let geometry = geometry() else { return nil }
    skipSpaces()
    return p == end ? geometry : nil
  }

  private mutating func skipReferenceSystem() {
    let start = p
    guard word() == "SRID" else {
      p = start
      return
    }
    while p < end && p.pointee != UInt8(ascii: ";") { p += 1 }
    if p < end { p += 1 }
  }

  private mutating func geometry() -> Geometry? {
    guard depth < Self.deepest else { return nil }
    depth += 1
    defer { depth -= 1 }
    let type = word()
    var next = p
    var modifier = word()
    if modifier == "Z" || modifier == "M" || modifier == "ZM" {
      next = p
      modifier = word()
    }
    if modifier == "EMPTY" { return .collection([]) }
    guard modifier.isEmpty else { return nil }
    p = next
    return filled(type)
  }

  private mutating func filled(_ type: String) -> Geometry? {
    switch type {
    case "POINT", "POINTZ", "POINTM", "POINTZM": points().flatMap { $0.count == 1 ? .point($0[0]) : nil }
    case "MULTIPOINT", "MULTIPOINTZ", "MULTIPOINTM", "MULTIPOINTZM":
      list { $0.pointOrBracketed() }.map { .multiPoint($0) }
    case "LINESTRING", "LINESTRINGZ", "LINESTRINGM", "LINESTRINGZM": points().map { .lineString($0) }
    case "MULTILINESTRING", "MULTILINESTRINGZ", "MULTILINESTRINGM", "MULTILINESTRINGZM":
      list { $0.points() }.map { .multiLineString($0) }
    case "POLYGON", "POLYGONZ", "POLYGONM", "POLYGONZM": polygon().map { .polygon($0) }
    case "MULTIPOLYGON", "MULTIPOLYGONZ", "MULTIPOLYGONM", "MULTIPOLYGONZM":
      list { $0.polygon() }.map { .multiPolygon($0) }
    case "GEOMETRYCOLLECTION", "GEOMETRYCOLLECTIONZ", "GEOMETRYCOLLECTIONM", "GEOMETRYCOLLECTIONZM":
      list { $0.geometry() }.map { .collection($0) }
    default: nil
    }
  }

  private mutating func polygon() -> Polygon? {
    guard let rings = list({ $0.ring() }), let exterior = rings.first else { return nil }
    return Polygon(exterior: exterior, holes: Array(rings.dropFirst()))
  }

  private mutating func ring() -> Ring? {
    guard let points = points() else { return nil }
    if points.first != points.last { oddRings.append("open-ring") }
    let ring = Ring(points)
    if ring.points.count < 4 { oddRings.append("short-ring") }
    return ring
  }

  private mutating func points() -> [Point]? { list { $0.point() } }

  private mutating func pointOrBracketed() -> Point? {
    skipSpaces()
    guard p < end, p.pointee == UInt8(ascii: "(") else { return point() }
    return points().flatMap { $0.count == 1 ? $0[0] : nil }
  }

  private mutating func point() -> Point? {
    guard let x = number(), let y = number(), x.isFinite, y.isFinite else { return nil }
    while number() != nil { hasFurtherCoordinates = true }
    return Point(x: x, y: y)
  }

  private mutating func number() -> Double? {
    skipSpaces()
    guard p < end, let number = parseNumber(at: p, style: .table), number.end <= end else { return nil }
    p = number.end
    return number.value
  }

  private mutating func list<Element>(_ element: (inout WKTReader) -> Element?) -> [Element]? {
    guard take(UInt8(ascii: "(")) else { return nil }
    var elements: [Element] = []
    repeat {
      guard let next = element(&self) else { return nil }
      elements.append(next)
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: ")")) ? elements : nil
  }

  private mutating func take(_ character: UInt8) -> Bool {
    skipSpaces()
    guard p < end, p.pointee == character else { return false }
    p += 1
    return true
  }

  /// A word of letters, in upper case; empty where none stands here.
  private mutating func word() -> String {
    skipSpaces()
    let start = p
    while p < end, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(p.pointee | 0x20) { p += 1 }
    return String(decoding: UnsafeBufferPointer(start: start, count: p - start), as: UTF8.self).uppercased()
  }

  private mutating func skipSpaces() {
    while p < end, p.pointee == 0x20 || (0x09...0x0D).contains(p.pointee) { p += 1 }
  }
}
