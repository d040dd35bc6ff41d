import Foundation

/// A zip archive made by hand, so that it can be wrong wherever a test wants it (APPNOTE.TXT 6.3).
struct ZipBuilder {
  struct Member {
    var name: [UInt8]
    var content: [UInt8]
    /// 0 stored, 8 deflated, others unknown; the content is as given.
    var method: UInt16 = 0
    /// What the archive says, where it lies.
    var claimedSize: UInt32?
    var checksum: UInt32?
    var flags: UInt16 = 0
    /// Where the archive says that the member begins.
    var offset: UInt32?
  }

  var members: [Member] = []
  var comment: [UInt8] = []
  /// How many members the end says there are.
  var claimedCount: UInt16?

  init(_ files: [(String, [UInt8])] = []) {
    members = files.map { Member(name: Array($0.0.utf8), content: $0.1) }
  }

  init(texts: [(String, String)]) { self.init(texts.map { ($0.0, Array($0.1.utf8)) }) }

  var bytes: [UInt8] {
    var body: [UInt8] = []
    var directory: [UInt8] = []
    for member in members {
      let offset = UInt32(body.count)
      var common = le(UInt16(20))
      common += le(member.flags)
      common += le(member.method)
      common += le(UInt32(0x2821_0000))
      common += le(member.checksum ?? crc32(member.content))
      common += le(UInt32(member.content.count))
      common += le(member.claimedSize ?? UInt32(member.content.count))
      common += le(UInt16(member.name.count))
      common += le(UInt16(0))
      body += [0x50, 0x4B, 3, 4]
      body += common
      body += member.name
      body += member.content
      directory += [0x50, 0x4B, 1, 2]
      directory += le(UInt16(20))
      directory += common
      directory += [UInt8](repeating: 0, count: 10)
      directory += le(member.offset ?? offset)
      directory += member.name
    }
    let count = claimedCount ?? UInt16(members.count)
    var end: [UInt8] = [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
    end += le(count)
    end += le(count)
    end += le(UInt32(directory.count))
    end += le(UInt32(body.count))
    end += le(UInt16(comment.count))
    return body + directory + end + comment
  }
}

private func le<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }

func crc32(_ bytes: [UInt8]) -> UInt32 {
  var crc = ~UInt32(0)
  for byte in bytes {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
  }
  return ~crc
}

/// `count` zeros deflated by hand (RFC 1951): one fixed block of a literal 0 and copies of 258 bytes at
/// distance 1.
func deflatedZeros(_ count: Int) -> [UInt8] {
  var bytes: [UInt8] = []
  var bits: UInt64 = 0b011  // last block, fixed codes
  var length = 3
  func put(_ code: UInt64, _ size: Int) {
    for bit in (0..<size).reversed() {
      bits |= (code >> UInt64(bit) & 1) << UInt64(length)
      length += 1
    }
    while length >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: bits))
      bits >>= 8
      length -= 8
    }
  }
  put(0x30, 8)  // literal 0
  let (copies, rest) = (count - 1).quotientAndRemainder(dividingBy: 258)
  for _ in 0..<copies { put(0xC5 << 5, 13) }  // length 258, distance 1
  for _ in 0..<rest { put(0x30, 8) }
  put(0, 7)  // end
  put(0, 8)
  return bytes
}
