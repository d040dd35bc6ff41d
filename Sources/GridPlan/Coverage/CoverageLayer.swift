import Coverage
import Georeference
import MapFiles
import Parallel
import Planar
import Topology

/// `coverage.geojson`: grids with their figures, key places and crossings with theirs, and the
/// covered and uncovered parts of declared areas.
extension CoverageAudit {
  private static let fields = [
    "feature", "id", "parent", "level", "needed", "cameras", "area_m2", "open_m2", "covered", "covered_strict",
    "k1_m2", "k2_m2", "k3_m2", "k1_strict_m2", "k2_strict_m2", "k3_strict_m2", "share", "share_strict",
  ] + tallyFields
  /// Of grids: places in them and how many are covered, metres of road and how many are in view.
  static let tallyFields = ["key_places", "crossings"].flatMap { [$0, "\($0)_covered", "\($0)_covered_strict"] }
    + ["road_m", "road_seen_m", "road_seen_strict_m"]

  func coverageLayer(_ toDegrees: Transformation) throws -> Layer {
    var rows = try grids.map { Row(try toDegrees($0.geometry), gridValues($0)) }
    rows += try placeRows(toDegrees)
    rows += try crossingRows(toDegrees)
    rows += try partRows(toDegrees)
    return Layer(
      name: "coverage", crs: .crs84, fields: Self.fields,
      features: rows.map { row in
        Feature(geometry: row.geometry, values: Self.fields.map { row.values[$0] ?? .missing })
      })
  }

  private struct Row {
    var geometry: Geometry?
    var values: [String: FieldValue]

    init(_ geometry: Geometry?, _ values: [String: FieldValue]) {
      self.geometry = geometry
      self.values = values
    }
  }

  private func number(_ value: Double, _ decimals: Int = 3) -> FieldValue { .number(rounded(value, decimals)) }

  private func gridValues(_ grid: AuditedGrid) -> [String: FieldValue] {
    let lenient = grid.seen[CameraSubsets.lenient]
    let strict = grid.seen[CameraSubsets.strict]
    var values: [String: FieldValue] = [
      "feature": .string("grid"), "id": .string(grid.code), "cameras": .integer(grid.cameras),
      "parent": grid.parent.map { .string($0) } ?? .null,
      "area_m2": number(grid.geometry.polygons.reduce(0) { $0 + $1.area }), "open_m2": number(grid.openArea),
    ]
    for k in 0..<3 {
      values["k\(k + 1)_m2"] = number(lenient[k])
      values["k\(k + 1)_strict_m2"] = number(strict[k])
    }
    if !places.isEmpty { values.merge(tally(grid.keyPlaces, "key_places")) { $1 } }
    if roads != nil {
      values.merge(tally(grid.crossings, "crossings")) { $1 }
      values["road_m"] = number(grid.roads.length)
      values["road_seen_m"] = number(grid.roads.seen[CameraSubsets.lenient][0])
      values["road_seen_strict_m"] = number(grid.roads.seen[CameraSubsets.strict][0])
    }
    if grid.openArea > 0 {
      values["share"] = number(min(1, lenient[0] / grid.openArea), 6)
      values["share_strict"] = number(min(1, strict[0] / grid.openArea), 6)
    }
    return values
  }

  private func tally(_ places: PlaceTally, _ name: String) -> [String: FieldValue] {
    [
      name: .integer(places.count), "\(name)_covered": .integer(places.covered[CameraSubsets.lenient]),
      "\(name)_covered_strict": .integer(places.covered[CameraSubsets.strict]),
    ]
  }

  private func placeRows(_ toDegrees: Transformation) throws -> [Row] {
    try [("keyPlace", places), ("openSpace", spaces)].flatMap { kind, places in
      try places.map { place in
        let geometry: Geometry? =
          place.polygons.isEmpty ? try place.point.map { .point(try toDegrees($0)) } : try toDegrees(.area(of: place.polygons))
        return Row(geometry, placeValues(place, kind))
      }
    }
  }

  private func placeValues(_ place: AuditedPlace, _ kind: String) -> [String: FieldValue] {
    func covered(_ subset: Int) -> FieldValue {
      guard place.isAssessable else { return .null }
      return .bool(
        place.isCovered(subset: subset, member: subsets.members[subset], areaShare: request.rules.areaShare))
    }
    var values: [String: FieldValue] = [
      "feature": .string(kind), "id": .string(place.id), "level": .string(place.level),
      "needed": .integer(place.needed), "covered": covered(CameraSubsets.lenient),
      "covered_strict": covered(CameraSubsets.strict),
    ]
    if let open = place.openArea {
      values["open_m2"] = number(open)
      if open > 0 {
        values["share"] = number(min(1, place.seenArea[CameraSubsets.lenient] / open), 6)
        values["share_strict"] = number(min(1, place.seenArea[CameraSubsets.strict] / open), 6)
      }
    } else {
      values["cameras"] = .integer(place.cameras.count { subsets.members[CameraSubsets.lenient][$0] })
    }
    return values
  }

  private func crossingRows(_ toDegrees: Transformation) throws -> [Row] {
    guard let roads else { return [] }
    return try roads.crossings.enumerated().map { index, crossing in
      func covered(_ subset: Int) -> FieldValue {
        .bool(roads.isCovered(index, subsets.members[subset], armShare: request.rules.armShare))
      }
      return Row(
        .point(try toDegrees(crossing.position)),
        [
          "feature": .string("crossing"), "id": .string(String(index + 1)), "needed": .integer(crossing.arms.count),
          "covered": covered(CameraSubsets.lenient), "covered_strict": covered(CameraSubsets.strict),
        ])
    }
  }

  /// Covered and uncovered parts of declared areas, by the lenient reading.
  private func partRows(_ toDegrees: Transformation) throws -> [Row] {
    let areas = (places + spaces).filter { !$0.polygons.isEmpty }
    let member = subsets.members[CameraSubsets.lenient]
    let buildings = input.buildings.geometries.map { $0?.polygons ?? [] }
    let cells = BoxCells(buildings.map { $0.reduce(Box.empty) { $0.union($1.box) } })
    let cut = try parallelMap(count: areas.count) { index -> [[Polygon]] in
      let area = areas[index]
      let box = area.polygons.reduce(Box.empty) { $0.union($1.box) }
      let built = cells.indices(meeting: box).flatMap { buildings[$0] }
      let seen = area.cameras.filter { member[$0] }.flatMap { cameras[$0].view.polygons }
      let open = try difference(repaired(area.polygons), union(repaired(built), grid: 0.001), grid: 0.001)
      let view = try union(seen, grid: 0.001)
      return [try intersection(open, view, grid: 0.001), try difference(open, view, grid: 0.001)]
    }
    let printed = try PrintedAreas(cut.flatMap { $0 }, by: toDegrees)
    return areas.indices.flatMap { index in
      ["covered", "uncovered"].enumerated().compactMap { part, name -> Row? in
        guard let geometry = printed.geometries[2 * index + part] else { return nil }
        let size = cut[index][part].reduce(0) { $0 + $1.area }
        return Row(
          geometry, ["feature": .string(name), "id": .string(areas[index].id), "area_m2": number(size)])
      }
    }
  }
}
