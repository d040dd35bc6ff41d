internal import Assignment
internal import Fabric
internal import Planar
internal import Topology

/// What a redraw needs to know of the units beyond their households.
extension DrawnGround {
  /// How far a line may run from a border of ready units, in metres: half the width of an avenue.
  static let barrierReach = 12.0

  /// The unit that holds a ready unit or a building of this name.
  func unit(named name: String) -> Int? { names.firstIndex(of: name) ?? names.firstIndex(of: "with building \(name)") }

  /// Whether one grid may hold both units: they share at least 1 m that is no barrier, and neither
  /// lies on water off another's shore.
  func isPassable(_ adjacency: Adjacency) -> Bool {
    guard adjacency.passableLength >= 1 else { return false }
    let (a, b) = (adjacency.a, adjacency.b)
    return shore[a] == nil && shore[b] == nil || shore[a] == b || shore[b] == a
  }

  // MARK: The plan of today

  /// The grid of today of each unit: by its label, else by its interior point.
  mutating func findGridsOfToday(_ inputs: PlanInputs) {
    guard !inputs.grids.isEmpty else { return }
    if inputs.grids.contains(where: { !$0.polygons.isEmpty }) {
      let index = AreaIndex(inputs.grids.map { Area(code: $0.code, polygons: $0.polygons) })
      today = fabric.units.map { index.locate($0.interiorPoint) }
    } else {
      today = fabric.units.map { _ in nil }
    }
    let position = Dictionary(inputs.grids.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    for (ready, home) in unitOfReady.enumerated() {
      guard let home, let label = inputs.units[ready].grid else { continue }
      today[home] = position[label]
    }
  }

  /// Finds what the scenario locks.
  ///
  /// - Throws: `ScenarioError` for a code that no grid of today and no unit has.
  mutating func lock(_ inputs: PlanInputs, _ scenario: Scenario) throws {
    for code in scenario.grids.redraw.locked {
      if let grid = inputs.grids.firstIndex(where: { $0.code == code }) {
        lockedGrids.insert(grid)
      } else if let unit = unit(named: code) {
        lockedUnits.insert(unit)
      } else {
        let names = inputs.grids.map(\.code)
        throw ScenarioError(
          file: scenario.file, key: "grids.locked",
          message: "no grid of today and no unit is called \"\(code)\". "
            + (nearestName(to: code, among: names).map { "Did you mean \"\($0)\"?" } ?? "Grids of today: \(names.prefix(8).joined(separator: ", "))"))
      }
    }
  }

  /// The locked grid that a unit belongs to.
  func lockedGrid(of unit: Int) -> Int? {
    guard !today.isEmpty, let grid = today[unit], lockedGrids.contains(grid) else { return nil }
    return grid
  }

  // MARK: Water

  /// Units that lie mostly on a barrier belong to the shore that they share most border with, so
  /// that no grid hangs together across them.
  mutating func findShores(_ water: [[Polygon]]) {
    guard !water.isEmpty else { return }
    let afloat = unitsAfloat(water)
    guard !afloat.isEmpty else { return }
    var neighbours: [Int: [(unit: Int, length: Double)]] = [:]
    for pair in fabric.adjacency where parents[pair.a] == parents[pair.b] {
      if afloat.contains(pair.a) { neighbours[pair.a, default: []].append((pair.b, pair.length)) }
      if afloat.contains(pair.b) { neighbours[pair.b, default: []].append((pair.a, pair.length)) }
    }
    var waiting = afloat.sorted()
    while !waiting.isEmpty {
      let ashore = shore
      func isReached(_ unit: Int) -> Bool { !afloat.contains(unit) || ashore[unit] != nil }
      for unit in waiting {
        let hosts = (neighbours[unit] ?? []).filter { isReached($0.unit) }
        shore[unit] = hosts.max { ($0.length, $1.unit) < ($1.length, $0.unit) }?.unit
      }
      let rest = waiting.filter { shore[$0] == nil }
      if rest.count == waiting.count { return }
      waiting = rest
    }
  }

  private func unitsAfloat(_ water: [[Polygon]]) -> Set<Int> {
    let index = BoxIndex(water.map { $0.reduce(.empty) { $0.union($1.box) } })
    return Set(
      fabric.units.indices.filter { unit in
        let polygons = fabric.units[unit].polygons
        let near = index.items(meeting: polygons.reduce(.empty) { $0.union($1.box) })
        guard !near.isEmpty, let cover = try? union(near.flatMap { water[$0] }) else { return false }
        return ((try? intersectionArea(polygons, cover)) ?? 0) > fabric.units[unit].area / 2
      })
  }

  // MARK: Borders

  /// Straightens borders of grids over open ground; those of ready units stay as they are.
  mutating func smoothBorders(of group: [Int], _ inputs: PlanInputs) {
    guard !inputs.buildings.isEmpty else { return }
    fabric = fabric.smoothed(
      group, around: inputs.buildings.map(\.polygons) + inputs.compounds.map(\.polygons) + inputs.specials.map(\.polygons),
      places: inputs.buildings.filter(\.polygons.isEmpty).compactMap(\.point))
  }
}
