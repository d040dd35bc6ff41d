import Planar

/// A building that was spoiled on purpose, and how.
struct Oddity {
  enum Kind: String, CaseIterable {
    /// Half on another building.
    case overlap
    /// Across a street or the border of a community.
    case cut
    /// In the river.
    case water
    /// A ring that crosses itself.
    case invalid = "invalid-ring"
    /// The same footprint as another building.
    case duplicate
    /// Far too small.
    case sliver
  }
  var building: Int
  var kind: Kind
}

extension TownPlan {
  /// Spoils `request.odd` homes, the kinds in turn, evenly over the town. Households stay.
  mutating func plantOddities() -> [Oddity] {
    guard request.odd > 0 else { return [] }
    let homes = buildings.indices.filter { buildings[$0].use == .residential }
    let kinds = Oddity.Kind.allCases
    return (0..<request.odd).map { number in
      let at = number * homes.count / request.odd
      let oddity = Oddity(building: homes[at], kind: kinds[number % kinds.count])
      spoil(oddity, other: homes[(at + 1) % homes.count])
      return oddity
    }
  }

  private mutating func spoil(_ oddity: Oddity, other: Int) {
    let corners = buildings[oddity.building].corners
    let center = mean(of: corners)
    func moved(to place: Point) -> [Point] { corners.map { $0 + (place - center) } }
    let spoiled: [Point]
    switch oddity.kind {
    case .overlap: spoiled = buildings[other].corners.map { $0 + Point(x: 4, y: 3) }
    case .duplicate: spoiled = buildings[other].corners
    case .cut:
      let ring = mesh.points(mesh.faces[buildings[oddity.building].face].ring)
      spoiled = moved(to: ring[0].midpoint(to: ring[1]))
    case .water:
      let strip = strips[oddity.building % strips.count]
      spoiled = moved(to: lattice.node(1, strip.j).midpoint(to: lattice.node(1, strip.j + 1)))
    case .invalid:
      let opposite = corners.count / 2
      spoiled = [corners[0], corners[opposite], corners[1], corners[opposite + 1]]
    case .sliver: spoiled = corners.map { center + ($0 - center) * 0.05 }
    }
    buildings[oddity.building].corners = spoiled
  }
}
