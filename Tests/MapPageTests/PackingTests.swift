import Foundation
import Planar
import Testing

@testable import MapPage

@Suite struct PackingTests {
  /// Reads as the page's script does.
  private struct Unpacker {
    var bytes: [UInt8]
    var at = 0

    mutating func whole() -> Int {
      var (value, shift) = (0, 0)
      while true {
        let byte = Int(bytes[at])
        at += 1
        value |= (byte & 127) << shift
        if byte < 128 { return value }
        shift += 7
      }
    }

    mutating func signed() -> Int {
      let value = whole()
      return value % 2 == 0 ? value / 2 : -(value + 1) / 2
    }
  }

  @Test func numbersComeBack() {
    let values = [0, 1, -1, 63, -64, 64, 127, 128, 300, -16384, 1 << 30, -(1 << 40)]
    var packed = PackedBytes()
    for value in values { packed.append(signed: value) }
    var reader = Unpacker(bytes: packed.bytes)
    #expect(values.map { _ in reader.signed() } == values)
    #expect(reader.at == packed.bytes.count)
  }

  @Test func everyShapeIsInOneTileOnly() {
    let items = (0..<1000).map { index in
      TileSet.Item(paths: [[.init(x: index * 37 % 1000, y: index * 61 % 1000)]], numbers: [index], name: "B\(index)")
    }
    let set = TileSet(items, side: 1000, hasNames: true)
    #expect(set.tiles.map(\.count) == [256, 256, 256, 232])
    var seen: [Int] = []
    var from = set.text.startIndex
    for tile in set.tiles {
      let end = set.text.index(set.text.startIndex, offsetBy: tile.end)
      var reader = Unpacker(bytes: Array(Data(base64Encoded: String(set.text[from..<end]))!))
      from = end
      var place = (x: 0, y: 0)
      for _ in 0..<tile.count {
        let number = reader.signed()
        _ = reader.whole()
        let rest = reader.whole()
        reader.at += rest
        #expect(reader.whole() == 1)
        #expect(reader.whole() == 1)
        place = (place.x + reader.signed(), place.y + reader.signed())
        #expect(place == (number * 37 % 1000, number * 61 % 1000))
        #expect(place.x >= tile.box[0] && place.x <= tile.box[2] && place.y >= tile.box[1] && place.y <= tile.box[3])
        seen.append(number)
      }
      #expect(reader.at == reader.bytes.count)
    }
    #expect(seen.sorted() == Array(0..<1000))
  }

  @Test func aPageRunsNothingButItself() throws {
    var scene = MapScene(title: "</script><script>alert(1)</script>")
    scene.plan.grids = [MapArea(code: "<b>1</b>", name: "\"'&<>", polygons: [ArcTableTests.square(0, 0)])]
    let page = try HTMLPage(scene, leaflet: Leaflet(script: "let L = {}", style: "a { background: url(x.png) }")).parts().joined()
    #expect(page.contains("default-src 'none'"))
    #expect(!page.contains("<b>1</b>"))
    #expect(!page.contains("alert(1)</script>"))
    #expect(!page.contains("url(x.png)"))
    #expect(page.components(separatedBy: "<script>").count == 3)
    #expect(page.components(separatedBy: "'sha256-").count == 4)
  }

  @Test func aMissingLibraryIsNamed() {
    #expect { try Leaflet.found(in: ["/nowhere/leaflet"]) } throws: { "\($0)".contains("libjs-leaflet") }
  }
}
