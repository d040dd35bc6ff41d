import Georeference
import Planar

/// Where the synthetic town stands: in the open East China Sea, on the middle meridian of the
/// CGCS2000 3° zone 41 (EPSG:4550, 123° E) near 31.5° N, so that nobody takes it for a real place.
struct SeaPlace {
  private static let origin = Point(x: 500_000, y: 3_486_000)
  private let toDegrees: Transformation

  init() throws {
    toDegrees = try Transformation(from: CRS("EPSG:4550"), to: .crs84)
  }

  /// The geometries in longitude and latitude, rounded to seven decimals as GeoJSON carries them.
  func degrees(_ geometries: [Geometry]) throws -> [Geometry] {
    var all: [Point] = []
    for geometry in geometries { geometry.forEachCoordinate { all.append($0 + SeaPlace.origin) } }
    let degrees = try toDegrees(all)
    var next = 0
    return geometries.map { geometry in
      geometry.mapCoordinates { points in
        defer { next += points.count }
        return degrees[next..<(next + points.count)].map { Point(x: rounded($0.x), y: rounded($0.y)) }
      }
    }
  }

  private func rounded(_ degrees: Double) -> Double { (degrees * 1e7).rounded() / 1e7 }
}
