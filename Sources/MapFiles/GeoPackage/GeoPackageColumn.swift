import GRDBSQLite

/// Columns in which gridplan keeps what GeoJSON has and GeoPackage does not.
enum SpecialColumn: String {
  /// Identifiers of features that are text.
  case identifier = "geojson_id"
  /// Foreign members of features, as JSON text `"k":v,…`.
  case foreignMembers = "geojson_members"
}

/// Descriptions in `gpkg_data_columns` by which values come back as they were.
enum ColumnHint {
  static let json = "application/json"
  /// NULL stands for a member that is not there, rather than for null.
  static let absent = "NULL where the member is absent"
  /// Whole numbers were written without a decimal point, others with.
  static let whole = "whole numbers are integers"
}

/// A column of a layer's table.
struct GeoPackageColumn {
  var name: String
  /// The declared type in capitals, such as `TEXT(20)`.
  var type: String
  private let isJSON: Bool
  private let isAbsentWhereNull: Bool
  private let mixesIntegers: Bool

  init(name: String, type: String, hint: (description: String, mediaType: String)?) {
    self.name = name
    self.type = type.uppercased()
    isJSON = hint?.mediaType == ColumnHint.json
    isAbsentWhereNull = hint?.description.contains(ColumnHint.absent) ?? false
    mixesIntegers = hint?.description.contains(ColumnHint.whole) ?? false
  }

  var isBlob: Bool { type.hasPrefix("BLOB") }

  /// What reads the column's values where it is the `index`th of a query.
  func reader(of index: Int32) -> ColumnReader {
    ColumnReader(
      index: index, isBoolean: type == "BOOLEAN", isJSON: isJSON, isAbsentWhereNull: isAbsentWhereNull,
      mixesIntegers: mixesIntegers)
  }
}

/// Reads the values of one column of a query.
struct ColumnReader: Sendable {
  let index: Int32
  let isBoolean: Bool
  let isJSON: Bool
  let isAbsentWhereNull: Bool
  let mixesIntegers: Bool

  func value(_ row: StatementRow) -> FieldValue {
    switch row.type(index) {
    case SQLITE_NULL: return isAbsentWhereNull ? .missing : .null
    case SQLITE_INTEGER:
      let value = row.integer(index)
      return isBoolean && (value == 0 || value == 1) ? .bool(value == 1) : .integer(value)
    case SQLITE_FLOAT: return number(row.number(index))
    case SQLITE_BLOB: return .null
    default: return isJSON ? .json(row.text(index)) : .string(row.text(index))
    }
  }

  private func number(_ value: Double) -> FieldValue {
    mixesIntegers && value == value.rounded() && value.magnitude < 0x1p53 ? .integer(Int(value)) : .number(value)
  }
}
