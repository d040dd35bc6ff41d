internal import Planar

extension PlanGround {
  /// The grids that units of the same code make, in the order of codes, with households and buildings.
  ///
  /// - Parameters:
  ///   - code: the code of each unit.
  ///   - describe: what else is known of the grid of some units.
  func grids(
    by code: [String?], _ outlines: inout GroupOutlines,
    describe: ([Int]) -> (name: String?, parent: String, kind: String)
  ) throws -> [PlannedGrid] {
    let codes = Set(code.compactMap { $0 }).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let number = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, $0) })
    let group = code.map { $0.flatMap { number[$0] } ?? -1 }
    var units: [[Int]] = Array(repeating: [], count: codes.count)
    for (unit, group) in group.enumerated() where group >= 0 { units[group].append(unit) }
    return try outlines.outlines(of: group).map { outline in
      let own = units[outline.group]
      let (name, parent, kind) = describe(own)
      var grid = PlannedGrid(outline, code: codes[outline.group], name: name, parent: parent, kind: kind)
      grid.households = own.reduce(0) { $0 + households[$1] }
      grid.buildings = own.reduce(0) { $0 + buildings[$1] }
      grid.weights = weights.map { weight in own.reduce(0) { $0 + weight[$1] } }
      return grid
    }
  }

  /// The centre of mass of some units.
  func centre(of units: [Int]) -> Point { centroid(of: units.flatMap { fabric.units[$0].polygons }) }

  /// The extent of some units from south to north, in metres.
  func height(of units: [Int]) -> Double {
    units.reduce(into: Box.empty) { box, unit in
      for polygon in fabric.units[unit].polygons { box.formUnion(polygon.box) }
    }.height
  }
}
