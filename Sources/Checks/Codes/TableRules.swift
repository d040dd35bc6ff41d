import MapFiles
import PlanModel

extension LayerCheck {
  /// Codes that the list of codes lacks, or that are those of an older edition.
  mutating func checkAgainstTable(_ codes: [String?]) {
    guard options.codesTable != nil || options.editions != nil else { return }
    for (position, code) in codes.enumerated() {
      guard let code else { continue }
      let plain = plainCode(code)
      if reportOld(plain, position) { continue }
      if let table = options.codesTable { reportUnknown(plain, position, table) }
    }
  }

  private mutating func reportOld(_ code: String, _ position: Int) -> Bool {
    guard let editions = options.editions, options.codesTable?.contains(code) != true else { return false }
    if let new = editions.successor(of: code) {
      let how = editions.concluded.contains(code) ? language(" (by its name)", "（据名称）") : ""
      add(
        .oldCode, .error, feature: position, at: place(of: position),
        language("code \(code) is of an older edition: now \(new)\(how)", "编码 \(code) 为旧版，现为 \(new)\(how)"))
    } else if let likely = editions.likelySuccessor(of: code) {
      add(
        .oldCode, .error, feature: position, at: place(of: position),
        language(
          "code \(code) lies in a division that was renumbered: perhaps \(likely) now",
          "编码 \(code) 的上级已改码，现或为 \(likely)"))
    } else if editions.isLost(code) {
      add(
        .oldCode, .error, feature: position, at: place(of: position),
        language("code \(code) is of an older edition and was given up", "编码 \(code) 为旧版，已撤销"))
    } else {
      return false
    }
    return true
  }

  private mutating func reportUnknown(_ code: String, _ position: Int, _ table: CodeTable) {
    guard let listed = table.listed(code), !table.contains(listed) else { return }
    let above = table.ancestors(of: listed).first
    let near = CodeSuggestions.nearest(to: listed, among: table.codes, limit: 1).first
    let hint =
      near.map { code in
        language("; the nearest is \(code)", "；最接近的是 \(code)") + (table.name(of: code).map { " \($0)" } ?? "")
      } ?? ""
    let inside = above.map { language(" in \(named($0, table))", "（\(named($0, table)) 内）") } ?? ""
    add(
      .unknownCode, .error, feature: position, at: place(of: position),
      language("code \(listed) is not in the list of codes\(inside)\(hint)", "编码 \(listed) 不在编码表中\(inside)\(hint)"))
  }

  func named(_ code: String, _ table: CodeTable) -> String {
    table.name(of: code).map { "\(code) \($0)" } ?? code
  }

  /// Names that differ from those that the list of codes gives for the same codes.
  mutating func checkNames() {
    guard let table = options.codesTable, checked.codeIndex != nil,
      let column = CodeColumns.position(of: CodeColumns.name, in: layer)
    else { return }
    let pairs = layer.features.indices.compactMap { position -> (Int, String, String)? in
      guard let code = checked.code(of: position), let listed = table.name(of: plainCode(code)),
        let own = layer.text(column, of: position)
      else { return nil }
      return (position, own, listed)
    }
    let folding = TextFolding(for: pairs.flatMap { [$0.1, $0.2] })
    for (position, own, listed) in pairs where PlaceName(own, folding).key != PlaceName(listed, folding).key {
      add(
        .codeName, .warning, feature: position, at: place(of: position),
        language("is called \(own); by the list of codes its code is that of \(listed)", "名为\(own)，编码表中该编码为\(listed)"))
    }
  }

  /// Codes whose names, by the list of codes, are not those of the areas that the features lie in:
  /// so a number that only looks like a division code is found where the areas have no codes.
  ///
  /// - Parameter home: for each shape the parent that it lies in.
  mutating func checkNamedParents(_ parents: CheckedLayer, _ home: [Int?]) {
    guard let table = options.codesTable, checked.codeIndex != nil,
      let column = CodeColumns.position(of: CodeColumns.name + ["乡", "乡镇", "街道", "社区名称"], in: parents.layer)
    else { return }
    let names = parents.shapes.map { parents.layer.text(column, of: $0.feature) }
    let folding = TextFolding(for: names.compactMap { $0 } + table.entries.compactMap(\.name))
    let listed = Set(table.entries.compactMap { $0.name.map { PlaceName($0, folding).key } })
    for (number, shape) in checked.shapes.enumerated() {
      guard let code = checked.code(of: shape.feature), let parent = home[number], let name = names[parent],
        listed.contains(PlaceName(name, folding).key)
      else { continue }
      let above = table.ancestors(of: code).compactMap { table.name(of: $0) }
      guard let nearest = above.first, !above.contains(where: { PlaceName($0, folding).key == PlaceName(name, folding).key })
      else { continue }
      add(
        .codeParent, .error, feature: shape.feature, at: shape.polygons.first?.exterior.points.first,
        language(
          "code \(code) is one of \(nearest) by the list of codes, but it lies in \(name)",
          "按编码表，编码 \(code) 属于\(nearest)，但位于\(name)"))
    }
  }
}
