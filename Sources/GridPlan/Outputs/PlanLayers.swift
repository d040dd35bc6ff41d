internal import Georeference
internal import MapFiles
internal import Planar
internal import Topology

/// The layers of a plan as they are written: fields in a fixed order, coordinates in CRS84.
struct PlanLayers {
  var plan: Plan
  /// From the working CRS to longitude and latitude.
  var toDegrees: Transformation
  /// The further weights of the scenario.
  var weightNames: [String] = []

  func grids() throws -> Layer { try grids(plan.grids, name: "grids") }

  /// The grids with coordinates as they are printed, like those of `barriers`.
  func printedGrids() throws -> Layer {
    var layer = try grids()
    for row in layer.features.indices {
      layer.features[row].geometry = layer.features[row].geometry?.printed
    }
    return layer
  }

  func microGrids() throws -> Layer { try grids(plan.microGrids, name: "microgrids") }

  private func grids(_ grids: [PlannedGrid], name: String) throws -> Layer {
    let fields = [
      "code", "name", "parent", "kind", "households", "buildings", "area_m2", "perimeter_m", "polsby_popper",
      "deviation", "workload_min", "workers", "cameras", "events", "estimated", "status",
    ] + weightNames + (plan.redraw?.moved == nil ? [] : ["continues", "moved_in", "moved_out"])
    return Layer(
      name: name, crs: .crs84, fields: fields,
      features: try grids.map { grid in
        Feature(geometry: try grid.printed.map(Geometry.area) ?? toDegrees(.area(of: grid.polygons)), values: values(of: grid))
      })
  }

  private func values(of grid: PlannedGrid) -> [FieldValue] {
    [
      .string(grid.code), .text(grid.name), .string(grid.parent), .string(grid.kind),
      .integer(grid.households), .integer(grid.buildings), .number(grid.area.rounded(to: 2)),
      .number(grid.perimeter.rounded(to: 2)), .number(grid.polsbyPopper.rounded(to: 4)),
      .number(grid.deviation.rounded(to: 4)), .number(grid.workloadMinutes.rounded(to: 1)),
      .number(grid.workers.rounded(to: 2)), .integer(grid.cameras), .integer(grid.events),
      .bool(grid.isEstimated), .string(grid.status),
    ] + weightNames.indices.map { grid.weights.indices.contains($0) ? .number(grid.weights[$0].rounded(to: 3)) : .null }
      + (plan.redraw?.moved == nil ? [] : [.text(grid.continues), .integer(grid.movedIn), .integer(grid.movedOut)])
  }

  func buildings() throws -> Layer { try homes(plan.buildings, name: "buildings") }

  func units() throws -> Layer { try homes(plan.units, name: "units") }

  /// Buildings or ready units; where grids were drawn, with the unit of `plan_units` that holds each.
  private func homes(_ homes: [PlacedBuilding], name: String) throws -> Layer {
    let unit = plan.ground?.unitOfHome
    return Layer(
      name: name, crs: .crs84, fields: ["id", "grid", "households", "status"] + (unit == nil ? [] : ["unit"]),
      features: try homes.enumerated().map { row, building in
        let values: [FieldValue] = [
          .string(building.id), .text(building.grid), .integer(building.households), .string(building.status.rawValue),
        ]
        let own = unit.map { $0.indices.contains(row) ? $0[row] : nil }
        return Feature(
          geometry: try building.geometry.map { try toDegrees($0) },
          values: values + (own.map { [$0.map { .integer($0 + 1) } ?? .null] } ?? []))
      })
  }

  func points(_ points: [PlacedFeature], name: String) throws -> Layer {
    Layer(
      name: name, crs: .crs84, fields: ["id", "grid"],
      features: try points.map { point in
        Feature(
          geometry: try point.point.map { .point(try toDegrees($0)) },
          values: [.string(point.id), .text(point.grid)])
      })
  }

  func communities() throws -> Layer {
    Layer(
      name: "communities", crs: .crs84, fields: ["code", "name"],
      features: try zip(plan.communities, communityOutlines()).map { community, outline in
        Feature(geometry: .area(of: outline), values: [.string(community.code), .text(community.name)])
      })
  }

  func barriers() throws -> Layer {
    Layer(
      name: "barriers", crs: .crs84, fields: ["id"],
      features: try printedAreas(plan.barriers).enumerated().map { index, polygon in
        Feature(geometry: .polygon(polygon), values: [.integer(index + 1)])
      })
  }

  /// Areas as they are printed, with seven decimals; what rounding folds is mended or, where nothing
  /// is left of it, dropped. Borders of grids never go this way.
  func printedAreas(_ polygons: [Polygon]) throws -> [Polygon] {
    try polygons.filter { $0.area >= 0.01 }.flatMap { polygon in
      let printed = Geometry.polygon(try toDegrees(polygon)).printed.polygons
      return isValid(printed) ? printed : try repaired(printed)
    }
  }

  func problems() throws -> Layer {
    let fields = ["rule", "severity", "file", "feature", "code", "measure", "unit", "lon", "lat", "message", "message_zh"]
    return Layer(
      name: "problems", crs: .crs84, fields: fields,
      features: try plan.problems.map { problem in
        let place = try problem.place.map { try toDegrees($0) }
        return Feature(
          geometry: place.map { .point($0) },
          values: [
            .string(problem.rule), .string(problem.severity.rawValue), .string(problem.file),
            .text(problem.feature), .text(problem.code), .optional(problem.measure?.rounded(to: 4)),
            .text(problem.unit), .optional(place?.x.rounded(to: 7)), .optional(place?.y.rounded(to: 7)),
            .string(problem.message), .string(problem.chinese),
          ])
      })
  }
}

extension PlannedGrid {
  /// `ok`, `below` or `above` the bounds, or `oversize` for a single unit above the maximum.
  var status: String { violation?.rawValue ?? (isOversize ? "oversize" : "ok") }
}

extension PlacedBuilding {
  /// The footprint, or the point of a building that has none.
  var geometry: Geometry? { polygons.isEmpty ? point.map { .point($0) } : .area(of: polygons) }
}

extension FieldValue {
  static func text(_ value: String?) -> FieldValue { value.map { .string($0) } ?? .null }
  static func optional(_ value: Double?) -> FieldValue { value.map { .number($0) } ?? .null }
}

extension Double {
  /// The nearest number with so many decimals.
  func rounded(to decimals: Int) -> Double {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    return (self * scale).rounded() / scale
  }
}
