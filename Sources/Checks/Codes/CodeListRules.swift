import MapFiles
import PlanModel

extension LayerCheck {
  /// The rules for a list of codes: each division above is there, levels that are left out, divisions
  /// that hold none, names that repeat.
  mutating func checkCodeList() {
    guard checked.codeIndex != nil else {
      add(
        .badCode, .error,
        language(
          "no field holds codes; name it with --code (fields: \(layer.fields.joined(separator: ", ")))",
          "没有编码字段；请用 --code 指明（字段：\(layer.fields.joined(separator: "、"))）"))
      return
    }
    let divisions = layer.features.indices.map { row in checked.code(of: row).flatMap { try? DivisionCode(plainCode($0)) } }
    let listed = Set(divisions.compactMap { $0?.digits })
    checkAbove(divisions, listed)
    checkLevels(divisions)
    checkChildren(divisions)
    checkRepeatedNames(divisions)
  }

  /// Every code needs the one above, down to the first level that the list has.
  private mutating func checkAbove(_ divisions: [DivisionCode?], _ listed: Set<String>) {
    let top = divisions.compactMap { $0?.level }.min()
    for (row, division) in divisions.enumerated() {
      guard let division, let top, let parent = division.parent, parent.level >= top, !listed.contains(parent.digits) else { continue }
      add(
        .missingParent, .error, feature: row,
        language(
          "code \(division.digits) has no \(parent.level.name(language)) \(parent.digits) above it in the list",
          "编码 \(division.digits) 的上级 \(parent.digits)（\(parent.level.name(language))）不在表中"))
    }
  }

  /// Says once for each division which level below it is left out.
  private mutating func checkLevels(_ divisions: [DivisionCode?]) {
    var skipped: [String: (row: Int, count: Int, level: DivisionCode.Level)] = [:]
    for (row, division) in divisions.enumerated() {
      guard let division, let parent = division.parent,
        let between = DivisionCode.Level.allCases.first(where: { $0 > parent.level && $0 < division.level })
      else { continue }
      skipped[parent.digits, default: (row, 0, between)].count += 1
    }
    for (code, skip) in skipped.sorted(by: { $0.key < $1.key }) {
      add(
        .unevenHierarchy, .warning, feature: skip.row, measure: Double(skip.count), unit: "codes",
        language(
          "\(code) has \(skip.count) divisions without a \(skip.level.name(language)) between",
          "\(code) 下有 \(skip.count) 个区划不设\(skip.level.name(language))"))
    }
  }

  private mutating func checkChildren(_ divisions: [DivisionCode?]) {
    guard let lowest = divisions.compactMap({ $0?.level }).max() else { return }
    let parents = Set(divisions.compactMap { $0?.parent?.digits })
    for (row, division) in divisions.enumerated() {
      guard let division, division.level < lowest, !parents.contains(division.digits) else { continue }
      add(
        .childlessDivision, .warning, feature: row,
        language(
          "\(division.level.name(language)) \(division.digits) holds no other division of the list",
          "\(division.level.name(language)) \(division.digits) 在表中没有下级"))
    }
  }

  private mutating func checkRepeatedNames(_ divisions: [DivisionCode?]) {
    guard let column = CodeColumns.position(of: CodeColumns.name, in: layer) else { return }
    let names = layer.features.indices.map { layer.text(column, of: $0) }
    let folding = TextFolding(for: names.compactMap { $0 })
    var first: [String: Int] = [:]
    for (row, name) in names.enumerated() {
      guard let name, let division = divisions[row] else { continue }
      let key = (division.parent?.digits ?? "") + "|" + PlaceName(name, folding).key
      guard let other = first[key] else {
        first[key] = row
        continue
      }
      add(
        .repeatedName, .warning, feature: row, other: other,
        language(
          "\(name) occurs before in the same division: a join by name cannot tell them apart",
          "\(name) 在同一上级内重复，无法按名称区分"))
    }
  }
}
