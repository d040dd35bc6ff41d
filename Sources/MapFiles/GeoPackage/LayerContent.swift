import Parallel
import Planar

/// What a layer holds, as far as its table depends on it; found in one pass on all cores.
struct LayerContent: Sendable {
  /// The kinds of values in each field.
  private(set) var kinds: [ValueKinds]
  private(set) var hasTextIDs = false
  private(set) var hasOtherIDs = false
  private(set) var hasForeignMembers = false
  /// Whether all features have whole numbers as ids, each of them once.
  private(set) var hasIntegerIDs = false
  private(set) var geometryTypes: Set<String> = []
  /// The boxes of the geometries that are there and not empty, in order of the features.
  private(set) var boxes: [(feature: Int, box: Box)] = []
  private(set) var box = Box.empty

  init(_ layer: Layer) {
    let parts = chunks(of: layer.features.count, parts: max(1, layer.features.count / 16_384))
    let found = parallelMap(count: layer.features.isEmpty ? 0 : parts.count) { LayerContent(layer, parts[$0]) }
    kinds = Array(repeating: [], count: layer.fields.count)
    boxes.reserveCapacity(found.reduce(0) { $0 + $1.boxes.count })
    for part in found { merge(part) }
    hasIntegerIDs = !hasTextIDs && Self.haveIntegerIDs(layer.features)
  }

  private init(_ layer: Layer, _ range: Range<Int>) {
    kinds = Array(repeating: [], count: layer.fields.count)
    for index in range { add(layer.features[index], index) }
  }

  private mutating func add(_ feature: Feature, _ index: Int) {
    for column in kinds.indices { kinds[column].insert(ValueKinds(of: feature.values[column])) }
    if feature.id.isText { hasTextIDs = true } else if !feature.id.isNothing { hasOtherIDs = true }
    if feature.foreignMembers != nil { hasForeignMembers = true }
    guard let geometry = feature.geometry else { return }
    geometryTypes.insert(geometry.typeName.uppercased())
    guard !geometry.isEmpty else { return }
    let bounds = geometry.box
    boxes.append((index, bounds))
    box.formUnion(bounds)
  }

  private mutating func merge(_ part: LayerContent) {
    for (column, more) in part.kinds.enumerated() { kinds[column].formUnion(more) }
    hasTextIDs = hasTextIDs || part.hasTextIDs
    hasOtherIDs = hasOtherIDs || part.hasOtherIDs
    hasForeignMembers = hasForeignMembers || part.hasForeignMembers
    geometryTypes.formUnion(part.geometryTypes)
    boxes += part.boxes
    box.formUnion(part.box)
  }

  private static func haveIntegerIDs(_ features: [Feature]) -> Bool {
    var last = Int.min
    for feature in features {
      guard case .integer(let id) = feature.id, id > last else { return haveUniqueIDs(features) }
      last = id
    }
    return !features.isEmpty
  }

  /// As `haveIntegerIDs`, for ids that don't increase.
  private static func haveUniqueIDs(_ features: [Feature]) -> Bool {
    var seen = Set<Int>(minimumCapacity: features.count)
    return features.allSatisfy { if case .integer(let id) = $0.id { seen.insert(id).inserted } else { false } }
  }
}

/// Kinds of values in a field.
struct ValueKinds: OptionSet, Sendable {
  var rawValue: UInt8

  static let boolean = ValueKinds(rawValue: 1)
  static let integer = ValueKinds(rawValue: 2)
  static let number = ValueKinds(rawValue: 4)
  static let text = ValueKinds(rawValue: 8)
  static let json = ValueKinds(rawValue: 16)
  static let null = ValueKinds(rawValue: 32)
  static let missing = ValueKinds(rawValue: 64)
  /// A whole number that a double cannot hold exactly.
  static let longInteger = ValueKinds(rawValue: 128)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init(of value: FieldValue) {
    switch value {
    case .missing: self = .missing
    case .null: self = .null
    case .bool: self = .boolean
    case .integer(let value): self = value.magnitude > 1 << 53 ? [.integer, .longInteger] : .integer
    case .number: self = .number
    case .string: self = .text
    case .json: self = .json
    }
  }

  /// Whether only text can hold all values.
  var isMixed: Bool {
    let groups: [ValueKinds] = [.boolean, [.integer, .number], .text, .json]
    return groups.filter { !isDisjoint(with: $0) }.count > 1 || isSuperset(of: [.number, .longInteger])
  }

  /// The type of the column.
  var column: TablePlan.Kind {
    if isMixed || contains(.text) { return .text }
    if contains(.boolean) { return .boolean }
    if contains(.json) { return .json }
    if isSuperset(of: [.integer, .number]) { return .real }
    return contains(.integer) ? .integer : contains(.number) ? .double : .text
  }

  /// What must be remembered of the column, so that values come back as they were.
  func hint(for name: String) -> TablePlan.Hint? {
    let descriptions =
      (contains(.missing) && !contains(.null) ? [ColumnHint.absent] : []) + (column == .real ? [ColumnHint.whole] : [])
    guard column == .json || !descriptions.isEmpty else { return nil }
    return TablePlan.Hint(
      column: name, description: descriptions.isEmpty ? nil : descriptions.joined(separator: "; "),
      mediaType: column == .json ? ColumnHint.json : nil)
  }
}
