import Planar

/// How a layer becomes a table: names and types of its columns.
struct TablePlan {
  enum Kind {
    case boolean, integer, double, real, text, json
  }

  struct Field {
    var name: String
    var kind: Kind
  }

  struct Hint {
    var column: String
    var description: String?
    var mediaType: String?
  }

  let table: String
  let isSpatial: Bool
  private(set) var keyColumn = "fid"
  private(set) var geometryColumn = "geom"
  private(set) var fields: [Field] = []
  private(set) var hints: [Hint] = []
  private(set) var notes: [ReadNote] = []
  /// Whether integer ids become the key, because all features have one and all are different.
  private let hasIntegerIDs: Bool
  let hasTextIDs: Bool
  let hasForeignMembers: Bool
  private let types: GeometryTypes

  init(_ table: String, _ layer: Layer, _ content: LayerContent) {
    self.table = table
    isSpatial = layer.crs != nil || !content.geometryTypes.isEmpty
    hasIntegerIDs = content.hasIntegerIDs
    hasTextIDs = content.hasTextIDs
    hasForeignMembers = content.hasForeignMembers
    types = GeometryTypes(names: content.geometryTypes)
    keyColumn = hasIntegerIDs && !layer.hasRowNumbers ? "id" : "fid"
    nameColumns(layer, content)
    if hasTextIDs && content.hasOtherIDs { note("mixed-types", "identifiers are text and numbers: all became text") }
  }

  private mutating func nameColumns(_ layer: Layer, _ content: LayerContent) {
    keyColumn = uniqueName(keyColumn, among: layer.fields)
    geometryColumn = uniqueName(geometryColumn, among: layer.fields)
    var names: [String] = []
    for (index, field) in layer.fields.enumerated() {
      let name = uniqueName(field.isEmpty ? "field" : field, among: names)
      names.append(name)
      if name != field { note("renamed-field", "the field \"\(field)\" became the column \"\(name)\"") }
      let kinds = content.kinds[index]
      fields.append(Field(name: name, kind: kinds.column))
      if kinds.isMixed { note("mixed-types", "the field \"\(field)\" mixes types: all became text") }
      if let hint = kinds.hint(for: name) { hints.append(hint) }
    }
  }

  private mutating func note(_ rule: String, _ message: String) {
    notes.append(ReadNote(rule: rule, message: "\(table): \(message)"))
  }

  func key(_ feature: Feature, _ index: Int) -> Int {
    if hasIntegerIDs, case .integer(let id) = feature.id { return id }
    return index + 1
  }

  private var columns: [(name: String, type: String)] {
    var columns = [(keyColumn, "INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL")]
    if isSpatial { columns.append((geometryColumn, types.name)) }
    columns += fields.map { ($0.name, $0.kind.sqlType) }
    if hasTextIDs { columns.append((SpecialColumn.identifier.rawValue, "TEXT")) }
    if hasForeignMembers { columns.append((SpecialColumn.foreignMembers.rawValue, "TEXT")) }
    return columns
  }

  var creation: String {
    let list = columns.map { "\(quoted($0.name)) \($0.type)" }.joined(separator: ", ")
    return "CREATE TABLE \(quoted(table)) (\(list))"
  }

  var columnCount: Int { columns.count }

  var mixesSingleAndMulti: Bool { types.mixesSingleAndMulti }

  func geometryType(promotes: Bool) -> String {
    promotes && mixesSingleAndMulti ? types.promotedName : types.name
  }
}

extension TablePlan.Kind {
  fileprivate var sqlType: String {
    switch self {
    case .boolean: "BOOLEAN"
    case .integer: "INTEGER"
    case .double, .real: "DOUBLE"
    case .text, .json: "TEXT"
    }
  }
}

/// The geometry types in a layer, by their names in SQL.
private struct GeometryTypes {
  let names: Set<String>

  /// The one type, or the type of all.
  var name: String { names.count == 1 ? names.first! : "GEOMETRY" }

  var mixesSingleAndMulti: Bool {
    names.count == 2 && ["POLYGON", "LINESTRING", "POINT"].contains { names == [$0, "MULTI" + $0] }
  }

  var promotedName: String { names.first { $0.hasPrefix("MULTI") } ?? name }
}

extension RowInsertion {
  /// Adds a value to a column of the given kind; what does not fit becomes text.
  mutating func add(_ value: FieldValue, as kind: TablePlan.Kind) {
    switch (value, kind) {
    case (.missing, _), (.null, _): addNull()
    case (.bool(let value), .boolean): add(value ? 1 : 0)
    case (.integer(let value), .integer): add(value)
    case (.integer(let value), _) where kind != .text: add(Double(value))
    case (.number(let value), .double), (.number(let value), .real): add(value)
    default: if let text = value.asText { add(text) } else { addNull() }
    }
  }
}
