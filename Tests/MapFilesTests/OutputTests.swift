import Foundation
import Testing

@testable import MapFiles

/// A folder that goes when the test ends.
final class TemporaryFolder {
  let path: String

  init() {
    path = NSTemporaryDirectory() + "/gridplan-test-\(UUID().uuidString)"
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }

  func text(_ name: String) throws -> String { try String(contentsOfFile: file(name), encoding: .utf8) }

  var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path))?.sorted() ?? [] }
}

struct OutputTests {
  let folder = TemporaryFolder()

  @Test func appearsWhenDone() throws {
    try writeAtomically(to: folder.file("a.txt")) { file in
      try file.write("one ")
      #expect(!folder.names.contains("a.txt"))
      try file.write("two")
    }
    #expect(try folder.text("a.txt") == "one two")
    #expect(folder.names == ["a.txt"])
  }

  @Test func failureLeavesWhatWasThere() throws {
    struct Stop: Error {}
    let path = try folder.write("old", to: "a.txt")
    #expect(throws: Stop.self) {
      try writeAtomically(to: path) { file in
        try file.write("new")
        throw Stop()
      }
    }
    #expect(try folder.text("a.txt") == "old")
    #expect(folder.names == ["a.txt"])
  }

  @Test func setOfFiles() throws {
    let stage = StagedFiles()
    try stage.write("1", to: folder.file("a"))
    try stage.write("2", to: folder.file("b"))
    #expect(!folder.names.contains("a"))
    try stage.commit()
    #expect(folder.names == ["a", "b"])
    try StagedFiles().write("3", to: folder.file("a"))
    #expect(try folder.text("a") == "1")
    #expect(folder.names == ["a", "b"])
  }

  @Test func linksStay() throws {
    let path = try folder.write("old", to: "target")
    try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: path)
    try writeAtomically(to: folder.file("link")) { try $0.write("new") }
    #expect(try folder.text("target") == "new")
  }

  @Test func missingFolder() {
    expectCannotWrite(folder.file("no/such/file"), saying: "Make the folder")
  }

  @Test func folderInTheWay() { expectCannotWrite(folder.path, saying: "not a folder") }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func fullDisk() { expectCannotWrite("/dev/full", saying: "Make room") }

  private func expectCannotWrite(_ path: String, saying remedy: String) {
    let error = #expect(throws: MapFileError.self) {
      try writeAtomically(to: path) { try $0.write("text") }
    }
    #expect(error?.kind == .cannotWrite)
    #expect(error?.description.contains(remedy) == true)
  }

  @Test func strings() {
    var writer = ByteWriter()
    writer.writeJSON("a\"b\\c\n\u{1}网格/\u{7F}")
    #expect(writer.text == #""a\"b\\c\n\u0001网格/"# + "\u{7F}\"")
  }
}

struct MappedFileTests {
  let folder = TemporaryFolder()

  /// Zeros follow the content, whatever its size with respect to a page.
  @Test(arguments: [1, 63, 4095, 4096, 4097, 16384])
  func paddedWithZeros(_ size: Int) throws {
    let path = try folder.write(String(repeating: "x", count: size), to: "f")
    try MappedFile(path).withBytes { bytes in
      #expect(bytes.count == size)
      #expect(bytes.buffer.allSatisfy { $0 == UInt8(ascii: "x") })
      #expect((0..<Bytes.padding).allSatisfy { bytes.end[$0] == 0 })
    }
  }

  @Test func emptyFile() throws {
    let path = try folder.write("", to: "f")
    #expect(try MappedFile(path).count == 0)
  }

  @Test func device() throws { #expect(try MappedFile("/dev/null").count == 0) }

  @Test func missing() {
    let error = #expect(throws: MapFileError.self) { try MappedFile("no-such-file") }
    #expect(error?.kind == .missing)
    let folderError = #expect(throws: MapFileError.self) { try MappedFile("/") }
    #expect(folderError?.description.contains("not a folder") == true)
  }
}
