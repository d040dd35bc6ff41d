import Foundation

/// The whole content of a file or of standard input, as bytes in memory.
///
/// Regular files are mapped, so that a file costs no memory before it is read and none after;
/// anything else is read to its end. Unchecked because the bytes never change after `init`.
public final class MappedFile: @unchecked Sendable {
  /// The path as the user wrote it; `-` for standard input.
  public let name: String
  public let count: Int
  private let region: UnsafeMutableRawPointer
  private let mappedSize: Int?

  /// Maps the file at `path`, or reads standard input where it is `-`.
  ///
  /// - Throws: `MapFileError` of kind `.missing` where there is no such file or it cannot be read.
  public convenience init(_ path: String) throws {
    if path == "-" {
      try self.init(reading: STDIN_FILENO, name: path)
      return
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw cannotRead(path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw cannotRead(path, errno) }
    if status.st_mode & S_IFMT == S_IFREG && status.st_size > 0 {
      try self.init(mapping: descriptor, size: Int(status.st_size), name: path)
    } else {
      try self.init(reading: descriptor, name: path)
    }
  }

  /// A copy of `bytes`, for content that is in memory already.
  public init(_ bytes: some Collection<UInt8>, name: String) {
    self.name = name
    count = bytes.count
    mappedSize = nil
    region = malloc(count + Bytes.padding)!
    let target = region.assumingMemoryBound(to: UInt8.self)
    _ = UnsafeMutableBufferPointer(start: target, count: count).initialize(from: bytes)
    (target + count).initialize(repeating: 0, count: Bytes.padding)
  }

  /// Takes over `start`, made by `malloc` with room for `Bytes.padding` after `count`.
  init(owning start: UnsafeMutableRawPointer, count: Int, name: String) {
    self.name = name
    self.count = count
    mappedSize = nil
    region = start
    memset(start + count, 0, Bytes.padding)
  }

  /// Reserves a page more than the file has, so that zeros follow its last byte.
  private init(mapping descriptor: Int32, size: Int, name: String) throws {
    self.name = name
    count = size
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let total = (size + page - 1) / page * page + page
    let reserved = mmap(nil, total, PROT_READ, MAP_PRIVATE | MAP_ANON, -1, 0)
    guard let reserved, reserved != MAP_FAILED else { throw cannotRead(name, errno) }
    let mapped = mmap(reserved, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, descriptor, 0)
    guard mapped != MAP_FAILED else {
      let code = errno
      munmap(reserved, total)
      throw cannotRead(name, code)
    }
    region = reserved
    mappedSize = total
    madvise(region, size, MADV_WILLNEED)
  }

  /// Reads to the end, doubling the buffer.
  private init(reading descriptor: Int32, name: String) throws {
    self.name = name
    mappedSize = nil
    var capacity = 1 << 16
    var filled = 0
    var buffer = malloc(capacity + Bytes.padding)!
    while true {
      let length = read(descriptor, buffer + filled, capacity - filled)
      if length < 0 && errno == EINTR { continue }
      guard length >= 0 else {
        let code = errno
        free(buffer)
        throw cannotRead(name, code)
      }
      if length == 0 { break }
      filled += length
      if filled == capacity {
        capacity *= 2
        guard let larger = realloc(buffer, capacity + Bytes.padding) else {
          free(buffer)
          throw cannotRead(name, ENOMEM)
        }
        buffer = larger
      }
    }
    memset(buffer + filled, 0, Bytes.padding)
    region = buffer
    count = filled
  }

  deinit {
    if let mappedSize { munmap(region, mappedSize) } else { free(region) }
  }

  /// Calls `body` with the bytes, which stay valid until it returns.
  public func withBytes<Result>(_ body: (Bytes) throws -> Result) rethrows -> Result {
    try withExtendedLifetime(self) {
      try body(Bytes(start: UnsafePointer(region.assumingMemoryBound(to: UInt8.self)), count: count))
    }
  }
}

func cannotRead(_ path: String, _ code: Int32) -> MapFileError {
  let remedy: String? =
    switch code {
    case ENOENT, ENOTDIR: "Check the path; relative paths start at the scenario's folder, or here"
    case EACCES, EPERM: "Give yourself permission to read it"
    case EISDIR: "Name a file, not a folder"
    default: nil
    }
  return MapFileError(
    .missing, file: path == "-" ? "standard input" : path,
    message: "cannot be read: \(String(cString: strerror(code)))", remedy: remedy)
}
