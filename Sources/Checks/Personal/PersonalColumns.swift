public import MapFiles
public import PlanModel

/// What the rows of a layer stand for.
public enum LayerRole: Sendable, Hashable {
  /// Rows stand for places: communities, streets, buildings, grids, cameras.
  case places
  /// Rows stand for persons or households, or report what persons did: households, workers, events.
  case persons
}

/// A column that holds, or by its name claims to hold, personal data. It never holds a value.
public struct PersonalColumn: Sendable, Hashable {
  public enum Sign: Sendable, Hashable {
    /// The column's name says so.
    case name
    /// Values are identity numbers by their form, date and check character.
    case values
  }

  /// The column's name; `id` for the features' own identifier, `a.b` for a member of an object.
  public var field: String
  public var kind: PersonalKind
  public var sign: Sign
  /// Whether the layer is refused for it. Otherwise the word describes a place, and the column is
  /// dropped and listed.
  public var isRefused: Bool

  /// `column "姓名" holds names of persons (by its name)`; never a value.
  public func wording(_ language: Language = .english) -> String {
    let kind = kind.wording(language)
    let sign =
      switch sign {
      case .name: language("by its name", "据列名")
      case .values: language("by its values", "据值的格式")
      }
    return language("column \"\(field)\" holds \(kind) (\(sign))", "列“\(field)”含\(kind)（\(sign)）")
  }
}

/// The personal columns of `layer`, in the order of its fields.
///
/// By name: a vocabulary in Chinese (simplified and traditional, full and half width), English and
/// pinyin. By value: 18 characters with a valid date and check character (GB 11643, ISO 7064
/// MOD 11-2), anywhere; numbers of 11 and 15 digits only under a name that is personal already.
/// Members of objects, foreign members and the features' own ids are looked at too.
/// - Parameters:
///   - layer: what is looked through.
///   - role: what its rows are.
///   - mapped: fields that the scenario maps as codes or ids: short numbers in them are theirs.
/// O(features · fields).
public func personalColumns(in layer: Layer, role: LayerRole, mapped: Set<String> = []) -> [PersonalColumn] {
  var scanner = PersonalColumnScanner(fields: layer.fields, role: role, mapped: mapped)
  for feature in layer.features { scanner.observe(feature) }
  return scanner.personalColumns
}

/// Finds personal columns row by row, for readers that never hold a whole layer.
public struct PersonalColumnScanner: Sendable {
  private struct Column: Sendable {
    var field: String
    var terms: [PersonalTerm]
    var evidence = ValueEvidence()
  }

  private let role: LayerRole
  private let mapped: Set<String>
  private var columns: [Column]
  /// The features' ids, then members of objects and foreign members as they appear.
  private var extra: [Column] = []
  private var extraIndex: [String: Int] = [:]
  private let fieldCount: Int

  public init(fields: [String], role: LayerRole, mapped: Set<String> = []) {
    self.role = role
    self.mapped = mapped
    columns = fields.map { Column(field: $0, terms: Self.terms(of: $0, isMapped: mapped.contains($0))) }
    fieldCount = fields.count
  }

  /// Whether the value of the column at `index` matters only where it has 15 bytes or more: then
  /// a reader may pass over shorter ones.
  public func needsOnlyLongValues(at index: Int) -> Bool { columns[index].terms.isEmpty }

  /// Takes in one value of a column.
  public mutating func observe(_ value: FieldValue, at index: Int) {
    columns[index].evidence.observe(value, words: !columns[index].terms.isEmpty)
    if case .json(let text) = value {
      observe(members: text, prefix: columns[index].field + ".")
    }
  }

  /// Takes in a row with its own id and foreign members.
  public mutating func observe(_ feature: Feature) {
    for (index, value) in feature.values.prefix(fieldCount).enumerated() { observe(value, at: index) }
    if case .string = feature.id { observe(extra: "id", feature.id) }
    if case .integer = feature.id { observe(extra: "id", feature.id) }
    if let members = feature.foreignMembers { observe(members: "{\(members)}", prefix: "") }
  }

  private mutating func observe(extra field: String, _ value: FieldValue) {
    let index: Int
    if let known = extraIndex[field] {
      index = known
    } else {
      index = extra.count
      extraIndex[field] = index
      let name = field.split(separator: ".").last.map(String.init) ?? field
      extra.append(Column(field: field, terms: Self.terms(of: name, isMapped: false)))
    }
    extra[index].evidence.observe(value, words: !extra[index].terms.isEmpty)
  }

  private mutating func observe(members json: String, prefix: String) {
    forEachMember(of: json) { path, value in observe(extra: prefix + path, value) }
  }

  /// The terms that the name of a field meets, whatever its values.
  private static func terms(of field: String, isMapped: Bool) -> [PersonalTerm] {
    PersonalTerms.matching(ColumnName(field)).filter { !isMapped || $0.evidence != .identity }
  }

  /// The columns found so far, in the order of the fields.
  public var personalColumns: [PersonalColumn] { (columns + extra).compactMap(verdict) }

  private func verdict(on column: Column) -> PersonalColumn? {
    let evidence = column.evidence
    if evidence.holdsCitizenNumbers {
      return PersonalColumn(field: column.field, kind: .identityNumber, sign: .values, isRefused: true)
    }
    let found = column.terms.compactMap { term -> PersonalColumn? in
      guard term.isMet(by: evidence), let isRefused = term.isRefused(role, evidence) else { return nil }
      return PersonalColumn(field: column.field, kind: term.kind, sign: .name, isRefused: isRefused)
    }
    return found.first(where: \.isRefused) ?? found.first
  }
}

extension PersonalTerm {
  fileprivate func isMet(by values: ValueEvidence) -> Bool {
    switch evidence {
    case .none: true
    case .text: values.text > 0
    case .personNames: values.holdsPersonNames
    case .peoples: values.holdsPeoples
    case .identity: values.holdsIdentity
    }
  }

  /// Whether the column is refused or only dropped; nil where it may stay.
  fileprivate func isRefused(_ role: LayerRole, _ values: ValueEvidence) -> Bool? {
    guard role == .places else { return true }
    switch onPlaces {
    case .refuse: return true
    case .drop: return false
    case .ignore: return nil
    case .refuseMobile: return values.mobiles > 0
    }
  }
}
