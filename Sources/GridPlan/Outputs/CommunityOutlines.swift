internal import Parallel
internal import Planar
internal import Topology

/// Communities as they are printed: with the vertices of their grids along their borders.
///
/// A vertex of a grid on a long straight border of its community is some millimetres off it once it
/// is rounded to seven decimals. The union of the printed grids and of the water between them has the
/// same border to the last digit.
extension PlanLayers {
  /// For each community its outline in longitude and latitude; of one without grids as it came.
  func communityOutlines() throws -> [[Polygon]] {
    let asGiven = try plan.communities.map { try toDegrees(.area(of: $0.polygons)).polygons }
    guard plan.isDrawn else { return asGiven }
    let printed = plan.communities.compactMap(\.printed)
    guard printed.isEmpty else { return printed }
    let grids = Dictionary(grouping: plan.grids, by: \.parent)
    let water = try printedAreas(plan.barriers)
    let index = BoxIndex(water.map(\.box))
    return try parallelMap(count: asGiven.count) { number in
      let members = try (grids[plan.communities[number].code] ?? []).flatMap(printedPolygons)
      guard !members.isEmpty else { return asGiven[number] }
      let box = asGiven[number].reduce(into: Box.empty) { $0.formUnion($1.box) }
      let wet = try intersection(index.items(meeting: box).map { water[$0] }, asGiven[number])
      return try printable(union(members + wet))
    }
  }

  /// A grid with its coordinates as they are printed.
  private func printedPolygons(_ grid: PlannedGrid) throws -> [Polygon] {
    let degrees = try grid.printed.map(Geometry.area) ?? toDegrees(.area(of: grid.polygons))
    return degrees.printed.polygons
  }

  /// Without the specks that rounding leaves where grids and water meet.
  private func printable(_ outline: [Polygon]) throws -> [Polygon] {
    // 0.01 m² at the equator, in square degrees.
    let speck = 1e-12
    let clean = outline.filter { $0.area > speck }.map { part in
      Polygon(exterior: part.exterior, holes: part.holes.filter { Polygon(exterior: $0).area > speck })
    }
    let printed = Geometry.area(of: clean).printed.polygons
    return isValid(printed) ? printed : try repaired(printed)
  }
}
