public import Planar

/// The walls of all footprints of an area, in cells, ready for views.
///
/// A wall is an edge of a footprint; it hides what lies behind it. Walls are kept with the inside
/// of the building to their left, so that only walls which face the eye need be looked at. The
/// walls of a footprint whose rings cross themselves hide from both sides.
///
/// Built in O(n) for n edges; about 150 bytes for a rectangle.
public final class WallIndex: @unchecked Sendable {
  // Unchecked because the storage is written in `init` alone and freed with the last reference.

  /// Consecutive walls of one ring with their common box.
  struct Run {
    /// The first vertex; wall i of the run goes from `first + i` to `first + i + 1`.
    var first: Int32
    var count: UInt16
    var isTwoSided: Bool
  }

  /// A run in a cell: its box, rounded outward, relative to the index's origin.
  struct Entry {
    var minX, minY, maxX, maxY: Float
    var run: Int32
    /// The first column and row that hold the run.
    var column, row: UInt16
  }

  let frame: CellFrame
  let vertices: UnsafeMutableBufferPointer<Point>
  let runs: UnsafeMutableBufferPointer<Run>
  /// Entries of cell c: `entries[starts[c]..<starts[c + 1]]`.
  let starts: UnsafeMutableBufferPointer<Int32>
  let entries: UnsafeMutableBufferPointer<Entry>
  /// For each polygon in storage order the index of its first vertex, and its footprint.
  let polygonStarts: [Int32]
  let polygonFootprints: [Int32]
  /// The first run of each polygon, and the number of runs.
  let polygonRuns: [Int32]
  /// Polygons by cell, to find those around a point.
  let polygonFrame: CellFrame
  let polygonCells: UnsafeMutableBufferPointer<Int32>
  let polygonEntries: UnsafeMutableBufferPointer<Entry>

  /// How many footprints were given.
  public let footprintCount: Int
  public var wallCount: Int { runs.reduce(0) { $0 + Int($1.count) } }

  /// - Parameter footprints: areas in a projected CRS, metres; each may have several polygons.
  ///   Rings of fewer than three different points and points that are not finite are left out.
  public init(footprints: [[Polygon]]) {
    var builder = WallBuilder()
    builder.add(footprints)
    footprintCount = footprints.count
    frame = CellFrame(around: builder.boxes)
    vertices = .copy(builder.vertices)
    runs = .copy(builder.runs)
    polygonStarts = builder.polygonStarts
    polygonFootprints = builder.polygonFootprints
    (starts, entries) = frame.distribute(builder.boxes)
    polygonRuns = builder.polygonRuns + [Int32(builder.runs.count)]
    let boxes = builder.polygonBoxes
    polygonFrame = CellFrame(around: boxes)
    (polygonCells, polygonEntries) = polygonFrame.distribute(boxes)
  }

  public convenience init(polygons: [Polygon]) { self.init(footprints: polygons.map { [$0] }) }

  deinit {
    vertices.deallocate()
    runs.deallocate()
    starts.deallocate()
    entries.deallocate()
    polygonCells.deallocate()
    polygonEntries.deallocate()
  }

  /// The two ends of a wall, the inside of the building to the left.
  public func ends(of wall: Int) -> (from: Point, to: Point) { (vertices[wall], vertices[wall + 1]) }

  /// The footprint that a wall belongs to, as an index into what was given.
  public func footprint(of wall: Int) -> Int {
    var low = 0
    var high = polygonStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if polygonStarts[middle] <= Int32(wall) { low = middle } else { high = middle }
    }
    return Int(polygonFootprints[low])
  }

  /// Calls `body` once for each run whose box meets `box`, in an order that depends on the data alone.
  @inline(__always)
  func forEachRun(in box: Box, _ body: (Run) -> Void) {
    guard let window = frame.window(of: box) else { return }
    let minX = Float(window.minX)
    let minY = Float(window.minY)
    let maxX = Float(window.maxX)
    let maxY = Float(window.maxY)
    for row in window.rows {
      for column in window.columns {
        let cell = row * frame.columns + column
        for index in Int(starts[cell])..<Int(starts[cell + 1]) {
          let entry = entries[index]
          if entry.minX > maxX || entry.maxX < minX || entry.minY > maxY || entry.maxY < minY { continue }
          // A run that spans several cells is met in the first of them only.
          if max(Int(entry.column), window.columns.lowerBound) != column
            || max(Int(entry.row), window.rows.lowerBound) != row
          { continue }
          body(runs[Int(entry.run)])
        }
      }
    }
  }
}

extension UnsafeMutableBufferPointer {
  static func copy(_ array: [Element]) -> Self {
    let buffer = allocate(capacity: array.count)
    _ = buffer.initialize(from: array)
    return buffer
  }
}
