internal import Planar
internal import Topology

/// What carries households: buildings, or units where there are none.
struct ComparedHomes {
  struct Home {
    var id: String
    var households: Int
    /// A point inside; nil where it has no geometry.
    var point: Point?
    /// The grid that the plan put it in; nil where the layer is no plan's, or it is in none.
    var grid: Int?
  }

  var homes: [Home]
  let areBuildings: Bool

  /// The buildings, else the units of a scenario; nil where it has none.
  ///
  /// - Parameter positions: the plan's grids by code.
  init?(_ inputs: PlanInputs, positions: [String: Int]) {
    let layer = inputs.layers.first { $0.kind == (inputs.buildings.isEmpty ? .units : .buildings) }
    let column = layer?.layer.index(of: "grid")
    func grid(_ row: Int) -> Int? {
      column.flatMap { layer?.layer.features[row].values[$0].asText }.flatMap { positions[$0] }
    }
    areBuildings = !inputs.buildings.isEmpty
    if areBuildings {
      homes = inputs.buildings.enumerated().map { row, building in
        Home(id: building.id, households: building.households, point: building.point, grid: grid(row))
      }
    } else if !inputs.units.isEmpty {
      homes = inputs.units.enumerated().map { row, unit in
        Home(
          id: unit.id, households: unit.households,
          point: interiorPoint(of: unit.polygons) ?? unit.polygons.first?.centroid, grid: grid(row))
      }
    } else {
      return nil
    }
  }

  /// The homes whose identifier stands once.
  private var byIdentifier: [String: Int] {
    var found: [String: Int] = [:]
    for (index, home) in homes.enumerated() { found[home.id] = found[home.id] == nil ? index : -1 }
    return found.filter { $0.value >= 0 }
  }

  /// For each home the same one of another plan: of the same identifier at the same place.
  func counterparts(in other: ComparedHomes) -> [Int?] {
    let known = other.byIdentifier
    return homes.map { home in
      guard let index = known[home.id], let here = home.point, let there = other.homes[index].point else { return nil }
      return here.distance(to: there) <= 0.5 ? index : nil
    }
  }

  var households: Int { homes.reduce(0) { $0 + $1.households } }
}
