import Planar

/// Points in one block of memory, added and dropped at the end.
struct PointStack {
  private(set) var base: UnsafeMutablePointer<Point>
  private var capacity: Int
  var count = 0

  init(capacity: Int = 4096) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  func free() { base.deallocate() }

  /// Makes room for `extra` more points; pointers taken from `base` before are void afterwards.
  @inline(__always)
  mutating func reserve(_ extra: Int) {
    if count + extra > capacity { grow(count + extra) }
  }

  @inline(__always)
  mutating func append(_ point: Point) {
    base[count] = point
    count += 1
  }

  private mutating func grow(_ least: Int) {
    let larger = UnsafeMutablePointer<Point>.allocate(capacity: max(least, 2 * capacity))
    larger.moveInitialize(from: base, count: count)
    base.deallocate()
    base = larger
    capacity = max(least, 2 * capacity)
  }
}
