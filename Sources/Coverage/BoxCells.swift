public import Planar

/// Finds boxes that meet a box. Built in O(n); read by any number of threads.
public final class BoxCells: @unchecked Sendable {
  // Unchecked because the storage is written in `init` alone and freed with the last reference.
  private let frame: CellFrame
  private let boxes: [Box]
  private let starts: UnsafeMutableBufferPointer<Int32>
  private let entries: UnsafeMutableBufferPointer<WallIndex.Entry>

  /// Empty boxes are never found.
  public init(_ boxes: [Box]) {
    let kept = boxes.map { $0.isEmpty ? nil : $0 }
    let somewhere = kept.lazy.compactMap { $0 }.first ?? Box(min: Point(x: 0, y: 0), max: Point(x: 0, y: 0))
    self.boxes = boxes
    let placed = kept.map { $0 ?? somewhere }
    frame = CellFrame(around: placed)
    (starts, entries) = frame.distribute(placed)
  }

  deinit {
    starts.deallocate()
    entries.deallocate()
  }

  /// Numbers of the boxes that meet `box`, ascending.
  public func indices(meeting box: Box) -> [Int] {
    guard !box.isEmpty, let window = frame.window(of: box) else { return [] }
    var found: [Int] = []
    for row in window.rows {
      for column in window.columns {
        let cell = row * frame.columns + column
        for index in Int(starts[cell])..<Int(starts[cell + 1]) {
          let entry = entries[index]
          guard max(Int(entry.column), window.columns.lowerBound) == column,
            max(Int(entry.row), window.rows.lowerBound) == row
          else { continue }
          if boxes[Int(entry.run)].intersects(box) { found.append(Int(entry.run)) }
        }
      }
    }
    return found.sorted()
  }
}
