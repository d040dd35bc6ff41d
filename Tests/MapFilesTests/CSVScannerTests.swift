import Foundation
import Testing

@testable import MapFiles

/// A file that is gone when the test is.
final class ScratchFile {
  let path = NSTemporaryDirectory() + "gridplan-\(UUID().uuidString).csv"

  init(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

  convenience init(_ text: String) throws { try self.init(Array(text.utf8)) }

  deinit { unlink(path) }
}

/// All records of a table, read in blocks of `blockSize`.
func records(_ bytes: [UInt8], blockSize: Int) throws -> [[String]] {
  let file = try ScratchFile(bytes)
  defer { withExtendedLifetime(file) {} }
  let table = try CSVBlocks(file.path, blockSize: blockSize)
  var records = [table.header]
  while let block = try table.next() {
    try block.withBytes { bytes in
      var scanner = CSVScanner(bytes, table.dialect)
      while let fields = try scanner.nextFields() { records.append(fields.map(\.text)) }
    }
  }
  return records
}

@Suite struct CSVScannerTests {
  @Test(arguments: [1, 2, 3, 7, 64, 4096])
  func quotesAndNewlines(blockSize: Int) throws {
    let text = "a,b,c\r\n1,\"x,\"\"y\"\"\",\r\n\"two\nlines\",\"\",z\r\n\r\n\"a\r\nb\",5\" pipe,\"last\""
    #expect(
      try records(Array(text.utf8), blockSize: blockSize) == [
        ["a", "b", "c"], ["1", "x,\"y\"", ""], ["two\nlines", "", "z"], ["a\r\nb", "5\" pipe", "last"],
      ])
  }

  @Test(arguments: [(",", ","), (";", ";"), ("\t", "\t")])
  func delimitersAreTold(delimiter: String, _: String) throws {
    let text = ["id", "\"a,b;c\"", "x"].joined(separator: delimiter) + "\n1" + delimiter + "2" + delimiter + "3\n"
    #expect(try records(Array(text.utf8), blockSize: 16) == [["id", "a,b;c", "x"], ["1", "2", "3"]])
  }

  @Test func carriageReturnsAloneEndRecords() throws {
    #expect(try records(Array("a,b\r1,2\r3,4".utf8), blockSize: 4) == [["a", "b"], ["1", "2"], ["3", "4"]])
  }

  @Test func aByteOrderMarkIsNoPartOfTheHeader() throws {
    #expect(try records([0xEF, 0xBB, 0xBF] + Array("经度,纬度\n1,2\n".utf8), blockSize: 8) == [["经度", "纬度"], ["1", "2"]])
  }

  /// `经度,名称` and `海淀` in GB18030, with a character of four bytes (U+20000) too.
  @Test(arguments: [6, 1000])
  func chineseAsExcelSavesIt(blockSize: Int) throws {
    let bytes: [UInt8] =
      [0xBE, 0xAD, 0xB6, 0xC8, 0x2C, 0xC3, 0xFB, 0xB3, 0xC6, 0x0D, 0x0A]
      + [0x31, 0x2C, 0xBA, 0xA3, 0xB5, 0xED, 0x95, 0x32, 0x82, 0x36, 0x0A]
    #expect(try records(bytes, blockSize: blockSize) == [["经度", "名称"], ["1", "海淀\u{20000}"]])
  }

  @Test func laterTextInAnotherEncodingIsRefused() throws {
    let text = "a\n" + String(repeating: "经\n", count: 100)
    let bytes = Array(text.utf8) + [0x31, 0xBE, 0xAD, 0xFF, 0x0A]
    let error = #expect(throws: MapFileError.self) { try records(bytes, blockSize: 64) }
    #expect(error?.place == "byte \(text.utf8.count + 1)")
  }

  @Test func brokenRecordsAreRefused() throws {
    for text in ["a\n\"open", "a\n\"x\"y\n", "\"a", ""] {
      #expect(throws: (any Error).self, "\(text)") { try records(Array(text.utf8), blockSize: 3) }
    }
    let utf16: [UInt8] = [0xFF, 0xFE, 0x61, 0x00]
    #expect(throws: MapFileError.self) { try records(utf16, blockSize: 64) }
  }

  @Test func aLongLineIsOneRecord() throws {
    let long = String(repeating: "x", count: 300_000)
    #expect(try records(Array("a,b\n1,\(long)\n2,y\n".utf8), blockSize: 1000) == [["a", "b"], ["1", long], ["2", "y"]])
  }

  /// Random fields, quoted where they must be or by chance, come back whatever the size of blocks.
  @Test(arguments: 1...40) func randomTables(seed: Int) throws {
    var random = SystemRandom(seed: UInt64(seed))
    let alphabet = ["a", "b", ",", ";", "\"", "\n", "\r\n", " ", "经", "1"]
    let columns = Int.random(in: 2...4, using: &random)
    var table = [(0..<columns).map { "c\($0)" }]
    var text = table[0].joined(separator: ",") + "\n"
    for _ in 0..<Int.random(in: 1...30, using: &random) {
      let row = (0..<columns).map { _ in
        (0..<Int.random(in: 0...5, using: &random)).map { _ in alphabet.randomElement(using: &random)! }.joined()
      }
      table.append(row)
      text += row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\n"
    }
    let size = Int.random(in: 1...200, using: &random)
    #expect(try records(Array(text.utf8), blockSize: size) == table, "seed \(seed), blocks of \(size)")
  }
}

/// SplitMix64.
struct SystemRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
