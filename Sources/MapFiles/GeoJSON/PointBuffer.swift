import Planar

/// Points of the sequence being read, kept in memory that is used again for the next one.
struct PointBuffer: ~Copyable {
  private var base: UnsafeMutablePointer<Point>
  private var capacity = 1024
  private(set) var count = 0

  init() { base = .allocate(capacity: capacity) }

  deinit { base.deallocate() }

  @inline(__always)
  mutating func append(_ point: Point) {
    if count == capacity { grow() }
    (base + count).initialize(to: point)
    count += 1
  }

  mutating func removeAll() { count = 0 }

  /// An array of exactly the points.
  func array() -> [Point] { Array(UnsafeBufferPointer(start: base, count: count)) }

  var isClosed: Bool { count > 1 && base[0] == base[count - 1] }

  @inline(never)
  private mutating func grow() {
    capacity *= 2
    let larger = UnsafeMutablePointer<Point>.allocate(capacity: capacity)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
  }
}
