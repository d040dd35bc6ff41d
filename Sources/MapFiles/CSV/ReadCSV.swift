public import Georeference
import Planar

/// Which columns of a table hold the geometry.
public enum CSVGeometry: Sendable, Hashable {
  /// Two columns of numbers.
  case xy(x: String, y: String)
  /// One column of well-known text (OGC 06-103r4, 7): points, lines or polygons.
  case wkt(String)
}

/// Reads a table of text into a layer.
///
/// RFC 4180 quotes, with CRLF or LF, newlines in quoted fields, a byte-order mark; commas, semicolons or
/// tabs as the first line shows; UTF-8, else GB18030 with a note. Values stay text: a code is no number.
/// A row without usable coordinates has no geometry and is noted.
/// - Parameters:
///   - path: the file; `-` for standard input.
///   - geometry: the columns of the geometry; recognised by name (`FieldMeaning`) where nil. A table
///     in which none is recognised has rows without geometry.
///   - crs: the system of the coordinates; degrees on CRS84 where columns are called longitude and
///     latitude and this is nil.
/// - Throws: `MapFileError`.
public func readCSV(_ path: String, geometry: CSVGeometry? = nil, crs: CRS? = nil) throws -> Layer {
  try readCSV(CSVBlocks(path), geometry: geometry, crs: crs)
}

/// As `readCSV(_:geometry:crs:)`, for a table that is open already.
public func readCSV(_ table: CSVBlocks, geometry: CSVGeometry? = nil, crs: CRS? = nil) throws -> Layer {
  let columns = try GeometryColumns(geometry, in: table)
  var layer = Layer(
    name: layerName(ofFile: table.name), file: table.name,
    crs: crs ?? (columns.areDegrees ? .crs84 : nil), fields: table.header)
  while let block = try table.next() {
    try appendRows(of: block, table, columns, to: &layer)
  }
  let withZ = layer.notes.count { $0.rule == "z-dropped" }
  if withZ > 0 {
    layer.notes.removeAll { $0.rule == "z-dropped" }
    layer.notes.append(ReadNote(rule: "z-dropped", message: "third or measured coordinates dropped in \(withZ) features"))
  }
  if table.encoding == .gb18030 {
    layer.notes.append(ReadNote(rule: "encoding", message: "the text is GB18030, read as such"))
  }
  return layer
}

private func appendRows(
  of block: CSVBlock, _ table: CSVBlocks, _ columns: GeometryColumns, to layer: inout Layer
) throws {
  try block.withBytes { bytes in
    var scanner = CSVScanner(bytes, table.dialect)
    try withUnsafeTemporaryAllocation(of: CSVField.self, capacity: table.header.count) { fields in
      while true {
        let row = layer.features.count
        do {
          guard try scanner.next(fields) else { return }
        } catch let failure as CSVFailure {
          throw csvError(failure, file: table.name, place: "row \(row + 2)")
        }
        let (geometry, rules) = columns.geometry(of: fields)
        let values = fields.map { $0.count == 0 && !$0.isQuoted ? FieldValue.null : .string($0.text) }
        layer.features.append(Feature(geometry: geometry, values: values))
        for rule in rules { layer.notes.append(ReadNote(rule: rule, feature: row, message: message(of: rule))) }
      }
    }
  }
}

private func message(of rule: String) -> String {
  switch rule {
  case "null-geometry": "there is no geometry"
  case "empty-geometry": "the geometry is empty: read as null"
  case "bad-geometry": "the geometry is not well-known text"
  case "bad-coordinates": "a coordinate is not a number"
  case "open-ring": "a ring whose last point is not its first: closed"
  default: "a ring of fewer than four points, which has no area"
  }
}

/// Where a table has its geometry.
public struct GeometryColumns: Sendable, Hashable {
  public enum Place: Sendable, Hashable {
    case xy(Int, Int)
    case wkt(Int)
    case none
  }

  public let place: Place
  /// Whether the columns are called longitude and latitude.
  public let areDegrees: Bool

  /// - Throws: `MapFileError` of kind `.missing` for a column that the table does not have.
  public init(_ geometry: CSVGeometry?, in table: CSVBlocks) throws {
    switch geometry {
    case .xy(let x, let y):
      let (x, y) = (try table.position(of: x), try table.position(of: y))
      place = .xy(x, y)
      areDegrees =
        FieldMeaning.longitude.position(in: table.header) == x
        && FieldMeaning.latitude.position(in: table.header) == y
    case .wkt(let name):
      place = .wkt(try table.position(of: name))
      areDegrees = false
    case nil:
      (place, areDegrees) = Self.recognised(in: table.header)
    }
  }

  static func recognised(in header: [String]) -> (Place, Bool) {
    for (first, second) in [(FieldMeaning.longitude, FieldMeaning.latitude), (.x, .y)] {
      if let x = first.position(in: header), let y = second.position(in: header) {
        return (.xy(x, y), first == .longitude)
      }
    }
    return (FieldMeaning.wkt.position(in: header).map { .wkt($0) } ?? .none, false)
  }

  /// The geometry of a row, and the rules of notes on it.
  func geometry(of fields: UnsafeMutableBufferPointer<CSVField>) -> (Geometry?, rules: [String]) {
    switch place {
    case .none: return (nil, [])
    case .wkt(let column): return wktGeometry(fields[column])
    case .xy(let x, let y):
      switch (coordinate(fields[x]), coordinate(fields[y])) {
      case (.number(let x), .number(let y)): return (.point(Point(x: x, y: y)), [])
      case (.bad, _), (_, .bad): return (nil, ["bad-coordinates"])
      default: return (nil, ["null-geometry"])
      }
    }
  }

  private func wktGeometry(_ field: CSVField) -> (Geometry?, rules: [String]) {
    guard let start = field.trimmed.baseAddress, !field.trimmed.isEmpty else { return (nil, ["null-geometry"]) }
    var reader = WKTReader(Bytes(start: start, count: field.trimmed.count))
    guard let geometry = reader.wholeGeometry() else { return (nil, ["bad-geometry"]) }
    guard !geometry.isEmpty else { return (nil, ["empty-geometry"]) }
    return (geometry, reader.oddRings + (reader.hasFurtherCoordinates ? ["z-dropped"] : []))
  }
}

extension Layer {
  /// The layer without the fields that a reader of tables would take for its coordinates.
  public var withoutCoordinateFields: Layer {
    let dropped: [Int] =
      switch GeometryColumns.recognised(in: fields).0 {
      case .xy(let x, let y): [x, y]
      case .wkt(let column): [column]
      case .none: []
      }
    let kept = fields.indices.filter { !dropped.contains($0) }
    var result = self
    result.fields = kept.map { fields[$0] }
    for index in features.indices { result.features[index].values = kept.map { features[index].values[$0] } }
    return result
  }
}

/// A coordinate as a table has it.
public enum CSVCoordinate: Sendable, Hashable {
  case number(Double)
  case missing
  case bad
}

/// The number that a field holds; spaces around it don't matter.
@inlinable
@inline(__always)
public func coordinate(_ field: CSVField) -> CSVCoordinate {
  if let number = parseNumber(at: field.start, style: .table), number.end == field.start + field.count,
    field.count > 0, number.value.isFinite
  {
    return .number(number.value)
  }
  return unusualCoordinate(field)
}

@usableFromInline
@inline(never)
func unusualCoordinate(_ field: CSVField) -> CSVCoordinate {
  let text = field.trimmed
  guard let start = text.baseAddress, text.count > 0 else { return .missing }
  let words: Set<String> = ["null", "nil", "na", "n/a", "none", "-", "\\n", "nan"]
  if words.contains(String(decoding: text, as: UTF8.self).lowercased()) { return .missing }
  return parseDouble(Bytes(start: start, count: text.count)).map { .number($0) } ?? .bad
}

extension CSVBlocks {
  /// The position of the column called exactly `name`, else of one that differs only in case or spaces.
  ///
  /// - Throws: `MapFileError` of kind `.missing`.
  public func position(of name: String) throws -> Int {
    if let position = header.firstIndex(of: name) { return position }
    let normalized = FieldMeaning.normalized(name)
    if let position = header.firstIndex(where: { FieldMeaning.normalized($0) == normalized }) {
      return position
    }
    throw MapFileError(
      .badData, file: self.name, place: "line 1", field: name, message: "there is no such column",
      remedy: "The columns are \(header.joined(separator: ", "))")
  }
}
