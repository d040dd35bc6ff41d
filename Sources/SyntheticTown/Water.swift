import Planar

/// A body of water, in metres.
struct WaterBody {
  var kind: String
  var name: String
  var area: Polygon
}

extension TownPlan {
  /// The river, then ponds.
  func water() -> [WaterBody] { [river()].compactMap { $0 } + ponds() }

  /// The river runs in the middle of its band, a little beyond the town at both ends.
  private func river() -> WaterBody? {
    guard let low = strips.map(\.j).min(), let high = strips.map(\.j).max() else { return nil }
    let share = lattice.settings.riverWidth / 2 / lattice.settings.halfBand
    func bank(_ i: Int, _ j: Int) -> Point {
      let middle = lattice.node(1, j)
      return middle + (lattice.node(i, j) - middle) * share
    }
    let rows = Array((low - 1)...(high + 2))
    let ring = rows.map { bank(2, $0) } + rows.reversed().map { bank(0, $0) }
    return WaterBody(kind: "river", name: "示范河", area: Polygon(exterior: Ring(ring)))
  }

  private func ponds() -> [WaterBody] {
    plans.lazy.flatMap(\.parcels).compactMap(\.pond).enumerated().map { index, ring in
      WaterBody(
        kind: "pond", name: "示范" + Names.word(index + 100) + (request.profile == .urban ? "湖" : "塘"),
        area: Polygon(exterior: Ring(ring)))
    }
  }
}
