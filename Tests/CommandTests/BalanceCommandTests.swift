import Foundation
import Testing

/// Workload and posts of a small plan, through the program.
@Suite struct BalanceCommandTests {
  private static let scenario = """
    name: Nine blocks
    layers: {units: {file: units.geojson}, workers: {file: posts.csv, id: id, grid: grid, hours: hours, skill: skill}}
    grids: {households: {min: 250, ideal: 300, max: 350}}
    services:
      - {name: visit, per: household, timesPerYear: 6, minutes: 20}
      - {name: upkeep, per: hectare, timesPerYear: 12, minutes: 10, skill: technical, mode: vehicle}
    output: {folder: plan}

    """

  /// A scenario of three grids of 300 households, its plan drawn, and posts with these skills.
  private func place(skills: [String] = ["general", "general;technical", "general"]) throws -> (Scratch, [String]) {
    let place = try Scratch()
    try place.file("units.geojson", PlanCommandTests.town(counts: Array(repeating: 100, count: 9)))
    try place.file("scenario.yaml", Self.scenario)
    try place.file("posts.csv", "id,grid,hours,skill\n")
    let plan = try Program.run(["plan", place.path])
    #expect(plan.status == 0, "\(plan.errors)")
    let codes = try table(place, "plan/levels.csv").filter { $0["level"] == "grid" }.compactMap { $0["code"] }
    let rows = zip(skills, codes).enumerated().map { "P\($0),\($1.1),40,\($1.0)" }
    try place.file("posts.csv", "id,grid,hours,skill\n" + rows.joined(separator: "\n") + "\n")
    return (place, codes)
  }

  /// Rows of a CSV file without quotes, by column.
  private func table(_ place: Scratch, _ name: String) throws -> [[String: String]] {
    let lines = try place.text(name).split(whereSeparator: \.isNewline)
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    let header = try #require(lines.first)
    return lines.dropFirst().map { Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first }) }
  }

  private func sum(_ rows: [[String: String]], _ column: String) -> Double {
    rows.reduce(0) { $0 + (Double($1[column] ?? "") ?? 0) }
  }

  private func balance(_ place: Scratch, _ options: String...) throws -> Program.Outcome {
    try Program.run(["balance", place.path, "-o", place.path + "/out"] + options)
  }

  @Test func minutesOfGridsPostsAndServicesAddUp() throws {
    let (place, codes) = try place()
    let outcome = try balance(place)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let (grids, posts) = (try table(place, "out/workload.csv"), try table(place, "out/workers.csv"))
    #expect(codes.count == 3 && Set(grids.compactMap { $0["code"] }) == Set(codes))
    let total = sum(grids, "total_min")
    #expect(abs(sum(posts, "total_min") - total) < 1, "\(total)")
    for service in ["visit", "upkeep"] {
      let (byGrid, byPost) = (sum(grids, "service_\(service)_min"), sum(posts, "service_\(service)_min"))
      #expect(byGrid > 0 && byPost > 0)
    }
    #expect(sum(grids, "service_visit_min") == 900 * 6 * 20)
    // Only one post can do the technical work of all three grids.
    #expect(Set(posts.filter { (Double($0["service_upkeep_min"] ?? "") ?? 0) > 0 }.compactMap { $0["post"] }) == ["P1"])
  }

  @Test func aSkillThatNobodyHasIsNamed() throws {
    let (place, codes) = try place(skills: ["general", "general", "general"])
    let outcome = try balance(place)
    #expect(outcome.status == 2)
    #expect(outcome.output.contains("technical") && codes.contains { outcome.output.contains($0) })
  }

  @Test func publishedFiguresHaveNoPosts() throws {
    let (place, _) = try place()
    #expect(try balance(place, "--publish").status == 0)
    #expect(!FileManager.default.fileExists(atPath: place.path + "/out/workers.csv"))
    let report = try place.text("out/balance.json")
    #expect(!report.contains("\"P0\"") && !report.contains("\"P1\""))
  }

  @Test func visitsShowInThePeriods() throws {
    let (place, codes) = try place()
    let rows = ["\(codes[0]),2025-01-07,4,90", "\(codes[0]),2025-02-03,6,120", "\(codes[1]),2025-02-11,1,15"]
    try place.file("visits.csv", "grid,date,count,minutes\n" + rows.joined(separator: "\n") + "\n")
    #expect(try balance(place, "--visits", place.path + "/visits.csv").status == 0)
    let periods = try table(place, "out/periods.csv")
    let own = periods.filter { $0["grid"] == codes[0] && $0["count"] != "0" }
    #expect(own.compactMap { $0["period"] } == ["2025-01", "2025-02"])
    #expect(own.compactMap { $0["count"] } == ["4", "6"] && own.compactMap { $0["minutes"] } == ["90", "120"])
  }

  @Test func visitsOfPersonsAreRefused() throws {
    let (place, codes) = try place()
    try place.file("visits.csv", "grid,date,count,户主姓名\n\(codes[0]),2025-01-07,4,planted\n")
    let outcome = try balance(place, "--visits", place.path + "/visits.csv")
    #expect(outcome.status == 65 && outcome.errors.contains("户主姓名") && !outcome.errors.contains("planted"))
    #expect(try balance(place, "--visits", place.path + "/visits.csv", "--drop-personal-columns").status == 0)
  }

  @Test func aVisitInNoGridIsNamed() throws {
    let (place, _) = try place()
    try place.file("visits.csv", "grid,date,count\nnowhere,2025-01-07,4\n")
    let outcome = try balance(place, "--visits", place.path + "/visits.csv")
    #expect(outcome.status == 65 && outcome.errors.contains("row 1") && outcome.errors.contains("nowhere"))
  }
}
