public import MapFiles
public import PlanModel

/// Reads a list of codes and names.
///
/// - Parameter layer: fields are recognised by their names: `code` (编码, 代码, 区划代码…; `code12` too),
///   `name` (名称).
/// - Throws: `MapFileError` where there is no field with codes.
public func codeTable(_ layer: Layer) throws(MapFileError) -> CodeTable {
  let code = try requiredColumn(CodeColumns.code, "codes", in: layer)
  let name = CodeColumns.position(of: CodeColumns.name, in: layer)
  return CodeTable(
    layer.features.indices.compactMap { row in
      layer.text(code, of: row).map { .init(code: plainCode($0), name: layer.text(name, of: row)) }
    })
}

/// Reads a table of what changed between two editions of a code list.
///
/// Either a line for each pair of codes (`old`, `new`; 旧编码, 新编码), or a line for each code that was
/// added, removed or renamed (`code`, `name_…` of the old and of the new edition, `change`).
/// - Throws: `MapFileError` where the fields are neither.
public func codeEditions(_ layer: Layer) throws(MapFileError) -> CodeEditions {
  if let old = CodeColumns.position(of: CodeColumns.old, in: layer),
    let new = CodeColumns.position(of: CodeColumns.new, in: layer)
  {
    return CodeEditions(
      layer.features.indices.compactMap { row in
        guard let first = layer.text(old, of: row) else { return nil }
        guard let second = layer.text(new, of: row) else { return .removed(code: plainCode(first), name: "") }
        return .renumbered(old: plainCode(first), new: plainCode(second))
      })
  }
  return CodeEditions(try changes(of: layer))
}

private func changes(of layer: Layer) throws(MapFileError) -> [CodeEditions.Change] {
  let names = layer.fields.indices.filter { CodeColumns.isName(layer.fields[$0]) }
  guard let code = CodeColumns.position(of: CodeColumns.code, in: layer), names.count == 2 else {
    throw MapFileError(
      .badData, file: layer.file, message: "this is no table of editions",
      remedy: "It needs the fields old and new, or code and two names, such as name_2020 and name_2023")
  }
  return layer.features.indices.compactMap { row in
    guard let text = layer.text(code, of: row) else { return nil }
    let plain = plainCode(text)
    switch (layer.text(names[0], of: row), layer.text(names[1], of: row)) {
    case (let old?, let new?): return .renamed(code: plain, old: old, new: new)
    case (let old?, nil): return .removed(code: plain, name: old)
    case (nil, let new?): return .added(code: plain, name: new)
    case (nil, nil): return nil
    }
  }
}

private func requiredColumn(_ names: [String], _ what: String, in layer: Layer) throws(MapFileError) -> Int {
  if let position = CodeColumns.position(of: names, in: layer) { return position }
  throw MapFileError(
    .missing, file: layer.file, message: "no field holds \(what)",
    remedy: "Call it \(names[0]); the table has: \(layer.fields.joined(separator: ", "))")
}

/// Names of the fields of code tables.
enum CodeColumns {
  static let code = ["code", "编码", "代码", "区划代码", "行政区划代码", "统计用区划代码", "code12", "编号"]
  static let name = ["name", "名称", "区划名称"]
  static let old = ["old", "old_code", "code_old", "旧编码", "旧代码", "原编码", "原代码"]
  static let new = ["new", "new_code", "code_new", "新编码", "新代码", "现编码", "现代码"]

  static func position(of names: [String], in layer: Layer) -> Int? {
    let lower = layer.fields.map { $0.lowercased() }
    return names.lazy.compactMap { lower.firstIndex(of: $0) }.first
  }

  static func isName(_ field: String) -> Bool {
    let lower = field.lowercased()
    return lower.hasPrefix("name_") || lower.hasSuffix("_name") || lower.hasSuffix("名称") || lower.hasPrefix("名称")
  }
}
