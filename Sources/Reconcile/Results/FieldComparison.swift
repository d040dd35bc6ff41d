import MapFiles
import PlanModel

/// The fields of two sources that say the same, by position.
struct ComparedField: Sendable, Hashable {
  var a: Int
  var b: Int
  var role: Role

  enum Role: Sendable, Hashable { case plain, code, name, address, value }
}

/// Which fields to compare: those that were named, codes, names, addresses and values of both, and
/// fields with the same name or meaning. Of a table whose rows add up at places only what was named.
func comparedFields(_ a: Source, _ b: Source, _ pairs: [FieldPair], many: ManySide) throws -> [ComparedField] {
  var result: [ComparedField] = []
  func add(_ i: Int?, _ j: Int?, _ role: ComparedField.Role) {
    guard let i, let j, !result.contains(where: { $0.a == i || $0.b == j }) else { return }
    result.append(ComparedField(a: i, b: j, role: role))
  }
  add(a.fields.value, b.fields.value, .value)
  guard many == .neither else {
    for pair in pairs { add(try a.position(of: pair.a), try b.position(of: pair.b), .value) }
    return result
  }
  add(a.fields.code, b.fields.code, .code)
  add(a.fields.name, b.fields.name, .name)
  add(a.fields.address, b.fields.address, .address)
  for pair in pairs { add(try a.position(of: pair.a), try b.position(of: pair.b), .plain) }
  for (i, field) in a.layer.fields.enumerated() {
    add(i, b.layer.fields.firstIndex { $0.lowercased() == field.lowercased() }, .plain)
  }
  for meaning in comparedMeanings {
    add(meaning.position(in: a.layer.fields), meaning.position(in: b.layer.fields), .plain)
  }
  return result
}

private let comparedMeanings: [FieldMeaning] = [.households, .population, .floors, .floorArea, .height, .use, .kind]

extension Source {
  fileprivate func position(of field: String) throws -> Int {
    if let position = layer.index(of: field) { return position }
    throw MapFileError(
      .missing, file: layer.file, field: field, message: "the source has no such field",
      remedy: "It has: \(layer.fields.joined(separator: ", "))")
  }
}
