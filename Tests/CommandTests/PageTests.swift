import Foundation
import Testing

/// Map pages, opened and used in headless Chromium by `scripts/look_at_page.py`.
@Suite struct PageTests {
  private static var canLook: Bool {
    ["/usr/bin/chromium", "/usr/bin/chromedriver", "/usr/share/javascript/leaflet/leaflet.css"]
      .allSatisfy { FileManager.default.fileExists(atPath: $0) } && ScenarioRunTests.python != nil
  }

  /// The shipped town with its grids of today, so that no search changes what the page looks like.
  private func scenario(_ place: Scratch) throws {
    let maps = ScenarioRunTests.root.appendingPathComponent("maps/synthetic-town").path
    let layers = ["communities", "buildings", "streets", "water", "cameras", "keyPlaces", "grids", "workers"]
      .map { "  \($0): {file: \(maps)/\($0).geojson}" }.joined(separator: "\n")
    try place.file(
      "scenario.yaml",
      "name: The town of today\nlayers:\n\(layers)\ngrids: {from: existing, households: {min: 300, ideal: 400, max: 500}}\noutput: {folder: out}\n")
  }

  @Test(.enabled(if: canLook)) func aPlannerUsesThePages() throws {
    let place = try Scratch()
    try scenario(place)
    let plan = try Program.run(["plan", place.path])
    #expect(plan.status == 0 || plan.status == 2, "\(plan.errors)")
    let other = ScenarioRunTests.root.appendingPathComponent("scenarios/synthetic-town").path
    let drawn = try Program.run(["plan", other, "-o", place.path + "/drawn"])
    #expect(drawn.status == 0, "\(drawn.errors)")
    let both = try Program.run(
      ["map", "--compare", place.path + "/out", place.path + "/drawn", "--internal", "-o", place.path + "/both.html"])
    #expect(both.status == 0, "\(both.errors)")
    try look([place.path + "/out/map.html", "--compare", place.path + "/both.html"])
  }

  private func look(_ arguments: [String]) throws {
    let scripts = ScenarioRunTests.root.appendingPathComponent("scripts")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(ScenarioRunTests.python))
    process.arguments =
      [scripts.appendingPathComponent("look_at_page.py").path] + arguments
      + ["--screens", scripts.appendingPathComponent("page-screens").path]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(String(decoding: output, as: UTF8.self))")
  }
}
