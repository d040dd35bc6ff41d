public import Planar
import Parallel

/// The views of many cameras, one for each, ready for questions.
public struct ViewSet: Sendable {
  /// One view for each camera; empty where it sees nothing.
  public let views: [View]
  private let cells: BoxCells
  private let boxes: [Box]

  public init(_ views: [View]) {
    self.views = views
    boxes = views.map { $0.polygons.reduce(Box.empty) { $0.union($1.box) } }
    cells = BoxCells(boxes)
  }

  /// Cameras whose view may touch a box, ascending.
  public func candidates(in box: Box) -> [Int] { cells.indices(meeting: box) }

  /// Cameras that see a point, ascending; the border of a view is seen.
  public func cameras(seeing point: Point) -> [Int] {
    candidates(in: Box(min: point, max: point)).filter { camera in
      views[camera].polygons.contains { $0.locate(point) != .outside }
    }
  }

  /// The area of each place that the chosen cameras see, in order, on all cores.
  public func covered(
    _ places: [[Polygon]], depth: Int, by isChosen: (Int) -> Bool = { _ in true }
  ) -> [CoveredArea] {
    let candidates = places.map { place in
      self.candidates(in: place.reduce(Box.empty) { $0.union($1.box) }).filter(isChosen)
    }
    return CoveredArea.each(of: views, within: places, candidates: candidates, depth: depth)
  }
}
