import Foundation

/// A file for as long as it is needed, which only this user may read.
final class TemporaryFile {
  let path: String

  /// An empty one.
  /// - Throws: `MapFileError` of kind `.cannotWrite`.
  init(suffix: String = "") throws {
    let folder = FileManager.default.temporaryDirectory.path
    var template = Array("\(folder)/gridplan-XXXXXX\(suffix)".utf8CString)
    let descriptor = mkstemps(&template, Int32(suffix.utf8.count))
    guard descriptor >= 0 else { throw cannotWrite(folder, errno) }
    close(descriptor)
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  /// A copy of a file in memory.
  convenience init(_ content: MappedFile, suffix: String = "") throws {
    try self.init(suffix: suffix)
    let file = try OutputFile(opening: path)
    try content.withBytes { try file.write($0.buffer) }
    try file.close()
  }

  deinit { for suffix in ["", "-journal", "-wal", "-shm"] { unlink(path + suffix) } }
}
