import Foundation
import Testing

/// The independent checker of plans, a script that shares no code with the program.
enum Checker {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A Python with Shapely and PROJ: GRIDPLAN_PYTHON, the one that `make test` installs, or the system's.
  static let python: String? = {
    let asked = ProcessInfo.processInfo.environment["GRIDPLAN_PYTHON"]
    let choices: [String?] = [asked, root.appending(path: ".build/checker/bin/python").path, "/usr/bin/python3"]
    return choices.compactMap { $0 }.first { path in
      FileManager.default.isExecutableFile(atPath: path) && (try? run(path, ["-c", "import shapely, pyproj"]).status) == 0
    }
  }()

  static func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
    let place = try Scratch()
    let output = try place.file("out", "")
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try String(contentsOf: output, encoding: .utf8))
  }

  static func verify(_ plan: String, base: String? = nil) throws -> (status: Int32, output: String) {
    let script = root.appending(path: "scripts/verify_plan.py").path
    return try run(python!, [script, plan] + (base.map { ["--base", $0] } ?? []))
  }
}

@Suite(.enabled(if: Checker.python != nil)) struct CheckPlanTests {
  /// Whatever is changed in a plan, the checker names it.
  @Test func tamperingIsFound() throws {
    let place = try Scratch()
    try place.file("units.geojson", PlanCommandTests.town(counts: [100, 120, 90, 110, 100, 95, 105, 100, 80]))
    try place.file(
      "scenario.yaml",
      "name: Nine\nlayers: {units: {file: units.geojson}}\ngrids: {households: {min: 250, ideal: 300, max: 350}}\noutput: {folder: out}\n")
    #expect(try Program.run(["plan", place.path]).status == 0)
    let sound = try Checker.verify(place.path + "/out", base: place.path)
    #expect(sound.status == 0, "\(sound.output)")
    let grids = try place.text("out/grids.geojson")
    let levels = try place.text("out/levels.csv")

    func expect(_ rule: String, _ changed: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
      #expect(changed != grids, sourceLocation: sourceLocation)
      try place.file("out/grids.geojson", changed)
      let verdict = try Checker.verify(place.path + "/out")
      #expect(verdict.status == 2 && verdict.output.contains("\(rule): "), "\(rule): \(verdict.output)", sourceLocation: sourceLocation)
    }
    try expect("code", grids.replacingOccurrences(of: #""code":"002""#, with: #""code":"001""#))
    let households = try #require(grids.firstMatch(of: /"households":(\d+)/))
    try expect("totals", grids.replacingCharacters(in: households.range, with: #""households":299"#))
    try expect("bounds", grids.replacingCharacters(in: households.range, with: #""households":999"#))
    try expect("personal", grids.replacingOccurrences(of: #""code":"#, with: #""phone":"x","code":"#))
    try expect("personal", grids.replacingOccurrences(of: #""name":null"#, with: #""name":"11010519491231002X""#))
    try expect("rfc7946", grids.replacingOccurrences(of: #"{"type":"FeatureCollection","#, with: #"{"type":"FeatureCollection","crs":{},"#))
    // Some inner vertex of one grid alone is moved by a tenth of a metre.
    let first = try #require(grids.firstRange(of: "[121.001,31.001]"))
    let moved = grids.replacingCharacters(in: first, with: "[121.001001,31.001001]")
    let verdictOfMoved = try { () -> (status: Int32, output: String) in
      try place.file("out/grids.geojson", moved)
      return try Checker.verify(place.path + "/out")
    }()
    #expect(verdictOfMoved.status == 2, "\(verdictOfMoved.output)")
    try place.file("out/grids.geojson", grids)
    try place.file("out/levels.csv", levels.replacingOccurrences(of: "900", with: "901"))
    let sums = try Checker.verify(place.path + "/out")
    #expect(sums.status == 2 && sums.output.contains("levels: "), "\(sums.output)")
  }
}
