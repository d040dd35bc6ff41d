import Foundation
import Testing

/// `gridplan plan --balance workload`: from grids to their work to new grids.
@Suite struct EqualWorkTests {
  private func row(_ counts: [Int], widths: [Double]) -> String {
    var left = 121.0
    let features = zip(counts, widths).enumerated().map { index, block in
      let right = ((left + block.1) * 1e7).rounded() / 1e7
      defer { left = right }
      let ring = "[\(left),31],[\(right),31],[\(right),31.002],[\(left),31.002],[\(left),31]"
      return #"{"type":"Feature","properties":{"id":"u\#(index)","households":\#(block.0)},"geometry":{"type":"Polygon","coordinates":[[\#(ring)]]}}"#
    }
    return #"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#
  }

  private func report(_ place: Scratch, _ folder: String) throws -> (loop: [String: Any]?, work: [String: Any], hours: [Double]) {
    let report = try place.json("\(folder)/report.json")
    let work = try #require((report["balance"] as? [String: Any])?["workload"] as? [String: Any])
    let features = try #require(try place.json("\(folder)/grids.geojson")["features"] as? [[String: Any]])
    let minutes = features.compactMap { ($0["properties"] as? [String: Any])?["workload_min"] as? Double }
    return (report["loop"] as? [String: Any], work, minutes.map { $0 / 60 })
  }

  /// Where patrol of the ground is most of the work, equal households are unequal work.
  @Test func wideGroundGetsFewerHouseholds() throws {
    let place = try Scratch()
    let wide = (0..<24).map { $0 < 12 ? 0.0005 : 0.003 }
    try place.file("units.geojson", row(Array(repeating: 25, count: 24), widths: wide))
    func scenario(_ grids: String) -> String {
      """
      name: Row
      layers: {units: {file: units.geojson}}
      grids: {\(grids)}
      services:
        - {name: patrol, per: hectare, timesPerYear: 248, minutes: 2}
        - {name: visit, per: household, timesPerYear: 4, minutes: 15}
      """
    }
    try place.file("even.yaml", scenario("balance: workload, households: {min: 50, ideal: 150, max: 400}"))
    try place.file("plain.yaml", scenario("households: {min: 50, ideal: 150, max: 400}"))
    let plain = try Program.run(["plan", "plain.yaml", "-o", "plain"], folder: place.path)
    let even = try Program.run(["plan", "even.yaml", "-o", "even"], folder: place.path)
    #expect(plain.status == 0 && even.status == 0, "\(plain.errors)\(even.output)\(even.errors)")
    #expect(even.output.contains("converged"))
    let (before, after) = (try report(place, "plain"), try report(place, "even"))
    #expect(before.loop == nil)
    #expect(after.loop?["converged"] as? Bool == true)
    let turns = try #require(after.loop?["turns"] as? [[String: Any]])
    #expect(turns.count >= 2 && (turns.last?["largestError"] as? Double ?? 1) < 0.01)
    let (old, new) = (before.work["maxDeviation"] as? Double ?? 0, after.work["maxDeviation"] as? Double ?? 1)
    #expect(new < old / 2 && new < 0.25, "\(old) → \(new)")
    // The same work, whoever does it.
    let services = abs(before.hours.reduce(0, +) - after.hours.reduce(0, +)) / before.hours.reduce(0, +)
    #expect(services < 0.1)
    if Checker.python != nil {
      let verdict = try Checker.verify(place.path + "/even")
      #expect(verdict.status == 0, "\(verdict.output)")
    }
    let chinese = try Program.run(["plan", "plain.yaml", "--balance", "workload", "--lang", "zh", "-o", "zh"], folder: place.path)
    #expect(chinese.output.contains("收敛"))
  }

  @Test func boundsOfHoursAreHard() throws {
    let place = try Scratch()
    try place.file("units.geojson", row(Array(repeating: 40, count: 12), widths: Array(repeating: 0.001, count: 12)))
    try place.file(
      "scenario.yaml",
      "name: Row\nlayers: {units: {file: units.geojson}}\ngrids: {balance: workload, oversize: refuse, hours: {min: 1, ideal: 2, max: 3}}\noutput: {folder: out}\n")
    let outcome = try Program.run(["plan", place.path])
    #expect(outcome.status == 2)
    #expect(try place.text("out/problems.geojson").contains("above-hours"))
    try place.file("bad.yaml", "layers: {units: {file: units.geojson}}\ngrids: {balance: workload, hours: {min: 5, max: 3}}\n")
    let bad = try Program.run(["plan", place.path + "/bad.yaml"])
    #expect(bad.status == 65 && bad.errors.contains("grids.hours"))
  }

  @Test func theSameBytesOnAnyNumberOfThreads() throws {
    let place = try Scratch()
    try place.file("units.geojson", row((0..<30).map { 20 + 7 * $0 % 31 }, widths: (0..<30).map { 0.001 + 0.0001 * Double($0) }))
    try place.file(
      "scenario.yaml", "name: Row\nlayers: {units: {file: units.geojson}}\ngrids: {balance: workload, households: {min: 50, ideal: 150, max: 300}}\n")
    for threads in ["1", "3"] {
      let outcome = try Program.run(
        ["plan", place.path, "-o", place.path + "/" + threads], environment: ["GRIDPLAN_THREADS": threads])
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }
    for name in ["grids.geojson", "levels.csv"] { #expect(try place.text("1/" + name) == place.text("3/" + name)) }
  }
}
