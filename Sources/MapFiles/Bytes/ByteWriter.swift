/// A growing buffer of bytes for text output, owned by one place at a time.
public struct ByteWriter: ~Copyable {
  private(set) var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// How many bytes have been written.
  public private(set) var count = 0

  public init(capacity: Int = 1 << 12) {
    self.capacity = max(capacity, 64)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  /// What has been written, valid during `body`.
  public func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
    try body(UnsafeBufferPointer(start: base, count: count))
  }

  public var text: String { withBytes { String(decoding: $0, as: UTF8.self) } }

  /// Hands the bytes over without copying them.
  public consuming func finish() -> ByteBlock {
    let block = ByteBlock(owning: UnsafeBufferPointer(start: base, count: count))
    discard self
    return block
  }

  public mutating func removeAll() { count = 0 }

  /// Takes back the last `length` bytes.
  public mutating func removeLast(_ length: Int) { count -= length }

  /// Room for `length` more bytes, to be filled at the returned place and then `advance`d over.
  @inline(__always)
  mutating func room(_ length: Int) -> UnsafeMutablePointer<UInt8> {
    if capacity - count < length { grow(by: length) }
    return base + count
  }

  @inline(__always)
  mutating func advance(_ length: Int) { count += length }

  @inline(never)
  private mutating func grow(by length: Int) {
    capacity = max(capacity * 2, count + length)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
  }

  @inline(__always)
  public mutating func write(byte: UInt8) {
    room(1).pointee = byte
    count += 1
  }

  @inline(__always)
  public mutating func write(_ text: StaticString) {
    let length = text.utf8CodeUnitCount
    room(length).update(from: text.utf8Start, count: length)
    count += length
  }

  public mutating func write(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    room(bytes.count).update(from: start, count: bytes.count)
    count += bytes.count
  }

  /// The text as it is, in UTF-8.
  public mutating func write(_ text: String) {
    var text = text
    text.withUTF8 { write($0) }
  }
}

/// Finished bytes. Unchecked because they never change.
public final class ByteBlock: @unchecked Sendable {
  public let buffer: UnsafeBufferPointer<UInt8>

  init(owning buffer: UnsafeBufferPointer<UInt8>) {
    self.buffer = buffer
  }

  deinit { buffer.deallocate() }
}
