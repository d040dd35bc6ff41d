public import MapFiles

/// A made-up town in the manner of Chinese ones: for trying, testing and showing, never for planning.
///
/// It stands in the open sea, its codes begin with 99, which no province has, and every name begins
/// with 示范 ("model"). Households are counts at buildings; there are no persons in it.
public struct SyntheticTown: Sendable {
  public let request: TownRequest
  /// One layer of each kind, in the order of `TownLayer`, in CRS84 with seven decimals.
  public let layers: [Layer]

  public subscript(_ layer: TownLayer) -> Layer { layers[TownLayer.allCases.firstIndex(of: layer)!] }

  /// Makes the town that `request` asks for, the same to the byte each time.
  ///
  /// Buildings meet neither each other nor water, centre lines of streets on the ground, or borders of
  /// communities, but for the `request.odd` ones that the layer `odd` lists: in turn an overlap, a
  /// building across a border, one in the river, a ring that crosses itself, a duplicate and a sliver.
  /// Streets are the borders of blocks, to the last digit. O(n log n) in the number of buildings.
  ///
  /// - Throws: `TownError` for a number of households or odd buildings that is not allowed;
  ///   `GeoreferenceError` where PROJ's database is missing.
  public static func make(_ request: TownRequest) throws -> SyntheticTown {
    try request.validate()
    var plan = TownPlan(request)
    let sensitive = plan.sensitivePlaces()
    let oddities = plan.plantOddities()
    let table = try LayerTable(plan: plan, sensitive: sensitive, oddities: oddities)
    return SyntheticTown(request: request, layers: try TownLayer.allCases.map(table.layer))
  }
}

/// The layers of a synthetic town, by the names of their files.
public enum TownLayer: String, Sendable, CaseIterable {
  case communities, buildings, streets, water, compounds, units, grids, cameras, events, workers
  case keyPlaces, sensitivePlaces, odd
}
