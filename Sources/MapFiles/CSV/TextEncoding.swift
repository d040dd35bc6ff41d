/// The encodings in which tables come. Tried in this order: a byte-order mark, UTF-8, GB18030, which
/// holds GBK and GB 2312 and is what Excel writes in Chinese.
public enum TextEncoding: String, Sendable {
  case utf8 = "UTF-8"
  case gb18030 = "GB18030"

  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
}
