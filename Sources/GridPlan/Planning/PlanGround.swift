internal import Assignment
internal import Fabric
internal import Planar
internal import Redraw

/// The units that the grids of a plan are made of, and what is in each: what edits work on.
///
/// Codes tell where a unit is, so that grids and micro-grids are its groups by code.
struct PlanGround: Sendable {
  /// In metres of the working CRS.
  var fabric: Fabric
  /// Which units hang together, by which border or link; numbers are those of units.
  var edges: [UnitGraph.Edge]
  /// The position of each unit's community among the plan's; nil where there are none.
  var parent: [Int?]
  /// The input's own identifier of each unit; nil where units were made from buildings.
  var identifiers: [String?]
  /// What problems call each unit: by its first building, or its own identifier.
  var names: [String]
  var households: [Int]
  var buildings: [Int]
  /// Further weights of the scenario, in its order, of each unit.
  var weights: [[Double]]
  /// The grid and the micro-grid of each unit; nil for ground in none.
  var grid: [String?]
  var micro: [String?]
  /// The grid of today of each unit; nil without a plan of today.
  var today: [String?]
  /// The compound that each unit lies in.
  var compound: [String?]
  /// The set of units that each unit stays with in one grid; nil where it stands for itself.
  var together: [Int?]
  /// Key places and metres of street in each unit, where a service asks for them.
  var places: [Int]
  var streetMetres: [Double]
  /// The unit of each of the plan's buildings, or of its ready units.
  var unitOfHome: [Int?]

  init(_ ground: DrawnGround, _ groups: GroupSearch, codes: [String], _ inputs: PlanInputs) {
    fabric = ground.fabric
    parent = ground.parents
    edges = ground.borders + groups.links
    identifiers = Array(repeating: nil, count: ground.fabric.units.count)
    for (row, unit) in ground.unitOfReady.enumerated() {
      if let unit, identifiers[unit] == nil { identifiers[unit] = inputs.units[row].id }
    }
    names = ground.names
    households = ground.weights
    buildings = ground.buildingCounts
    weights = ground.moreWeights
    grid = groups.group.map { $0 < 0 ? nil : codes[$0] }
    micro = grid.map { _ in nil }
    today = grid.indices.map { unit in ground.today.isEmpty ? nil : ground.today[unit].map { inputs.grids[$0].code } }
    // Special areas stand after the compounds.
    compound = ground.fabric.units.map { unit in
      unit.compound.flatMap { inputs.compounds.indices.contains($0) ? inputs.compounds[$0].id : nil }
    }
    together = PlanGround.joined(groups.keptTogether, count: ground.fabric.units.count)
    places = grid.map { _ in 0 }
    streetMetres = grid.map { _ in 0 }
    unitOfHome = inputs.buildings.isEmpty ? ground.unitOfReady : ground.unitOfBuilding
  }

  /// The lowest unit of the sets that each unit is in, sets that share a unit being one.
  private static func joined(_ sets: [[Int]], count: Int) -> [Int?] {
    var lowest = Array(0..<count)
    func root(_ unit: Int) -> Int { lowest[unit] == unit ? unit : root(lowest[unit]) }
    for set in sets {
      for unit in set {
        let (a, b) = (root(set[0]), root(unit))
        lowest[max(a, b)] = min(a, b)
      }
    }
    let inSet = Set(sets.joined())
    return lowest.indices.map { inSet.contains($0) ? root($0) : nil }
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
