import Foundation
import MapFiles
import Testing

/// A code that a grid once had is never given to another.
@Suite struct UsedCodeTests {
  private func plan(_ place: Scratch, _ layers: String, max: Int, out: String) throws -> [String] {
    try place.file("units.geojson", PlanCommandTests.town(counts: [100, 120, 90, 110, 100, 95, 105, 100, 80]))
    try place.file(
      "scenario.yaml",
      "name: Codes\nlayers:\n  units: {file: units.geojson}\n\(layers)grids: {from: draw, households: {min: 80, max: \(max)}}\noutput: {folder: \(out)}\n")
    let outcome = try Program.run(["plan", place.path])
    try #require(outcome.status == 0 || outcome.status == 2, "\(outcome.errors)")
    return try codes(place.path + "/\(out)/grids.geojson", "code")
  }

  private func codes(_ file: String, _ field: String, layer: String? = nil) throws -> [String] {
    let read = try readLayer(file, layer: layer)
    let column = try #require(read.index(of: field))
    return read.features.compactMap { $0.values[column].asText }
  }

  @Test func numbersGoOnAfterThoseOfATable() throws {
    let place = try Scratch()
    try place.file("gone.csv", "code\n001\n002\n005\n")
    let drawn = try plan(place, "  usedCodes: {file: gone.csv}\n", max: 350, out: "out")
    #expect(drawn == ["006", "007", "008", "009"])
    let again = try plan(place, "  usedCodes: {file: gone.csv}\n", max: 350, out: "out")
    #expect(again == drawn, "the same input, the same codes")
    #expect(Set(try codes(place.path + "/out/plan.gpkg", "code", layer: "plan_codes")) == ["001", "002", "005", "006", "007", "008", "009"])
  }

  /// A plan's own register is kept: from plan.gpkg, from what stands beside it, or by its name.
  @Test(arguments: [
    "  grids: {file: first/grids.geojson}\n", "  grids: {file: first/plan.gpkg, layer: grids}\n",
    "  usedCodes: {file: first/plan.gpkg}\n",
  ])
  func aRegisterIsHandedOn(_ layers: String) throws {
    let place = try Scratch()
    try place.file("gone.csv", "code\n001\n002\n005\n")
    let first = try plan(place, "  usedCodes: {file: gone.csv}\n", max: 350, out: "first")
    let second = try plan(place, layers, max: 125, out: "second")
    #expect(second.count > first.count && second.allSatisfy { $0 >= "006" }, "\(second)")
    let continues = layers.contains("grids:")
    let fresh = second.filter { !continues || !first.contains($0) }
    #expect(fresh.min() == "010" && fresh.count >= 5, "\(second)")
    let register = try codes(place.path + "/second/plan.gpkg", "code", layer: "plan_codes")
    #expect(Set(register).isSuperset(of: ["001", "002", "005"] + first))
    let edited = try Program.run(["edit", place.path + "/second", "--rename", second[0], "005"])
    #expect(edited.status == 2 && edited.errors.contains("never used again"), "\(edited.errors)\(edited.output)")
  }
}
