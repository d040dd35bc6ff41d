import Foundation
internal import MapFiles
internal import PlanModel
internal import Reconcile

/// A table of households that a layer's rows are joined to, by identifier or by address.
struct HouseholdTable {
  private let table: Layer
  private let spec: JoinedCounts
  /// Key (identifier or address) and households of each row that has both.
  private var entries: [(key: String, households: Double)] = []

  /// - Throws: `MapFileError` for a field that is not there, or a count that is no number.
  init(_ table: Layer, _ spec: JoinedCounts) throws {
    self.table = table
    self.spec = spec
    let (key, households) = (try column(spec.address ?? spec.id ?? "id"), try column(spec.households))
    for (row, feature) in table.features.enumerated() {
      let key = feature.values[key].asText?.trimmingSpaces ?? ""
      // Without an address a household is lost; without an id a row is a sum or a remark.
      guard !key.isEmpty || spec.address != nil else { continue }
      guard let value = feature.values[households].asNumber, value.isFinite else {
        if feature.values[households].asText?.trimmingSpaces.isEmpty ?? true { continue }
        throw MapFileError(
          .badData, file: spec.file, place: "row \(row + 1)", field: spec.households, message: "expected a number",
          remedy: "Correct the value")
      }
      entries.append((key, value))
    }
  }

  private func column(_ name: String) throws -> Int {
    if let index = table.index(of: name) { return index }
    throw MapFileError.noField(name, of: table, file: spec.file)
  }

  struct Joined {
    var byRow: [Int: Double] = [:]
    var unmatched: [UnmatchedCount] = []
    var match: AddressMatch?
  }

  func joined(to layer: InputLayer) throws -> Joined {
    spec.address == nil ? joinedByID(to: layer) : try joinedByAddress(to: layer)
  }

  /// Households of an id that stands in several rows of the table add up. Rows of the layer that share an id share
  /// one count: the first of them has it, so that nobody is counted twice.
  private func joinedByID(to layer: InputLayer) -> Joined {
    var sums: [String: Double] = [:]
    for entry in entries { sums[entry.key, default: 0] += entry.households }
    var result = Joined()
    for row in layer.rows {
      let id = layer.name(of: row)
      if let sum = sums.removeValue(forKey: id) { result.byRow[row] = sum }
    }
    result.unmatched = sums.filter { $0.value > 0 }.sorted { $0.key < $1.key }
      .map { UnmatchedCount(key: $0.key, households: $0.value, reason: .none) }
    return result
  }

  // MARK: Addresses

  private func joinedByAddress(to layer: InputLayer) throws -> Joined {
    let places = try addresses(of: layer)
    let folding = TextFolding(for: places.compactMap { $0 } + entries.map(\.key))
    func address(_ text: String?) -> PlaceAddress? { text.map { PlaceAddress($0, folding) }.flatMap { $0.isEmpty ? nil : $0 } }
    let answers = AddressJoin(places.map(address)).answers(for: entries.map { address($0.key) })
    var result = Joined()
    var match = AddressMatch(file: spec.file)
    var left: [UnmatchedCount: Double] = [:]
    for (entry, answer) in zip(entries, answers) {
      match.add(entry.households, answer)
      if case .place(let row, _) = answer {
        result.byRow[row, default: 0] += entry.households
      } else {
        left[UnmatchedCount(key: entry.key, households: 0, reason: answer), default: 0] += entry.households
      }
    }
    result.match = match
    result.unmatched = left.filter { $0.value > 0 }.sorted { $0.key.key < $1.key.key }
      .map { UnmatchedCount(key: $0.key.key, households: $0.value, reason: $0.key.reason) }
    return result
  }

  /// The address of each row of the layer: its field of addresses, else its name.
  private func addresses(of layer: InputLayer) throws -> [String?] {
    guard layer.columns[.address] != nil || layer.columns[.name] != nil else {
      throw MapFileError(
        .missing, file: layer.source.file, field: "address", message: "no field holds the addresses that counts are joined by",
        remedy: "Name it with `address`; fields: " + layer.layer.fields.joined(separator: ", "))
    }
    return layer.rows.map { layer.text(.address, of: $0) ?? layer.text(.name, of: $0) }
  }
}

/// Households of a table that no row of a layer takes, and why.
struct UnmatchedCount: Hashable, Sendable {
  /// The identifier or address as the table has it.
  var key: String
  var households: Double
  var reason: AddressJoin.Answer
}

/// How well a table of addresses fits a layer.
struct AddressMatch: Sendable {
  var file: String
  /// Rows of the table, and those that found their place; of these, by an address that is the same in full.
  var rows = 0
  var matched = 0
  var whole = 0
  var households = 0.0
  var matchedHouseholds = 0.0

  fileprivate mutating func add(_ count: Double, _ answer: AddressJoin.Answer) {
    rows += 1
    households += count
    guard case .place(_, let isWhole) = answer else { return }
    matched += 1
    matchedHouseholds += count
    if isWhole { whole += 1 }
  }

  /// Of the rows; 1 for none.
  var rate: Double { rows == 0 ? 1 : Double(matched) / Double(rows) }
}
