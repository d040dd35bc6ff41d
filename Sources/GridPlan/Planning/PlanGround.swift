internal import Assignment
internal import Fabric
internal import Planar

/// The units that the grids of a plan are made of, and what is in each: what edits work on.
///
/// Codes tell where a unit is, so that grids and micro-grids are its groups by code.
struct PlanGround: Sendable {
  /// In metres of the working CRS.
  var fabric: Fabric
  /// The position of each unit's community among the plan's; nil where there are none.
  var parent: [Int?]
  /// The input's own identifier of each unit; nil where units were made from buildings.
  var identifiers: [String?]
  /// What problems call each unit: by its first building, or its own identifier.
  var names: [String]
  var households: [Int]
  var buildings: [Int]
  /// The grid and the micro-grid of each unit; nil for ground in none.
  var grid: [String?]
  var micro: [String?]
  /// The compound that each unit lies in.
  var compound: [String?]
  /// Whether the households of a unit's community have no building, so that it stays whole.
  var isUndivided: [Bool]
  /// Key places and metres of street in each unit, where a service asks for them.
  var places: [Int]
  var streetMetres: [Double]
  /// The unit of each of the plan's buildings, or of its ready units.
  var unitOfHome: [Int?]

  init(_ ground: DrawnGround, _ group: [Int], codes: [String], _ inputs: PlanInputs) {
    fabric = ground.fabric
    parent = ground.parents
    identifiers = Array(repeating: nil, count: ground.fabric.units.count)
    for (row, unit) in ground.unitOfReady.enumerated() {
      if let unit, identifiers[unit] == nil { identifiers[unit] = inputs.units[row].id }
    }
    names = ground.names
    households = ground.weights
    buildings = ground.buildingCounts
    grid = group.map { $0 < 0 ? nil : codes[$0] }
    micro = grid.map { _ in nil }
    // Special areas stand after the compounds.
    compound = ground.fabric.units.map { unit in
      unit.compound.flatMap { inputs.compounds.indices.contains($0) ? inputs.compounds[$0].id : nil }
    }
    isUndivided = ground.parents.map { $0.map(ground.undivided.contains) ?? false }
    places = grid.map { _ in 0 }
    streetMetres = grid.map { _ in 0 }
    unitOfHome = inputs.buildings.isEmpty ? ground.unitOfReady : ground.unitOfBuilding
  }

  var count: Int { grid.count }

  /// Counts key places and metres of street in the units; a point on a border goes, as everywhere, to
  /// the grid of the lowest code.
  mutating func count(_ points: [Point], streets: [StreetLine]) {
    let members = grid.indices.filter { grid[$0] != nil }
    let width = String(count).count
    let index = AreaIndex(
      members.map { unit in
        let number = String(unit)
        let rank = String(repeating: "0", count: width - number.count) + number
        return Area(code: grid[unit]! + "/" + rank, polygons: fabric.units[unit].polygons)
      })
    for member in index.locate(points) where member >= 0 { places[members[Int(member)]] += 1 }
    for street in streets {
      let middles = zip(street.points, street.points.dropFirst()).map { $0.midpoint(to: $1) }
      for (segment, member) in index.locate(middles).enumerated() where member >= 0 {
        streetMetres[members[Int(member)]] += street.points[segment].distance(to: street.points[segment + 1])
      }
    }
  }

  /// The sums of a figure over the units of each code.
  func sums<Value: AdditiveArithmetic>(_ figure: [Value], by code: [String?]) -> [String: Value] {
    var sums: [String: Value] = [:]
    for (unit, code) in code.enumerated() { if let code { sums[code, default: .zero] += figure[unit] } }
    return sums
  }
}
