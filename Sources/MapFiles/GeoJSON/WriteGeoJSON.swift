import Georeference
import Parallel
import Planar

/// How GeoJSON is written.
public struct GeoJSONStyle: Sendable {
  public enum Listing: Sendable {
    /// One feature collection, a feature a line.
    case collection
    /// A feature a line, nothing around them (newline-delimited GeoJSON).
    case lines
    /// A feature after each record separator (RFC 8142).
    case recordSeparated
  }

  public var listing: Listing
  /// Decimals of coordinates, at most; trailing zeros are left out. Seven are a centimetre (RFC 7946, 11.2).
  public var decimals: Int

  public init(listing: Listing = .collection, decimals: Int = 7) {
    self.listing = listing
    self.decimals = max(0, min(decimals, 15))
  }

  /// The listing that a file's extension asks for.
  public init(forFile path: String, decimals: Int = 7) {
    let name = path.lowercased()
    let isLines = [".geojsonl", ".ndjson", ".jsonl", ".ndgeojson"].contains { name.hasSuffix($0) }
    self.init(
      listing: isLines ? .lines : name.hasSuffix(".geojsons") ? .recordSeparated : .collection,
      decimals: decimals)
  }
}

/// Writes a layer as GeoJSON by RFC 7946: longitude before latitude, exterior rings counter-clockwise,
/// no `crs` member. The file takes its place only when it is complete.
///
/// Coordinates are written as they are: a layer in a projected CRS is refused, transform it first.
/// Formatted on all cores; about linear in the number of vertices.
/// - Parameters:
///   - layer: in longitude and latitude.
///   - path: the file; `-` for standard output.
///   - style: decimals and layout; what suits the layer where nil.
/// - Throws: `MapFileError` of kind `.cannotWrite`, or `.badData` for coordinates that are no degrees.
public func writeGeoJSON(_ layer: Layer, to path: String, style: GeoJSONStyle? = nil) throws {
  try requireDegrees(layer, path)
  try writeAtomically(to: path) { file in
    try GeoJSONWriter(layer, style ?? GeoJSONStyle(forFile: path)).write(to: file)
  }
}

/// As `writeGeoJSON(_:to:style:)`, as one of several files that appear together.
public func writeGeoJSON(
  _ layer: Layer, to path: String, in stage: StagedFiles, style: GeoJSONStyle? = nil
) throws {
  try requireDegrees(layer, path)
  let file = try stage.open(path)
  try GeoJSONWriter(layer, style ?? GeoJSONStyle(forFile: path)).write(to: file)
  try file.close()
}

/// The text that `writeGeoJSON` would write.
public func geoJSONText(_ layer: Layer, style: GeoJSONStyle = GeoJSONStyle()) -> String {
  GeoJSONWriter(layer, style).text
}

private func requireDegrees(_ layer: Layer, _ path: String) throws {
  guard let crs = layer.crs, crs != .crs84, crs != .cgcs2000, !crs.isObfuscated else { return }
  guard let description = try? crs.described(), !description.isGeographic else { return }
  throw MapFileError(
    .badData, file: path,
    message: "GeoJSON has longitude and latitude only (RFC 7946, 4), and the layer is in \(crs)",
    remedy: "Convert to OGC:CRS84, or write a GeoPackage")
}

private struct GeoJSONWriter: Sendable {
  private let layer: Layer
  private let style: GeoJSONStyle
  /// The names of the fields as JSON, each with its colon.
  private let keys: [String]

  /// Features of one chunk: some hundred kilobytes.
  private static let chunkSize = 512
  private static let chunksAtOnce = 32

  init(_ layer: Layer, _ style: GeoJSONStyle) {
    self.layer = layer
    self.style = style
    keys = layer.fields.map { name in
      var writer = ByteWriter()
      writer.writeJSON(name)
      return writer.text + ":"
    }
  }

  func write(to file: OutputFile) throws {
    try file.write(head)
    let count = layer.features.count
    let step = Self.chunkSize * Self.chunksAtOnce
    for first in stride(from: 0, to: count, by: step) {
      for block in blocks(first..<min(first + step, count)) { try file.write(block) }
    }
    try file.write(tail)
  }

  var text: String {
    let blocks = blocks(0..<layer.features.count).map { String(decoding: $0.buffer, as: UTF8.self) }
    return head + blocks.joined() + tail
  }

  private var head: String {
    guard style.listing == .collection else { return "" }
    var writer = ByteWriter()
    writer.write("{\"type\":\"FeatureCollection\"")
    if !layer.name.isEmpty {
      writer.write(",\"name\":")
      writer.writeJSON(layer.name)
    }
    if let foreign = layer.foreignMembers { writer.write("," + foreign) }
    writer.write(",\"features\":[\n")
    return writer.text
  }

  private var tail: String { style.listing == .collection ? "]}\n" : "" }

  private func blocks(_ range: Range<Int>) -> [ByteBlock] {
    let parts = (range.count + Self.chunkSize - 1) / Self.chunkSize
    return parallelMap(count: parts) { part in
      let first = range.lowerBound + part * Self.chunkSize
      var writer = ByteWriter(capacity: 1 << 18)
      for index in first..<min(first + Self.chunkSize, range.upperBound) { line(index, &writer) }
      return writer.finish()
    }
  }

  private func line(_ index: Int, _ writer: inout ByteWriter) {
    if style.listing == .recordSeparated { writer.write(byte: recordSeparator) }
    let feature = layer.features[index]
    writer.write("{\"type\":\"Feature\"")
    if !feature.id.isNothing && !(layer.hasRowNumbers && feature.id == .integer(index + 1)) {
      writer.write(",\"id\":")
      writer.writeJSON(feature.id)
    }
    writer.write(",\"properties\":")
    properties(feature.values, &writer)
    writer.write(",\"geometry\":")
    if let geometry = feature.geometry {
      writer.writeGeoJSON(geometry, decimals: style.decimals)
    } else {
      writer.write("null")
    }
    if let foreign = feature.foreignMembers {
      writer.write(byte: comma)
      writer.write(foreign)
    }
    let isLast = index == layer.features.count - 1
    writer.write(style.listing == .collection && !isLast ? "},\n" : "}\n")
  }

  private func properties(_ values: [FieldValue], _ writer: inout ByteWriter) {
    writer.write(byte: openBrace)
    var isFirst = true
    for (key, value) in zip(keys, values) where value != .missing {
      if !isFirst { writer.write(byte: comma) }
      isFirst = false
      writer.write(key)
      writer.writeJSON(value)
    }
    writer.write(byte: closeBrace)
  }
}

extension FieldValue {
  /// Whether it is missing or null.
  var isNothing: Bool { self == .missing || self == .null }
}

extension ByteWriter {
  /// The value in JSON; `null` for a missing one.
  mutating func writeJSON(_ value: FieldValue) {
    switch value {
    case .missing, .null: write("null")
    case .bool(let value): write(value ? "true" : "false")
    case .integer(let value): write(value)
    case .number(let value): writeJSON(value)
    case .string(let text): writeJSON(text)
    case .json(let text): write(text)
    }
  }
}
