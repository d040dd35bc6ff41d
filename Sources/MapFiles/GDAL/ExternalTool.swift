public import Foundation

/// A program of another project that gridplan runs where it is installed, and does without elsewhere.
public struct ExternalTool: Sendable {
  public var name: String
  /// What it is for, as in "the tool that makes pictures".
  public var purpose: String
  /// How to get it, or do without.
  public var remedy: String

  public init(_ name: String, purpose: String, remedy: String) {
    self.name = name
    self.purpose = purpose
    self.remedy = remedy
  }

  public struct Outcome: Sendable {
    public var status: Int32
    public var output: Data
    /// What it said on standard error.
    public var errors: String
  }

  public var isInstalled: Bool { place != nil }

  /// The first of its name on the path.
  private var place: URL? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let places = folders.map { URL(fileURLWithPath: String($0)).appendingPathComponent(name) }
    return places.first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  /// Runs it to its end, with no shell in between.
  /// - Throws: `MapFileError` of kind `.missing` that says how to get it.
  public func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
    guard let place else { throw missing }
    let (process, output, errors) = (Process(), Pipe(), try TemporaryFile())
    process.executableURL = place
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle(forWritingAtPath: errors.path)
    do { try process.run() } catch { throw missing }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let words = FileManager.default.contents(atPath: errors.path) ?? Data()
    return Outcome(status: process.terminationStatus, output: data, errors: String(decoding: words, as: UTF8.self))
  }

  private var missing: MapFileError {
    MapFileError(.missing, file: name, message: "\(purpose) was not found", remedy: remedy)
  }
}
