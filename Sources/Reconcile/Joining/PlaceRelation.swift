import Planar
import Topology

/// How two rows lie to each other.
struct PlaceRelation: Sendable {
  /// The common area over the area of both; nil where one is no area.
  var overlap: Double?
  /// The share of A's area in B, and of B's in A.
  var shareOfA: Double?
  var shareOfB: Double?
  /// Metres between the nearest points; 0 where they meet.
  var distance: Double

  init(_ a: Place, _ b: Place) {
    if a.isArea, b.isArea {
      let common = (try? intersectionArea(a.polygons, b.polygons)) ?? 0
      let whole = a.area + b.area - common
      overlap = whole > 0 ? common / whole : 0
      shareOfA = a.area > 0 ? common / a.area : 0
      shareOfB = b.area > 0 ? common / b.area : 0
      distance = common > 0 ? 0 : PlaceRelation.gap(a, b)
    } else if a.isArea || b.isArea {
      let (area, point) = a.isArea ? (a, b) : (b, a)
      distance = area.distance(to: point.center)
    } else {
      distance = a.center.distance(to: b.center)
    }
  }

  /// The least distance between areas that don't overlap.
  private static func gap(_ a: Place, _ b: Place) -> Double {
    (try? Topology.distance(.area(of: a.polygons), .area(of: b.polygons))) ?? nil
      ?? a.center.distance(to: b.center)
  }

  /// The evidence from 0 to 1 that both are one place.
  func score(reach: Double) -> Double {
    overlap ?? max(0, 1 - distance / max(reach, 1e-9))
  }
}

extension Place {
  /// Metres from a point to the area; 0 inside.
  func distance(to point: Point) -> Double {
    if polygons.contains(where: { $0.locate(point) != .outside }) { return 0 }
    return polygons.map { $0.distanceToBoundary(from: point) }.min() ?? center.distance(to: point)
  }
}
