import Foundation

/// The files of a shapefile: the shapes, and those beside them with other extensions, in a folder or
/// in an archive.
struct ShapefileFiles {
  /// The .shp file, as errors name it.
  let name: String
  let shapes: MappedFile
  private let find: (String) throws -> MappedFile?

  /// - Throws: `MapFileError` where the .shp file cannot be read.
  init(_ path: String) throws {
    name = path
    shapes = try MappedFile(path)
    let stem = path.count > 4 && path.suffix(4).first == "." ? String(path.dropLast(4)) : path
    find = { suffix in
      try [stem + suffix, stem + suffix.uppercased()]
        .first { FileManager.default.fileExists(atPath: $0) }.map { try MappedFile($0) }
    }
  }

  init(_ member: ZipArchive.Member, of archive: ZipArchive) throws {
    name = archive.place(of: member)
    shapes = try archive.content(member)
    let stem = member.path.dropLast(4).lowercased()
    find = { suffix in
      try archive.members.first { $0.path.lowercased() == stem + suffix }.map { try archive.content($0) }
    }
  }

  /// The file with this extension, whatever its case.
  func file(_ suffix: String) throws -> MappedFile? { try find(suffix) }

  /// The content of a small text file beside the shapes.
  func text(_ suffix: String) throws -> String? {
    try file(suffix)?.withBytes { String(decoding: $0.buffer, as: UTF8.self) }
  }
}
