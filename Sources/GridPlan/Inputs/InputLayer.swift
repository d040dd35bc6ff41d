internal import Georeference
internal import MapFiles
internal import Planar

/// A layer of a scenario as read, in the working CRS, with the meaning of its fields.
struct InputLayer: Sendable {
  var kind: LayerKind
  var source: LayerSource
  /// Geometries in the working CRS.
  var layer: Layer
  /// The CRS that the coordinates came in, and how it is known.
  var crs: CRS
  var crsOrigin: CRSOrigin
  /// The position of the field of each role.
  var columns: [FieldRole: Int]
  /// Roles whose field was recognised by its name, for the report.
  var recognised: [FieldRole]
  var checksum: String

  enum CRSOrigin: String, Sendable {
    case scenario, file
    /// Degrees by their range; listed as a problem.
    case assumed
  }

  /// The text of a role's field; nil where there is no value.
  func text(_ role: FieldRole, of row: Int) -> String? {
    guard let column = columns[role], let text = layer.features[row].values[column].asText else { return nil }
    let trimmed = text.trimmingSpaces
    return trimmed.isEmpty ? nil : trimmed
  }

  /// The number in a role's field; nil where there is no value.
  ///
  /// - Throws: `MapFileError` for a value that is no number.
  func number(_ role: FieldRole, of row: Int) throws -> Double? {
    guard let column = columns[role] else { return nil }
    let value = layer.features[row].values[column]
    if let number = value.asNumber, number.isFinite { return number }
    guard let text = value.asText?.trimmingSpaces, !text.isEmpty else { return nil }
    if let number = Double(text), number.isFinite { return number }
    throw MapFileError(
      .badData, file: source.file, place: "feature \(name(of: row))", field: layer.fields[column],
      message: "expected a number", remedy: "Correct the value, or map another field to `\(role.rawValue)`")
  }

  /// The identifier of a row for messages and outputs: its id or code, else its position from 1.
  func name(of row: Int) -> String {
    text(.id, of: row) ?? text(.code, of: row) ?? layer.features[row].id.asText ?? String(row + 1)
  }

  var rows: Range<Int> { layer.features.indices }
}

extension String {
  var trimmingSpaces: String {
    var view = self[...]
    while view.first?.isWhitespace == true { view.removeFirst() }
    while view.last?.isWhitespace == true { view.removeLast() }
    return String(view)
  }
}
