/// Elements that one thread gathers, to be moved, not copied, into one array with those of others.
///
/// Unchecked because it is filled by one thread, and emptied by one after that has ended.
public final class Gathered<Element>: @unchecked Sendable {
  private var start: UnsafeMutablePointer<Element>
  private var capacity: Int
  public private(set) var count = 0

  public init(capacity: Int = 16) {
    self.capacity = max(capacity, 1)
    start = .allocate(capacity: self.capacity)
  }

  deinit {
    start.deinitialize(count: count)
    start.deallocate()
  }

  @inlinable
  public func append(_ element: consuming Element) { place().initialize(to: element) }

  /// Where the next element goes.
  @usableFromInline
  func place() -> UnsafeMutablePointer<Element> {
    if count == capacity { grow() }
    count += 1
    return start + (count - 1)
  }

  private func grow() {
    capacity *= 2
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    larger.moveInitialize(from: start, count: count)
    start.deallocate()
    start = larger
  }

  /// The elements of all lists in order; the lists are empty after it.
  public static func joined(_ lists: [Gathered<Element>]) -> [Element] {
    let total = lists.reduce(0) { $0 + $1.count }
    return [Element](unsafeUninitializedCapacity: total) { buffer, filled in
      for list in lists {
        guard list.count > 0 else { continue }
        (buffer.baseAddress! + filled).moveInitialize(from: list.start, count: list.count)
        filled += list.count
        list.count = 0
      }
    }
  }
}
