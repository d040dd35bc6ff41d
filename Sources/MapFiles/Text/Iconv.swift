import Foundation

/// `bytes` as UTF-8 text, from an encoding that iconv knows by `name`; nil where the bytes are not
/// text in it, or the name is unknown.
func text(_ bytes: UnsafeBufferPointer<UInt8>, in name: String) -> String? {
  if name == "UTF-8" {
    return firstInvalidUTF8(bytes) == nil ? String(decoding: bytes, as: UTF8.self) : nil
  }
  guard !bytes.isEmpty else { return "" }
  let converter = iconv_open("UTF-8", name)
  guard let converter, converter != iconv_t(bitPattern: -1) else { return nil }
  defer { iconv_close(converter) }
  var input = Array(bytes).map { CChar(bitPattern: $0) }
  var output = [CChar](repeating: 0, count: 4 * input.count)
  return input.withUnsafeMutableBufferPointer { input in
    output.withUnsafeMutableBufferPointer { output in
      var from = input.baseAddress
      var to = output.baseAddress
      var rest = input.count
      var room = output.count
      guard iconv(converter, &from, &rest, &to, &room) != -1, rest == 0 else { return nil }
      let used = UnsafeRawBufferPointer(start: output.baseAddress, count: output.count - room)
      return String(decoding: used, as: UTF8.self)
    }
  }
}

/// Whether iconv knows an encoding of this name.
func isKnownEncoding(_ name: String) -> Bool {
  let converter = iconv_open("UTF-8", name)
  guard let converter, converter != iconv_t(bitPattern: -1) else { return false }
  iconv_close(converter)
  return true
}
