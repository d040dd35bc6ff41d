public import Planar
import Parallel

/// How much of an area lies in views, counted by how many at once.
public struct CoveredArea: Sendable, Hashable {
  /// Square metres in at least 1, 2, … k views.
  public var atLeast: [Double]
  /// The whole area in square metres.
  public var whole: Double

  /// The share in at least `k` views, 0...1; nil where the area is empty.
  public func share(_ k: Int) -> Double? { whole > 0 ? atLeast[k - 1] / whole : nil }
}

extension CoveredArea {
  /// The area of `place` that lies in at least 1, 2, … `depth` of `views`.
  ///
  /// Exact but for rounding (relative error some 1e-12): the place is cut into ever smaller boxes;
  /// a box that views fill is counted at once, one with few edges by a slab sweep whose slabs end
  /// at vertices and crossings, so that widths are linear between. Near-coincident walls of many
  /// views do no harm, since an error of 1e-12 m in an edge is one of that size in the area.
  /// About O(n log n) for n edges.
  /// - Parameters:
  ///   - views: the polygons of each view, valid; those of one view must not overlap.
  ///   - place: polygons that don't overlap, metres.
  ///   - depth: up to how many views at once.
  public init(of views: [[Polygon]], within place: [Polygon], depth: Int = 1) {
    let solver = CoveredAreaSolver(depth: depth)
    self = solver.solve(views: views.joined(), place: place)
  }

  /// The same for many places, in order, on all cores.
  ///
  /// - Parameters:
  ///   - views: each with its polygons.
  ///   - places: polygons that don't overlap, metres.
  ///   - candidates: for each place the views that may touch it.
  ///   - depth: up to how many views at once.
  public static func each(
    of views: [View], within places: [[Polygon]], candidates: [[Int]], depth: Int = 1
  ) -> [CoveredArea] {
    let parts = chunks(of: places.count, parts: max(1, places.count / 8))
    return parallelMap(count: parts.count) { part in
      let solver = CoveredAreaSolver(depth: depth)
      return parts[part].map { place in
        solver.solve(views: candidates[place].lazy.map { views[$0].polygons }.joined(), place: places[place])
      }
    }.flatMap { $0 }
  }
}
