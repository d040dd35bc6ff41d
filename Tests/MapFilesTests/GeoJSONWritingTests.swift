import Georeference
import Planar
import Testing

@testable import MapFiles

struct GeoJSONWritingTests {
  private let square = Ring([Point(x: 0, y: 0), Point(x: 0, y: 1), Point(x: 1, y: 1), Point(x: 1, y: 0)])

  @Test func exactText() {
    let layer = Layer(
      name: "n", crs: .crs84, fields: ["a", "b"],
      features: [
        Feature(
          id: .integer(7), geometry: .polygon(Polygon(exterior: square)), values: [.string("\"网"), .missing],
          foreignMembers: "\"k\":1"),
        Feature(geometry: nil, values: [.number(2), .null]),
      ], foreignMembers: "\"published\":false")
    #expect(
      geoJSONText(layer) == """
        {"type":"FeatureCollection","name":"n","published":false,"features":[
        {"type":"Feature","id":7,"properties":{"a":"\\"网"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]},"k":1},
        {"type":"Feature","properties":{"a":2.0,"b":null},"geometry":null}
        ]}

        """)
  }

  @Test func emptyLayer() {
    let text = geoJSONText(Layer(name: ""))
    #expect(text == "{\"type\":\"FeatureCollection\",\"features\":[\n]}\n")
  }

  @Test func holesRunTheOtherWay() throws {
    let polygon = Polygon(exterior: square, holes: [square.reversed()])
    let layer = Layer(name: "", features: [Feature(geometry: .polygon(polygon))])
    let written = try read(geoJSONText(layer)).features[0].geometry!.polygons[0]
    #expect(written.exterior.isCounterClockwise)
    #expect(!written.holes[0].isCounterClockwise)
  }

  /// What is written reads back the same, and is written the same again, in every listing.
  @Test(arguments: [GeoJSONStyle.Listing.collection, .lines, .recordSeparated])
  func roundTrip(_ listing: GeoJSONStyle.Listing) throws {
    var random = SplitMix(seed: 12)
    let layer = randomLayer(features: 1500, &random)
    let style = GeoJSONStyle(listing: listing)
    let text = geoJSONText(layer, style: style)
    var again = try read(text)
    #expect(again.features.map(\.geometry) == layer.features.map(\.geometry))
    #expect(again.features.map(\.values) == layer.features.map(\.values))
    again.name = layer.name
    #expect(geoJSONText(again, style: style) == text)
  }

  @Test func projectedIsRefused() {
    let layer = Layer(name: "", crs: CRS("EPSG:4549"))
    let error = #expect(throws: MapFileError.self) { try writeGeoJSON(layer, to: "/dev/null") }
    #expect(error?.kind == .badData)
  }
}

/// A layer with geometries and values of every kind, coordinates with at most seven decimals.
func randomLayer(features count: Int, _ random: inout SplitMix) -> Layer {
  func coordinate(_ limit: UInt64) -> Double {
    Double(Int(random.next() % (limit * 20_000_000)) - Int(limit * 10_000_000)) / 1e7
  }
  func point() -> Point { Point(x: coordinate(180), y: coordinate(90)) }
  func ring(counterClockwise: Bool) -> Ring {
    Ring((0..<(3 + Int(random.next() % 9))).map { _ in point() }).oriented(counterClockwise: counterClockwise)
  }
  func polygon() -> Polygon {
    Polygon(
      exterior: ring(counterClockwise: true),
      holes: (0..<(random.next() % 3)).map { _ in ring(counterClockwise: false) })
  }
  func line() -> [Point] { (0..<(2 + random.next() % 9)).map { _ in point() } }
  func geometry(depth: Int = 0) -> Geometry? {
    switch random.next() % (depth == 0 ? 8 : 6) {
    case 0: .point(point())
    case 1: .multiPoint(line())
    case 2: .lineString(line())
    case 3: .multiLineString([line(), line()])
    case 4: .polygon(polygon())
    case 5: .multiPolygon([polygon(), polygon()])
    case 6: .collection((0..<3).compactMap { _ in geometry(depth: depth + 1) })
    default: nil
    }
  }
  func value() -> FieldValue {
    switch random.next() % 7 {
    case 0: .missing
    case 1: .null
    case 2: .bool(random.next() % 2 == 0)
    case 3: .integer(Int(truncatingIfNeeded: random.next()))
    case 4: .number(coordinate(90) * 1e3)
    case 5: .string(["网格 \"一\"", "\\\n\t\u{1}", "", "😀"][Int(random.next() % 4)])
    default: .json(#"[1,{"a":null}]"#)
    }
  }
  var features = (0..<count).map { _ in
    Feature(geometry: geometry(), values: (0..<5).map { _ in value() })
  }
  // Every field appears in the first feature, so that their order is sure.
  features[0].values = (0..<5).map { .integer($0) }
  return Layer(name: "random", crs: .crs84, fields: ["a", "名称", "c\"c", "d", "e"], features: features)
}
