import Planar

/// Why a shape could not be read.
struct ShapeFailure: Error {
  var record: Int
  var message: String
  var remedy: String?
}

/// Reads the records of a .shp file, with Z and M dropped.
///
/// Source: ESRI Shapefile Technical Description, 1998.
struct ShapeReader {
  private let reader: ByteReader
  private(set) var hasFurtherCoordinates = false
  /// Rules of notes on the record read last.
  private(set) var oddities: [String] = []

  init(_ bytes: Bytes) throws {
    reader = ByteReader(bytes: bytes)
    guard (reader.integer(at: 0, bigEndian: true) as Int32?) == 9994, bytes.count >= 100 else {
      throw ShapeFailure(record: 0, message: "no shapefile: it does not begin with the file code 9994")
    }
  }

  /// The geometries of all records in file order; nil for null and empty shapes.
  mutating func forEachShape(_ body: (Geometry?, [String]) throws -> Void) throws {
    var offset = 100
    var record = 0
    while offset < reader.bytes.count {
      guard let words: Int32 = reader.integer(at: offset + 4, bigEndian: true) else { throw endedEarly(record) }
      let length = Int(words) * 2
      guard length >= 4, length <= reader.bytes.count - offset - 8 else { throw endedEarly(record) }
      oddities = []
      let content = ShapeContent(reader: ByteReader(bytes: reader.bytes[offset + 8..<offset + 8 + length]), record: record)
      let shape = try content.geometry()
      hasFurtherCoordinates = hasFurtherCoordinates || shape.hasFurtherCoordinates
      try body(shape.geometry, shape.oddities)
      offset += 8 + length
      record += 1
    }
  }

  private func endedEarly(_ record: Int) -> ShapeFailure {
    ShapeFailure(record: record, message: "the .shp file ends in the middle of a record", remedy: "Export or copy it again")
  }
}

/// The content of one record.
private struct ShapeContent {
  let reader: ByteReader
  let record: Int

  func geometry() throws -> (geometry: Geometry?, hasFurtherCoordinates: Bool, oddities: [String]) {
    let type: Int32 = try value(at: 0)
    let hasMore = type > 10
    switch type {
    case 0: return (nil, false, ["null-geometry"])
    case 1, 11, 21:
      let point = try points(at: 4, count: 1)[0]
      return (.point(point), hasMore, [])
    case 8, 18, 28:
      let count = try count(at: 36, size: 16)
      let points = try points(at: 40, count: count)
      return points.isEmpty ? (nil, hasMore, ["empty-geometry"]) : (.multiPoint(points), hasMore, [])
    case 3, 13, 23:
      let lines = try parts().filter { !$0.isEmpty }
      if lines.isEmpty { return (nil, hasMore, ["empty-geometry"]) }
      return (lines.count == 1 ? .lineString(lines[0]) : .multiLineString(lines), hasMore, [])
    case 5, 15, 25:
      let rings = try parts().filter { !$0.isEmpty }
      let area = RingNesting(rings)
      if area.polygons.isEmpty { return (nil, hasMore, ["empty-geometry"]) }
      return (.area(of: area.polygons), hasMore, area.oddities)
    case 31:
      throw ShapeFailure(
        record: record, message: "a MultiPatch (a surface in space), which gridplan does not read",
        remedy: "Turn it into polygons first")
    default: throw ShapeFailure(record: record, message: "shape type \(type) does not exist")
    }
  }

  private func value<Value: FixedWidthInteger>(at offset: Int) throws -> Value {
    guard let value: Value = reader.integer(at: offset) else { throw tooShort }
    return value
  }

  private var tooShort: ShapeFailure {
    ShapeFailure(record: record, message: "the record is shorter than its shape", remedy: "Export or copy the file again")
  }

  /// A number of elements of `size` bytes, no more than the record can hold.
  private func count(at offset: Int, size: Int) throws -> Int {
    let count = Int(try value(at: offset) as Int32)
    guard count >= 0, count <= reader.bytes.count / size else { throw tooShort }
    return count
  }

  private func points(at offset: Int, count: Int) throws -> [Point] {
    guard offset + 16 * count <= reader.bytes.count else { throw tooShort }
    return try (0..<count).map { index in
      let point = Point(x: reader.double(at: offset + 16 * index)!, y: reader.double(at: offset + 16 * index + 8)!)
      guard point.isFinite else {
        throw ShapeFailure(record: record, message: "a coordinate that is not a finite number")
      }
      return point
    }
  }

  private func parts() throws -> [[Point]] {
    let partCount = try count(at: 36, size: 4)
    let pointCount = try count(at: 40, size: 16)
    let all = try points(at: 44 + 4 * partCount, count: pointCount)
    let starts = try (0..<partCount).map { Int(try value(at: 44 + 4 * $0) as Int32) } + [pointCount]
    return try zip(starts, starts.dropFirst()).map { start, end in
      guard start >= 0, start <= end, end <= pointCount else {
        throw ShapeFailure(record: record, message: "the parts of the shape overlap or lie outside it")
      }
      return Array(all[start..<end])
    }
  }
}
