import Planar

/// The geometry that well-known text spells (OGC 06-103r4, 7.2), third and fourth coordinates dropped;
/// nil where it is not a geometry. An `SRID=…;` before it is passed over.
func wktGeometry(_ text: String) -> Geometry? {
  var text = text[...]
  if let semicolon = text.firstIndex(of: ";"), text.uppercased().hasPrefix("SRID=") {
    text = text[text.index(after: semicolon)...]
  }
  var reader = WKTReader(text: Array(text.utf8))
  guard let geometry = reader.geometry(), reader.isAtEnd else { return nil }
  return geometry
}

private struct WKTReader {
  let text: [UInt8]
  private var i = 0
  private var depth = 0

  init(text: [UInt8]) { self.text = text }

  var isAtEnd: Bool {
    mutating get {
      skipSpaces()
      return i == text.count
    }
  }

  mutating func geometry() -> Geometry? {
    depth += 1
    defer { depth -= 1 }
    let type = word()
    let dimensions = word()
    guard depth < 64, ["", "Z", "M", "ZM"].contains(dimensions) else { return nil }
    if dimensions.isEmpty, peekWord("EMPTY") { return empty(type) }
    return filled(type.hasSuffix("Z") || type.hasSuffix("M") ? String(type.prefix { $0 != "Z" && $0 != "M" }) : type)
      ?? filled(type)
  }

  private func empty(_ type: String) -> Geometry? {
    switch type {
    case "MULTIPOINT": .multiPoint([])
    case "LINESTRING": .lineString([])
    case "MULTILINESTRING": .multiLineString([])
    case "POLYGON", "MULTIPOLYGON": .multiPolygon([])
    case "POINT", "GEOMETRYCOLLECTION": .collection([])
    default: nil
    }
  }

  private mutating func filled(_ type: String) -> Geometry? {
    switch type {
    case "POINT": list { $0.point() }.flatMap { $0.count == 1 ? .point($0[0]) : nil }
    case "MULTIPOINT": list { $0.pointOrBracketed() }.map { .multiPoint($0) }
    case "LINESTRING": points().map { .lineString($0) }
    case "MULTILINESTRING": list { $0.points() }.map { .multiLineString($0) }
    case "POLYGON": polygon().map { .polygon($0) }
    case "MULTIPOLYGON": list { $0.polygon() }.map { .multiPolygon($0) }
    case "GEOMETRYCOLLECTION": list { $0.geometry() }.map { .collection($0) }
    default: nil
    }
  }

  private mutating func polygon() -> Polygon? {
    guard let rings = list({ $0.points().map { Ring($0) } }), let exterior = rings.first else { return nil }
    return Polygon(exterior: exterior, holes: Array(rings.dropFirst()))
  }

  private mutating func points() -> [Point]? { list { $0.point() } }

  private mutating func pointOrBracketed() -> Point? {
    skipSpaces()
    guard i < text.count, text[i] == UInt8(ascii: "(") else { return point() }
    return points().flatMap { $0.count == 1 ? $0[0] : nil }
  }

  private mutating func point() -> Point? {
    guard let x = number(), let y = number(), x.isFinite, y.isFinite else { return nil }
    while let _ = number() {}
    return Point(x: x, y: y)
  }

  private mutating func list<Element>(_ element: (inout WKTReader) -> Element?) -> [Element]? {
    guard take("(") else { return nil }
    var elements: [Element] = []
    repeat {
      guard let next = element(&self) else { return nil }
      elements.append(next)
    } while take(",")
    return take(")") ? elements : nil
  }

  private mutating func number() -> Double? {
    skipSpaces()
    let start = i
    while i < text.count, !" ,()\t\n\r".utf8.contains(text[i]) { i += 1 }
    guard i > start, let number = Double(String(decoding: text[start..<i], as: UTF8.self)) else {
      i = start
      return nil
    }
    return number
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpaces()
    guard i < text.count, text[i] == UInt8(ascii: character) else { return false }
    i += 1
    return true
  }

  /// A word of letters in upper case; `EMPTY` is left where it stands.
  private mutating func word() -> String {
    skipSpaces()
    let start = i
    while i < text.count, (text[i] | 0x20) >= UInt8(ascii: "a"), (text[i] | 0x20) <= UInt8(ascii: "z") { i += 1 }
    let word = String(decoding: text[start..<i], as: UTF8.self).uppercased()
    if word == "EMPTY" {
      i = start
      return ""
    }
    return word
  }

  private mutating func peekWord(_ expected: String) -> Bool {
    skipSpaces()
    let found = String(decoding: text[i...].prefix(expected.utf8.count), as: UTF8.self).uppercased()
    guard found == expected else { return false }
    i += expected.utf8.count
    return true
  }

  private mutating func skipSpaces() {
    while i < text.count, text[i] == 0x20 || (0x09...0x0D).contains(text[i]) { i += 1 }
  }
}
