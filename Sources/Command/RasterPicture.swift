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
    let outcome = try tool.run(["--unlimited", "--format", "png", source.path])
    let png = outcome.output
    guard outcome.status == 0, !png.isEmpty else {
      throw MapFileError(
        .badData, file: tool.name, message: "the picture could not be turned into PNG",
        remedy: "Try a smaller --width, or --format svg")
    }
    return png
  }

  private static let tool = ExternalTool(
    "rsvg-convert", purpose: "the tool that makes PNG pictures",
    remedy: "On Debian or Ubuntu: apt install librsvg2-bin; on macOS: brew install librsvg; or use --format svg")
}
