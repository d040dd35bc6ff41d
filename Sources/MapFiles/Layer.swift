public import Georeference
public import Planar

/// A layer as GIS tools know it: a table of features that share fields and a reference system.
public struct Layer: Sendable, Hashable {
  /// The layer's name in its file; the file's name without extension where the format has none.
  public var name: String
  /// The file it was read from, as the user wrote it; `-` for standard input.
  public var file: String
  /// The reference system of the coordinates, or nil where the file does not say.
  public var crs: CRS?
  /// Names of the fields in order of first appearance.
  public var fields: [String]
  public var features: [Feature]
  /// What the reader repaired, dropped or found odd.
  public var notes: [ReadNote]
  /// Members of the collection beside those of RFC 7946, as JSON text `"k":v,…`.
  public var foreignMembers: String?
  /// Whether the features' ids only count the rows of a table, and identify nothing elsewhere.
  public var hasRowNumbers: Bool

  public init(
    name: String, file: String = "", crs: CRS? = nil, fields: [String] = [], features: [Feature] = [],
    notes: [ReadNote] = [], foreignMembers: String? = nil, hasRowNumbers: Bool = false
  ) {
    self.name = name
    self.file = file
    self.crs = crs
    self.fields = fields
    self.features = features
    self.notes = notes
    self.foreignMembers = foreignMembers
    self.hasRowNumbers = hasRowNumbers
  }

  /// The position of the field called exactly `name`.
  public func index(of name: String) -> Int? { fields.firstIndex(of: name) }
}

/// One row of a layer: a geometry and a value for each of the layer's fields.
public struct Feature: Sendable, Hashable {
  /// The feature's own identifier (GeoJSON `id`, GeoPackage `fid`); `.missing` where it has none.
  public var id: FieldValue
  public var geometry: Geometry?
  /// As many values as the layer has fields.
  public var values: [FieldValue]
  /// Members beside `type`, `id`, `geometry`, `properties` (RFC 7946, 6.1), as JSON text `"k":v,…`.
  public var foreignMembers: String?

  public init(
    id: FieldValue = .missing, geometry: Geometry?, values: [FieldValue] = [], foreignMembers: String? = nil
  ) {
    self.id = id
    self.geometry = geometry
    self.values = values
    self.foreignMembers = foreignMembers
  }
}

/// The value of a field.
public enum FieldValue: Sendable, Hashable {
  /// The feature has no such member (other features of the layer do).
  case missing
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  /// An array or object, as compact JSON text.
  case json(String)

  /// The value as a number; text is read as one where it is one in full.
  public var asNumber: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .string(let text): Double(text)
    default: nil
    }
  }

  /// The value as text; a whole number has no decimal point. Nil where there is no value.
  public var asText: String? {
    switch self {
    case .missing, .null: nil
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value):
      value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    case .string(let text), .json(let text): text
    }
  }
}

/// Something that a reader noticed and dealt with; never silent.
public struct ReadNote: Sendable, Hashable {
  /// A short rule name, such as `null-geometry`, `z-dropped`, `old-crs-member`.
  public var rule: String
  /// Position of the feature in the layer, from 0; nil for the whole file.
  public var feature: Int?
  public var message: String

  public init(rule: String, feature: Int? = nil, message: String) {
    self.rule = rule
    self.feature = feature
    self.message = message
  }
}
