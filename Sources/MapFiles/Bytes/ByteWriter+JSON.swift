extension ByteWriter {
  /// A JSON string with quotes; escapes what RFC 8259, 7 demands and nothing else.
  public mutating func writeJSON(_ text: String) {
    var text = text
    write(byte: UInt8(ascii: "\""))
    text.withUTF8 { bytes in
      var pending = 0
      for (index, byte) in bytes.enumerated() where needsEscape(byte) {
        write(UnsafeBufferPointer(rebasing: bytes[pending..<index]))
        writeEscape(byte)
        pending = index + 1
      }
      write(UnsafeBufferPointer(rebasing: bytes[pending...]))
    }
    write(byte: UInt8(ascii: "\""))
  }

  /// A number in JSON; `null` for NaN and infinities, which JSON does not have.
  public mutating func writeJSON(_ value: Double) {
    if value.isFinite { writeShortest(value) } else { write("null") }
  }

  private mutating func writeEscape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): write("\\\"")
    case UInt8(ascii: "\\"): write("\\\\")
    case 0x0A: write("\\n")
    case 0x0D: write("\\r")
    case 0x09: write("\\t")
    default:
      write("\\u00")
      for digit in [byte >> 4, byte & 15] {
        write(byte: digit < 10 ? digit + UInt8(ascii: "0") : digit - 10 + UInt8(ascii: "a"))
      }
    }
  }
}

@inline(__always)
private func needsEscape(_ byte: UInt8) -> Bool {
  byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
}
