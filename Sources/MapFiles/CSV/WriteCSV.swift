import Parallel
import Planar

/// How a table of text is written: UTF-8, commas, CRLF only where asked for.
public struct CSVStyle: Sendable, Hashable {
  /// Begin with a byte-order mark, without which Excel reads Chinese text in a local encoding.
  public var byteOrderMark: Bool
  /// Names of two columns, before the fields, for the coordinates of points; none where nil.
  public var coordinates: Coordinates?
  /// A column, before the fields, for geometries as well-known text; none where nil.
  public var wellKnownText: WellKnownText?

  public struct Coordinates: Sendable, Hashable {
    public var x: String
    public var y: String
    public var decimals: Int

    public init(x: String = "lon", y: String = "lat", decimals: Int = 7) {
      self.x = x
      self.y = y
      self.decimals = decimals
    }
  }

  public struct WellKnownText: Sendable, Hashable {
    public var column: String
    public var decimals: Int

    public init(column: String = "wkt", decimals: Int = 7) {
      self.column = column
      self.decimals = decimals
    }
  }

  public init(
    byteOrderMark: Bool = false, coordinates: Coordinates? = nil, wellKnownText: WellKnownText? = nil
  ) {
    self.byteOrderMark = byteOrderMark
    self.coordinates = coordinates
    self.wellKnownText = wellKnownText
  }

  /// With what a reader needs to find all geometries again: columns of coordinates where all are points
  /// and there are no such fields yet, well-known text where any is not.
  public init(for layer: Layer, byteOrderMark: Bool = false, decimals: Int = 7) {
    self.init(byteOrderMark: byteOrderMark)
    let geometries = layer.features.lazy.compactMap(\.geometry)
    if geometries.contains(where: { if case .point = $0 { false } else { true } }) {
      wellKnownText = WellKnownText(column: uniqueName("wkt", among: layer.fields), decimals: decimals)
    } else if geometries.first != nil,
      FieldMeaning.longitude.position(in: layer.fields) ?? FieldMeaning.x.position(in: layer.fields) == nil
    {
      let isProjected = (try? layer.crs?.described())?.isGeographic == false
      coordinates = Coordinates(x: isProjected ? "x" : "lon", y: isProjected ? "y" : "lat", decimals: decimals)
    }
  }
}

/// Writes a layer's fields, one row a feature, as a table of text (RFC 4180) that takes its place when
/// it is complete. Missing and null values are empty. Formatted on all cores, in pieces.
///
/// - Parameters:
///   - layer: what to write.
///   - path: the file; `-` for standard output.
///   - style: separator, byte-order mark and how geometry is written.
/// - Throws: `MapFileError` of kind `.cannotWrite`.
public func writeCSV(_ layer: Layer, to path: String, style: CSVStyle = CSVStyle()) throws {
  try writeAtomically(to: path) { try CSVWriter(layer: layer, style: style).write(to: $0) }
}

/// As `writeCSV(_:to:style:)`, as one of several files that appear together.
public func writeCSV(_ layer: Layer, to path: String, in stage: StagedFiles, style: CSVStyle = CSVStyle()) throws {
  let file = try stage.open(path)
  try CSVWriter(layer: layer, style: style).write(to: file)
  try file.close()
}

/// The text that `writeCSV` would write.
public func csvText(_ layer: Layer, style: CSVStyle = CSVStyle()) -> String {
  CSVWriter(layer: layer, style: style).text
}

private struct CSVWriter: Sendable {
  let layer: Layer
  let style: CSVStyle

  /// Rows of one chunk: some hundred kilobytes.
  private static let chunkSize = 4096
  private static let chunksAtOnce = 32

  func write(to file: OutputFile) throws {
    try file.write(header())
    let count = layer.features.count
    let step = Self.chunkSize * Self.chunksAtOnce
    for first in stride(from: 0, to: count, by: step) {
      for block in blocks(first..<min(first + step, count)) { try file.write(block) }
    }
  }

  var text: String {
    let blocks = [header()] + blocks(0..<layer.features.count)
    return blocks.map { block in String(decoding: block.buffer, as: UTF8.self) }.joined()
  }

  private func header() -> ByteBlock {
    var writer = ByteWriter()
    if style.byteOrderMark { writer.write("\u{FEFF}") }
    var cells = style.coordinates.map { [$0.x, $0.y] } ?? []
    cells += (style.wellKnownText.map { [$0.column] } ?? []) + layer.fields
    if cells.isEmpty { cells = [""] }
    for (i, name) in cells.enumerated() {
      if i > 0 { writer.write(byte: UInt8(ascii: ",")) }
      writer.writeCSV(name)
    }
    writer.write(byte: UInt8(ascii: "\n"))
    return writer.finish()
  }

  private func blocks(_ range: Range<Int>) -> [ByteBlock] {
    let parts = (range.count + Self.chunkSize - 1) / Self.chunkSize
    return parallelMap(count: parts) { part in
      let first = range.lowerBound + part * Self.chunkSize
      var writer = ByteWriter(capacity: 1 << 18)
      for index in first..<min(first + Self.chunkSize, range.upperBound) {
        writer.writeCSV(layer.features[index], style, columns: layer.fields.count)
      }
      return writer.finish()
    }
  }
}

extension ByteWriter {
  /// A field, in quotes where it holds a comma, a quote or a newline, or has spaces around it.
  public mutating func writeCSV(_ text: String) {
    var text = text
    text.withUTF8 { writeCSV($0) }
  }

  public mutating func writeCSV(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard needsQuotes(bytes) else {
      write(bytes)
      return
    }
    write(byte: UInt8(ascii: "\""))
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { write(byte: byte) }
      write(byte: byte)
    }
    write(byte: UInt8(ascii: "\""))
  }

  /// A field of another table, as text of this one.
  @inline(__always)
  public mutating func writeCSV(_ field: CSVField, hasComma: Bool) {
    if field.isQuoted {
      write(byte: UInt8(ascii: "\""))
      write(field.bytes)
      write(byte: UInt8(ascii: "\""))
    } else if hasComma {
      writeCSV(field.bytes)
    } else {
      write(field.bytes)
    }
  }

  /// Every cell is followed by a comma, and the last comma becomes the end of the line.
  fileprivate mutating func writeCSV(_ feature: Feature, _ style: CSVStyle, columns: Int) {
    let start = count
    if let coordinates = style.coordinates {
      var point: Point?
      if case .point(let found) = feature.geometry { point = found }
      for value in [point?.x, point?.y] {
        if let value { write(value, decimals: coordinates.decimals) }
        write(byte: UInt8(ascii: ","))
      }
    }
    if let text = style.wellKnownText {
      if let geometry = feature.geometry { writeQuotedText(geometry, decimals: text.decimals) }
      write(byte: UInt8(ascii: ","))
    }
    for column in 0..<columns {
      if column < feature.values.count { writeCSV(feature.values[column]) }
      write(byte: UInt8(ascii: ","))
    }
    if count > start { removeLast(1) }
    // A line without anything would be passed over.
    if count == start { write("\"\"") }
    write(byte: UInt8(ascii: "\n"))
  }

  /// The value; an empty text in quotes, since nothing stands for no value.
  private mutating func writeCSV(_ value: FieldValue) {
    switch value {
    case .missing, .null: break
    case .integer(let value): write(value)
    case .string(""): write("\"\"")
    case .string(let text), .json(let text): writeCSV(text)
    case .bool, .number: if let text = value.asText { writeCSV(text) }
    }
  }

  private func needsQuotes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    if let first = bytes.first, first == 0x20 || bytes.last == 0x20 { return true }
    return bytes.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D }
  }
}
