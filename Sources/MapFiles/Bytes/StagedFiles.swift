import Foundation

/// A set of files that appear together: each is written beside its place, and all are renamed by
/// `commit`. Without it nothing is left, and what was there before stays.
public final class StagedFiles {
  private var staged: [(temporary: String, final: String)] = []

  public init() {}

  deinit { discard() }

  /// The path to write to instead of `path`, in the same folder.
  ///
  /// The folder must exist. The file itself is not made yet.
  /// - Throws: `MapFileError` of kind `.cannotWrite`.
  public func temporaryPath(for path: String) throws -> String {
    let final = resolvingLinks(path)
    let folder = (final as NSString).deletingLastPathComponent
    try requireWritableFolder(folder.isEmpty ? "." : folder, for: path)
    let name = ".\((final as NSString).lastPathComponent).\(getpid())-\(staged.count).part"
    let temporary = (folder as NSString).appendingPathComponent(name)
    unlink(temporary)
    staged.append((temporary, final))
    unfinished.insert(temporary)
    return temporary
  }

  /// Opens a file that `commit` will put at `path`.
  public func open(_ path: String) throws -> OutputFile {
    try OutputFile(creating: temporaryPath(for: path), named: path)
  }

  /// Stages a file with the given content.
  public func write(_ bytes: UnsafeBufferPointer<UInt8>, to path: String) throws {
    let file = try open(path)
    try file.write(bytes)
    try file.close()
  }

  public func write(_ text: String, to path: String) throws {
    var text = text
    try text.withUTF8 { try write($0, to: path) }
  }

  /// Stages a file with parts of text, one after another.
  public func write(parts: [String], to path: String) throws {
    let file = try open(path)
    for part in parts { try file.write(part) }
    try file.close()
  }

  /// Renames all files to their places, in the order they were staged.
  public func commit() throws {
    while let (temporary, final) = staged.first {
      keepPermissions(of: final, on: temporary)
      guard rename(temporary, final) == 0 else { throw cannotWrite(final, errno) }
      unfinished.remove(temporary)
      staged.removeFirst()
    }
  }

  /// Removes what has not been committed.
  public func discard() {
    for (temporary, _) in staged {
      removeWithCompanions(temporary)
      unfinished.remove(temporary)
    }
    staged = []
  }
}

/// Removes every file of this process that has not taken its place; for a program that ends early.
public func removeUnfinishedFiles() {
  for temporary in unfinished.all { removeWithCompanions(temporary) }
}

/// A file and what SQLite may have put beside it.
private func removeWithCompanions(_ path: String) {
  for suffix in ["", "-journal", "-wal", "-shm"] { unlink(path + suffix) }
}

/// The temporary files of all stages. Unchecked because a lock guards them.
private final class UnfinishedFiles: @unchecked Sendable {
  private let lock = NSLock()
  private var paths = Set<String>()

  func insert(_ path: String) { lock.withLock { _ = paths.insert(path) } }
  func remove(_ path: String) { lock.withLock { _ = paths.remove(path) } }
  var all: [String] { lock.withLock { paths.sorted() } }
}

private let unfinished = UnfinishedFiles()

/// Calls `body` with a file that takes its place at `path` once `body` has returned.
///
/// `-` stands for standard output; devices and pipes are written as they are.
/// - Throws: what `body` throws, and `MapFileError` of kind `.cannotWrite`; nothing is left then.
public func writeAtomically(to path: String, _ body: (OutputFile) throws -> Void) throws {
  if path == "-" {
    try body(.standardOutput)
  } else if isSpecialFile(path) {
    let file = try OutputFile(opening: path)
    try body(file)
    try file.close()
  } else {
    let stage = StagedFiles()
    let file = try stage.open(path)
    try body(file)
    try file.close()
    try stage.commit()
  }
}

/// A file open for writing. Every failure, such as a full disk, is thrown.
public final class OutputFile {
  /// The name that errors show: where the file will be in the end.
  public let name: String
  private let descriptor: Int32
  private var isOpen = true

  public static var standardOutput: OutputFile { OutputFile(STDOUT_FILENO, name: "standard output") }

  fileprivate init(creating path: String, named name: String) throws {
    self.name = name
    descriptor = Foundation.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw cannotWrite(name, errno) }
  }

  init(opening path: String) throws {
    name = path
    descriptor = Foundation.open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw cannotWrite(path, errno) }
  }

  private init(_ descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
  }

  deinit { if isOpen && descriptor > STDERR_FILENO { Foundation.close(descriptor) } }

  public func write(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    guard var start = bytes.baseAddress else { return }
    var rest = bytes.count
    while rest > 0 {
      let length = Foundation.write(descriptor, start, rest)
      if length < 0 && errno == EINTR { continue }
      guard length >= 0 else { throw cannotWrite(name, errno) }
      start += length
      rest -= length
    }
  }

  public func write(_ block: ByteBlock) throws { try write(block.buffer) }

  public func write(_ text: String) throws {
    var text = text
    try text.withUTF8 { try write($0) }
  }

  /// Closes the file; a disk that is full may show only here.
  public func close() throws {
    guard isOpen, descriptor > STDERR_FILENO else { return }
    isOpen = false
    guard Foundation.close(descriptor) == 0 else { throw cannotWrite(name, errno) }
  }
}

/// Where a symbolic link leads, so that the link stays and its target is replaced.
private func resolvingLinks(_ path: String) -> String {
  guard let resolved = realpath(path, nil) else { return path }
  defer { free(resolved) }
  return String(cString: resolved)
}

private func isSpecialFile(_ path: String) -> Bool {
  var status = stat()
  guard stat(path, &status) == 0 else { return false }
  return status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR
}

private func requireWritableFolder(_ folder: String, for path: String) throws {
  var status = stat()
  guard stat(folder, &status) == 0 else { throw cannotWrite(path, errno) }
  guard status.st_mode & S_IFMT == S_IFDIR else { throw cannotWrite(path, ENOTDIR) }
  guard access(folder, W_OK | X_OK) == 0 else { throw cannotWrite(path, errno) }
  if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { throw cannotWrite(path, EISDIR) }
}

private func keepPermissions(of path: String, on temporary: String) {
  var status = stat()
  if stat(path, &status) == 0 { chmod(temporary, status.st_mode & 0o777) }
}

func cannotWrite(_ path: String, _ code: Int32) -> MapFileError {
  let remedy: String? =
    switch code {
    case ENOENT, ENOTDIR: "Make the folder first, or name another place"
    case EACCES, EPERM, EROFS: "Name a place that you may write to"
    case EISDIR: "Name a file, not a folder"
    case ENOSPC, EDQUOT: "Make room on the disk, or name a place on another one"
    default: nil
    }
  return MapFileError(
    .cannotWrite, file: path, message: "cannot be written: \(String(cString: strerror(code)))",
    remedy: remedy)
}
