import Foundation

/// Real data that lies beside the package where it is worked on; nothing of it is committed.
enum SharedData {
  static let folder: URL? = {
    let asked = ProcessInfo.processInfo.environment["GRIDPLAN_SHARED"]
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder =
      (asked.map { URL(filePath: $0) } ?? root.appending(path: "../shared")).standardizedFileURL
      .appending(path: "data")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()

  static var isPresent: Bool { folder != nil }

  static func path(_ relative: String) -> String { folder!.appending(path: relative).path }
}

/// A seeded generator of pseudo-random numbers (SplitMix64), so that a failure can be repeated.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
