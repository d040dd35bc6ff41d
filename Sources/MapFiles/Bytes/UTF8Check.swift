/// The offset of the first byte that is not well-formed UTF-8 (Unicode, table 3-7); nil if all is.
func firstInvalidUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
  var index = 0
  while index < bytes.count {
    let lead = bytes[index]
    if lead < 0x80 {
      index += 1
      continue
    }
    guard let length = sequenceLength(bytes, at: index) else { return index }
    index += length
  }
  return nil
}

private func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
  func byte(_ offset: Int) -> UInt8 { index + offset < bytes.count ? bytes[index + offset] : 0 }
  func continues(_ offset: Int) -> Bool { byte(offset) & 0xC0 == 0x80 }
  switch (byte(0), byte(1)) {
  case (0xC2...0xDF, 0x80...0xBF): return 2
  case (0xE0, 0xA0...0xBF), (0xE1...0xEC, 0x80...0xBF), (0xED, 0x80...0x9F), (0xEE...0xEF, 0x80...0xBF):
    return continues(2) ? 3 : nil
  case (0xF0, 0x90...0xBF), (0xF1...0xF3, 0x80...0xBF), (0xF4, 0x80...0x8F):
    return continues(2) && continues(3) ? 4 : nil
  default: return nil
  }
}
