internal import MapFiles
import Foundation

/// Households of each row of a layer, and what they rest on.
struct HouseholdCounts: Sendable {
  /// Whole households of each row, 0 where there are none.
  var values: [Int]
  /// The sum before rounding to whole households.
  var unrounded: Double
  var isEstimated: Bool
  /// Rows without a value.
  var missing: [Int]
  /// Rows whose value was negative and counts as none.
  var negative: [Int]
  /// Households of a joined table that no row takes.
  var unmatched: [UnmatchedCount] = []
  /// How well a table of addresses fits the rows.
  var match: AddressMatch?
  /// Rows whose value is not a whole number of households.
  var rounded: [Int] = []
}

extension InputLayer {
  /// Whether the layer or the scenario says how many households there are.
  var hasCounts: Bool {
    source.counts != nil || source.estimate != nil || columns[.households] != nil
  }

  /// Households of each row: from a joined table, an estimate, or the layer's own field.
  func householdCounts(countTable: Layer?) throws -> HouseholdCounts {
    if let table = countTable, let spec = source.counts {
      let joined = try HouseholdTable(table, spec).joined(to: self)
      var result = counts(isEstimated: false) { joined.byRow[$0] }
      result.unmatched = joined.unmatched
      result.match = joined.match
      // A table has rows for what is lived in; buildings without one are nothing to list.
      result.missing = []
      return result
    }
    if let estimate = source.estimate {
      return try estimated(estimate)
    }
    let given = try rows.map { try number(.households, of: $0) }
    return counts(isEstimated: false) { given[$0] }
  }

  private func counts(isEstimated: Bool, _ value: (Int) -> Double?) -> HouseholdCounts {
    var result = HouseholdCounts(values: [], unrounded: 0, isEstimated: isEstimated, missing: [], negative: [])
    for row in rows {
      let number = value(row)
      if number == nil { result.missing.append(row) }
      if let number, number < 0 { result.negative.append(row) }
      let households = max(0, number ?? 0)
      result.unrounded += households
      if households != households.rounded() { result.rounded.append(row) }
      result.values.append(Int(households.rounded()))
    }
    return result
  }

  private func estimated(_ estimate: HouseholdEstimate) throws -> HouseholdCounts {
    let basis = try rows.map { row -> Double? in
      if let uses = estimate.uses, columns[.use] != nil, !uses.contains(text(.use, of: row) ?? "") { return 0 }
      switch estimate.from {
      case .population: return try number(.population, of: row)
      case .units: return try number(.dwellings, of: row)
      case .floorArea: return try floorArea(of: row, storey: estimate.storey ?? 3)
      }
    }
    return counts(isEstimated: true) { basis[$0].map { $0 / estimate.per } }
  }

  /// Floor area in square metres: given, or footprint times floors, or footprint times height over
  /// the height of a floor, at least one floor.
  private func floorArea(of row: Int, storey: Double) throws -> Double? {
    if let given = try number(.floorArea, of: row) { return given }
    let footprint = (layer.features[row].geometry?.polygons ?? []).reduce(0) { $0 + $1.area }
    if let floors = try number(.floors, of: row) { return footprint * max(1, floors) }
    let height = try number(.height, of: row) ?? storey
    return footprint * max(1, (height / storey).rounded())
  }
}
