import Georeference
import Planar
import Testing

@testable import MapFiles

func read(_ text: String, crs: CRS? = nil) throws -> Layer {
  try readGeoJSON(MappedFile(text.utf8, name: "test.geojson"), crs: crs)
}

func collection(_ features: String...) -> String {
  "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
}

func feature(_ geometry: String, _ properties: String = "{}") -> String {
  "{\"type\":\"Feature\",\"properties\":\(properties),\"geometry\":\(geometry)}"
}

struct GeoJSONReadingTests {
  @Test func geometriesOfEveryType() throws {
    let square = "[[0,0],[1,0],[1,1],[0,0]]"
    let ring = Ring([Point(x: 0, y: 0), Point(x: 1, y: 0), Point(x: 1, y: 1)])
    let a = Point(x: 0, y: 0)
    let b = Point(x: 1, y: 0.5)
    let cases: [(String, Geometry)] = [
      (#"{"type":"Point","coordinates":[1,0.5]}"#, .point(b)),
      (#"{"type":"MultiPoint","coordinates":[[0,0],[1,0.5]]}"#, .multiPoint([a, b])),
      (#"{"type":"LineString","coordinates":[[0,0],[1,0.5]]}"#, .lineString([a, b])),
      (#"{"type":"MultiLineString","coordinates":[[[0,0],[1,0.5]],[[1,0.5],[0,0]]]}"#, .multiLineString([[a, b], [b, a]])),
      (#"{"type":"Polygon","coordinates":[\#(square)]}"#, .polygon(Polygon(exterior: ring))),
      (#"{"type":"Polygon","coordinates":[\#(square),\#(square)]}"#, .polygon(Polygon(exterior: ring, holes: [ring]))),
      (
        #"{"type":"MultiPolygon","coordinates":[[\#(square)],[\#(square)]]}"#,
        .multiPolygon([Polygon(exterior: ring), Polygon(exterior: ring)])
      ),
      (
        #"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,0.5]},{"type":"LineString","coordinates":[[0,0],[1,0.5]]}]}"#,
        .collection([.point(b), .lineString([a, b])])
      ),
    ]
    for (text, geometry) in cases {
      #expect(try read(collection(feature(text))).features[0].geometry == geometry)
      #expect(try read(text).features.map(\.geometry) == [geometry], "bare: \(text)")
      #expect(try read(feature(text)).features.map(\.geometry) == [geometry], "feature: \(text)")
      #expect(try read(text).notes == [])
    }
  }

  @Test func membersInAnyOrderAndSpacing() throws {
    let text = """
      \u{FEFF}  {\r\n "features" : [ { "geometry" : { "coordinates" : [ 1e0 , -2.5E-1 ] , "type" : "Point" } ,
      "properties" : { "a" : 1 } , "type" : "Feature" } ] ,\t"type" : "FeatureCollection", "name": "n" }\n\n
      """
    let layer = try read(text)
    #expect(layer.name == "n")
    #expect(layer.features == [Feature(geometry: .point(Point(x: 1, y: -0.25)), values: [.integer(1)])])
  }

  @Test func escapedKeysAreTheSameKeys() throws {
    let text = #"{"\u0074ype":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{"n\u0061me":1}},{"type":"Feature","geometry":null,"properties":{"name":2}}]}"#
    let layer = try read(text)
    #expect(layer.fields == ["name"])
    #expect(layer.features.map(\.values) == [[.integer(1)], [.integer(2)]])
  }

  @Test func propertiesOfEveryType() throws {
    let layer = try read(
      collection(
        feature(
          "null",
          #"{"s":"网\"格\n\u7f51\ud83d\ude00","i":-12,"n":1.50,"z":-0,"t":true,"f":false,"u":null,"a":[1, {"b": " x "}],"o":{},"e":1E2,"max":9223372036854775807,"min":-9223372036854775808}"#)))
    #expect(layer.fields == ["s", "i", "n", "z", "t", "f", "u", "a", "o", "e", "max", "min"])
    #expect(
      layer.features[0].values == [
        .string("网\"格\n网😀"), .integer(-12), .number(1.5), .number(-0.0), .bool(true), .bool(false), .null,
        .json(#"[1,{"b":" x "}]"#), .json("{}"), .number(100), .integer(.max), .integer(.min),
      ])
  }

  @Test func fieldsInOrderOfFirstAppearance() throws {
    let layer = try read(
      collection(feature("null", #"{"b":1,"a":2}"#), feature("null", "null"), feature("null", #"{"c":3,"a":4}"#)))
    #expect(layer.fields == ["b", "a", "c"])
    #expect(
      layer.features.map(\.values) == [
        [.integer(1), .integer(2), .missing], [.missing, .missing, .missing], [.missing, .integer(4), .integer(3)],
      ])
  }

  @Test func identifiersAndForeignMembers() throws {
    let layer = try read(
      #"{"type":"FeatureCollection","published":false,"bbox":[0,0,1,1],"features":[{"type":"Feature","id":"x","geometry":null,"properties":null,"when": {"y": [1, 2]},"k":"a b"},{"type":"Feature","id":7,"geometry":null,"properties":{}}],"title":"t"}"#)
    #expect(layer.features.map(\.id) == [.string("x"), .integer(7)])
    #expect(layer.features[0].foreignMembers == #""when":{"y":[1,2]},"k":"a b""#)
    #expect(layer.foreignMembers == #""published":false,"title":"t""#)
  }

  @Test(arguments: [
    (#"{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4490"}}"#, "EPSG:4490"),
    (#"{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}"#, "OGC:CRS84"),
    (#"{"type":"name","properties":{"name":"EPSG:4549"}}"#, "EPSG:4549"),
    (#"{"type":"EPSG","properties":{"code":4326}}"#, "EPSG:4326"),
  ])
  func oldCRSMember(_ member: String, _ crs: String) throws {
    let layer = try read(#"{"type":"FeatureCollection","crs":\#(member),"features":[]}"#)
    #expect(layer.crs == CRS(crs))
    #expect(layer.notes.map(\.rule) == ["old-crs-member"])
  }

  @Test func unknownOldCRS() throws {
    let layer = try read(#"{"type":"FeatureCollection","features":[],"crs":{"type":"link"}}"#)
    #expect(layer.crs == nil)
    #expect(try read(#"{"type":"FeatureCollection","features":[],"crs":null}"#, crs: .gcj02).crs == .gcj02)
  }

  @Test func oddGeometriesAreNoted() throws {
    let layer = try read(
      collection(
        feature("null"),
        feature(#"{"type":"Polygon","coordinates":[]}"#),
        feature(#"{"type":"Point","coordinates":[1,2,3]}"#),
        feature(#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}"#),
        feature(#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,0]]]}"#),
        feature(#"{"type":"LineString","coordinates":[[0,0,5,6],[1,1,5,6]]}"#),
        feature(#"{"type":"LineString","coordinates":[[0,0]]}"#),
        #"{"type":"Feature"}"#,
        feature("null", #"{"a":1,"a":2}"#)))
    #expect(
      layer.notes.map { "\($0.feature ?? -1) \($0.rule)" } == [
        "-1 z-dropped", "0 null-geometry", "1 empty-geometry", "3 open-ring", "4 short-ring", "6 short-line",
        "7 missing-member", "7 missing-member", "8 duplicate-key", "8 null-geometry",
      ])
    #expect(layer.notes[0].message.contains("2 features"))
    #expect(layer.features[1].geometry == nil)
    #expect(layer.features[2].geometry == .point(Point(x: 1, y: 2)))
    #expect(layer.features[3].geometry?.polygons[0].exterior.points.count == 4)
    #expect(layer.features[8].values == [.integer(2)])
  }

  @Test func sequences() throws {
    let a = feature(#"{"type":"Point","coordinates":[1,2]}"#, #"{"a":1}"#)
    let b = feature("null", #"{"b":"}\n{"}"#)
    for text in ["\(a)\n\(b)", "\(a)\r\n\(b)\n\n", "\u{1E}\(a)\n\u{1E}\(b)\n", "\(a) \(b)"] {
      let layer = try read(text)
      #expect(layer.features.count == 2)
      #expect(layer.fields == ["a", "b"])
      #expect(layer.features[1].values == [.missing, .string("}\n{")])
    }
  }

  @Test func hugeWholeNumbersAreNoted() throws {
    let layer = try read(collection(feature("null", #"{"a":123456789012345678901}"#)))
    #expect(layer.notes.contains { $0.rule == "long-integer" })
  }

  @Test func longLine() throws {
    let filler = String(repeating: "x", count: 10_000_000)
    let layer = try read(collection(feature("null", #"{"a":"\#(filler)"}"#)))
    #expect(layer.features[0].values == [.string(filler)])
  }
}

/// Reading in chunks gives what reading from front to back gives.
struct ChunkedReadingTests {
  /// Features whose texts look like the beginnings of others.
  private func trickyFeature(_ index: Int, _ random: inout SplitMix) -> String {
    let trap = #"{\"type\":\"Feature\"},\n{\"type\":\"Feature\",\"properties\":{}}"#
    let nested = #"[{"type":"Feature","id":1},{"type":"Feature","id":2}]"#
    let point = #"{"type":"Point","coordinates":[\#(index % 180),0.5]}"#
    let kind = Int(random.next() % 6)
    let filler = String(repeating: "y", count: Int(random.next() % 3000))
    switch kind {
    case 0: return feature(point, #"{"a\#(index % 7)":"\#(trap)","f":"\#(filler)"}"#)
    case 1: return #"{"type":"Feature","geometry":\#(point),"properties":{"n":\#(nested),"f":"\#(filler)"},"x":\#(nested)}"#
    case 2: return feature(#"{"type":"GeometryCollection","geometries":[\#(point),\#(point)]}"#, #"{"f":"\#(filler)"}"#)
    case 3: return #"{"geometry":null,"properties":{"z":\#(index)},"type":"Feature","f":"\#(filler)"}"#
    case 4: return feature(#"{"type":"Point","coordinates":[0,\#(index % 90),9]}"#, #"{"f":"\#(filler)"}"#)
    default: return feature("null", #"{"id":[{"id":1},{"id":2},{"properties":{"id":"},{"}}],"f":"\#(filler)"}"#)
    }
  }

  @Test(arguments: [FeatureListing.array, .sequence])
  func sameAsInOneGo(_ listing: FeatureListing) throws {
    var random = SplitMix(seed: 11)
    let features = (0..<3000).map { trickyFeature($0, &random) }
    let text = listing == .array ? "[" + features.joined(separator: ",\n") + "]" : features.joined(separator: "\n")
    let start = listing == .array ? 1 : 0
    try MappedFile(text.utf8, name: "").withBytes { bytes in
      #expect(bytes.count > 4 << 20)
      let whole = FeatureChunk(bytes, listing, from: start, to: .max)
      #expect(whole.failure == nil)
      let list = try FeatureList(bytes, listing, from: start)
      #expect(list.features == whole.features)
      #expect(list.fields == whole.fields)
      #expect(list.notes == whole.notes)
      #expect(list.featuresWithZ == whole.featuresWithZ)
      #expect(whole.ending == .end(list.end))
    }
  }

  /// A large feature that holds features at places where chunks would begin.
  @Test func featuresWithinAFeature() throws {
    let inner = (0..<40000).map { #"{"type":"Feature","id":\#($0),"properties":{},"geometry":null}"# }.joined(separator: ",\n")
    let text = collection(
      #"{"type":"Feature","geometry":null,"properties":{"all":[\#(inner)]}}"#, feature("null"))
    #expect(text.utf8.count > 2 << 20)
    #expect(try read(text).features.count == 2)
  }

  @Test func failureFarInsideNamesByteAndFeature() throws {
    let filler = String(repeating: "t", count: 60)
    var features = (0..<20000).map {
      feature(#"{"type":"Point","coordinates":[1,2]}"#, #"{"number":\#($0),"text":"\#(filler)"}"#)
    }
    features[17000] = feature(#"{"type":"Point","coordinates":[1,NaN]}"#)
    features[18000] = "oops"
    let text = "{\"type\":\"FeatureCollection\",\"features\":[" + features.joined(separator: ",") + "]}"
    let error = #expect(throws: MapFileError.self) { try read(text) }
    let byte = try #require(Array(text.utf8).firstIndex(of: UInt8(ascii: "N")))
    #expect(error?.place == "byte \(byte), feature 17000")
    #expect(error?.message.contains("NaN is not JSON") == true)
    #expect(byte > 1 << 20)
  }
}
