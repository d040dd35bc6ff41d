import Planar
import Testing

@testable import MapFiles

struct WKBTests {
  private func decode(_ bytes: [UInt8]) throws -> (Geometry?, Bool) {
    try bytes.withUnsafeBytes { buffer in
      var reader = WKBReader(buffer)
      return (try reader.geometry(), reader.hasFurtherCoordinates)
    }
  }

  /// WKB by hand, so that the writer is not its own judge.
  private func wkb(_ bigEndian: Bool, _ type: UInt32, _ parts: [any WKBPart]) -> [UInt8] {
    [bigEndian ? 0 : 1] + type.bytes(bigEndian) + parts.flatMap { $0.bytes(bigEndian) }
  }

  @Test(arguments: [false, true])
  func bothByteOrders(_ big: Bool) throws {
    let point = wkb(big, 1, [1.5, -2.0])
    #expect(try decode(point).0 == .point(Point(x: 1.5, y: -2)))
    let line = wkb(big, 2, [UInt32(2), 0.0, 0.0, 1.0, 1.0])
    #expect(try decode(line).0 == .lineString([Point(x: 0, y: 0), Point(x: 1, y: 1)]))
    // Members may have the other byte order.
    let both = wkb(big, 7, [UInt32(2)]) + wkb(!big, 1, [3.0, 4.0]) + line
    #expect(try decode(both).0 == .collection([.point(Point(x: 3, y: 4)), .lineString([Point(x: 0, y: 0), Point(x: 1, y: 1)])]))
  }

  @Test(arguments: [(1001 as UInt32, 1), (2001, 1), (3001, 2), (0x8000_0001, 1), (0xC000_0001, 2)])
  func furtherCoordinatesAreDropped(_ type: UInt32, _ extra: Int) throws {
    let point = wkb(false, type, [1.0, 2.0] + [Double](repeating: 9, count: extra))
    let (geometry, hasMore) = try decode(point)
    #expect(geometry == .point(Point(x: 1, y: 2)))
    #expect(hasMore)
  }

  @Test func emptyGeometries() throws {
    for type in 2...7 as ClosedRange<UInt32> { #expect(try decode(wkb(false, type, [UInt32(0)])).0 == nil) }
    #expect(try decode(wkb(false, 1, [Double.nan, Double.nan])).0 == nil)
  }

  @Test func everyTypeSurvivesAndEveryPrefixIsRefused() throws {
    var random = SplitMix(seed: 30)
    for feature in randomLayer(features: 60, &random).features {
      guard let geometry = feature.geometry else { continue }
      var writer = ByteWriter()
      writer.writeWKB(geometry)
      let bytes = writer.withBytes { [UInt8]($0) }
      #expect(try decode(bytes).0 == geometry)
      for length in 0..<bytes.count {
        #expect(throws: WKBFailure.self) { try decode([UInt8](bytes.prefix(length))) }
      }
    }
  }

  @Test(arguments: [
    (8 as UInt32, "CircularString"), (10, "CurvePolygon"), (12, "MultiSurface"), (16, "TIN"), (99, "does not exist"),
    (0, "does not exist"), (5001, "does not exist"),
  ])
  func refusedTypes(_ type: UInt32, _ word: String) {
    let failure = #expect(throws: WKBFailure.self) { try decode(wkb(false, type, [UInt32(0)])) }
    #expect(failure?.message.contains(word) == true)
  }

  @Test func liesAboutCounts() {
    for type in 2...7 as ClosedRange<UInt32> {
      #expect(throws: WKBFailure.self) { try decode(wkb(false, type, [UInt32.max])) }
    }
  }

  @Test func memberOfAnotherType() {
    let bytes = wkb(false, 6, [UInt32(1)]) + wkb(false, 1, [1.0, 2.0])
    #expect(throws: WKBFailure.self) { try decode(bytes) }
  }

  @Test func depthBomb() {
    let bytes = (0..<100_000).flatMap { _ in wkb(false, 7, [UInt32(1)]) }
    #expect(throws: WKBFailure.self) { try decode(bytes) }
  }

  /// Headers with every kind of envelope, either byte order, flags that do not exist.
  @Test func headersOfBlobs() throws {
    let point = wkb(false, 1, [1.0, 2.0])
    let sizes = [0, 32, 48, 48, 64]
    for flags in 0...255 as ClosedRange<UInt8> {
      let kind = Int(flags >> 1 & 7)
      let size = kind < sizes.count ? sizes[kind] : 0
      let blob = [0x47, 0x50, 0, flags, 0, 0, 0, 0] + [UInt8](repeating: 0, count: size) + point
      let isKnown = kind < sizes.count && flags & 0x20 == 0
      blob.withUnsafeBytes { bytes in
        let content = Result { try GeoPackageBinary.content(of: bytes) }
        switch content {
        case .success(let wkb?): #expect(isKnown && flags & 0x10 == 0 && wkb.elementsEqual(point))
        case .success(nil): #expect(isKnown && flags & 0x10 != 0)
        case .failure: #expect(!isKnown)
        }
      }
    }
  }
}

protocol WKBPart {
  func bytes(_ bigEndian: Bool) -> [UInt8]
}

extension UInt32: WKBPart {
  func bytes(_ bigEndian: Bool) -> [UInt8] {
    withUnsafeBytes(of: bigEndian ? self.bigEndian : littleEndian) { Array($0) }
  }
}

extension Double: WKBPart {
  func bytes(_ bigEndian: Bool) -> [UInt8] {
    withUnsafeBytes(of: bigEndian ? bitPattern.bigEndian : bitPattern.littleEndian) { Array($0) }
  }
}
