import Planar

/// Why a binary geometry could not be read.
struct WKBFailure: Error {
  var message: String
  var remedy: String?
}

/// Reads well-known binary (OGC 06-103r4, 8.2) of either byte order, with Z and M dropped.
struct WKBReader {
  private var rest: UnsafeRawBufferPointer
  /// Whether a third or fourth coordinate was met.
  private(set) var hasFurtherCoordinates = false
  /// Whether a ring was open or had fewer than four points.
  private(set) var oddRings: [String] = []

  init(_ bytes: UnsafeRawBufferPointer) { rest = bytes }

  /// The geometry that starts at the next byte; nil where it is empty.
  mutating func geometry() throws -> Geometry? { try geometry(depth: 0) }

  private mutating func geometry(depth: Int) throws -> Geometry? {
    guard depth <= 32 else { throw WKBFailure(message: "collections nested deeper than 32 levels") }
    let header = try header()
    switch header.type {
    case 1: return try point(header).map(Geometry.point)
    case 2: return nonEmpty(try points(header)).map(Geometry.lineString)
    case 3: return try polygon(header).map(Geometry.polygon)
    case 4: return nonEmpty(try members(header) { reader, part in try reader.point(part.of(1)) }).map(Geometry.multiPoint)
    case 5:
      return nonEmpty(try members(header) { reader, part in reader.nonEmpty(try reader.points(part.of(2))) })
        .map(Geometry.multiLineString)
    case 6:
      return nonEmpty(try members(header) { reader, part in try reader.polygon(part.of(3)) })
        .map(Geometry.multiPolygon)
    case 7:
      let count = try count(header, smallest: 9)
      var list: [Geometry] = []
      for _ in 0..<count {
        if let member = try geometry(depth: depth + 1) { list.append(member) }
      }
      return nonEmpty(list).map(Geometry.collection)
    case 8...17:
      throw WKBFailure(
        message: "a geometry of type \(curveTypeNames[header.type - 8]), which gridplan does not read",
        remedy: "Turn curves and surfaces into lines and polygons first (ogr2ogr -nlt CONVERT_TO_LINEAR)")
    default: throw WKBFailure(message: "geometry type \(header.type) does not exist")
    }
  }

  private func nonEmpty<Element>(_ list: [Element]) -> [Element]? { list.isEmpty ? nil : list }
}

private let curveTypeNames = [
  "CircularString", "CompoundCurve", "CurvePolygon", "MultiCurve", "MultiSurface", "Curve", "Surface",
  "PolyhedralSurface", "TIN", "Triangle",
]

/// What stands before the content of a geometry.
private struct WKBHeader {
  var isLittleEndian: Bool
  var type: Int
  var dimensions: Int

  /// The header, if it is of the type that a member of a multi-geometry must have.
  func of(_ wanted: Int) throws -> WKBHeader {
    guard type == wanted else { throw WKBFailure(message: "a multi-geometry with a member of type \(type)") }
    return self
  }
}

extension WKBReader {
  private mutating func header() throws -> WKBHeader {
    guard let order = rest.first else { throw endedEarly }
    guard order <= 1 else { throw WKBFailure(message: "byte order \(order) does not exist") }
    rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst())
    let raw = try integer(order == 1)
    // ISO adds thousands for Z and M; PostGIS and old GDAL set high bits.
    let plain = Int(raw & 0x1FFF_FFFF)
    let hasZ = raw & 0x8000_0000 != 0 || (1...3).contains(plain / 1000) && plain / 1000 != 2
    let hasM = raw & 0x4000_0000 != 0 || (2...3).contains(plain / 1000)
    if raw & 0x2000_0000 != 0 { _ = try integer(order == 1) }
    guard plain < 4000 else { throw WKBFailure(message: "geometry type \(raw) does not exist") }
    if hasZ || hasM { hasFurtherCoordinates = true }
    return WKBHeader(isLittleEndian: order == 1, type: plain % 1000, dimensions: 2 + (hasZ ? 1 : 0) + (hasM ? 1 : 0))
  }

  private var endedEarly: WKBFailure { WKBFailure(message: "the geometry's bytes end early") }

  private mutating func integer(_ isLittleEndian: Bool) throws -> UInt32 {
    guard rest.count >= 4 else { throw endedEarly }
    let value = rest.loadUnaligned(as: UInt32.self)
    rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(4))
    return isLittleEndian ? UInt32(littleEndian: value) : UInt32(bigEndian: value)
  }

  /// A number of elements, of which each takes at least `smallest` bytes.
  private mutating func count(_ header: WKBHeader, smallest: Int) throws -> Int {
    let count = Int(try integer(header.isLittleEndian))
    guard count <= rest.count / smallest else { throw endedEarly }
    return count
  }

  private mutating func point(_ header: WKBHeader) throws -> Point? {
    let point = try points(header, count: 1)[0]
    if point.x.isNaN && point.y.isNaN { return nil }
    try requireFinite([point])
    return point
  }

  private mutating func points(_ header: WKBHeader) throws -> [Point] {
    let count = try count(header, smallest: 8 * header.dimensions)
    let points = try points(header, count: count)
    try requireFinite(points)
    return points
  }

  private mutating func points(_ header: WKBHeader, count: Int) throws -> [Point] {
    let step = 8 * header.dimensions
    guard rest.count >= count * step else { throw endedEarly }
    let bytes = rest
    rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count * step))
    return [Point](unsafeUninitializedCapacity: count) { buffer, used in
      for index in 0..<count {
        let x = bytes.loadUnaligned(fromByteOffset: index * step, as: UInt64.self)
        let y = bytes.loadUnaligned(fromByteOffset: index * step + 8, as: UInt64.self)
        (buffer.baseAddress! + index).initialize(
          to: Point(
            x: Double(bitPattern: header.isLittleEndian ? UInt64(littleEndian: x) : UInt64(bigEndian: x)),
            y: Double(bitPattern: header.isLittleEndian ? UInt64(littleEndian: y) : UInt64(bigEndian: y))))
      }
      used = count
    }
  }

  private func requireFinite(_ points: [Point]) throws {
    guard points.allSatisfy(\.isFinite) else { throw WKBFailure(message: "a coordinate that is not a finite number") }
  }

  private mutating func polygon(_ header: WKBHeader) throws -> Polygon? {
    var rings: [Ring] = []
    for _ in 0..<(try count(header, smallest: 4)) {
      let points = try points(header)
      if points.isEmpty { continue }
      if points.first != points.last { oddRings.append("open-ring") }
      let ring = Ring(points)
      if ring.points.count < 4 { oddRings.append("short-ring") }
      rings.append(ring)
    }
    guard let exterior = rings.first else { return nil }
    return Polygon(exterior: exterior, holes: Array(rings.dropFirst()))
  }

  private mutating func members<Element>(
    _ header: WKBHeader, _ body: (inout WKBReader, WKBHeader) throws -> Element?
  ) throws -> [Element] {
    var list: [Element] = []
    for _ in 0..<(try count(header, smallest: 9)) {
      let part = try self.header()
      if let element = try body(&self, part) { list.append(element) }
    }
    return list
  }
}
