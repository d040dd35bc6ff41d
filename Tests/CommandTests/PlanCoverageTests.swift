import Foundation
import Testing

/// The audit of cameras as part of a plan.
@Suite struct PlanCoverageTests {
  private func features(_ place: Scratch, _ name: String) throws -> [[String: Any]] {
    let features = try #require(try place.json(name)["features"] as? [[String: Any]])
    return features.compactMap { $0["properties"] as? [String: Any] }
  }

  private func planned() throws -> Scratch {
    let place = try Scratch()
    let made = try Program.run(["init", place.path + "/town", "--synthetic", "--households", "2000", "--seed", "4", "--profile", "rural"])
    #expect(made.status == 0, "\(made.errors)")
    let outcome = try Program.run(["plan", place.path + "/town", "-o", place.path + "/out"])
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.contains("key places in view"))
    return place
  }

  @Test func aPlanTellsWhatItsCamerasSee() throws {
    let place = try planned()
    let cameras = try features(place, "out/cameras.geojson")
    let names = ["status", "snap_m", "eye_x", "eye_y", "azimuth", "fov", "range_m", "area_m2", "arc_tolerance_m", "grid", "assumed"]
    for name in names { #expect(cameras.allSatisfy { $0.keys.contains(name) }, "\(name)") }
    // The scenario maps fields of its own; they arrive.
    #expect(cameras.contains { $0["strict"] as? Bool == true && $0["in_service"] as? Bool == true })
    let grids = try features(place, "out/grids.geojson")
    for grid in grids {
      let code = try #require(grid["code"] as? String)
      #expect(cameras.count { $0["grid"] as? String == code } == grid["cameras"] as? Int)
    }
    let covered = try features(place, "out/coverage.geojson").filter { $0["feature"] as? String == "grid" }
    #expect(Set(covered.compactMap { $0["id"] as? String }) == Set(grids.compactMap { $0["code"] as? String }))
    #expect(try features(place, "out/views.geojson").count == cameras.count { ["used", "snapped"].contains($0["status"] as? String) })
    let coverage = try #require(try place.json("out/report.json")["coverage"] as? [String: Any])
    #expect((coverage["keyPlaces"] as? [String: Any])?["covered"] is Double)
    #expect((coverage["cameras"] as? [String: Any])?["count"] as? Int == cameras.count)
    #expect(coverage["inputs"] == nil)
  }

  /// Layers of one GeoPackage by their names; what a plan wrote can be audited again.
  @Test func coverageReadsWhatAPlanWrote() throws {
    let place = try planned()
    let plan = place.path + "/out/plan.gpkg"
    let outcome = try Program.run([
      "coverage", "--cameras", plan + ":cameras", "--buildings", plan + ":buildings", "--grids", plan + ":grids",
      "--key-places", place.path + "/town/map/keyPlaces.geojson", "-o", place.path + "/again",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("key places") && outcome.output.contains("in view") && outcome.output.contains("strict"))
    func areas(_ folder: String) throws -> [String: Double] {
      let pairs = try features(place, "\(folder)/cameras.geojson").compactMap { camera -> (String, Double)? in
        guard camera["status"] as? String == "used", let id = camera["id"] as? String else { return nil }
        return (id, camera["area_m2"] as? Double ?? 0)
      }
      return Dictionary(uniqueKeysWithValues: pairs)
    }
    let (first, again) = (try areas("out"), try areas("again"))
    // Footprints have been written with a centimetre.
    for (id, area) in first { #expect(abs((again[id] ?? 0) - area) <= max(0.5, area * 0.01), "\(id)") }
    let missing = try Program.run(["coverage", "--cameras", plan + ":camras", "--buildings", plan + ":buildings", "-o", place.path + "/no"])
    #expect(missing.status == 66 || missing.status == 65)
  }

  @Test func thePublishedSetShowsNoSingleHomeAndNoBlindSpot() throws {
    let place = try planned()
    let outcome = try Program.run(["plan", place.path + "/town", "--publish", "-o", place.path + "/out"])
    #expect(outcome.status == 0 || outcome.status == 2)
    #expect(!FileManager.default.fileExists(atPath: place.path + "/out/views.geojson"))
    for camera in try features(place, "out/cameras.geojson") {
      for name in ["reach", "mask", "turn_deg", "eye_x", "unreadable"] { #expect(camera[name] == nil) }
      #expect(["0", "1-9", "10+", nil].contains(camera["homes_seen"] as? String))
    }
    let kinds = Set(try features(place, "out/coverage.geojson").compactMap { $0["feature"] as? String })
    #expect(kinds == ["grid"])
    let reach = ((try place.json("out/report.json")["coverage"] as? [String: Any])?["reach"] as? [String: Any])?["lenient"]
    for (_, concern) in try #require(reach as? [String: [String: Any]]) {
      #expect(concern["places"].map { ($0 as? Int ?? 0) >= 10 } ?? true)
    }
  }

  @Test func levelsThatNobodyKnowsAreRefused() throws {
    let place = try Scratch()
    _ = try Program.run(["init", place.path + "/town", "--households", "2000", "--profile", "rural"])
    let scenario = try place.text("town/scenario.yaml")
    try place.file("town/scenario.yaml", scenario + "\ncoverage: {level: glance}\n")
    let outcome = try Program.run(["plan", place.path + "/town"])
    #expect(outcome.status == 65 && outcome.errors.contains("coverage.level"), "\(outcome.errors)")
    try place.file("town/scenario.yaml", scenario + "\ncoverage: {skip: true}\n")
    let skipped = try Program.run(["plan", place.path + "/town", "--json"])
    #expect(!skipped.output.contains("\"coverage\":{"))
  }
}
