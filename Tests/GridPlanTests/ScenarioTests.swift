import Foundation
import Testing

@testable import GridPlan

@Suite struct ScenarioTests {
  static let lakeside = """
    name: Lakeside
    crs: EPSG:4549
    layers:
      communities: {file: maps/lakeside.gpkg, layer: communities, code: code, name: name}
      buildings:   {file: maps/lakeside.gpkg, layer: buildings, id: id, households: households}
      streets:     {file: ../streets.geojson, class: highway}
      water:       {file: /data/water.geojson}
    grids: {households: {min: 300, ideal: 400, max: 500}, count: auto, oversize: own, seed: 1}
    services: [{name: visit, per: household, timesPerYear: 4, minutes: 15, skill: general}]
    output: {folder: out/lakeside}
    """

  @Test func theDocumentedExampleIsRead() throws {
    let scenario = try Scenario(text: Self.lakeside, file: "plans/lakeside.yaml")
    #expect(scenario.name == "Lakeside")
    #expect(scenario.layers[.buildings]?.fields[.households] == "households")
    #expect(scenario.layers[.streets]?.fields[.streetClass] == "highway")
    #expect(scenario.grids.households == HouseholdBounds(min: 300, ideal: 400, max: 500))
    #expect(scenario.grids.count == nil)
    #expect(scenario.grids.source == .draw)
    #expect(scenario.services.first?.minutes == 15)
    #expect(scenario.outputFolder == "plans/out/lakeside")
    #expect(scenario.resolve("../streets.geojson") == "plans/../streets.geojson")
    #expect(scenario.resolve("/data/water.geojson") == "/data/water.geojson")
  }

  @Test func jsonWorksToo() throws {
    let json = #"{"layers": {"units": {"file": "u.geojson", "households": {"from": "population", "per": 2.31}}}, "grids": {"count": 7}}"#
    let scenario = try Scenario(text: json, file: "u.json")
    #expect(scenario.name == "u")
    #expect(scenario.grids.count == 7)
    #expect(scenario.layers[.units]?.estimate?.per == 2.31)
    #expect(scenario.layers[.units]?.estimate?.from == .population)
  }

  @Test(arguments: [
    ("layers: {buildigns: {file: a}}", "layers.buildigns", "did you mean `buildings`?"),
    ("layers: {buildings: {file: a, hoseholds: n}}", "layers.buildings.hoseholds", "did you mean `households`?"),
    ("layers: {buildings: {id: a}}", "layers.buildings.file", "missing"),
    ("layers: {}\ngrids: {households: {min: many}}", "grids.households.min", "whole number"),
    ("layers: {}\ngrids: {oversize: maybe}", "grids.oversize", "one of own, refuse"),
    ("layers: {}\ngrids: {count: some}", "grids.count", "auto"),
    ("layers: {}\nservices: [{name: a, per: person, minutes: 1}]", "services[0].per", "one of household"),
    ("layers: {}\nservices: [{name: a, per: household, minutes: -1}]", "services[0].minutes", "at least 0"),
    ("name: x", "layers", "missing"),
    ("layers: [1]", "layers", "expected keys"),
    ("layers: {units: {file: a, where: b}}", "layers.units.where", "field=value"),
    ("layers: {}\ngrids: {households: {min: 5, ideal: 4, max: 9}}", "grids.households", "not in this order"),
    ("a: [", "", "not readable as YAML"),
    ("", "", "empty"),
  ])
  func faultsAreNamed(text: String, key: String, message: String) throws {
    let error = try #require(throws: ScenarioError.self) { try Scenario(text: text, file: "s.yaml") }
    #expect(error.faults.contains { $0.key == key && $0.message.contains(message) }, "\(error)")
  }

  @Test func faultsHaveLines() throws {
    let text = "name: x\nlayers:\n  units: {file: a}\n  strets: {file: b}\n"
    let error = try #require(throws: ScenarioError.self) { try Scenario(text: text, file: "s.yaml") }
    #expect(error.description.hasPrefix("s.yaml:4: layers.strets"))
  }

  @Test func theSchemaIsJSONWithEveryKey() throws {
    let object = try JSONSerialization.jsonObject(with: Data(ScenarioSchema.json.utf8)) as? [String: Any]
    let properties = try #require(object?["properties"] as? [String: Any])
    #expect(properties.keys.sorted() == [
      "allowBallpark", "coverage", "crs", "dropPersonalColumns", "grids", "layers", "name", "output", "publish", "services", "workload",
    ])
    let layers = (properties["layers"] as? [String: Any])?["properties"] as? [String: Any]
    #expect(Set(layers?.keys.map { $0 } ?? []) == Set(LayerKind.allCases.map(\.rawValue)))
  }

  @Test(arguments: [
    ("a/b/../../out/x", "out/x"), ("../a/../b", "../b"), ("/a/../b", "/b"), ("./out", "out"), ("a/..", "."), ("../../x", "../../x"),
  ])
  func pathsAreCollapsed(path: String, collapsed: String) {
    #expect(Scenario.collapsed(path) == collapsed)
  }

  @Test func editDistances() {
    #expect(editDistance("", "abc") == 3)
    #expect(editDistance("buildigns", "buildings") == 1)
    #expect(editDistance("kitten", "sitting") == 3)
    #expect(nearestName(to: "xyz", among: ["abc"]) == nil)
  }
}
