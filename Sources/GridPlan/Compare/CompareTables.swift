internal import Georeference
internal import MapFiles

/// The layers that a comparison writes.
struct CompareTables {
  let work: Comparison

  /// The pieces that are in another grid than before: from, to, area, households.
  ///
  /// A piece of households whose ground is too thin to draw has no geometry.
  func diff() throws -> Layer {
    let pieces = work.moved
    let toDegrees = try Transformation(from: work.after.crs.crs, to: .crs84, allowBallpark: true)
    let printed = try PrintedAreas(pieces.map(\.polygons), by: toDegrees)
    let hasHouseholds = work.homes != nil
    return Layer(
      name: "diff", crs: .crs84, fields: ["from", "to", "from_name", "to_name", "area_m2", "households", "small"],
      features: zip(pieces, printed.geometries).map { piece, geometry in
        let (from, to) = (piece.before.map { work.before.grids[$0] }, piece.after.map { work.after.grids[$0] })
        let area = piece.polygons.reduce(0) { $0 + $1.area }
        return Feature(
          geometry: geometry,
          values: [
            .text(from?.code), .text(to?.code), .text(from?.name), .text(to?.name), .number(area.rounded(to: 2)),
            hasHouseholds ? .integer(piece.households) : .null,
            .bool((1..<max(1, work.minCount)).contains(piece.households)),
          ])
      })
  }

  /// A row for each grid of before and for each new one.
  func changes() -> Layer {
    Layer(
      name: "changes",
      fields: [
        "status", "old_code", "new_code", "old_name", "new_name", "parent", "old_households", "new_households",
        "households_change", "stayed", "left", "came", "old_deviation", "new_deviation", "old_workload_min",
        "new_workload_min", "workload_change", "old_area_m2", "new_area_m2", "common_area_m2", "mostly",
      ],
      features: work.changes.map { Feature(geometry: nil, values: values(of: $0)) })
  }

  private func values(of change: GridChange) -> [FieldValue] {
    let (old, new) = (change.before, change.after)
    func whole(_ value: Int?) -> FieldValue { value.map { .integer($0) } ?? .null }
    func number(_ value: Double?, _ decimals: Int) -> FieldValue { .optional(value?.rounded(to: decimals)) }
    let codes: [FieldValue] = [
      .string(change.status.rawValue), .text(old?.code), .text(new?.code), .text(old?.name), .text(new?.name),
      .text(new?.parent ?? old?.parent),
    ]
    let households: [FieldValue] = [
      whole(old?.households), whole(new?.households), whole(change.households), whole(change.stayed),
      whole(flow(old, change)), whole(flow(new, change)), number(change.deviationBefore, 4), number(change.deviationAfter, 4),
    ]
    let rest: [FieldValue] = [
      number(old?.workload, 1), number(new?.workload, 1), number(change.workload, 1), number(old?.area, 2),
      number(new?.area, 2), number(change.commonArea, 2), .text(change.mostly),
    ]
    return codes + households + rest
  }

  /// Households of a side that did not stay.
  private func flow(_ grid: ComparedGrid?, _ change: GridChange) -> Int? {
    guard work.homes != nil else { return nil }
    return grid?.households.map { $0 - (change.stayed ?? 0) }
  }
}
