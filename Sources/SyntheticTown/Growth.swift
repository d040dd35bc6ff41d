import Planar

/// The cells of the town, in the order in which it grew from its middle.
struct Growth {
  /// Land cells, then nothing else; their plans in the same order.
  private(set) var plans: [CellPlan] = []

  /// Adds whole blocks from the middle outward until the homes hold all households.
  init(_ request: TownRequest, _ lattice: Lattice) {
    let planner = CellPlanner(lattice: lattice, profile: request.profile)
    let needed = Double(request.households) * lattice.settings.floorAreaPerHousehold
    var area = 0.0
    var seen: Set<Cell> = []
    for first in Growth.order(of: lattice) {
      guard area < needed || plans.count < 4 else { break }
      for cell in lattice.block(of: first) where seen.insert(cell).inserted {
        plans.append(planner.plan(cell, order: plans.count))
        area += plans[plans.count - 1].residentialArea
      }
    }
  }

  /// Nearest first; the nearest cell of the farther bank comes second, so that both are settled.
  private static func order(of lattice: Lattice) -> [Cell] {
    let cells = lattice.landCells.map { (cell: $0, distance: lattice.distance($0)) }
    var sorted = cells.sorted {
      ($0.distance, $0.cell.j, $0.cell.i) < ($1.distance, $1.cell.j, $1.cell.i)
    }.map(\.cell)
    if let first = sorted.first, let other = sorted.firstIndex(where: { ($0.i > 1) != (first.i > 1) }) {
      sorted.insert(sorted.remove(at: other), at: 1)
    }
    return sorted
  }
}
