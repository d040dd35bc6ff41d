import Foundation
import Testing

/// `gridplan assign`, from outside.
@Suite struct AssignCommandTests {
  /// Two squares side by side, each a degree wide; the eastern one has the lower code.
  static let grids = """
    {"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"网格编号":"B1"},"geometry":{"type":"Polygon","coordinates":[[[120,31],[121,31],[121,32],[120,32],[120,31]]]}},
    {"type":"Feature","properties":{"网格编号":"A,1"},"geometry":{"type":"Polygon","coordinates":[[[121,31],[122,31],[122,32],[121,32],[121,31]]]}}]}
    """
  static let points = "id,经度,纬度,说明\n1,120.5,31.5,\"a,b\"\n2,121,31.5,\n3,,31,q\n4,abc,31,q\n\n5,130,31,q\n"

  let scratch: Scratch
  let grids: String

  init() throws {
    scratch = try Scratch()
    grids = try scratch.file("grids.geojson", Self.grids).path
  }

  func assign(_ arguments: [String], input: String = points, threads: Int = 2) throws -> Program.Outcome {
    try Program.run(
      ["assign", "--grids", grids] + arguments, input: input, environment: ["GRIDPLAN_THREADS": "\(threads)"])
  }

  @Test func aRowForEachPointInOrder() throws {
    let outcome = try assign([])
    #expect(outcome.status == 0)
    #expect(outcome.output == "id,grid\n1,B1\n2,\"A,1\"\n3,\n4,\n5,\n")
    #expect(outcome.errors == "", "silent in a pipe")
  }

  @Test func theSummaryCountsEverything() throws {
    let outcome = try assign(["--verbose", "-o", scratch.path + "/out.csv"])
    #expect(outcome.output == "")
    #expect(
      outcome.errors.hasPrefix(
        "gridplan: 5 points, 2 in 2 grids, 1 outside every grid, 1 without coordinates, 1 with bad coordinates, "))
    #expect(try scratch.text("out.csv").split(separator: "\n").count == 6)
    #expect(try assign(["--verbose", "--lang", "zh"]).errors.hasPrefix("gridplan: 5 个点，2 个落入 2 个网格"))
  }

  @Test func straysAreListedWithTheNearestGrid() throws {
    _ = try assign(["--strays", scratch.path + "/strays.csv"])
    let rows = try scratch.text("strays.csv").split(separator: "\n").map(String.init)
    #expect(rows[0] == "id,reason,grid,distance_m,row")
    #expect(Array(rows[1...2]) == ["3,no-coordinates,,,4", "4,bad-coordinates,,,5"])
    #expect(rows[3].hasPrefix("5,outside,\"A,1\",76"), "the eastern square is nearer: \(rows[3])")
  }

  @Test func columnsCanBeKept() throws {
    #expect(
      try assign(["--keep-columns"]).output
        == "id,经度,纬度,说明,grid\n1,120.5,31.5,\"a,b\",B1\n2,121,31.5,,\"A,1\"\n3,,31,q,\n4,abc,31,q,\n5,130,31,q,\n")
    let semicolons = try assign(["--keep-columns"], input: "x;y;注;grid\n120.5;31.5;a,b;old\n")
    #expect(semicolons.output == "x,y,注,grid\n120.5,31.5,\"a,b\",B1\n")
  }

  @Test func columnsCanBeNamed() throws {
    let input = "no,e,n\n7,120.5,31.5\n"
    #expect(try assign(["--x", "e", "--y", "n", "--id", "no"], input: input).output == "id,grid\n7,B1\n")
    #expect(try assign(["--x", "e"], input: input).status == 64)
    let missing = try assign(["--x", "e", "--y", "north"], input: input)
    #expect(missing.status == 65)
    #expect(missing.errors.contains("north") && missing.errors.contains("no, e, n"))
    #expect(try assign(["--code", "名"], input: input).status == 65)
  }

  @Test func rowsAreNumberedWhereNothingElseIsThere() throws {
    #expect(try assign([], input: "lon,lat\n120.5,31.5\n0,0\n").output == "id,grid\n1,B1\n2,\n")
  }

  @Test func pointsInAnotherReferenceSystem() throws {
    // (120.5, 31.5) in EPSG:4549, from PROJ (pyproj, always_xy).
    let input = "id,x,y\n1,547501.437,3486519.508\n2,0,nan\n"
    #expect(try assign(["--crs", "EPSG:4549"], input: input).output == "id,grid\n1,B1\n2,\n")
    #expect(try assign(["--crs", "EPSG:999999"], input: input).status == 65)
  }

  @Test func geoJSONInAndOut() throws {
    let input = """
      {"type":"FeatureCollection","features":[
      {"type":"Feature","id":9,"properties":{"k":1},"geometry":{"type":"Point","coordinates":[120.5,31.5]}},
      {"type":"Feature","id":8,"properties":{"k":2},"geometry":null}]}
      """
    #expect(try assign([], input: input).output == "id,grid\n9,B1\n8,\n")
    let outcome = try assign(["--format", "geojson", "--keep-columns"], input: input)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    let features = try #require(object?["features"] as? [[String: Any]])
    let properties = features.map { $0["properties"] as? [String: Any] }
    #expect(properties[0]?["grid"] as? String == "B1")
    #expect(properties[0]?["k"] as? Int == 1)
    #expect(properties[1]?["grid"] is NSNull)
  }

  @Test func tablesBecomeGeoJSON() throws {
    let outcome = try assign(["--format", "geojson"], input: "id,lon,lat\n1,120.5,31.5\n")
    #expect(outcome.output.contains("\"properties\":{\"id\":\"1\",\"grid\":\"B1\"}"))
    #expect(outcome.output.contains("[120.5,31.5]"))
  }

  /// The same bytes whatever the number of threads; several blocks of a megabyte.
  @Test func threadsDoNotMatter() throws {
    var input = "id,lon,lat\n"
    for i in 0..<60_000 {
      input += "\(i),\(119.9 + Double(i % 2200) / 1000),\(30.9 + Double(i % 1201) / 1000)\n"
    }
    let strays = scratch.path + "/strays.csv"
    let one = try assign(["--strays", strays], input: input, threads: 1)
    let listed = try scratch.text("strays.csv")
    let many = try assign(["--strays", strays], input: input, threads: 5)
    #expect(one.output == many.output)
    #expect(try scratch.text("strays.csv") == listed)
    let rows = one.output.split(separator: "\n").dropFirst()
    #expect(rows.count == 60_000)
    #expect(rows.enumerated().allSatisfy { $1.hasPrefix("\($0),") })
    #expect(listed.split(separator: "\n").count - 1 == rows.count { $0.hasSuffix(",") })
  }

  @Test func badInputIsNamed() throws {
    let cases: [(input: String, words: [String])] = [
      ("", ["header"]),
      ("a,b\n1,2\n", ["--x", "a, b"]),
      ("id,lon,lat\n1,31.5,120.5\n2,31.6,120.4\n", ["swapped"]),
      ("id,lon,lat\n1,547501.437,3486519.508\n", ["degrees", "--crs"]),
      ("id,lon,lat\n1,120.5,31.5\n2,120.5,31.5,7\n", ["row 3", "4 fields"]),
      ("id,lon,lat\n1,120.5,\"31.5\n", ["row 2", "not closed"]),
      ("{\"type\":\"FeatureCollection\",\"features\":[", ["byte"]),
    ]
    for (input, words) in cases {
      let outcome = try assign(["-o", scratch.path + "/out.csv"], input: input)
      #expect(outcome.status == 65, "\(input)")
      for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: scratch.path)
    #expect(left == ["grids.geojson"], "nothing is left behind")
  }

  @Test func missingAndUnwritableFiles() throws {
    #expect(try assign(["/nowhere/points.csv"]).status == 66)
    #expect(try Program.run(["assign", "--grids", "/nowhere/grids.geojson"]).status == 66)
    #expect(try assign(["-o", "/nowhere/out.csv"]).status == 73)
  }

  @Test func personalColumnsAreRefused() throws {
    let number = "11010519491231002X"
    for input in ["id,lon,lat,姓名\n1,120.5,31.5,张三\n", "id,lon,lat,note\n1,120.5,31.5,\(number)\n"] {
      let outcome = try assign([], input: input)
      #expect(outcome.status == 65)
      #expect(!outcome.errors.contains("张三") && !outcome.errors.contains(number), "no value is printed")
      #expect(outcome.errors.contains("--drop-personal-columns"))
    }
    let dropped = try assign(["--drop-personal-columns", "--keep-columns"], input: "id,lon,lat,姓名\n1,120.5,31.5,张三\n")
    #expect(dropped.output == "id,lon,lat,grid\n1,120.5,31.5,B1\n")
  }

  /// Whoever reads may stop: no message, and the list of strays does not appear half written.
  @Test func aClosedPipeEndsQuietly() throws {
    var input = "id,lon,lat\n"
    for i in 0..<100_000 { input += "\(i),120.5,31.5\n" }
    let points = try scratch.file("points.csv", input).path
    let command = "\(Program.path) assign --grids \(grids) \(points) --strays \(scratch.path)/s.csv | head -n 1"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    process.waitUntilExit()
    #expect(String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self) == "id,grid\n")
    #expect(errors.fileHandleForReading.readDataToEndOfFile().isEmpty)
    let left = try FileManager.default.contentsOfDirectory(atPath: scratch.path).filter { $0.contains("s.csv") }
    #expect(left.filter { $0.hasSuffix(".part") }.isEmpty)
  }
}
