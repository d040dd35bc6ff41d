/// A view of bytes in memory that are followed by at least `padding` readable bytes.
///
/// The padding lets parsers read eight bytes at a time, and lets a zero byte end every scan, since
/// whoever makes a view puts zeros there. Unchecked because the bytes never change while a view
/// is in use; the view does not own them (`MappedFile.withBytes` does).
public struct Bytes: @unchecked Sendable {
  public static let padding = 64

  public let start: UnsafePointer<UInt8>
  public let count: Int

  @inlinable
  public init(start: UnsafePointer<UInt8>, count: Int) {
    self.start = start
    self.count = count
  }

  @inlinable
  public var end: UnsafePointer<UInt8> { start + count }

  /// The byte at `offset`; zero at the end.
  @inlinable
  public subscript(offset: Int) -> UInt8 { start[offset] }

  /// The part between two offsets.
  @inlinable
  public subscript(range: Range<Int>) -> Bytes {
    Bytes(start: start + range.lowerBound, count: range.count)
  }

  @inlinable
  public var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  /// Whether the text stands at `offset`.
  public func has(_ text: StaticString, at offset: Int) -> Bool {
    text.utf8CodeUnitCount <= count - offset
      && (0..<text.utf8CodeUnitCount).allSatisfy { start[offset + $0] == text.utf8Start[$0] }
  }
}
