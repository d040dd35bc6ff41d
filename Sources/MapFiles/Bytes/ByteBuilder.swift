import Foundation

/// Bytes that come in pieces, to become a file in memory.
final class ByteBuilder {
  private var start: UnsafeMutableRawPointer
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = max(capacity, 1 << 12)
    start = malloc(self.capacity + Bytes.padding)!
  }

  deinit { free(start) }

  func append(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    if capacity - count < bytes.count {
      capacity = max(2 * capacity, count + bytes.count)
      start = realloc(start, capacity + Bytes.padding)!
    }
    memcpy(start + count, source, bytes.count)
    count += bytes.count
  }

  /// Hands the bytes over; the builder is empty after it.
  func file(named name: String) -> MappedFile {
    let file = MappedFile(owning: start, count: count, name: name)
    start = malloc(1 << 12)!
    (capacity, count) = ((1 << 12) - Bytes.padding, 0)
    return file
  }
}
