/// The code of a unit grid (单元网格): its community's 12 digits and a serial number of three digits,
/// or of two by the older standard. Always text, never a number.
///
/// Source: 数字化城市管理信息系统 第1部分：单元网格 (GB/T 30428.1: 6+3+3+3 digits; the 14-digit form of
/// CJ/T 213).
public struct GridCode: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let digits: String

  /// - Throws: `CodeProblem` with the reason.
  public init(_ text: String) throws(CodeProblem) {
    let bytes = try codeDigits(text)
    guard bytes.count == 14 || bytes.count == 15 else {
      throw .wrongLength(bytes.count, expected: [14, 15])
    }
    let community = try DivisionCode(String(text.prefix(12)))
    guard community.level == .community else { throw .noCommunity }
    guard bytes[12...].contains(where: { $0 != 48 }) else { throw .zeroSerial }
    digits = text
  }

  /// The code of the community that the grid lies in.
  public var community: String { String(digits.prefix(12)) }

  /// The number of the grid in its community, from 1.
  public var serial: Int { Int(digits.dropFirst(12)) ?? 0 }

  public var description: String { digits }

  public static func < (a: GridCode, b: GridCode) -> Bool { a.digits < b.digits }
}
