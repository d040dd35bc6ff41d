import Foundation

/// A folder for as long as it is needed, which only this user may enter.
final class PrivateFolder {
  let path: String

  /// - Throws: `MapFileError` of kind `.cannotWrite`.
  init() throws {
    let base = FileManager.default.temporaryDirectory.path
    var template = Array("\(base)/gridplan-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw cannotWrite(base, errno) }
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  /// What is in it, in order of the names.
  func names() -> [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
}
