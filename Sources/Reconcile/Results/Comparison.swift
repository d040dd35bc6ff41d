import Foundation
import MapFiles
import Planar
import PlanModel

/// Compares the rows of groups field by field, and says which source wins.
struct Comparison {
  let a: Source
  let b: Source
  let fields: [ComparedField]
  let rules: [WinnerRule]
  let tolerance: Double

  /// Where the sources differ, in the order of the fields, the shape last.
  func conflicts(in group: Group) throws -> [Conflict] {
    try fields.compactMap { try conflict(in: group, $0) } + [shapeConflict(in: group)].compactMap { $0 }
  }

  /// The value that stands for a field; nil where neither source has one.
  func value(of field: ComparedField, in group: Group) throws -> FieldValue? {
    let (mine, theirs) = (value(a, group.rowsOfA, field.a, field), value(b, group.rowsOfB, field.b, field))
    guard let mine else { return theirs }
    guard let theirs else { return mine }
    return try winnerIsA(a.layer.fields[field.a], group, mine, theirs) ? mine : theirs
  }

  func shapeIsA(in group: Group) throws -> Bool {
    if a.layer.features[group.a].geometry == nil { return false }
    if b.layer.features[group.b].geometry == nil { return true }
    return try winnerIsA("geometry", group, nil, nil)
  }

  /// The value of a field in rows that are one thing: counts add up, of others the first stands.
  private func value(_ source: Source, _ rows: [Int], _ column: Int, _ field: ComparedField) -> FieldValue? {
    if field.role == .value, let sum = sum(of: rows.compactMap { source.layer.features[$0].values[column].asNumber }) { return sum }
    let value = source.layer.features[rows[0]].values[column]
    guard let text = value.asText?.trimmingCharacters(in: .whitespaces), !text.isEmpty else { return nil }
    return value
  }

  // MARK: Differences

  private func conflict(in group: Group, _ field: ComparedField) throws -> Conflict? {
    guard let mine = value(a, group.rowsOfA, field.a, field), let theirs = value(b, group.rowsOfB, field.b, field),
      let kind = difference(mine, theirs, group, field)
    else { return nil }
    let pair = FieldPair(a: a.layer.fields[field.a], b: b.layer.fields[field.b])
    var conflict = Conflict(
      a: group.a, b: group.b, field: pair, kind: kind, valueOfA: mine.asText ?? "", valueOfB: theirs.asText ?? "",
      winnerIsA: try winnerIsA(pair.a, group, mine, theirs))
    if kind == .number, let x = mine.asNumber, let y = theirs.asNumber {
      conflict.difference = y - x
      conflict.relative = x == 0 ? nil : (y - x) / abs(x)
    }
    return conflict
  }

  /// How two values differ; nil where they say the same.
  private func difference(
    _ mine: FieldValue, _ theirs: FieldValue, _ group: Group, _ field: ComparedField
  ) -> Conflict.Kind? {
    guard let p = mine.asText, let q = theirs.asText, p != q else { return nil }
    switch field.role {
    case .code:
      if plainCode(p) == plainCode(q) { return nil }
      return a.codes[group.a] == b.codes[group.b] ? .edition : .code
    case .name:
      return a.names[group.a]?.key == b.names[group.b]?.key ? .spelling : .text
    case .address:
      return group.basis == .address || a.addresses[group.a]?.text == b.addresses[group.b]?.text ? .spelling : .text
    case .plain, .value:
      guard let x = mine.asNumber, let y = theirs.asNumber else { return .text }
      return abs(x - y) <= tolerance * max(abs(x), abs(y)) ? nil : .number
    }
  }

  /// Areas of which more than 1 m² and a hundredth differ, points more than 1 m apart.
  private func shapeConflict(in group: Group) throws -> Conflict? {
    guard group.rowsOfA.count == 1, group.rowsOfB.count == 1, let p = a.places[group.a], let q = b.places[group.b]
    else { return nil }
    let relation = PlaceRelation(p, q)
    guard let (difference, relative) = shapeDifference(p, q, relation) else { return nil }
    return Conflict(
      a: group.a, b: group.b, field: FieldPair(a: "geometry", b: "geometry"), kind: .geometry, valueOfA: p.wording,
      valueOfB: q.wording, difference: difference, relative: relative, winnerIsA: try shapeIsA(in: group))
  }

  private func shapeDifference(_ p: Place, _ q: Place, _ relation: PlaceRelation) -> (Double, Double?)? {
    if let overlap = relation.overlap {
      let both = (p.area + q.area) / (1 + overlap)
      let apart = both * (1 - overlap)
      return apart > 1 && overlap < 0.99 ? (apart, 1 - overlap) : nil
    }
    return !p.isArea && !q.isArea && relation.distance > 1 ? (relation.distance, nil) : nil
  }

  // MARK: Winners

  private func winnerIsA(_ field: String, _ group: Group, _ mine: FieldValue?, _ theirs: FieldValue?) throws -> Bool {
    let rule = rules.first { $0.field == field } ?? rules.first { $0.field == nil }
    switch rule?.choice ?? .a {
    case .a: return true
    case .b: return false
    case .larger: return (mine?.asNumber ?? 0) >= (theirs?.asNumber ?? 0)
    case .smaller: return (mine?.asNumber ?? 0) <= (theirs?.asNumber ?? 0)
    case .newer(let pair): return try date(a, pair.a, group.a) >= date(b, pair.b, group.b)
    }
  }

  /// Year, month and day as one number, missing ones as 0.
  private func date(_ source: Source, _ field: String, _ row: Int) throws -> Int {
    guard let column = source.layer.index(of: field) else {
      throw MapFileError(
        .missing, file: source.layer.file, field: field, message: "the source has no such field to tell the newer by",
        remedy: "It has: \(source.layer.fields.joined(separator: ", "))")
    }
    return source.layer.text(column, of: row).map(dayNumber) ?? 0
  }
}

/// 2023-05-01, 2023/5/1, 2023年5月, 20230501 and 2023 as year·10⁴ + month·10² + day; 0 for anything else.
func dayNumber(_ text: String) -> Int {
  let numbers = text.split { !("0"..."9").contains($0) }.compactMap { Int($0) }
  guard let first = numbers.first else { return 0 }
  if first >= 19_000_101 { return first }
  guard (1900...9999).contains(first) else { return 0 }
  let month = numbers.count > 1 && (1...12).contains(numbers[1]) ? numbers[1] : 0
  let day = month > 0 && numbers.count > 2 && (1...31).contains(numbers[2]) ? numbers[2] : 0
  return first * 10_000 + month * 100 + day
}

/// A sum as a whole number where it is one.
func sum(of numbers: [Double]) -> FieldValue? {
  guard !numbers.isEmpty else { return nil }
  let sum = numbers.reduce(0, +)
  return sum == sum.rounded() && abs(sum) < 1e15 ? .integer(Int(sum)) : .number(sum)
}

extension Place {
  fileprivate var wording: String {
    isArea ? "\(Int(area.rounded())) m²" : String(format: "%.1f %.1f", center.x, center.y)
  }
}
