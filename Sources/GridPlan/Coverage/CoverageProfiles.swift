import Foundation
import MapFiles

/// Profiles as JSON files.
public enum CoverageProfiles {
  /// - Throws: `MapFileError` that names the file and what is wrong in it.
  public static func read<Value: Decodable>(_ path: String) throws -> Value {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw MapFileError(.missing, file: path, message: "no such file", remedy: "Check the path")
    }
    do {
      return try JSONDecoder().decode(Value.self, from: data)
    } catch {
      throw MapFileError(
        .badData, file: path, message: "not a profile: \(error)", remedy: "See docs/methods/coverage.md for its keys")
    }
  }
}
