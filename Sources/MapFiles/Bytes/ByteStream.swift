import Foundation

/// A file, standard input or a file in memory, read from front to back, and its first bytes, by which
/// to tell its format.
public final class ByteStream {
  public let name: String
  public private(set) var first: [UInt8] = []
  private let source: Source

  private enum Source {
    case descriptor(Int32)
    case memory(MappedFile)
  }

  /// How much of a file in memory has been read.
  private var position = 0

  /// - Parameters:
  ///   - path: the file; `-` for standard input.
  ///   - ahead: how many bytes to read at once while there are only spaces.
  /// - Throws: `MapFileError` of kind `.missing`.
  public init(_ path: String, ahead: Int = 1 << 12) throws {
    name = path
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw cannotRead(path, errno) }
    source = .descriptor(descriptor)
    try readFirst(ahead)
  }

  /// The content of a file in memory.
  public init(_ file: MappedFile, ahead: Int = 1 << 12) throws {
    name = file.name
    source = .memory(file)
    try readFirst(ahead)
  }

  deinit { if case .descriptor(let descriptor) = source, descriptor > STDERR_FILENO { close(descriptor) } }

  private func readFirst(_ ahead: Int) throws {
    var buffer = [UInt8](repeating: 0, count: max(1, ahead))
    while true {
      let got = try buffer.withUnsafeMutableBufferPointer { try read(into: $0.baseAddress!, $0.count) }
      first += buffer[..<got]
      if got == 0 || first.contains(where: { !Self.isSpace($0) }) { return }
    }
  }

  /// Reads at most `count` of the bytes that follow those read so far; 0 at the end.
  func read(into buffer: UnsafeMutablePointer<UInt8>, _ count: Int) throws -> Int {
    switch source {
    case .descriptor(let descriptor):
      while true {
        let got = Foundation.read(descriptor, buffer, count)
        if got >= 0 { return got }
        guard errno == EINTR else { throw cannotRead(name, errno) }
      }
    case .memory(let file):
      let got = min(count, file.count - position)
      file.withBytes { buffer.update(from: $0.start + position, count: got) }
      position += got
      return got
    }
  }

  /// Whether it looks like JSON: its first character opens an object or array, or separates records.
  public var isJSON: Bool {
    let text = first.starts(with: TextEncoding.byteOrderMark) ? first.dropFirst(3) : first[...]
    return text.first { !Self.isSpace($0) }.map { [UInt8(ascii: "{"), UInt8(ascii: "["), 0x1E].contains($0) }
      ?? false
  }

  /// Reads the rest; the content as a whole.
  public func readAll() throws -> MappedFile {
    if case .memory(let file) = source { return file }
    let content = ByteBuilder(capacity: 1 << 20)
    first.withUnsafeBytes { content.append($0) }
    try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 18) { buffer in
      while true {
        let got = try read(into: buffer.baseAddress!, buffer.count)
        if got == 0 { return }
        content.append(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<got]))
      }
    }
    return content.file(named: name)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
