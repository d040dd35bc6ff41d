internal import MapFiles

/// What the cameras were found to see, after an edit: what they see is the same, the grids are not.
struct EditedAudit {
  private(set) var layers: CoverageLayers
  /// Codes of grids whose figures are of the plan before, and were left out.
  private(set) var outdated: [String]

  /// - Parameter changed: the codes whose ground changed.
  init(_ layers: CoverageLayers, _ plan: Plan, changed: Set<String>) {
    self.layers = layers
    outdated = changed.sorted()
    let grid = Dictionary(plan.cameras.map { ($0.id, $0.grid) }, uniquingKeysWith: { first, _ in first })
    self.layers.cameras.setGrids(by: "id", grid)
    self.layers.views?.setGrids(by: "camera", grid)
    let (kind, id) = (layers.coverage.index(of: "feature"), layers.coverage.index(of: "id"))
    guard let kind, let id else { return }
    self.layers.coverage.features.removeAll { row in
      row.values[kind] == .string("grid") && changed.contains(row.values[id].asText ?? "")
    }
  }
}

extension Layer {
  /// Sets the field `grid` of each row by the identifier in another field.
  fileprivate mutating func setGrids(by field: String, _ grids: [String: String?]) {
    guard let column = index(of: "grid"), let key = index(of: field) else { return }
    for row in features.indices {
      guard let grid = features[row].values[key].asText.flatMap({ grids[$0] }) else { continue }
      features[row].values[column] = .text(grid)
    }
  }
}
