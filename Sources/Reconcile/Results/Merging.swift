import Georeference
import MapFiles

/// Puts both sources into one layer.
struct Merging {
  let comparison: Comparison
  let many: ManySide
  let groups: [Group]
  /// B's geometries in the CRS of the result.
  private let b: Layer
  private let crs: CRS?

  private var a: Layer { comparison.a.layer }

  init(_ comparison: Comparison, many: ManySide, groups: [Group], allowsBallpark: Bool) throws {
    (self.comparison, self.many, self.groups) = (comparison, many, groups)
    let b = comparison.b.layer
    let hasGeometry = comparison.a.places.contains { $0 != nil }
    crs = (hasGeometry ? comparison.a.layer.crs : nil) ?? b.crs ?? comparison.a.layer.crs
    let needsMove = hasGeometry && b.features.contains { $0.geometry != nil } && b.crs != crs
    self.b = try needsMove ? b.transformed(to: crs!, allowBallpark: allowsBallpark) : b
  }

  /// All places: joined ones, then those of A and of B that were left over.
  ///
  /// Where rows of a table add up at places, the places with the sums; the table's other fields are
  /// not taken over.
  func layer() throws -> Layer {
    var result = Layer(name: "merged", crs: crs, fields: fields + Self.ownFields)
    var joined: [Int: Feature] = [:]
    for group in groups { joined[many == .a ? group.b : group.a] = try feature(of: group) }
    let places = many == .a ? b : a
    for row in places.features.indices { result.features.append(joined[row] ?? alone(row, isA: many != .a)) }
    if many == .neither {
      let taken = Set(groups.map(\.b))
      for row in b.features.indices where !taken.contains(row) { result.features.append(alone(row, isA: false)) }
    }
    return result
  }

  static let ownFields = ["reconciled_source", "reconciled_by", "reconciled_score", "reconciled_rows"]

  private var restOfB: [Int] {
    guard many != .b else { return [] }
    let compared = Set(comparison.fields.map(\.b))
    return b.fields.indices.filter { !compared.contains($0) }
  }

  private var columnsOfA: [Int] {
    guard many == .a else { return Array(a.fields.indices) }
    return (comparison.fields.map(\.a) + [comparison.a.fields.value].compactMap { $0 }).reduce(into: []) { list, column in
      if !list.contains(column) { list.append(column) }
    }
  }

  /// Of a table whose rows add up only the fields that are compared, and the sum.
  private var sumOfB: Int? { many == .b && !comparison.fields.contains { $0.role == .value } ? comparison.b.fields.value : nil }

  private var fields: [String] {
    columnsOfA.map { a.fields[$0] } + (restOfB + [sumOfB].compactMap { $0 }).map { b.fields[$0] }
  }

  private func feature(of group: Group) throws -> Feature {
    let values = try columnsOfA.map { column -> FieldValue in
      if let field = comparison.fields.first(where: { $0.a == column }) {
        return try comparison.value(of: field, in: group) ?? .null
      }
      if column == comparison.a.fields.value {
        return sum(of: group.rowsOfA.compactMap { a.features[$0].values[column].asNumber }) ?? .null
      }
      return a.features[group.a].values[column]
    }
    let sums = sumOfB.map { column in
      sum(of: group.rowsOfB.compactMap { b.features[$0].values[column].asNumber }) ?? .null
    }
    let geometry = try comparison.shapeIsA(in: group) ? a.features[group.a].geometry : b.features[group.b].geometry
    return Feature(
      geometry: geometry,
      values: values + restOfB.map { b.features[group.b].values[$0] } + [sums].compactMap { $0 } + [
        .string("both"), .string(group.basis.rawValue), .number((group.score * 1000).rounded() / 1000),
        .integer(max(group.rowsOfA.count, group.rowsOfB.count)),
      ])
  }

  private func alone(_ row: Int, isA: Bool) -> Feature {
    let source = isA ? a : b
    var values = columnsOfA.map { column -> FieldValue in
      if isA { return source.features[row].values[column] }
      return comparison.fields.first { $0.a == column }.map { source.features[row].values[$0.b] } ?? .null
    }
    values += (restOfB + [sumOfB].compactMap { $0 }).map { isA ? .null : source.features[row].values[$0] }
    return Feature(
      geometry: source.features[row].geometry, values: values + [.string(isA ? "A" : "B"), .null, .null, .integer(0)])
  }
}
