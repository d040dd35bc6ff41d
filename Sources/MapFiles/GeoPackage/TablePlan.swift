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

  init(_ table: String, _ layer: Layer, isSpatial: Bool) {
    self.table = table
    self.isSpatial = isSpatial
    hasIntegerIDs = Self.haveIntegerIDs(layer.features)
    hasTextIDs = layer.features.contains { $0.id.isText }
    hasForeignMembers = layer.features.contains { $0.foreignMembers != nil }
    types = GeometryTypes(layer)
    keyColumn = hasIntegerIDs && !layer.hasRowNumbers ? "id" : "fid"
    nameColumns(layer)
    if hasTextIDs, layer.features.contains(where: { !$0.id.isText && !$0.id.isNothing }) {
      note("mixed-types", "identifiers are text and numbers: all became text")
    }
  }

  private static func haveIntegerIDs(_ features: [Feature]) -> Bool {
    var seen = Set<Int>(minimumCapacity: features.count)
    return !features.isEmpty
      && features.allSatisfy { if case .integer(let id) = $0.id { seen.insert(id).inserted } else { false } }
  }

  private mutating func nameColumns(_ layer: Layer) {
    keyColumn = uniqueName(keyColumn, among: layer.fields)
    geometryColumn = uniqueName(geometryColumn, among: layer.fields)
    var names: [String] = []
    for (index, field) in layer.fields.enumerated() {
      let name = uniqueName(field.isEmpty ? "field" : field, among: names)
      names.append(name)
      if name != field { note("renamed-field", "the field \"\(field)\" became the column \"\(name)\"") }
      let content = ColumnContent(layer.features, index)
      fields.append(Field(name: name, kind: content.kind))
      if content.isMixed { note("mixed-types", "the field \"\(field)\" mixes types: all became text") }
      if let hint = content.hint(for: name) { hints.append(hint) }
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

  var insertion: String {
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    return "INSERT INTO \(quoted(table)) VALUES (\(marks))"
  }

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

/// What kinds of values a column holds.
private struct ColumnContent {
  private var booleans = false
  private var integers = false
  private var numbers = false
  private var texts = false
  private var json = false
  private var nulls = false
  private var missing = false
  private var hasLongIntegers = false

  init(_ features: [Feature], _ column: Int) {
    for feature in features {
      switch feature.values[column] {
      case .missing: missing = true
      case .null: nulls = true
      case .bool: booleans = true
      case .integer(let value):
        integers = true
        if value.magnitude > 1 << 53 { hasLongIntegers = true }
      case .number: numbers = true
      case .string: texts = true
      case .json: json = true
      }
    }
  }

  var isAbsentWhereNull: Bool { missing && !nulls }

  var isMixed: Bool {
    let kinds = [booleans, integers || numbers, texts, json].filter { $0 }.count
    return kinds > 1 || integers && numbers && hasLongIntegers
  }

  func hint(for column: String) -> TablePlan.Hint? {
    let descriptions = (isAbsentWhereNull ? [ColumnHint.absent] : []) + (kind == .real ? [ColumnHint.whole] : [])
    guard kind == .json || !descriptions.isEmpty else { return nil }
    return TablePlan.Hint(
      column: column, description: descriptions.isEmpty ? nil : descriptions.joined(separator: "; "),
      mediaType: kind == .json ? ColumnHint.json : nil)
  }

  var kind: TablePlan.Kind {
    if isMixed || texts { return .text }
    if booleans { return .boolean }
    if json { return .json }
    if integers && numbers { return .real }
    return integers ? .integer : numbers ? .double : .text
  }
}

/// The geometry types in a layer, by their names in SQL.
private struct GeometryTypes {
  private var names: Set<String> = []

  init(_ layer: Layer) {
    for feature in layer.features {
      if let geometry = feature.geometry { names.insert(geometry.typeName.uppercased()) }
    }
  }

  /// The one type, or the type of all.
  var name: String { names.count == 1 ? names.first! : "GEOMETRY" }

  var mixesSingleAndMulti: Bool {
    names.count == 2 && ["POLYGON", "LINESTRING", "POINT"].contains { names == [$0, "MULTI" + $0] }
  }

  var promotedName: String { names.first { $0.hasPrefix("MULTI") } ?? name }
}

extension RepeatedStatement {
  /// Binds a value to a column of the given kind; what does not fit becomes text.
  func bind(_ value: FieldValue, as kind: TablePlan.Kind, at column: Int32) {
    switch (value, kind) {
    case (.missing, _), (.null, _): bindNull(at: column)
    case (.bool(let value), .boolean): bind(value ? 1 : 0, at: column)
    case (.integer(let value), .integer): bind(value, at: column)
    case (.integer(let value), _) where kind != .text: bind(Double(value), at: column)
    case (.number(let value), .double), (.number(let value), .real): bind(value, at: column)
    default: if let text = value.asText { bind(text, at: column) } else { bindNull(at: column) }
    }
  }
}
