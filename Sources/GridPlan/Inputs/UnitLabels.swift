extension PlanInputs {
  /// Communities and grids of today that are known by labels of the units alone, in the order of their
  /// codes. They have no areas of their own.
  mutating func takeLabels(of source: LayerSource?) {
    guard let source else { return }
    if communities.isEmpty, source.fields[.parent] != nil {
      communities = Set(units.compactMap(\.parent)).sorted().map { Community(code: $0, polygons: []) }
    }
    if grids.isEmpty {
      grids = Set(units.compactMap(\.grid)).sorted().map { ExistingGrid(code: $0, polygons: []) }
    }
  }
}
