import Foundation
import Testing

@Suite struct InitCommandTests {
  @Test func aNewcomerGetsAFolderThatRuns() throws {
    let place = try Scratch()
    let folder = place.path + "/town"
    let made = try Program.run(["init", folder, "--synthetic", "--households", "2000", "--seed", "3"])
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.errors.isEmpty)
    #expect(made.output.contains("2000 households") && made.output.contains("Next: gridplan plan \(folder)/scenario.yaml"))
    let planned = try Program.run(["plan", folder])
    #expect(planned.errors.isEmpty)
    #expect(planned.status == 0 || planned.status == 2)
    #expect(planned.output.contains("of 2,000"))
    #expect(FileManager.default.fileExists(atPath: folder + "/out/grids.geojson"))
  }

  @Test func whatIsThereStays() throws {
    let place = try Scratch()
    try place.file("scenario.yaml", "mine")
    let outcome = try Program.run(["init", place.path, "--households", "2000"])
    #expect(outcome.status == 73)
    #expect(outcome.errors.contains("scenario.yaml") && outcome.errors.contains("not overwritten"))
    #expect(outcome.output.isEmpty)
    #expect(try place.text("scenario.yaml") == "mine")
    #expect(!FileManager.default.fileExists(atPath: place.path + "/map"))
  }

  @Test(arguments: [["--households", "5"], ["--households", "2000", "--odd", "-3"], ["--profile", "coastal"], ["--lang", "fr"]])
  func wrongOptionsAreUsageErrors(options: [String]) throws {
    let place = try Scratch()
    let outcome = try Program.run(["init", place.path + "/town"] + options)
    #expect(outcome.status == 64)
    #expect(!FileManager.default.fileExists(atPath: place.path + "/town"))
  }

  @Test func chineseSpeaksChinese() throws {
    let place = try Scratch()
    let outcome = try Program.run(["init", place.path + "/town", "--households", "2000", "--lang", "zh"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("下一步"))
    #expect(try place.text("town/scenario.yaml").contains("每个网格户数"))
  }
}
