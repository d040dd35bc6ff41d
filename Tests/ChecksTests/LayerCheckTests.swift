import Foundation
import Georeference
import MapFiles
import Planar
import PlanModel
import Testing

@testable import Checks

/// A layer of squares and other polygons in metres near Suzhou.
private func layer(_ rings: [[(Double, Double)]], codes: [String]? = nil, crs: CRS? = CRS("EPSG:4549")) -> Layer {
  let features = rings.enumerated().map { number, ring in
    Feature(
      geometry: .polygon(Polygon(exterior: Ring(ring.map { Point(x: 550_000 + $0.0, y: 3_463_000 + $0.1) }))),
      values: [codes.map { .string($0[number]) } ?? .string("g\(number)")])
  }
  return Layer(name: "grids", file: "grids.gpkg", crs: crs, fields: ["code"], features: features)
}

private func square(_ x: Double, _ y: Double, _ side: Double = 100) -> [(Double, Double)] {
  [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
}

private func rules(_ findings: [Finding]) -> [String] { findings.map(\.rule.rawValue) }

/// Three by three squares that share all vertices.
private let block = (0..<9).map { square(Double($0 % 3) * 100, Double($0 / 3) * 100) }

@Suite struct LayerCheckTests {
  @Test func aSeamlessLayerIsClean() throws {
    #expect(try check(layer(block)).isEmpty)
  }

  @Test func aMissingSquareIsAGap() throws {
    var squares = block
    squares.remove(at: 4)
    let findings = try check(layer(squares))
    #expect(rules(findings) == ["gap"])
    #expect(abs(findings[0].measure! - 10_000) < 0.01)
    #expect(findings[0].severity == .error)
    let place = try #require(findings[0].place)
    #expect(abs(place.x - 120.5) < 1 && abs(place.y - 31.3) < 1)
  }

  @Test func waterIsNoGap() throws {
    var squares = block
    squares.remove(at: 4)
    #expect(try check(layer(squares), barriers: layer([square(100, 100)])).isEmpty)
    let half = try check(layer(squares), barriers: layer([[(100, 100), (150, 100), (150, 200), (100, 200)]]))
    #expect(abs(half[0].measure! - 5000) < 0.01)
  }

  @Test func anOverlapIsMeasured() throws {
    var squares = block
    squares[4] = [(100, 100), (200.5, 100), (200.5, 200), (100, 200)]
    let findings = try check(layer(squares))
    let overlap = try #require(findings.first { $0.rule == .overlap })
    #expect(abs(overlap.measure! - 50) < 1e-6)
    #expect((overlap.feature, overlap.other) == (4, 5))
    #expect(rules(findings).contains("unmatched-border"))
  }

  /// Two seamless layers upon each other: every edge has its twin, and yet all overlap.
  @Test func twoLayersUponEachOtherOverlap() throws {
    let shifted = block.map { $0.map { ($0.0 + 30, $0.1 + 30) } }
    let findings = try check(layer(block + shifted)).filter { $0.rule == .overlap }
    let area = findings.reduce(0) { $0 + $1.measure! }
    #expect(abs(area - 270 * 270) < 0.01)
  }

  @Test func aDuplicateIsFound() throws {
    let findings = try check(layer(block + [block[3].reversed()]))
    #expect(rules(findings) == ["duplicate-feature", "overlap"])
    #expect((findings[0].feature, findings[0].other) == (9, 3))
  }

  @Test func aVertexThatTheNeighbourLacks() throws {
    let left: [(Double, Double)] = [(0, 0), (100, 0), (100, 50), (100, 100), (0, 100)]
    let findings = try check(layer([left, square(100, 0)]))
    #expect(rules(findings) == ["unmatched-border"])
    #expect(findings[0].measure == 0)
  }

  @Test func aSlitThatIsOpenToTheOutside() throws {
    let findings = try check(layer([square(0, 0), square(100.3, 0)]))
    #expect(rules(findings) == ["unmatched-border"])
    #expect(abs(findings[0].measure! - 0.3) < 1e-6)
  }

  @Test func neighboursAcrossAStreetAreFine() throws {
    #expect(try check(layer([square(0, 0), square(108, 0)])).isEmpty)
  }

  @Test func everyReasonAndPlaceOfInvalidRings() throws {
    let bowties: [(Double, Double)] = [(0, 0), (50, 50), (100, 0), (100, 100), (50, 20), (0, 100)]
    let findings = try check(layer([bowties])).filter { $0.rule == .invalidRing }
    #expect(findings.count == 2)
    #expect(Set(findings.map(\.place)).count == 2)
  }

  @Test func partsSliversAndSpikes() throws {
    var parts = layer([square(0, 0)])
    parts.features[0].geometry = .multiPolygon(
      [square(0, 0), square(300, 0)].map { ring in
        Polygon(exterior: Ring(ring.map { Point(x: 550_000 + $0.0, y: 3_463_000 + $0.1) }))
      })
    #expect(rules(try check(parts)) == ["multipart"])
    let sliver: [(Double, Double)] = [(0, 0), (100, 0), (100, 0.3), (0, 0.3)]
    #expect(rules(try check(layer([sliver]))) == ["sliver"])
    let spike: [(Double, Double)] = [(0, 0), (100, 0), (100, 50), (140, 50.1), (100, 50.2), (100, 100), (0, 100)]
    let found = try check(layer([spike]))
    #expect(rules(found) == ["spike"])
    #expect(abs(found[0].measure! - 40) < 0.1)
    #expect(found[0].severity == .warning)
  }

  @Test func absentAndOtherGeometries() throws {
    var mixed = layer([square(0, 0), square(100, 0), square(200, 0)])
    mixed.features[0].geometry = nil
    mixed.features[1].geometry = .multiPolygon([])
    mixed.features[2].geometry = .point(Point(x: 550_000, y: 3_463_000))
    #expect(rules(try check(mixed)) == ["null-geometry", "null-geometry", "not-an-area"])
    #expect(try check(Layer(name: "empty", crs: .crs84)).isEmpty)
  }

  @Test func codes() throws {
    let good = (1...9).map { "32050801904400\($0)" }
    #expect(try check(layer(block, codes: good)).isEmpty)
    var bad = good
    bad[2] = "3205O8019044003"
    bad[5] = "320508019044001"
    let findings = try check(layer(block, codes: bad))
    #expect(rules(findings) == ["bad-code", "duplicate-code"])
    #expect(findings[0].message.contains("320508019044003"))
    #expect(findings[1].other == 0)
    bad[2] = ""
    #expect(rules(try check(layer(block, codes: bad))) == ["bad-code", "duplicate-code"])
    #expect(throws: MapFileError.self) {
      var options = CheckOptions()
      options.codeField = "absent"
      return try check(layer(block), options: options)
    }
  }

  @Test func parents() throws {
    let codes = ["320508019044001", "320508019044002", "320508019045001"]
    let parents = layer(
      [[(0, 0), (200, 0), (200, 100), (0, 100)], square(200, 0)], codes: ["320508019044", "320508019045"])
    let grids = layer([square(0, 0), square(100, 0), square(200, 0)], codes: codes)
    #expect(try check(grids, parents: parents).isEmpty)

    let swapped = layer([square(0, 0), square(100, 0), square(200, 0)], codes: [codes[0], codes[2], codes[1]])
    let nesting = try check(swapped, parents: parents)
    #expect(rules(nesting) == ["code-parent", "code-parent", "outside-parent", "outside-parent"])

    let short = layer([square(0, 0), [(100, 0), (190, 0), (190, 100), (100, 100)], square(200, 0)], codes: codes)
    let gap = try check(short, parents: parents)
    #expect(rules(gap) == ["gap"])
    #expect(abs(gap[0].measure! - 1000) < 0.01)

    let wide = layer([square(0, 0), square(100, 0), [(200, 0), (302, 0), (302, 100), (200, 100)]], codes: codes)
    let outside = try check(wide, parents: parents)
    #expect(rules(outside) == ["outside-parent"])
    #expect(abs(outside[0].measure! - 200) < 0.01)

    let apart = layer([square(0, 0), square(100, 0), square(200, 0)], codes: ["a1", "a2", "a3"])
    let warned = try check(apart, parents: parents)
    #expect(rules(warned) == ["code-parent"] && warned[0].severity == .warning)
  }

  @Test func cutBuildings() throws {
    let buildings = layer([square(10, 10, 20), square(90, 40, 15), square(70, 70, 30.0005)])
    let findings = try check(layer(block), buildings: buildings)
    #expect(rules(findings) == ["cut-building"])
    #expect(abs(findings[0].measure! - 75) < 0.01)
    #expect(findings[0].other == 1)
  }

  @Test func axesAndUnits() throws {
    func moved(_ layer: Layer, to crs: CRS) throws -> Layer {
      var result = layer
      let transformation = try Transformation(from: CRS("EPSG:4549"), to: crs)
      for index in layer.features.indices {
        result.features[index].geometry = try layer.features[index].geometry.map { try transformation($0) }
      }
      result.crs = crs
      return result
    }
    let degrees = try moved(layer(block), to: .crs84)
    #expect(try check(degrees).isEmpty)
    let swapped = try check(degrees.swappingAxes())
    #expect(rules(swapped) == ["swapped-axes"])
    var metres = layer(block)
    metres.crs = .crs84
    #expect(rules(try check(metres)) == ["degrees-suspect"])
    var small = degrees
    small.crs = CRS("EPSG:4549")
    #expect(rules(try check(small)) == ["degrees-suspect"])
    let mercator = try moved(layer(block), to: CRS("EPSG:3857"))
    var holed = mercator
    holed.features.remove(at: 4)
    let gap = try #require(try check(holed).first)
    #expect(abs(gap.measure! - 10_000) < 10, "never measured in Web Mercator")
  }

  @Test func personalColumnsWithoutValues() throws {
    var personal = layer(block)
    personal.fields.append("户主")
    for index in personal.features.indices { personal.features[index].values.append(.string("张三丰")) }
    let findings = try check(personal)
    #expect(rules(findings) == ["personal-column"])
    #expect(findings.allSatisfy { !$0.json.contains("张三丰") && $0.json.contains("户主") } as Bool)
  }

  @Test func linesAreJSONInBothLanguages() throws {
    var squares = block
    squares.remove(at: 4)
    squares.append(squares[0])
    for language in Language.allCases {
      var options = CheckOptions()
      options.language = language
      for finding in try check(layer(squares), options: options) {
        let object = try #require(JSONSerialization.jsonObject(with: Data(finding.json.utf8)) as? [String: Any])
        for member in ["rule", "severity", "file", "feature", "code", "measure", "unit", "lon", "lat", "message"] {
          #expect(object[member] != nil)
        }
      }
      for rule in CheckRule.allCases { #expect(!rule.explanation(language).isEmpty) }
    }
  }

  /// A random tiling of rectangles by common cuts is clean; with one corner moved it is not.
  @Test(arguments: 0..<12 as Range<UInt64>) func oneMovedCornerIsFound(seed: UInt64) throws {
    var generator = Seeded(seed)
    let cuts = { (generator: inout Seeded) -> [Double] in
      (0...4).map { Double($0) * 100 + .random(in: -20...20, using: &generator) }
    }
    let (xs, ys) = (cuts(&generator), cuts(&generator))
    var rings = (0..<16).map { number -> [(Double, Double)] in
      let (i, j) = (number % 4, number / 4)
      return [(xs[i], ys[j]), (xs[i + 1], ys[j]), (xs[i + 1], ys[j + 1]), (xs[i], ys[j + 1])]
    }
    #expect(try check(layer(rings)).isEmpty, "seed \(seed)")
    let moved = [5, 6, 9, 10].randomElement(using: &generator)!
    let corner = Int.random(in: 0..<4, using: &generator)
    rings[moved][corner].0 += 0.4
    rings[moved][corner].1 += 0.3
    let findings = try check(layer(rings))
    #expect(findings.contains { $0.rule == .unmatchedBorder }, "seed \(seed)")
    #expect(findings.contains { $0.rule == .overlap || $0.rule == .gap }, "seed \(seed)")
  }
}

@Suite(.enabled(if: SharedData.isPresent)) struct RealDataTests {
  @Test func haidianBlocksAreClean() throws {
    let blocks = try readLayer(SharedData.path("haidian/blocks.geojson"))
    #expect(try check(blocks).allSatisfy { $0.rule == .readNote } as Bool)
  }

  @Test func haidianBuildings() throws {
    let buildings = try readLayer(SharedData.path("haidian/buildings.geojson"))
    let blocks = try readLayer(SharedData.path("haidian/blocks.geojson"))
    let cut = try check(blocks, buildings: buildings).filter { $0.rule == .cutBuilding }
    #expect(cut.count == 431)
    var options = CheckOptions()
    options.kind = .buildings
    let invalid = try check(buildings, options: options).filter { $0.rule == .invalidRing }
    #expect(Set(invalid.map(\.feature)).count == 11)
  }

  /// Haidian's blocks moved by the formula of GCJ-02 against the towns of Beijing, and the reverse.
  @Test func undeclaredGCJ02IsSuspected() throws {
    let blocks = try readLayer(SharedData.path("haidian/blocks.geojson"))
    var towns = try readLayer(SharedData.path("beijing-towns/towns.geojson"))
    let county = try #require(towns.index(of: "县"))
    towns.features.removeAll { $0.values[county] != .string("海淀区") }
    func obfuscated(_ layer: Layer) -> Layer {
      var result = layer
      for index in layer.features.indices {
        result.features[index].geometry = layer.features[index].geometry.map { geometry in
          geometry.mapCoordinates { $0.map(Obfuscation.gcj02(fromWGS84:)) }
        }
      }
      return result
    }
    func suspicion(_ layer: Layer, _ parents: Layer) throws -> Finding? {
      try check(layer, parents: parents).first { $0.rule == .suspectedGCJ02 }
    }
    #expect(try suspicion(blocks, towns) == nil)
    let moved = try #require(try suspicion(obfuscated(blocks), towns))
    #expect(moved.message.contains("this layer"))
    #expect(abs(moved.measure! - 546) < 60)
    let parents = try #require(try suspicion(blocks, obfuscated(towns)))
    #expect(parents.message.contains("the parents"))
  }

  /// No false alarm on any file that can be read, in either role; `religion` on land use is dropped.
  @Test func noPersonalColumnInTheSharedData() throws {
    let files = FileManager.default.enumerator(atPath: SharedData.folder!.path)!.compactMap { $0 as? String }
    var read = 0
    for file in files.sorted() where ["geojson", "csv", "gpkg", "shp", "dbf"].contains((file as NSString).pathExtension) {
      guard let layer = try? readLayer(SharedData.path(file)) else { continue }
      read += 1
      let role = LayerRole(inferredFrom: layer)
      let found = personalColumns(in: layer, role: role)
      #expect(found.map(\.field) == (file == "lujiazui/landuse.geojson" ? ["religion"] : []), "\(file)")
      #expect(found.map(\.isRefused) == found.map { _ in false }, "\(file)")
    }
    #expect(read >= 17)
  }
}
