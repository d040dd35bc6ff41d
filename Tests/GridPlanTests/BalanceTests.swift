import Foundation
import GridPlan
import MapFiles
import Testing

/// A folder with two grids of 100 m × 100 m, four buildings, a street, events and posts.
private final class SmallOffice {
  let folder: String

  init(posts: String = "id,grid,hours,skills\nP1,g1,40,general\nP2,g2,20,general;fire\n", services: String = "") throws {
    folder = NSTemporaryDirectory() + "balance-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    func place(_ x: Double, _ y: Double) -> String { "[\(500_000 + x),\(3_400_000 + y)]" }
    func square(_ x: Double) -> String {
      "[[" + [(x, 0), (x + 100, 0), (x + 100, 100), (x, 100), (x, 0)].map { place($0, $1) }.joined(separator: ",") + "]]"
    }
    try write("grids.geojson", features: [
      #"{"type":"Feature","properties":{"code":"g1","parent":"c1"},"geometry":{"type":"Polygon","coordinates":\#(square(0))}}"#,
      #"{"type":"Feature","properties":{"code":"g2","parent":"c1"},"geometry":{"type":"Polygon","coordinates":\#(square(100))}}"#,
    ])
    let homes = [(20.0, 40), (80, 30), (120, 200), (180, 30)].enumerated().map { index, home in
      #"{"type":"Feature","properties":{"id":"b\#(index)","households":\#(home.1)},"geometry":{"type":"Point","coordinates":\#(place(home.0, 45))}}"#
    }
    try write("buildings.geojson", features: homes)
    try write("streets.geojson", features: [
      #"{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[\#(place(0, 50)),\#(place(200, 50))]}}"#
    ])
    let events = (0..<24).map { index in
      let month = index % 12 + 1
      let date = "2024-\(month < 10 ? "0" : "")\(month)-01 09:00"
      return
        #"{"type":"Feature","properties":{"id":\#(index),"reported":"\#(date)"},"geometry":{"type":"Point","coordinates":\#(place(index % 4 == 0 ? 50 : 150, 50))}}"#
    }
    try write("events.geojson", features: events)
    try text("posts.csv", posts)
    let chosen = services.isEmpty ? "[{name: visit, per: household, timesPerYear: 6, minutes: 20}, {name: round, per: building, timesPerYear: 12, minutes: 10, skill: fire}]" : services
    try text("scenario.yaml", """
      name: Office
      crs: EPSG:4549
      layers:
        grids: {file: grids.geojson, code: code, parent: parent}
        buildings: {file: buildings.geojson, id: id, households: households}
        streets: {file: streets.geojson}
        events: {file: events.geojson, id: id, reported: reported}
        workers: {file: posts.csv, id: id, grid: grid, hours: hours, skill: skills}
      grids: {from: existing}
      services: \(chosen)
      """)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func write(_ name: String, features: [String]) throws {
    let crs = #""crs":{"type":"name","properties":{"name":"EPSG:4549"}},"#
    try text(name, #"{"type":"FeatureCollection",\#(crs)"features":["# + features.joined(separator: ",") + "]}")
  }

  private func text(_ name: String, _ text: String) throws {
    try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
  }

  func read(_ name: String) throws -> [[String: String]] {
    let layer = try readLayer(folder + "/out/" + name)
    return layer.features.map { feature in
      Dictionary(uniqueKeysWithValues: zip(layer.fields, feature.values).map { ($0, $1.asText ?? "") })
    }
  }
}

@Suite struct BalanceTests {
  private func number(_ row: [String: String], _ field: String) -> Double { Double(row[field] ?? "") ?? .nan }

  @Test func minutesByGridPostAndServiceAddUp() throws {
    let office = try SmallOffice()
    let outcome = try Balancer.balance(BalanceRequest(path: office.folder + "/scenario.yaml"))
    #expect(outcome.isFeasible)
    let files = try outcome.write(to: office.folder + "/out")
    #expect(files == ["workload.csv", "workers.csv", "periods.csv", "balance.json"])
    let grids = try office.read("workload.csv")
    #expect(grids.map { $0["code"] } == ["g1", "g2"])
    #expect(grids.map { number($0, "service_visit_min") } == [70 * 120, 230 * 120])
    #expect(grids.map { number($0, "round_min") }.allSatisfy { $0 > 0 })
    // Two doors 60 m apart along the street and 5 m from it: there and back, 18 rounds a year.
    #expect(abs(number(grids[0], "round_m") - 140) < 0.1)
    #expect(abs(number(grids[0], "round_min") - 18 * 140 / 85.0) < 0.06)
    #expect(grids.allSatisfy { $0["travel_from"] == "streets" })
    let posts = try office.read("workers.csv")
    for grid in grids {
      let done = posts.filter { $0["grid"] == grid["code"] }.reduce(0) { $0 + number($1, "total_min") }
      #expect(abs(done - number(grid, "total_min")) < 0.2)
    }
    let fire = posts.filter { number($0, "service_round_min") > 0 }
    #expect(!fire.isEmpty)
    #expect(fire.allSatisfy { $0["skills"]!.contains("fire") })
  }

  @Test func aPlanOnDiskIsBalancedToo() throws {
    let office = try SmallOffice()
    let scenario = try Scenario(contentsOf: office.folder + "/scenario.yaml")
    _ = try Planner.plan(scenario).write(to: office.folder + "/plan")
    var request = BalanceRequest(path: office.folder + "/plan")
    request.workersFile = office.folder + "/posts.csv"
    let outcome = try Balancer.balance(request)
    _ = try outcome.write(to: office.folder + "/out")
    #expect(try office.read("workload.csv").map { number($0, "service_visit_min") } == [70 * 120, 230 * 120])
  }

  @Test func missingSkillsMakeItInfeasible() throws {
    let office = try SmallOffice(posts: "id,grid,hours,skills\nP1,g1,40,general\n")
    let outcome = try Balancer.balance(BalanceRequest(path: office.folder + "/scenario.yaml"))
    #expect(!outcome.isFeasible)
    #expect(outcome.text(.english).contains("no post has the skill"))
    #expect(outcome.text(.chinese).contains("无人具备该技能"))
  }

  @Test func nonsenseIsRefused() throws {
    let hours = try SmallOffice(posts: "id,grid,hours,skills\nP1,g1,-4,general\n")
    #expect(throws: BalanceError.self) { try Balancer.balance(BalanceRequest(path: hours.folder + "/scenario.yaml")) }
    let often = try SmallOffice(services: "[{name: watch, per: building, timesPerYear: 9000, minutes: 60}]")
    #expect(throws: BalanceError.self) { try Balancer.balance(BalanceRequest(path: often.folder + "/scenario.yaml")) }
  }

  @Test func whatIsPublishedHasNoPostsAndNoSmallCounts() throws {
    let office = try SmallOffice()
    var request = BalanceRequest(path: office.folder + "/scenario.yaml")
    request.isPublished = true
    let outcome = try Balancer.balance(request)
    let files = try outcome.write(to: office.folder + "/out")
    #expect(!files.contains("workers.csv"))
    #expect(!outcome.report.json.contains("P1"))
    let grids = try office.read("workload.csv")
    // Six events in one grid, eighteen in the other: the total would tell the six.
    #expect(grids.allSatisfy { $0["events_per_year"] == "" && $0["suppressed"] == "true" && $0["total_min"] == "" })
    let periods = try office.read("periods.csv")
    #expect(periods.allSatisfy { !(1..<10).contains(number($0, "count")) })
  }

  @Test func theSameOnAnyRun() throws {
    let office = try SmallOffice()
    func run() throws -> String {
      let outcome = try Balancer.balance(BalanceRequest(path: office.folder + "/scenario.yaml"))
      _ = try outcome.write(to: office.folder + "/out")
      return try String(contentsOfFile: office.folder + "/out/workers.csv", encoding: .utf8)
    }
    #expect(try run() == run())
  }
}
