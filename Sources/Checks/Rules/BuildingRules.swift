import MapFiles
import Parallel
import Planar
import Topology

extension LayerCheck {
  /// Buildings of which more than `cutTolerance` lies outside the grid of their interior point.
  mutating func checkBuildings(_ buildings: Layer) throws {
    let buildings = try sibling(buildings)
    let checked = checked
    let tolerance = options.cutTolerance
    let parts = chunks(of: buildings.shapes.count, parts: 256)
    let found = parallelMap(count: buildings.shapes.isEmpty ? 0 : parts.count) { part in
      parts[part].compactMap { Cut(of: $0, buildings, checked, tolerance) }
    }
    for cut in found.joined() { report(cut, buildings) }
  }

  private mutating func report(_ cut: Cut, _ buildings: CheckedLayer) {
    let building = buildings.shapes[cut.building].feature
    let grid = checked.shapes[cut.home].feature
    let id = buildings.layer.index(of: "id").flatMap { buildings.layer.features[building].values[$0].asText } ?? "#\(building)"
    add(
      .cutBuilding, .error, feature: grid, other: building, measure: cut.area, unit: "m2", at: cut.place,
      language(
        "\(rounded(cut.area)) m² of building \(id) lie outside its grid \(checked.name(of: grid))",
        "建筑物 \(id) 有 \(rounded(cut.area)) 平方米在所属网格 \(checked.name(of: grid)) 之外"))
  }
}

/// The part of a building outside its grid.
private struct Cut: Sendable {
  let building: Int
  let home: Int
  let area: Double
  let place: Point?

  init?(of building: Int, _ buildings: CheckedLayer, _ grids: CheckedLayer, _ tolerance: Double) {
    let shape = buildings.shapes[building]
    let near = grids.index.items(meeting: shape.box)
    guard !near.isEmpty, let inside = interiorPoint(of: shape.polygons),
      let home = near.first(where: { grids.shapes[$0].locate(inside) != .outside }),
      !grids.shapes[home].plainlyHolds(shape),
      let rest = try? remainder(shape.polygons, grids.shapes[home].polygons)
    else { return nil }
    let area = rest.reduce(0) { $0 + $1.area }
    guard area > tolerance else { return nil }
    (self.building, self.home, self.area) = (building, home, area)
    place = rest.max { $0.area < $1.area }.flatMap { interiorPoint(of: [$0]) }
  }
}

extension Shape {
  /// Whether `other` lies inside because one of its points does and no border comes near its box.
  func plainlyHolds(_ other: Shape) -> Bool {
    let isClear = polygons.allSatisfy { polygon in
      polygon.rings.allSatisfy { ring in
        zip(ring.points, ring.points.dropFirst()).allSatisfy { !Box(around: [$0, $1]).intersects(other.box) }
      }
    }
    return isClear && other.polygons.first.map { locate($0.exterior.points[0]) == .inside } == true
  }
}
