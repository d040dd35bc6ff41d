import Foundation
import Georeference
import Parallel
import Planar
import Testing

@testable import MapFiles

/// Mutated files: nothing may crash, hang or throw anything but the reader's own error.
///
/// A few thousand inputs by default. More, without debug checks of the standard library's speed:
///
///     GRIDPLAN_FUZZ=10000000 swift test -c release -Xswiftc -enable-testing --filter FuzzTests
///
/// `GRIDPLAN_FUZZ_SEED` starts elsewhere. Whole files of SQLite and zip are a hundredth of the number. The peak of
/// memory is that of the process: a filter that takes one test measures it alone.
@Suite(.serialized)
struct FuzzTests {
  private static func setting(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap(Int.init) }
  private let rounds = setting("GRIDPLAN_FUZZ") ?? 4000
  private let seed = UInt64(setting("GRIDPLAN_FUZZ_SEED") ?? 1)

  /// Runs `body` on mutated seeds, on all cores; reports the slowest.
  private func fuzz(_ name: String, _ seeds: [[UInt8]], _ rounds: Int, _ body: @Sendable ([UInt8]) throws -> Void) throws {
    let mutator = Mutator(seeds: seeds, seed: seed)
    let parts = chunks(of: rounds, parts: max(1, rounds / 500))
    let slowest = try parallelMap(count: parts.count) { part in
      var slowest = Duration.zero
      for index in parts[part] {
        let input = mutator.input(index)
        let start = ContinuousClock.now
        try body(input)
        slowest = max(slowest, ContinuousClock.now - start)
      }
      return slowest
    }.max()!
    #expect(slowest < .seconds(20), "\(name)")
    let megabytes = Self.peakMegabytes
    #expect(megabytes < Self.memoryLimit, "\(name)")
    if self.rounds >= 100_000 {
      print("\(name): \(rounds) inputs from seed \(seed), slowest \(slowest), peak of memory \(megabytes) MB")
    }
  }

  /// Megabytes that no input, and nothing that piles up, may take the process beyond.
  private static let memoryLimit = 2000

  private static var peakMegabytes: Int {
    var usage = rusage()
    #if os(Linux)
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      return Int(usage.ru_maxrss) / 1024
    #else
      getrusage(RUSAGE_SELF, &usage)
      return Int(usage.ru_maxrss) >> 20
    #endif
  }

  @Test func geoJSON() throws {
    let seeds = GeoJSONCorpus.files.filter { $0.bytes.count < 3000 }.map(\.bytes)
    try fuzz("GeoJSON", seeds, rounds) { input in
      do {
        let layer = try readGeoJSON(MappedFile(input, name: "fuzz"))
        // What was read can be written and read again.
        let text = geoJSONText(layer, style: GeoJSONStyle(listing: .collection, decimals: 15))
        if layer.crs == .crs84 { _ = try readGeoJSON(MappedFile(text.utf8, name: "again")) }
      } catch is MapFileError {}
    }
  }

  @Test func csv() throws {
    try fuzz("CSV", CSVCorpus.files.filter { $0.bytes.count < 3000 }.map(\.bytes), rounds) { input in
      do {
        let layer = try readCSV(CSVBlocks(ByteStream(MappedFile(input, name: "fuzz.csv"))))
        _ = csvText(layer)
      } catch is MapFileError {}
    }
  }

  @Test func wellKnownText() throws {
    let seeds = CSVCorpus.files.filter { $0.name.hasPrefix("wkt-") }.map { Array($0.bytes.dropFirst(9)) }
    try fuzz("WKT", seeds, rounds / 10) { input in
      let table = Array("id;wkt\n1;\"".utf8) + input + Array("\"\n".utf8)
      do { _ = try readCSV(CSVBlocks(ByteStream(MappedFile(table, name: "fuzz.csv")))) } catch is MapFileError {}
    }
  }

  /// Whole archives, most of which break where their sums do not add up.
  @Test func archives() throws {
    let seeds = ArchiveCorpus.archives.filter { $0.bytes.count < 20_000 && !$0.name.contains("bomb") }.map(\.bytes)
    try fuzz("zip archives", seeds, max(rounds / 100, 40)) { input in
      do { _ = try ArchivedLayers(MappedFile(input, name: "fuzz.zip")).read(layer: nil, crs: nil) } catch is MapFileError {}
    }
  }

  @Test func workbooks() throws {
    let seeds = ArchiveCorpus.workbooks.filter { $0.bytes.count < 20_000 && !$0.name.contains("cut") }.map(\.bytes)
    try fuzz("workbooks", seeds, max(rounds / 100, 40)) { input in
      do { _ = try readSpreadsheet(MappedFile(input, name: "fuzz.xlsx"), sheet: nil, crs: nil) } catch is MapFileError {}
    }
  }

  /// Parts of a workbook in an archive that is sound.
  @Test func workbookParts() throws {
    let whole = WorkbookParts().archive
    let seeds = whole.members.enumerated().map { [UInt8($0.offset)] + $0.element.content }
    try fuzz("parts of workbooks", seeds, max(rounds / 100, 40)) { input in
      var archive = whole
      guard let part = input.first.map({ Int($0) % whole.members.count }) else { return }
      archive.members[part].content = Array(input.dropFirst())
      let file = MappedFile(archive.bytes, name: "fuzz.xlsx")
      do { _ = try readSpreadsheet(file, sheet: nil, crs: nil) } catch is MapFileError {}
    }
  }

  @Test func wellKnownBinary() throws {
    try fuzz("WKB", BinaryCorpus.blobs.map { Array($0.bytes.dropFirst(8)) }, rounds) { input in
      try input.withUnsafeBytes { bytes in
        var reader = WKBReader(bytes)
        do { _ = try reader.geometry() } catch is WKBFailure {}
      }
    }
  }

  @Test func geoPackageBlobs() throws {
    try fuzz("GeoPackage blobs", BinaryCorpus.blobs.map(\.bytes), rounds) { input in
      try input.withUnsafeBytes { bytes in
        do {
          guard let content = try GeoPackageBinary.content(of: bytes) else { return }
          var reader = WKBReader(content)
          _ = try reader.geometry()
        } catch is WKBFailure {}
      }
    }
  }

  @Test func shapes() throws {
    try fuzz("shapes", ShapefileCorpus.shapes.map(\.bytes), rounds) { input in
      try MappedFile(input, name: "fuzz").withBytes { bytes in
        do {
          var reader = try ShapeReader(bytes)
          try reader.forEachShape { _, _ in }
        } catch is ShapeFailure {}
      }
    }
  }

  @Test func tables() throws {
    try fuzz("dBASE", ShapefileCorpus.tables.map(\.bytes), rounds) { input in
      MappedFile(input, name: "fuzz").withBytes { bytes in
        guard let table = DBaseTable(bytes) else { return }
        let encoding = DBaseEncoding(of: table, codePageFile: nil)
        for row in 0..<min(table.count, 100) {
          for field in table.fields { _ = table.value(row, field) { encoding.decode($0) } }
        }
      }
    }
  }

  @Test func wholeGeoPackages() throws {
    let folder = TemporaryFolder()
    let path = folder.file("seed.gpkg")
    var random = SplitMix(seed: 40)
    try writeGeoPackage([randomLayer(features: 12, &random)], to: path, styles: ["random": QGISStyle(name: "s", qml: "<qgis/>")])
    let seeds = [[UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))]
    let base = folder.path
    try fuzz("SQLite files", seeds, max(rounds / 100, 40)) { input in
      let file = base + "/\(UUID().uuidString).gpkg"
      defer { unlink(file) }
      try Data(input).write(to: URL(fileURLWithPath: file))
      do { for name in try layersOfGeoPackage(file).prefix(5) { _ = try readGeoPackage(file, layer: name) } } catch is MapFileError {}
    }
  }
}

/// Changes to known inputs, each told by its number.
struct Mutator: Sendable {
  var seeds: [[UInt8]]
  var seed: UInt64

  private static let words = [
    "{", "}", "[", "]", ",", ":", "\"", "\\", "null", "NaN", "1e999", "-", ".", "\\ud800", "\u{FEFF}", "\0", "\u{1E}",
    "{\"type\":\"Feature\"}", "\"coordinates\"", "\"features\":", "]]]]", "[[[[", "99999999999999999999",
  ].map { Array($0.utf8) }

  func input(_ index: Int) -> [UInt8] {
    var random = SplitMix(seed: seed &* 0x1_0000_0001 &+ UInt64(index))
    var bytes = seeds[Int(random.next() % UInt64(seeds.count))]
    for _ in 0...(random.next() % 6) { mutate(&bytes, &random) }
    return bytes
  }

  private func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix) {
    let place = bytes.isEmpty ? 0 : Int(random.next() % UInt64(bytes.count))
    let length = min(Int(random.next() % 16), bytes.count - place)
    switch random.next() % 8 {
    case 0: if !bytes.isEmpty { bytes[place] ^= 1 << UInt8(random.next() % 8) }
    case 1: if !bytes.isEmpty { bytes[place] = UInt8(truncatingIfNeeded: random.next()) }
    case 2: bytes.removeSubrange(place..<place + length)
    case 3: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
    case 4: bytes.insert(contentsOf: Self.words[Int(random.next() % UInt64(Self.words.count))], at: place)
    case 5:
      let other = seeds[Int(random.next() % UInt64(seeds.count))]
      let start = other.isEmpty ? 0 : Int(random.next() % UInt64(other.count))
      bytes.replaceSubrange(place..., with: other[start...])
    case 6: bytes.removeSubrange(place...)
    default:
      let extremes: [UInt32] = [0, 1, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0xFF, 0xFFFF]
      let value = extremes[Int(random.next() % 7)]
      for offset in 0..<min(4, bytes.count - place) { bytes[place + offset] = UInt8(truncatingIfNeeded: value >> UInt32(8 * offset)) }
    }
  }
}
