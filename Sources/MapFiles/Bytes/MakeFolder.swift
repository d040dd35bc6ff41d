import Foundation

/// Makes a folder and those above it where they are missing.
///
/// - Throws: `MapFileError` of kind `.cannotWrite`.
public func makeFolder(_ folder: String) throws {
  do {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  } catch {
    throw MapFileError(
      .cannotWrite, file: folder, message: "the folder cannot be made: \(error.localizedDescription)",
      remedy: "Name another place with -o")
  }
}
