internal import Assignment
internal import Planar

/// Finds the grid of a point: on a shared border that of the lowest code.
struct GridLocator: Sendable {
  private let grids: [PlannedGrid]
  private let index: AreaIndex
  private let borders: NearestBorder

  init(_ grids: [PlannedGrid]) {
    self.grids = grids
    let areas = grids.map { Area(code: $0.code, polygons: $0.polygons) }
    index = AreaIndex(areas)
    borders = NearestBorder(areas)
  }

  /// The position of the point's grid.
  func grid(at point: Point) -> Int? { index.locate(point) }

  /// The positions of the points' grids, -1 where there is none.
  func grids(at points: [Point]) -> [Int32] { index.locate(points) }

  /// The grid nearest to a point outside all, and how far it is in metres.
  func nearest(to point: Point) -> (code: String, distance: Double)? {
    borders.nearest(to: point).map { (grids[$0.area].code, $0.distance) }
  }

  /// The grid of each point; those outside every grid are listed under `rule`.
  func place(
    _ points: [PlacedPoint], rule: String, file: String, problems: inout [PlanProblem]
  ) -> [PlacedFeature] {
    points.map { point in
      guard let place = point.point else {
        problems.append(
          PlanProblem(
            rule, file: file, feature: point.id, "no place: the feature has no geometry", "没有位置：该要素没有几何图形"))
        return PlacedFeature(id: point.id, grid: nil, point: nil)
      }
      guard let grid = grid(at: place) else {
        problems.append(outside(place, rule: rule, file: file, feature: point.id, what: ("", "")))
        return PlacedFeature(id: point.id, grid: nil, point: place)
      }
      return PlacedFeature(id: point.id, grid: grids[grid].code, point: place)
    }
  }

  /// The note on a point outside every grid, with the nearest grid and its distance.
  func outside(
    _ place: Point, rule: String, file: String, feature: String, what: (english: String, chinese: String),
    measure: (value: Double, unit: String)? = nil
  ) -> PlanProblem {
    let nearest = nearest(to: place)
    let distance = nearest.map { String($0.distance.rounded(to: 1)) } ?? "–"
    return PlanProblem(
      rule, file: file, feature: feature, code: nearest?.code, measure: measure?.value ?? nearest?.distance,
      unit: measure?.unit ?? "m", place: place,
      what.english + "outside every grid; the nearest is \(nearest?.code ?? "none"), \(distance) m away",
      what.chinese + "在所有网格之外；最近的是 \(nearest?.code ?? "无")，相距 \(distance) 米")
  }
}
