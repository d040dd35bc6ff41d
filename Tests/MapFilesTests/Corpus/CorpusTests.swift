import Foundation
import Testing

@testable import MapFiles

/// Every broken file gets its verdict; nothing crashes.
struct CorpusTests {
  @Test(arguments: GeoJSONCorpus.files)
  func geoJSON(_ file: CorpusFile) { judge(file) { try readGeoJSON(MappedFile(file.bytes, name: file.name + ".geojson")) } }

  @Test(arguments: BinaryCorpus.blobs)
  func geoPackageGeometry(_ file: CorpusFile) throws {
    let folder = TemporaryFolder()
    try BinaryCorpus.writeGeoPackage(to: folder.file("t.gpkg"), geometry: file.bytes)
    judge(file) { try readLayer(folder.file("t.gpkg")) }
  }

  @Test(arguments: BinaryCorpus.databases)
  func geoPackageTables(_ change: DatabaseChange) throws {
    let folder = TemporaryFolder()
    let path = folder.file("t.gpkg")
    try BinaryCorpus.writeGeoPackage(to: path, geometry: nil)
    try BinaryCorpus.execute(in: path, change.sql)
    judge(CorpusFile(change.name, bytes: [], change.verdict)) { try readLayer(path) }
  }

  @Test(arguments: BinaryCorpus.damagedFiles)
  func damagedGeoPackage(_ damage: Damage) throws {
    let folder = TemporaryFolder()
    let path = folder.file("t.gpkg")
    try BinaryCorpus.writeGeoPackage(to: path, geometry: nil)
    try damage.apply(to: path)
    judge(CorpusFile(damage.name, bytes: [], damage.verdict)) { try readLayer(path) }
  }

  @Test(arguments: ShapefileCorpus.shapes)
  func shapes(_ file: CorpusFile) throws {
    let folder = TemporaryFolder()
    try Data(file.bytes).write(to: URL(fileURLWithPath: folder.file("t.shp")))
    judge(file) { try readLayer(folder.file("t.shp")) }
  }

  @Test(arguments: ShapefileCorpus.tables)
  func tables(_ file: CorpusFile) throws {
    let folder = TemporaryFolder()
    try Data(ShapefileCorpus.onePoint).write(to: URL(fileURLWithPath: folder.file("t.shp")))
    try Data(file.bytes).write(to: URL(fileURLWithPath: folder.file("t.dbf")))
    judge(file) { try readLayer(folder.file("t.shp")) }
  }

  @Test(arguments: CSVCorpus.files + ArchiveCorpus.archives + ArchiveCorpus.workbooks)
  func tablesAndArchives(_ file: CorpusFile) throws {
    let folder = TemporaryFolder()
    let path = folder.file(file.name)
    try Data(file.bytes).write(to: URL(fileURLWithPath: path))
    judge(file) { try readLayer(path) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [file.name])
  }

  @Test func thereAreEnough() {
    let files =
      GeoJSONCorpus.files.count + BinaryCorpus.blobs.count + BinaryCorpus.databases.count
      + BinaryCorpus.damagedFiles.count + ShapefileCorpus.shapes.count + ShapefileCorpus.tables.count
      + CSVCorpus.files.count + ArchiveCorpus.archives.count + ArchiveCorpus.workbooks.count
    #expect(files >= 600)
  }

  /// Kinds of messages, told by their words without numbers and names.
  @Test func messagesDiffer() throws {
    let folder = TemporaryFolder()
    var kinds = Set<String>()
    func add(_ text: String) { kinds.insert(text.replacing(#/"[^"]*"|[0-9.()-]+/#, with: "#")) }
    for file in GeoJSONCorpus.files + CSVCorpus.files + ArchiveCorpus.archives + ArchiveCorpus.workbooks {
      do {
        let name = file.name.contains(".") ? file.name : file.name + ".geojson"
        try Data(file.bytes).write(to: URL(fileURLWithPath: folder.file(name)))
        for note in try readLayer(folder.file(name)).notes { add(note.rule) }
      } catch let error as MapFileError { add(error.message) }
    }
    #expect(kinds.count >= 120, "\(kinds.count): \(kinds.sorted().joined(separator: "\n"))")
  }

  private func judge(_ file: CorpusFile, _ read: () throws -> Layer) {
    do {
      let layer = try read()
      switch file.verdict {
      case .refused: Issue.record("\(file.name) was read")
      case .noted(let rule): #expect(layer.notes.contains { $0.rule == rule }, "\(file.name): \(layer.notes.map(\.rule))")
      case .fine: #expect(layer.notes.isEmpty, "\(file.name): \(layer.notes.map(\.rule))")
      }
    } catch let error as MapFileError {
      guard case .refused(let words) = file.verdict else {
        Issue.record("\(file.name) was refused: \(error)")
        return
      }
      #expect(words.isEmpty || error.description.contains(words), "\(file.name): \(error)")
      #expect(error.kind == .badData || error.kind == .missing)
    } catch {
      Issue.record("\(file.name) threw \(error)")
    }
  }
}
