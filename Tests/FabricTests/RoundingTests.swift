import Planar
import Testing
import Topology

@testable import Fabric

@Suite struct RoundingTests {
  /// On a grid of a whole metre, and of a centimetre, where vertices alone would collapse.
  @Test(arguments: [0, 1, 2], [UInt64(1), 2, 3, 4])
  func roundedFabricsAreSeamless(decimals: Int, seed: UInt64) throws {
    let world = try RandomWorld(seed: seed).world
    let fabric = try Fabric(world)
    let rounded = fabric.rounded(decimals: decimals) { $0 }
    let areas = rounded.units.map(\.polygons) + [rounded.barriers]
    #expect(try faults(in: areas, covering: nil) == [], "seed \(seed), \(decimals) decimals")
    let scale = [1.0, 10, 100][decimals]
    for point in vertices(areas.flatMap { $0 }) {
      #expect(point.x == (point.x * scale).rounded() / scale && point.y == (point.y * scale).rounded() / scale)
    }
    for (area, before) in zip(areas, fabric.units.map(\.polygons)) {
      let tolerance = (before.reduce(0) { $0 + $1.perimeter } + 1) / scale
      #expect(abs(totalArea(area) - totalArea(before)) < tolerance)
    }
    #expect(rounded.adjacency == fabric.adjacency)
    #expect(rounded.units.map(\.area) == fabric.units.map(\.area))
  }

  @Test func groupsOfARoundedFabricAreSeamless() throws {
    let fabric = try Fabric(RandomWorld(seed: 9).world)
    let degrees = fabric.rounded(decimals: 7) { points in
      points.map { Point(x: 121 + ($0.x - 500_000) / 95_000, y: 31 + ($0.y - 3_450_000) / 111_000) }
    }
    let groups = degrees.units.indices.map { $0 % 5 }
    let areas = degrees.dissolve(groups).map(\.polygons)
    for area in areas { #expect(try validityProblem(of: .area(of: area)) == nil) }
    #expect(segmentUses(areas.flatMap { $0 }).allSatisfy { $0.value <= 2 })
  }

  @Test func aStripNarrowerThanTheGridCloses() throws {
    let fabric = try Fabric(units: [
      ReadyUnit(polygons: [rectangle(0, 0, 10, 10)]), ReadyUnit(polygons: [rectangle(10, 0, 0.3, 10)]),
      ReadyUnit(polygons: [rectangle(10.3, 0, 10, 10)]),
    ])
    let rounded = fabric.rounded(decimals: 0) { $0 }
    #expect(rounded.units.map { totalArea($0.polygons) } == [100, 0, 100])
    #expect(try faults(in: rounded.units.map(\.polygons), covering: [rectangle(0, 0, 20, 10)]) == [])
  }
}
