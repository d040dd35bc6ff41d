import Planar

extension ByteWriter {
  /// The geometry as little-endian well-known binary in two dimensions.
  mutating func writeWKB(_ geometry: Geometry) {
    switch geometry {
    case .point(let point):
      writeWKBHeader(1)
      writeRaw(point.x.bitPattern)
      writeRaw(point.y.bitPattern)
    case .lineString(let line):
      writeWKBHeader(2)
      writeWKBPoints(line)
    case .polygon(let polygon):
      writeWKBHeader(3)
      writeRaw(UInt32(1 + polygon.holes.count))
      writeWKBPoints(polygon.exterior.points)
      for hole in polygon.holes { writeWKBPoints(hole.points) }
    case .multiPoint(let points): writeWKBMembers(4, points.map(Geometry.point))
    case .multiLineString(let lines): writeWKBMembers(5, lines.map(Geometry.lineString))
    case .multiPolygon(let polygons): writeWKBMembers(6, polygons.map(Geometry.polygon))
    case .collection(let members): writeWKBMembers(7, members)
    }
  }

  private mutating func writeWKBHeader(_ type: UInt32) {
    write(byte: 1)
    writeRaw(type)
  }

  private mutating func writeWKBMembers(_ type: UInt32, _ members: [Geometry]) {
    writeWKBHeader(type)
    writeRaw(UInt32(members.count))
    for member in members { writeWKB(member) }
  }

  private mutating func writeWKBPoints(_ points: [Point]) {
    writeRaw(UInt32(points.count))
    let target = UnsafeMutableRawPointer(room(16 * points.count))
    for (index, point) in points.enumerated() {
      target.storeBytes(of: point.x.bitPattern.littleEndian, toByteOffset: 16 * index, as: UInt64.self)
      target.storeBytes(of: point.y.bitPattern.littleEndian, toByteOffset: 16 * index + 8, as: UInt64.self)
    }
    advance(16 * points.count)
  }

  mutating func writeZeros(_ count: Int) {
    room(count).update(repeating: 0, count: count)
    advance(count)
  }

  /// The integer in little-endian bytes.
  mutating func writeRaw<Value: FixedWidthInteger>(_ value: Value) {
    let size = MemoryLayout<Value>.size
    UnsafeMutableRawPointer(room(size)).storeBytes(of: value.littleEndian, as: Value.self)
    advance(size)
  }
}
