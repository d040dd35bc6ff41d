import Parallel
public import Planar

/// Finds the area that a point belongs to, exactly, among polygons that may have holes, overlap or
/// leave gaps.
///
/// A point belongs to the area with the lowest code (`codePrecedes`) among those that contain it,
/// borders included: on a shared border and in an overlap alike. The answer equals that of
/// `Polygon.locate` on every polygon in turn, whatever the input's order and the number of threads.
///
/// A frame of cells lies over the areas. A cell that no border touches answers at once. In any other,
/// the edges that touch it decide by the parity of the segment from a point of known side, with the
/// exact `orientation`. A cell that many edges touch has a frame of its own, so that skewed
/// extents cost no more than even ones.
///
/// Building takes O(n log n) time for n edges that are short against the extent, and some 40 bytes a
/// border cell; a look-up O(1) where a cell has few edges. Coordinates are in any one plane.
public struct AreaIndex: Sendable {
  /// The smallest box around all areas.
  public let box: Box
  let frame: CellFrame
  let cells: CellTable
  /// The position in the input of the area of each rank.
  let inputPosition: [Int32]

  /// - Parameter areas: any number; polygons without points, or with coordinates that are not finite or
  ///   beyond 1e100, contain nothing.
  public init(_ areas: [Area]) {
    let flat = FlatAreas(areas)
    box = flat.box
    inputPosition = flat.inputPosition
    frame = CellFrame(over: flat.box, cells: Self.cellCount(flat))
    cells = CellTable(flat, frame)
  }

  /// How many areas there are.
  public var count: Int { inputPosition.count }

  /// The position, in the input, of the area that `point` belongs to; nil where there is none, and
  /// for coordinates that are not numbers.
  public func locate(_ point: Point) -> Int? {
    let rank = withLookup { $0.rank(of: point, value: $0.value(at: point)) }
    return rank < 0 ? nil : Int(inputPosition[Int(rank)])
  }

  /// As `locate` for each point, in order, -1 where there is none, on all cores.
  public func locate(_ points: [Point]) -> [Int32] {
    let parts = chunks(of: points.count, parts: (points.count + 0x3fff) >> 14)
    return parallelMap(count: parts.count) { part in
      points[parts[part]].withUnsafeBufferPointer { points in
        [Int32](unsafeUninitializedCapacity: points.count) { found, count in
          locate(points, into: found)
          count = points.count
        }
      }
    }.flatMap { $0 }
  }

  /// As `locate`, one after the other on the calling thread.
  public func locate(_ points: UnsafeBufferPointer<Point>, into found: UnsafeMutableBufferPointer<Int32>) {
    withLookup { lookup in
      lookup.forEachValue(of: points) { i, value in
        let rank = lookup.rank(of: points[i], value: value)
        found[i] = rank < 0 ? -1 : lookup.inputPosition[Int(rank)]
      }
    }
  }

  /// The area of a point, and whether another one overlaps it there.
  public struct Found: Sendable, Hashable {
    /// The position of the area in the input; -1 where there is none.
    public var area: Int32
    /// Whether the point is in two areas and inside, not only on the border of, one of them.
    public var isShared: Bool

    public init(area: Int32, isShared: Bool) {
      self.area = area
      self.isShared = isShared
    }
  }

  /// As `locate`, one after the other on the calling thread, with a look at overlaps.
  public func find(_ points: UnsafeBufferPointer<Point>, into found: UnsafeMutableBufferPointer<Found>) {
    withLookup { lookup in
      lookup.forEachValue(of: points) { i, value in
        let (rank, isShared) = lookup.rankAndOverlap(of: points[i], value: value)
        found[i] = Found(area: rank < 0 ? -1 : lookup.inputPosition[Int(rank)], isShared: isShared)
      }
    }
  }

  /// As `find` for one point.
  public func find(_ point: Point) -> Found {
    let (rank, isShared) = withLookup { $0.rankAndOverlap(of: point, value: $0.value(at: point)) }
    return Found(area: rank < 0 ? -1 : inputPosition[Int(rank)], isShared: isShared)
  }

  /// Some four cells an edge, fewer where long edges would touch very many.
  private static func cellCount(_ flat: FlatAreas) -> Int {
    let most = max(1024, min(4 * flat.vertices.count, 1 << 26))
    return CellFrame.affordable(flat.edges, over: flat.box, cells: most, flat.vertices) ?? 1
  }
}
