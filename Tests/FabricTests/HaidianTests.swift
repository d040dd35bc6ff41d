import Foundation
import Planar
import Testing
import Topology

@testable import Fabric

/// A layer of the shared data in metres of a plain cylindrical projection, good enough for shapes.
private enum SharedLayer {
  static let folder: URL = {
    let asked = ProcessInfo.processInfo.environment["GRIDPLAN_SHARED"]
    return URL(fileURLWithPath: asked ?? "../shared").appendingPathComponent("data")
  }()

  static func url(_ path: String) -> URL { folder.appendingPathComponent(path) }

  static func areas(_ path: String) throws -> [[Polygon]] {
    let root = try JSONSerialization.jsonObject(with: Data(contentsOf: url(path))) as? [String: Any]
    let features = try #require(root?["features"] as? [[String: Any]])
    return try features.map { feature in
      let geometry = try #require(feature["geometry"] as? [String: Any])
      let isSingle = geometry["type"] as? String == "Polygon"
      let coordinates = try #require(geometry["coordinates"] as? [Any])
      return try repaired((isSingle ? [coordinates] : coordinates).map(polygon))
    }
  }

  private static func polygon(_ value: Any) -> Polygon {
    let rings = (value as? [[[Double]]] ?? []).map { ring in
      Ring(ring.map { Point(x: $0[0] * 85_350, y: $0[1] * 111_030) })
    }
    return Polygon(exterior: rings[0], holes: Array(rings.dropFirst()))
  }
}

@Suite(.enabled(if: FileManager.default.fileExists(atPath: SharedLayer.url("haidian/blocks.geojson").path)))
struct HaidianTests {
  @Test func unitsOfRealBlocks() throws {
    let parents = try SharedLayer.areas("haidian/blocks.geojson")
    let buildings = try SharedLayer.areas("haidian/buildings.geojson")
    let fabric = try Fabric(FabricWorld(parents: parents, buildings: buildings))
    let units = fabric.unitOfBuilding(count: buildings.count)
    #expect(units.allSatisfy { $0 != nil })
    #expect(fabric.units.flatMap(\.buildings).count == buildings.count)
    let listed = Set(fabric.problems.filter { $0.kind == .cutByParent }.flatMap(\.subjects))
    #expect((425...435).contains(listed.count))
    for (building, unit) in units.enumerated() where !listed.contains(building) {
      let outside = try difference(buildings[building], fabric.units[try #require(unit)].polygons)
      #expect(totalArea(outside) <= 0.05, "building \(building)")
    }
    let blocks = fabric.dissolve(fabric.units.map { $0.parent ?? -1 })
    #expect(blocks.count == 112)
    for block in blocks { #expect(abs(block.area - totalArea(parents[block.group])) < 2) }
    #expect(fabric.units.allSatisfy { isValid($0.polygons) })
  }
}
