import Planar

/// The whole town in metres about its origin, before it becomes layers.
struct TownPlan {
  var request: TownRequest
  var lattice: Lattice
  var plans: [CellPlan]
  /// Cells of the river that belong to the town.
  var strips: [Cell]
  var mesh: Mesh
  var communities: [Community]
  /// For each face of the mesh, its community.
  var communityOfFace: [Int]
  /// For each face on land.
  var compounds: [Compound]
  var buildings: [Building]
  /// Households by face.
  var householdsOfFace: [Int]
  /// Faces on the other side of each face's borders, each once.
  var neighbors: [[Int]]
}

struct Compound {
  var use: ParcelUse
  var fence: Convex
  var community: Int
  /// Its number, from 1 in the order of communities.
  var number = 0
}

struct Building {
  var corners: [Point]
  var floors: Int
  var use: BuildingUse
  var face: Int
  var households: Int
}

extension TownPlan {
  init(_ request: TownRequest) {
    let lattice = Lattice(request, Settings(request))
    let growth = Growth(request, lattice)
    let strips = TownPlan.strips(growth.plans.map(\.cell))
    let mesh = Mesh(growth.plans, strips: strips, lattice)
    var (buildings, compounds) = TownPlan.collect(growth.plans)
    TownPlan.share(request.households, among: &buildings)
    var householdsOfFace = [Int](repeating: 0, count: mesh.faces.count)
    for building in buildings { householdsOfFace[building.face] += building.households }
    let communities = TownPlan.communities(mesh, growth.plans, strips, householdsOfFace, lattice, request)
    let communityOfCell = Dictionary(
      uniqueKeysWithValues: communities.enumerated().flatMap { index, community in
        community.cells.map { ($0, index) }
      })
    let communityOfFace = mesh.faces.map { communityOfCell[$0.cell]! }
    for face in compounds.indices { compounds[face].community = communityOfFace[face] }
    TownPlan.number(&compounds)
    self.init(
      request: request, lattice: lattice, plans: growth.plans, strips: strips, mesh: mesh,
      communities: communities, communityOfFace: communityOfFace, compounds: compounds, buildings: buildings,
      householdsOfFace: householdsOfFace, neighbors: mesh.neighbors())
    sortBuildings()
  }

  /// The cells of the river beside settled banks.
  private static func strips(_ cells: [Cell]) -> [Cell] {
    cells.filter { $0.i == -1 || $0.i == 2 }.map { Cell(i: $0.i == -1 ? 0 : 1, j: $0.j) }
      .sorted { ($0.i, $0.j) < ($1.i, $1.j) }
  }

  private static func collect(_ plans: [CellPlan]) -> ([Building], [Compound]) {
    var buildings: [Building] = []
    var compounds: [Compound] = []
    for parcel in plans.lazy.flatMap(\.parcels) {
      for unit in parcel.units {
        for draft in unit.drafts {
          buildings.append(
            Building(
              corners: draft.corners, floors: draft.floors, use: draft.use, face: compounds.count, households: 0))
        }
        compounds.append(Compound(use: parcel.use, fence: unit.fence, community: 0))
      }
    }
    return (buildings, compounds)
  }

  /// Shares exactly `total` households by floor area: each building gets the growth of the rounded
  /// running total, so nothing is lost and the error is below one household a building.
  private static func share(_ total: Int, among buildings: inout [Building]) {
    func weight(_ building: Building) -> Int {
      building.use == .residential ? Int(Ring(building.corners).signedArea * Double(building.floors)) : 0
    }
    let sum = buildings.reduce(0) { $0 + weight($1) }
    var running = 0
    var given = 0
    for index in buildings.indices {
      running += weight(buildings[index])
      let due = running * total / sum
      buildings[index].households = due - given
      given = due
    }
  }

  private static func communities(
    _ mesh: Mesh, _ plans: [CellPlan], _ strips: [Cell], _ households: [Int], _ lattice: Lattice,
    _ request: TownRequest
  ) -> [Community] {
    var ofCell: [Cell: Int] = [:]
    for (face, count) in zip(mesh.faces, households) { ofCell[face.cell, default: 0] += count }
    let cells = plans.map(\.cell)
    return Divisions.communities(
      cells: cells, households: cells.map { ofCell[$0]! }, strips: Set(strips), lattice: lattice,
      profile: request.profile)
  }

  private static func number(_ compounds: inout [Compound]) {
    let order = compounds.indices.sorted { (compounds[$0].community, $0) < (compounds[$1].community, $1) }
    for (number, face) in order.enumerated() { compounds[face].number = number + 1 }
  }

  /// By community, then compound, then place in it.
  private mutating func sortBuildings() {
    let order = buildings.indices.sorted {
      (compounds[buildings[$0].face].number, $0) < (compounds[buildings[$1].face].number, $1)
    }
    buildings = order.map { buildings[$0] }
  }
}

extension Mesh {
  /// The faces beside each face, each once, in the order of its border.
  func neighbors() -> [[Int]] {
    var owner: [Edge: Int] = [:]
    for face in faces.indices { for edge in edges(of: face) { owner[edge] = face } }
    return faces.indices.map { face in
      var found: [Int] = []
      for edge in edges(of: face) {
        if let other = owner[edge.reversed], !found.contains(other) { found.append(other) }
      }
      return found
    }
  }
}
