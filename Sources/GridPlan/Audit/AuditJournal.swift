import Foundation
internal import MapFiles

/// What a batch has done so far: a line for each district as soon as it is done, so that a run that
/// was stopped or killed goes on where it was.
///
/// The first line tells what the rows depend on besides the districts themselves. One writer at a
/// time holds the file. Not for other eyes: it has times and sizes in it, which differ from run to run.
final class AuditJournal: @unchecked Sendable {
  // Unchecked because a lock guards all that changes.

  struct Head: Codable, Equatable {
    var version: String
    var dropsPersonalColumns: Bool
  }

  /// A finished district.
  struct Record: Codable {
    var scenario: String
    /// What its files were like.
    var stamp: String
    var row: String
    var isOK: Bool
    var seconds: Double
    var peakMegabytes: Double
  }

  let path: String
  private let descriptor: Int32
  private let lock = NSLock()
  private(set) var records: [Record] = []

  /// Opens the journal at `path`; with `resumes`, what it holds counts.
  /// - Throws: `MapFileError` where it cannot be written or another run writes it, `AuditError`
  ///   where it is of other settings.
  init(_ path: String, head: Head, resumes: Bool) throws {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw MapFileError(
        .cannotWrite, file: path, message: "cannot be written: \(String(cString: strerror(errno)))",
        remedy: "Name another place with -o")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw MapFileError(
        .cannotWrite, file: path, message: "another audit is writing here", remedy: "Wait for it, or name another place with -o")
    }
    do {
      try begin(head, resumes: resumes)
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit { close(descriptor) }

  private func begin(_ head: Head, resumes: Bool) throws {
    let lines = resumes ? Self.completeLines(FileManager.default.contents(atPath: path) ?? Data()) : []
    if let first = lines.first {
      guard let written = try? JSONDecoder().decode(Head.self, from: first), written == head else {
        throw AuditError("\(path) was begun by another version or with other options; run without --resume to begin anew")
      }
      records = lines.dropFirst().compactMap { try? JSONDecoder().decode(Record.self, from: $0) }
    }
    // A line that was cut off goes; the rest is written anew.
    ftruncate(descriptor, 0)
    lseek(descriptor, 0, SEEK_SET)
    try append(encoded(head))
    for record in records { try append(encoded(record)) }
  }

  /// The lines that have their end.
  private static func completeLines(_ data: Data) -> [Data] {
    guard let end = data.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
    return data[..<end].split(separator: UInt8(ascii: "\n")).map { Data($0) }
  }

  func add(_ record: Record) throws {
    lock.lock()
    defer { lock.unlock() }
    records.append(record)
    try append(encoded(record))
  }

  private func encoded<Value: Encodable>(_ value: Value) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(value)
  }

  /// Adds a line in one write, so that a kill leaves whole lines or a last one without its end.
  private func append(_ line: Data) throws {
    let bytes = Array(line) + [UInt8(ascii: "\n")]
    var start = 0
    while start < bytes.count {
      let written = bytes[start...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else {
        throw MapFileError(
          .cannotWrite, file: path, message: "cannot be written: \(String(cString: strerror(errno)))",
          remedy: "Make room on the disk, or name another place with -o")
      }
      start += written
    }
  }
}

/// What a district's files are like: name, size and time of change of each, so that a district that
/// was changed since is audited again.
func auditStamp(ofScenario path: String) -> String {
  guard let scenario = try? Scenario(contentsOf: path) else { return "unreadable" }
  let counts = scenario.layers.values.compactMap(\.counts?.file)
  let extra = [scenario.coverage.profile, scenario.coverage.placeKinds].compactMap { $0 }
  let files = Set(scenario.layers.values.map(\.file) + counts + extra).sorted()
  return ([scenario.file] + files.map(scenario.resolve)).map(fileStamp).joined(separator: " ")
}

private func fileStamp(_ path: String) -> String {
  var status = stat()
  guard stat(path, &status) == 0 else { return "-" }
  #if canImport(Darwin)
    let time = status.st_mtimespec
  #else
    let time = status.st_mtim
  #endif
  return "\(status.st_size):\(time.tv_sec).\(time.tv_nsec)"
}
