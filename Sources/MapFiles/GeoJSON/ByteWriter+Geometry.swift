import Planar

extension ByteWriter {
  /// The geometry as GeoJSON (RFC 7946, 3.1), exterior rings counter-clockwise, holes clockwise.
  mutating func writeGeoJSON(_ geometry: Geometry, decimals: Int) {
    switch geometry {
    case .point(let point):
      write("{\"type\":\"Point\",\"coordinates\":")
      writePosition(point, decimals)
    case .multiPoint(let points):
      write("{\"type\":\"MultiPoint\",\"coordinates\":")
      writePath(points, decimals)
    case .lineString(let line):
      write("{\"type\":\"LineString\",\"coordinates\":")
      writePath(line, decimals)
    case .multiLineString(let lines):
      write("{\"type\":\"MultiLineString\",\"coordinates\":")
      writeList(lines) { writer, line in writer.writePath(line, decimals) }
    case .polygon(let polygon):
      write("{\"type\":\"Polygon\",\"coordinates\":")
      writePolygon(polygon, decimals)
    case .multiPolygon(let polygons):
      write("{\"type\":\"MultiPolygon\",\"coordinates\":")
      writeList(polygons) { writer, polygon in writer.writePolygon(polygon, decimals) }
    case .collection(let members):
      write("{\"type\":\"GeometryCollection\",\"geometries\":")
      writeList(members) { writer, member in writer.writeGeoJSON(member, decimals: decimals) }
    }
    write(byte: closeBrace)
  }

  private mutating func writeList<Element>(_ list: [Element], _ body: (inout ByteWriter, Element) -> Void) {
    write(byte: openBracket)
    for (index, element) in list.enumerated() {
      if index > 0 { write(byte: comma) }
      body(&self, element)
    }
    write(byte: closeBracket)
  }

  private mutating func writePolygon(_ polygon: Polygon, _ decimals: Int) {
    write(byte: openBracket)
    writeRing(polygon.exterior, counterClockwise: true, decimals)
    for hole in polygon.holes {
      write(byte: comma)
      writeRing(hole, counterClockwise: false, decimals)
    }
    write(byte: closeBracket)
  }

  private mutating func writeRing(_ ring: Ring, counterClockwise: Bool, _ decimals: Int) {
    let area = ring.signedArea
    if area == 0 || (area > 0) == counterClockwise {
      writePath(ring.points, decimals)
    } else {
      writePath(ring.points.reversed(), decimals)
    }
  }

  private mutating func writePath(_ points: [Point], _ decimals: Int) {
    write(byte: openBracket)
    points.withUnsafeBufferPointer { points in
      for index in points.indices {
        if index > 0 { write(byte: comma) }
        writePosition(points[index], decimals)
      }
    }
    write(byte: closeBracket)
  }

  @inline(__always)
  private mutating func writePosition(_ point: Point, _ decimals: Int) {
    write(byte: openBracket)
    write(point.x, decimals: decimals)
    write(byte: comma)
    write(point.y, decimals: decimals)
    write(byte: closeBracket)
  }
}
