/// How a table of text is written: UTF-8, commas, CRLF only where asked for.
public struct CSVStyle: Sendable, Hashable {
  /// Begin with a byte-order mark, without which Excel reads Chinese text in a local encoding.
  public var byteOrderMark: Bool
  /// Names of two columns, before the fields, for the coordinates of points; none where nil.
  public var coordinates: Coordinates?

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

  public init(byteOrderMark: Bool = false, coordinates: Coordinates? = nil) {
    self.byteOrderMark = byteOrderMark
    self.coordinates = coordinates
  }

  /// With columns of coordinates where the layer has points and no such fields yet.
  public init(for layer: Layer, decimals: Int = 7) {
    let hasPoints = layer.features.contains { !($0.geometry?.points ?? []).isEmpty }
    let hasFields = FieldMeaning.longitude.position(in: layer.fields) ?? FieldMeaning.x.position(in: layer.fields)
    let isProjected = (try? layer.crs?.described())?.isGeographic == false
    self.init(
      coordinates: hasPoints && hasFields == nil
        ? Coordinates(x: isProjected ? "x" : "lon", y: isProjected ? "y" : "lat", decimals: decimals) : nil)
  }
}

/// Writes a layer's fields, one row a feature, as a table of text (RFC 4180) that takes its place when
/// it is complete. Missing and null values are empty.
///
/// - Parameter path: the file; `-` for standard output.
/// - Throws: `MapFileError` of kind `.cannotWrite`.
public func writeCSV(_ layer: Layer, to path: String, style: CSVStyle = CSVStyle()) throws {
  try writeAtomically(to: path) { try $0.write(csv(layer, style)) }
}

/// As `writeCSV(_:to:style:)`, as one of several files that appear together.
public func writeCSV(_ layer: Layer, to path: String, in stage: StagedFiles, style: CSVStyle = CSVStyle()) throws {
  let file = try stage.open(path)
  try file.write(csv(layer, style))
  try file.close()
}

/// The text that `writeCSV` would write.
public func csvText(_ layer: Layer, style: CSVStyle = CSVStyle()) -> String {
  let block = csv(layer, style)
  return withExtendedLifetime(block) { String(decoding: block.buffer, as: UTF8.self) }
}

private func csv(_ layer: Layer, _ style: CSVStyle) -> ByteBlock {
  var writer = ByteWriter(capacity: 1 << 16)
  if style.byteOrderMark { writer.write("\u{FEFF}") }
  var cells = (style.coordinates.map { [$0.x, $0.y] } ?? []) + layer.fields
  if cells.isEmpty { cells = [""] }
  for (i, name) in cells.enumerated() {
    if i > 0 { writer.write(byte: UInt8(ascii: ",")) }
    writer.writeCSV(name)
  }
  writer.write(byte: UInt8(ascii: "\n"))
  for feature in layer.features { writer.writeCSV(feature, style, columns: layer.fields.count) }
  return writer.finish()
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

  fileprivate mutating func writeCSV(_ feature: Feature, _ style: CSVStyle, columns: Int) {
    var isFirst = true
    func separate(_ writer: inout ByteWriter) {
      if !isFirst { writer.write(byte: UInt8(ascii: ",")) }
      isFirst = false
    }
    if let coordinates = style.coordinates {
      let point = feature.geometry?.points.first
      for value in [point?.x, point?.y] {
        separate(&self)
        if let value { write(value, decimals: coordinates.decimals) }
      }
    }
    for value in feature.values.prefix(columns) {
      separate(&self)
      if let text = value.asText { writeCSV(text) }
    }
    for _ in min(feature.values.count, columns)..<columns { separate(&self) }
    write(byte: UInt8(ascii: "\n"))
  }

  private func needsQuotes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    if let first = bytes.first, first == 0x20 || bytes.last == 0x20 { return true }
    return bytes.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D }
  }
}
