public import Georeference
import MapFiles
import Planar

/// Finds the grid of points whatever their reference system, and the nearest one for strays.
public struct PointPlacer: Sendable {
  public let grids: GridLayer
  /// The system that points are given in.
  public let crs: CRS
  private let transformation: Transformation
  private let pointsHaveDegrees: Bool
  private let strays: Strays?

  private struct Strays: Sendable {
    let borders: NearestBorder
    let hasDegrees: Bool
    let metresPerUnit: Double
  }

  /// - Parameters:
  ///   - grids: where points are placed.
  ///   - crs: the system of the points.
  ///   - allowBallpark: whether a transformation that ignores the difference of datums will do.
  ///   - findsNearest: whether `nearest` will be asked; it needs an index of its own.
  /// - Throws: `GeoreferenceError` where there is no transformation between the two systems.
  public init(
    grids: GridLayer, pointsIn crs: CRS, allowBallpark: Bool = false, findsNearest: Bool
  ) throws {
    self.grids = grids
    self.crs = crs
    transformation = try Transformation(from: crs, to: grids.crs, allowBallpark: allowBallpark)
    pointsHaveDegrees = try crs.hasDegrees()
    guard findsNearest else {
      strays = nil
      return
    }
    let hasDegrees = try grids.crs.hasDegrees()
    strays = Strays(
      borders: NearestBorder(grids.areas), hasDegrees: hasDegrees,
      metresPerUnit: hasDegrees ? 1 : try grids.crs.described().metresPerUnit)
  }

  /// Moves points into the system of the grids. Points without a place there become `unplaceable`, and
  /// not a number.
  func transform(_ points: inout [Point], _ states: inout [PointState]) {
    guard !transformation.isIdentity else { return }
    let placed = states.indices.filter { states[$0] == .placed }
    if let moved = try? transformation(placed.map { points[$0] }) {
      for (i, point) in zip(placed, moved) { points[i] = point }
      return
    }
    for i in placed {
      if let moved = try? transformation(points[i]), moved.isFinite {
        points[i] = moved
      } else {
        points[i] = Point(x: .nan, y: .nan)
        states[i] = .unplaceable
      }
    }
  }

  /// The grids of points in their own system.
  func find(_ points: [Point]) -> [AreaIndex.Found] {
    points.withUnsafeBufferPointer { points in
      [AreaIndex.Found](unsafeUninitializedCapacity: points.count) { found, count in
        grids.index.find(points, into: found)
        count = points.count
      }
    }
  }

  /// The grid nearest to a point in the grids' system, and the distance in metres.
  func nearest(to point: Point) -> (code: String, metres: Double)? {
    guard let strays else { return nil }
    var scale = Point(x: strays.metresPerUnit, y: strays.metresPerUnit)
    if strays.hasDegrees { scale = metresInDegree(atLatitude: point.y) }
    return strays.borders.nearest(to: point, scale: scale).map { (grids.codes[$0.area], $0.distance) }
  }

  /// Refuses points whose coordinates cannot be what the reference system says, judged by the first
  /// ones: where most break its limits, or lie in no grid but would with x and y swapped.
  func checkPlausible(_ points: [Point], file: String) throws {
    guard pointsHaveDegrees else { return }
    let finite = points.prefix(10_000).filter(\.isFinite)
    guard !finite.isEmpty else { return }
    let wrong = finite.filter { abs($0.x) > 180 || abs($0.y) > 90 }
    if let example = wrong.first, 2 * wrong.count > finite.count {
      let isSwapped = wrong.allSatisfy { abs($0.x) <= 90 && abs($0.y) <= 180 }
      throw isSwapped ? swapped(example, file) : notDegrees(example, file)
    }
    guard transformation.isIdentity, !finite.contains(where: { grids.index.box.contains($0) }) else { return }
    let turned = finite.filter { grids.index.box.contains(Point(x: $0.y, y: $0.x)) }
    if let example = turned.first, 2 * turned.count > finite.count { throw swapped(example, file) }
  }

  private func swapped(_ point: Point, _ file: String) -> MapFileError {
    MapFileError(
      .badData, file: file, message: "longitude and latitude look swapped: (\(point.x), \(point.y))",
      remedy: "Name the columns: --x for longitude, --y for latitude")
  }

  private func notDegrees(_ point: Point, _ file: String) -> MapFileError {
    MapFileError(
      .badData, file: file, message: "(\(point.x), \(point.y)) is not longitude and latitude in degrees, as \(crs) asks",
      remedy: "Name the reference system of the points with --crs, such as --crs EPSG:4549")
  }
}
