import Checks
import Foundation
import Georeference
import GridPlan
import MapFiles
import Planar
import Testing
import Topology

@Suite struct RepairTests {
  private static let crs = CRS("EPSG:4549")
  private static let origin = Point(x: 500_000, y: 3_450_000)

  private func area(_ corners: [(Double, Double)]) -> Geometry {
    .polygon(Polygon(exterior: Ring(corners.map { Point(x: Self.origin.x + $0.0, y: Self.origin.y + $0.1) })))
  }

  private func box(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double) -> Geometry {
    area([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
  }

  private func layer(_ shapes: [Geometry?]) -> Layer {
    Layer(
      name: "grids", file: "grids", crs: Self.crs, fields: ["code", "remark"],
      features: shapes.enumerated().map { Feature(geometry: $1, values: [.string("00\($0 + 1)"), .string("r\($0)")]) })
  }

  private func errors(_ layer: Layer) throws -> [String] {
    try check(layer).filter { $0.severity == .error }.map(\.rule.rawValue)
  }

  private func areas(_ layer: Layer) -> [Double] {
    layer.features.map { ($0.geometry?.polygons ?? []).reduce(0) { $0 + $1.area } }
  }

  @Test func aSoundLayerStaysAsItIs() throws {
    let sound = layer([box(0, 0, 100.123456789, 100), box(100.123456789, 0, 200, 100)])
    let outcome = try repairedLayer(sound)
    #expect(outcome.touched == 0 && outcome.changes.isEmpty)
    #expect(outcome.layer == sound)
  }

  @Test func anInvalidAreaIsMadeValid() throws {
    let outcome = try repairedLayer(layer([area([(0, 0), (100, 100), (100, 0), (0, 100)]), box(200, 0, 300, 100)]))
    #expect(outcome.changes.map(\.rule) == [.madeValid])
    #expect(outcome.changes[0].feature == 0 && outcome.changes[0].message.contains("Self-intersection"))
    #expect(outcome.touched == 1)
    #expect(abs(areas(outcome.layer)[0] - 5000) < 0.01)
    #expect(outcome.layer.features[0].values == [.string("001"), .string("r0")])
  }

  /// Two valid areas with a gap, an overlap and vertices that the other lacks along one border.
  @Test func narrowGapsAndOverlapsAreClosed() throws {
    let left = area([(0, 0), (100.2, 0), (100.2, 50), (99.9, 50), (99.9, 100), (0, 100)])
    let right = area([(100, 0), (200, 0), (200, 100), (100, 100)])
    let top = area([(0, 100), (60, 100.03), (200, 100), (200, 200), (0, 200)])
    let raw = layer([left, right, top])
    #expect(Set(try errors(raw)) == ["overlap", "gap", "unmatched-border"])
    let outcome = try repairedLayer(raw)
    #expect(try errors(outcome.layer) == [])
    let rules = outcome.changes.map { "\($0.feature ?? -1) \($0.rule.rawValue)" }
    #expect(rules.contains("0 closed-overlap") || rules.contains("1 closed-overlap"), "\(rules)")
    #expect(rules.contains("0 closed-gap"), "\(rules)")
    #expect(Set(outcome.changes.compactMap { $0.rule == .snappedBorder ? $0.feature : nil }) == [0, 1, 2])
    let overlap = try #require(outcome.changes.first { $0.rule == .closedOverlap })
    #expect(abs((overlap.measure ?? 0) - 10) < 0.1)
    #expect(abs(areas(outcome.layer).reduce(0, +) - 40_000) < 3)
    #expect(try #require(overlap.place).x > 116 && overlap.place!.x < 124)
  }

  /// A wide overlap is for people to decide: it stays, measured.
  @Test func aWideOverlapStays() throws {
    let raw = layer([box(0, 0, 110, 100), box(100, 0, 200, 100), box(0, 100, 200, 200)])
    let outcome = try repairedLayer(raw)
    let left = outcome.changes.filter { $0.rule == .leftOverlap }
    #expect(left.count == 1 && abs((left[0].measure ?? 0) - 1000) < 0.01)
    #expect(left[0].severity == "error" && [left[0].feature, left[0].other] == [0, 1])
    let areas = areas(outcome.layer)
    #expect(abs(areas[0] - 11_000) < 0.01 && abs(areas[1] - 10_000) < 0.01)
    #expect(Set(try errors(outcome.layer)).isSubset(of: ["overlap", "unmatched-border"]))
    let settled = try repairedLayer(raw, request: { var request = RepairRequest(); request.tolerance = 20; return request }())
    #expect(try errors(settled.layer) == [])
  }

  @Test func threeThatOverlapKeepTheirGround() throws {
    let raw = layer([box(0, 0, 100, 100), box(50, 50, 150, 150), box(40, 60, 120, 160), box(60, 60, 90, 90)])
    let outcome = try repairedLayer(raw)
    for (before, after) in zip(areas(raw), areas(outcome.layer)) { #expect(abs(before - after) < 0.01) }
    #expect(outcome.layer.features.allSatisfy { isValid($0.geometry!.polygons) })
  }

  @Test func wideGapsStayAndAreListed() throws {
    let ring = layer([
      area([(0, 0), (300, 0), (300, 100), (0, 100)]), box(0, 100, 100, 200), box(200, 100, 300, 200), box(0, 200, 300, 300),
    ])
    let outcome = try repairedLayer(ring)
    let gap = try #require(outcome.changes.first { $0.rule == .leftGap })
    #expect(abs((gap.measure ?? 0) - 10_000) < 0.01)
    var request = RepairRequest()
    request.kind = .units
    #expect(try repairedLayer(ring, request: request).changes.allSatisfy { $0.rule != .leftGap })
  }

  /// Seamless and valid on the printed decimals, also after another reference system.
  @Test func theResultIsSoundInAnotherReferenceSystem() throws {
    var generator = Seeded(20_261_124)
    let side = 12
    func jitter() -> Double { Double.random(in: -0.02...0.02, using: &generator) }
    let shapes = (0..<side * side).map { cell -> Geometry? in
      let (x, y) = (Double(cell % side) * 40, Double(cell / side) * 40)
      return area([
        (x + jitter(), y + jitter()), (x + 20 + jitter(), y + jitter()), (x + 40 + jitter(), y + jitter()),
        (x + 40 + jitter(), y + 40 + jitter()), (x + 13 + jitter(), y + 40 + jitter()), (x + jitter(), y + 40 + jitter()),
      ])
    }
    let raw = layer(shapes)
    #expect(try !errors(raw).isEmpty)
    for target in [nil, CRS.crs84, CRS("EPSG:32651")] {
      var request = RepairRequest()
      request.snap = 0.1
      request.target = target
      request.decimals = target == .crs84 ? 7 : nil
      let outcome = try repairedLayer(raw, request: request)
      #expect(try errors(outcome.layer) == [], "\(target?.definition ?? "own")")
      #expect(outcome.layer.crs == target ?? Self.crs)
      let total = try outcome.layer.transformed(to: Self.crs).features.reduce(0.0) { $0 + $1.geometry!.polygons.reduce(0) { $0 + $1.area } }
      #expect(abs(total - 230_400) < 100)
    }
  }

  @Test func buildingsAreMadeValidEachByItself() throws {
    var request = RepairRequest()
    request.kind = .buildings
    let raw = layer([box(0, 0, 10, 10), box(9.99, 0, 20, 10), area([(30, 0), (40, 10), (40, 0), (30, 10)]), nil])
    let outcome = try repairedLayer(raw, request: request)
    #expect(outcome.changes.map(\.rule) == [.madeValid] && outcome.touched == 1)
    #expect(outcome.layer.features[0] == raw.features[0] && outcome.layer.features[3].geometry == nil)
  }

  @Test func whatCannotBeAnAreaIsSaid() throws {
    let outcome = try repairedLayer(layer([area([(0, 0), (10, 0), (0, 0)]), .point(Self.origin), box(0, 0, 10, 10)]))
    #expect(outcome.changes.map { "\($0.feature!) \($0.rule.rawValue)" } == ["0 vanished", "1 not-an-area"])
    #expect(outcome.layer.features[0].geometry == nil && outcome.layer.features[1].geometry == .point(Self.origin))
  }
}

/// A seeded generator (SplitMix64).
private struct Seeded: RandomNumberGenerator {
  var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
