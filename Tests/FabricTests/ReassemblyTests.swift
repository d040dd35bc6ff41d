import Planar
import Testing

@testable import Fabric

@Suite struct ReassemblyTests {
  /// Units that went through a file make the same grids, vertex by vertex.
  @Test(arguments: UInt64(1)...6) func unitsMakeTheSameGroupsAgain(seed: UInt64) throws {
    let fabric = try Fabric(RandomWorld(seed: seed).world)
    let kept = fabric.units.map { FabricUnit(polygons: $0.polygons, parent: $0.parent, interiorPoint: $0.interiorPoint) }
    let again = try Fabric(reassembling: kept, adjacency: fabric.adjacency)
    #expect(again.units.map(\.polygons) == fabric.units.map(\.polygons), "seed \(seed)")
    #expect(again.units.map(\.area) == fabric.units.map(\.area))
    #expect(again.adjacency == fabric.adjacency)
    for count in [1, 2, 3, 7] {
      let groups = fabric.units.indices.map { $0 % count }
      #expect(again.dissolve(groups).map(\.polygons) == fabric.dissolve(groups).map(\.polygons), "seed \(seed), \(count) groups")
    }
    let shifted = { (points: [Point]) in points.map { Point(x: $0.x / 10, y: $0.y / 10) } }
    let (one, two) = (fabric.rounded(decimals: 2, shifted), again.rounded(decimals: 2, shifted))
    #expect(one.units.map(\.polygons) == two.units.map(\.polygons), "seed \(seed)")
  }

  @Test func aUnitWithoutGroundStaysSo() throws {
    let units = [
      FabricUnit(polygons: [rectangle(0, 0, 10, 10)], parent: 0), FabricUnit(polygons: [], parent: 0),
      FabricUnit(polygons: [rectangle(10, 0, 10, 10)], parent: 0),
    ]
    let fabric = try Fabric(reassembling: units, adjacency: [])
    #expect(fabric.units.map(\.area) == [100, 0, 100])
    #expect(fabric.dissolve([0, 0, 0])[0].area == 200)
  }

  @Test func unitsThatOverlapAreRefused() {
    let units = [
      FabricUnit(polygons: [rectangle(0, 0, 10, 10)], parent: 0), FabricUnit(polygons: [rectangle(0, 0, 10, 10)], parent: 0),
    ]
    #expect(throws: FabricError.self) { try Fabric(reassembling: units, adjacency: []) }
  }
}
