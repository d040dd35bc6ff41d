import Georeference
import Planar
import Testing

@Suite struct ObfuscationTests {
  static let vectors: [(wgs: Point, gcj: Point, bd: Point)] = [
    (Point(x: 116.377817, y: 39.911954), Point(x: 116.3840472246, y: 39.9133454554), Point(x: 116.3904547131, y: 39.9195755510)),
    (Point(x: 121.5272106, y: 31.1774276), Point(x: 121.5315418592, y: 31.1753039836), Point(x: 121.5380156864, y: 31.1813286069)),
    (Point(x: 113.912316, y: 22.543847), Point(x: 113.9171764808, y: 22.5407961317), Point(x: 113.9236847293, y: 22.5466674378)),
    (Point(x: 116.404, y: 39.915), Point(x: 116.4102444992, y: 39.9164042815), Point(x: 116.4166272438, y: 39.9226995522)),
    (Point(x: 87.617, y: 43.825), Point(x: 87.6198501246, y: 43.8262058983), Point(x: 87.6263010291, y: 43.8323478814)),
    (Point(x: 105, y: 35), Point(x: 105.0032862415, y: 34.9990986322), Point(x: 105.0096668283, y: 35.0054036685)),
  ]

  @Test(arguments: vectors.indices)
  func publishedVectors(index: Int) throws {
    let v = Self.vectors[index]
    let toGCJ = try Transformation(from: .crs84, to: .gcj02)
    let toBD = try Transformation(from: .crs84, to: .bd09)
    #expect(try toGCJ(v.wgs).distance(to: v.gcj) < 1e-9)
    #expect(try toBD(v.wgs).distance(to: v.bd) < 1e-9)
  }

  @Test func inverseIsBelowAMillimetre() throws {
    let back = try Transformation(from: .bd09, to: .crs84)
    let forward = try Transformation(from: .crs84, to: .bd09)
    for i in 0..<40 {
      for j in 0..<40 {
        let p = Point(x: 73 + Double(i) * 1.6, y: 2 + Double(j) * 1.3)
        #expect(try back(forward(p)).distance(to: p) < 1e-9, "\(p)")
      }
    }
  }

  @Test func outsideTheBox() throws {
    let tokyo = Point(x: 139.6917, y: 35.6895)
    #expect(try Transformation(from: .crs84, to: .gcj02)(tokyo) == tokyo)
    #expect(throws: GeoreferenceError.self) { try Transformation(from: .crs84, to: .bd09)(tokyo) }
  }

  @Test func obfuscatedToProjected() throws {
    let direct = try Transformation(from: .crs84, to: CRS("EPSG:4548"))
    let indirect = try Transformation(from: .gcj02, to: CRS("EPSG:4548"))
    let v = Self.vectors[0]
    #expect(try direct(v.wgs).distance(to: indirect(v.gcj)) < 1e-3)
  }
}
