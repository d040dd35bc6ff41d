import Planar

extension ByteWriter {
  /// The geometry as well-known text (OGC 06-103r4, 7.2) in the quotes that its commas ask for; points
  /// without commas stand bare.
  mutating func writeQuotedText(_ geometry: Geometry, decimals: Int) {
    if case .point = geometry { return writeWKT(geometry, decimals) }
    write(byte: UInt8(ascii: "\""))
    writeWKT(geometry, decimals)
    write(byte: UInt8(ascii: "\""))
  }

  private mutating func writeWKT(_ geometry: Geometry, _ decimals: Int) {
    switch geometry {
    case .point(let point):
      write("POINT ")
      writeList([point], decimals) { $0.writePoint($1, $2) }
    case .multiPoint(let points):
      write("MULTIPOINT ")
      writeList(points, decimals) { writer, point, decimals in writer.writeList([point], decimals) { $0.writePoint($1, $2) } }
    case .lineString(let line):
      write("LINESTRING ")
      writePoints(line, decimals)
    case .multiLineString(let lines):
      write("MULTILINESTRING ")
      writeList(lines, decimals) { $0.writePoints($1, $2) }
    case .polygon(let polygon):
      write("POLYGON ")
      writeRings(polygon, decimals)
    case .multiPolygon(let polygons):
      write("MULTIPOLYGON ")
      writeList(polygons, decimals) { $0.writeRings($1, $2) }
    case .collection(let members):
      write("GEOMETRYCOLLECTION ")
      writeList(members, decimals) { $0.writeWKT($1, $2) }
    }
  }

  private mutating func writeRings(_ polygon: Polygon, _ decimals: Int) {
    writeList(polygon.rings, decimals) { $0.writePoints($1.points, $2) }
  }

  private mutating func writePoints(_ points: [Point], _ decimals: Int) {
    writeList(points, decimals) { $0.writePoint($1, $2) }
  }

  private mutating func writePoint(_ point: Point, _ decimals: Int) {
    write(point.x, decimals: decimals)
    write(byte: UInt8(ascii: " "))
    write(point.y, decimals: decimals)
  }

  private mutating func writeList<Element>(
    _ list: [Element], _ decimals: Int, _ element: (inout ByteWriter, Element, Int) -> Void
  ) {
    if list.isEmpty { return write("EMPTY") }
    write(byte: UInt8(ascii: "("))
    for (index, item) in list.enumerated() {
      if index > 0 { write(byte: UInt8(ascii: ",")) }
      element(&self, item, decimals)
    }
    write(byte: UInt8(ascii: ")"))
  }
}
