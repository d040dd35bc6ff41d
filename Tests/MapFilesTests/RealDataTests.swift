import Foundation
import Georeference
import Planar
import Testing

@testable import MapFiles

/// Where real data may lie: `GRIDPLAN_SHARED`, else `../shared` beside the package.
let sharedData: String = {
  let environment = ProcessInfo.processInfo.environment["GRIDPLAN_SHARED"]
  let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  return (environment ?? package.deletingLastPathComponent().appendingPathComponent("shared").path) + "/data"
}()

@Suite(.enabled(if: FileManager.default.fileExists(atPath: sharedData)))
struct RealDataTests {
  @Test(arguments: [
    ("haidian/blocks.geojson", 112), ("haidian/buildings.geojson", 7743), ("lujiazui/water.geojson", nil),
    ("baltimore/census_blocks_2020.geojson", 10025), ("baltimore/police_districts_2023.geojson", 9),
    ("helsinki/cameras.geojson", 221), ("helsinki/buildings.geojson", 572), ("helsinki/ways.geojson", 2863),
    ("memphis/memphis_robberies.geojson", 2245), ("memphis/memphis_precincts.geojson", 9),
    ("beijing-towns/towns.geojson", 331),
  ])
  func geoJSONRoundTripThroughGeoPackage(_ file: String, _ count: Int?) throws {
    let layer = try readLayer(sharedData + "/" + file)
    if let count { #expect(layer.features.count == count) }
    let folder = TemporaryFolder()
    try writeGeoPackage([layer], to: folder.file("t.gpkg"))
    let again = try readGeoPackage(folder.file("t.gpkg"))
    #expect(sameLines(geoJSONText(again), geoJSONText(layer)))
  }

  /// Beside the name of the collection, which a GeoPackage has no place for.
  private func sameLines(_ a: String, _ b: String) -> Bool {
    let (a, b) = (a.split(separator: "\n"), b.split(separator: "\n"))
    for (x, y) in zip(a, b).dropFirst() where x != y {
      Issue.record("\(x.prefix(300))\n\(y.prefix(300))")
      return false
    }
    return a.count == b.count
  }

  @Test func bubenec() throws {
    let path = sharedData + "/bubenec/bubenec.gpkg"
    #expect(try layersOfGeoPackage(path) == ["tessellation", "buildings", "streets", "plots"])
    let buildings = try readLayer(path, layer: "buildings")
    #expect(buildings.features.count == 144)
    #expect(buildings.crs == CRS("EPSG:3857"))
    #expect(buildings.fields == ["uID"])
    #expect(try readLayer(path, layer: "streets").features.allSatisfy { $0.geometry?.typeName == "LineString" })
  }
}
