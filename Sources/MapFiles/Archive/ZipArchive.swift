import CZip
import Foundation

/// A zip archive in memory, whose members are unpacked one at a time, into memory.
///
/// Safe with archives from anywhere: no name in one ever becomes a path; what unpacks to far more than
/// the archive's size is refused, also where members overlap; checksums are checked. To be used by one
/// thread at a time.
final class ZipArchive {
  struct Member {
    let index: UInt64
    /// The path in the archive, with `/` between folders.
    let path: String
    let size: Int

    /// The last part of the path.
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }
  }

  /// The archive's file, as the user wrote it.
  let name: String
  /// All files, in the order of the archive.
  let members: [Member]
  private let archive: OpaquePointer
  private let file: MappedFile
  /// How many bytes may still be unpacked.
  private var allowance: Int

  /// Deflate packs at most some thousand bytes into one; maps and tables seldom reach thirty.
  private static let largestRatio = 100
  private static let alwaysAllowed = 64 << 20

  /// - Throws: `MapFileError`.
  init(_ file: MappedFile) throws {
    name = file.name
    self.file = file
    archive = try file.withBytes { try Self.open($0, name: file.name) }
    members = Self.list(archive)
    allowance = max(Self.alwaysAllowed, Self.largestRatio * file.count)
  }

  deinit { zip_discard(archive) }

  /// libzip reads from the mapped bytes as long as `file` lives.
  private static func open(_ bytes: Bytes, name: String) throws -> OpaquePointer {
    var failure = zip_error_t()
    zip_error_init(&failure)
    defer { zip_error_fini(&failure) }
    guard let source = zip_source_buffer_create(bytes.start, UInt64(bytes.count), 0, &failure) else {
      throw error(name, &failure)
    }
    guard let archive = zip_open_from_source(source, ZIP_RDONLY, &failure) else {
      zip_source_free(source)
      throw error(name, &failure)
    }
    return archive
  }

  private static func list(_ archive: OpaquePointer) -> [Member] {
    (0..<UInt64(max(0, zip_get_num_entries(archive, 0)))).compactMap { index in
      var status = zip_stat_t()
      guard zip_stat_index(archive, index, UInt32(ZIP_FL_ENC_RAW), &status) == 0,
        let name = status.name, status.size <= UInt64(Int.max)
      else { return nil }
      let path = decoded(name).replacing("\\", with: "/")
      return path.hasSuffix("/") ? nil : Member(index: index, path: path, size: Int(status.size))
    }
  }

  /// Names are UTF-8, or GBK from Chinese Windows whatever the archive says.
  private static func decoded(_ name: UnsafePointer<CChar>) -> String {
    let bytes = UnsafeBufferPointer(start: name, count: strlen(name)).map(UInt8.init(bitPattern:))
    return bytes.withUnsafeBufferPointer { text($0, in: "UTF-8") ?? text($0, in: "GB18030") }
      ?? String(decoding: bytes, as: UTF8.self)
  }

  /// The member at `path`; where there are several, the last, which is the one added last.
  func member(_ path: String) -> Member? { members.last { $0.path == path } }

  /// The whole content of a member.
  func content(_ member: Member) throws -> MappedFile {
    try requireAllowance(for: member, member.size)
    let content = ByteBuilder(capacity: member.size)
    try forEachPiece(of: member) { content.append($0) }
    return content.file(named: place(of: member))
  }

  /// Unpacks a member piece by piece.
  func forEachPiece(of member: Member, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    guard let handle = zip_fopen_index(archive, member.index, 0) else {
      throw Self.error(place(of: member), zip_get_error(archive))
    }
    defer { zip_fclose(handle) }
    try withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
      var total = 0
      while true {
        let count = Int(zip_fread(handle, buffer.baseAddress!, UInt64(buffer.count)))
        guard count >= 0 else { throw Self.error(place(of: member), zip_file_get_error(handle)) }
        if count == 0 { break }
        total += count
        guard total <= member.size else { throw inconsistent(member) }
        allowance -= count
        try requireAllowance(for: member, 0)
        try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      }
      guard total == member.size else { throw inconsistent(member) }
    }
  }

  private func requireAllowance(for member: Member, _ count: Int) throws {
    guard count <= allowance else {
      throw MapFileError(
        .badData, file: place(of: member),
        message: "it unpacks to more than \(Self.largestRatio) times the size of the archive, as zip bombs do",
        remedy: "If you trust it, unpack it first and name the file")
    }
  }

  private func inconsistent(_ member: Member) -> MapFileError {
    MapFileError(
      .badData, file: place(of: member), message: "the archive says \(member.size) bytes, and there are others",
      remedy: "The archive is damaged: fetch or pack it again")
  }

  /// How errors name a member.
  func place(of member: Member) -> String { "\(name)/\(member.path)" }

  private static func error(_ place: String, _ failure: UnsafeMutablePointer<zip_error_t>) -> MapFileError {
    let isLocked = [ZIP_ER_NOPASSWD, ZIP_ER_WRONGPASSWD, ZIP_ER_ENCRNOTSUPP].contains(zip_error_code_zip(failure))
    return MapFileError(
      .badData, file: place, message: "libzip says: \(String(cString: zip_error_strerror(failure)))",
      remedy: isLocked ? "Unpack it with its password first" : "The archive is damaged: fetch or pack it again")
  }
}
