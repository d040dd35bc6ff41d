/// Fixed-width numbers in bytes, at offsets; nil past the end.
struct ByteReader {
  let bytes: Bytes

  func integer<Value: FixedWidthInteger>(at offset: Int, bigEndian: Bool = false) -> Value? {
    guard offset >= 0, offset <= bytes.count - MemoryLayout<Value>.size else { return nil }
    let value = UnsafeRawPointer(bytes.start + offset).loadUnaligned(as: Value.self)
    return bigEndian ? Value(bigEndian: value) : Value(littleEndian: value)
  }

  func double(at offset: Int) -> Double? {
    (integer(at: offset) as UInt64?).map { Double(bitPattern: $0) }
  }
}
