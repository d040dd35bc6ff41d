import Foundation
import MapFiles

/// Turns an SVG picture into PNG through librsvg's `rsvg-convert`, where it is installed.
enum RasterPicture {
  /// - Parameter path: the file to write; standard output where nil.
  /// - Throws: `MapFileError` that says how to get the tool.
  static func write(_ svg: String, to path: String?) throws {
    let png = try converted(svg)
    try writeAtomically(to: path ?? "-") { file in
      try png.withUnsafeBytes { try file.write($0.bindMemory(to: UInt8.self)) }
    }
  }

  private static func converted(_ svg: String) throws -> Data {
    let source = FileManager.default.temporaryDirectory.appendingPathComponent("gridplan-\(UUID().uuidString).svg")
    defer { try? FileManager.default.removeItem(at: source) }
    do { try Data(svg.utf8).write(to: source) } catch {
      throw MapFileError(.cannotWrite, file: source.path, message: "\(error.localizedDescription)")
    }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = try tool
    process.arguments = ["--unlimited", "--format", "png", source.path]
    process.standardOutput = pipe
    do { try process.run() } catch { throw missing }
    let png = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0, !png.isEmpty else {
      throw MapFileError(
        .badData, file: "rsvg-convert", message: "the picture could not be turned into PNG",
        remedy: "Try a smaller --width, or --format svg")
    }
    return png
  }

  /// The first `rsvg-convert` on the path.
  private static var tool: URL {
    get throws {
      let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      let places = folders.map { URL(fileURLWithPath: String($0)).appendingPathComponent("rsvg-convert") }
      guard let place = places.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else { throw missing }
      return place
    }
  }

  private static var missing: MapFileError {
    MapFileError(
      .missing, file: "rsvg-convert", message: "the tool that makes PNG pictures was not found",
      remedy: "On Debian or Ubuntu: apt install librsvg2-bin; on macOS: brew install librsvg; or use --format svg")
  }
}
