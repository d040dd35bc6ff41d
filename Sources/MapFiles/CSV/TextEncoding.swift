import Foundation

/// The encodings in which tables come. Tried in this order: a byte-order mark, UTF-8, GB18030, which
/// holds GBK and GB 2312 and is what Excel writes in Chinese.
public enum TextEncoding: String, Sendable {
  case utf8 = "UTF-8"
  case gb18030 = "GB18030"

  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
}

/// `bytes` from GB18030 to UTF-8; nil where they are not GB18030.
func utf8(fromGB18030 bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
  #if canImport(Glibc)
    // Foundation knows the encoding only where it comes with all of ICU, which a static program has not.
    let converter = iconv_open("UTF-8", "GB18030")
    guard converter != iconv_t(bitPattern: -1) else { return nil }
    defer { iconv_close(converter) }
    // Two bytes become three at most, four become four.
    var output = [UInt8](repeating: 0, count: bytes.count * 2 + 16)
    var inputLeft = bytes.count
    var outputLeft = output.count
    let failed = output.withUnsafeMutableBytes { output in
      var input = UnsafeMutableRawPointer(mutating: bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
      var target = output.baseAddress?.assumingMemoryBound(to: CChar.self)
      return iconv(converter, &input, &inputLeft, &target, &outputLeft) == Int(bitPattern: UInt.max)
    }
    guard !failed, inputLeft == 0 else { return nil }
    output.removeLast(outputLeft)
    return output
  #else
    let encoding = String.Encoding(rawValue: 0x8000_0632)
    return String(data: Data(bytes), encoding: encoding).map { Array($0.utf8) }
  #endif
}
