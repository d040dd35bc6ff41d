import Foundation
import GridPlan
import MapFiles
import PlanModel
import SyntheticTown
import Testing

@Suite struct StarterFolders {
  /// A folder that is gone after the test.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "/gridplan-init-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private let request = TownRequest(households: 2_000, seed: 4)

  @Test(arguments: Language.allCases, TownProfile.allCases)
  func scenarioIsReadAndNamesTheMap(language: Language, profile: TownProfile) throws {
    try withFolder { folder in
      let request = TownRequest(households: 2_000, seed: 4, profile: profile)
      let starter = StarterFolder(folder: folder + "/new/place", request: request, language: language)
      let town = try starter.write()
      let scenario = try Scenario(contentsOf: starter.scenarioFile)
      #expect(scenario.layers.count == 10)
      for (kind, source) in scenario.layers {
        let layer = try readLayer(scenario.resolve(source.file))
        let original = town[TownLayer(rawValue: kind.rawValue)!]
        #expect(layer.features.count == original.features.count, "\(kind)")
        #expect(source.fields.values.allSatisfy { layer.fields.contains($0) }, "\(kind)")
      }
      let text = try String(contentsOfFile: starter.scenarioFile, encoding: .utf8)
      let isChinese = text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
      #expect(isChinese && text.contains("合成") == (language == .chinese))
    }
  }

  @Test func filesAreTheSameEachTime() throws {
    try withFolder { folder in
      let starters = ["a", "b"].map { StarterFolder(folder: folder + "/" + $0, request: request, language: .english) }
      for starter in starters { try starter.write() }
      let names = try FileManager.default.contentsOfDirectory(atPath: starters[0].mapFolder).sorted()
      #expect(names.count == 13)
      for name in names {
        let files = starters.map { FileManager.default.contents(atPath: $0.mapFolder + "/" + name) }
        #expect(files[0] != nil && files[0] == files[1], "\(name)")
      }
    }
  }

  @Test func nothingIsOverwritten() throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let starter = StarterFolder(folder: folder, request: request, language: .english)
      try "mine".write(toFile: starter.scenarioFile, atomically: true, encoding: .utf8)
      #expect(throws: MapFileError.self) { try starter.write() }
      #expect(try String(contentsOfFile: starter.scenarioFile, encoding: .utf8) == "mine")
      #expect(!FileManager.default.fileExists(atPath: starter.mapFolder))
    }
  }

  @Test func aPlaceThatCannotBeIsRefusedAndLeavesNothing() throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let file = folder + "/file"
      try "a file".write(toFile: file, atomically: true, encoding: .utf8)
      #expect(throws: MapFileError.self) {
        try StarterFolder(folder: file + "/below", request: request, language: .english).write()
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
    }
  }
}

/// What the repository ships.
@Suite struct ShippedFiles {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path
  static let scenarios = (try? FileManager.default.contentsOfDirectory(atPath: root + "/scenarios"))?
    .filter { !$0.hasSuffix(".md") }.sorted() ?? []

  @Test func thereAreScenarios() {
    #expect(ShippedFiles.scenarios.count >= 9)
  }

  /// Every field that a scenario names is in its layer, for the layers that are shipped as GeoJSON.
  @Test(arguments: scenarios)
  func scenarioFitsItsMaps(_ name: String) throws {
    let folder = ShippedFiles.root + "/scenarios/" + name
    #expect(FileManager.default.fileExists(atPath: folder + "/README.md"))
    let scenario = try Scenario(contentsOf: folder + "/scenario.yaml")
    #expect(!scenario.layers.isEmpty)
    for (kind, source) in scenario.layers where !source.file.contains("shared/data") {
      let file = scenario.resolve(source.file)
      #expect(FileManager.default.fileExists(atPath: file), "\(kind): \(file)")
      guard file.hasSuffix(".geojson") else { continue }
      let layer = try readLayer(file)
      for field in source.fields.values { #expect(layer.fields.contains(field), "\(kind): \(field)") }
    }
  }

  @Test(arguments: [("synthetic-town", TownRequest(households: 6_000, seed: 9)),
    ("synthetic-village", TownRequest(households: 2_000, seed: 7, profile: .rural, odd: 6))])
  func syntheticMapsAreAsTheGeneratorMakesThem(name: String, request: TownRequest) throws {
    let town = try SyntheticTown.make(request)
    for layer in town.layers where !layer.features.isEmpty {
      let file = ShippedFiles.root + "/maps/\(name)/\(layer.name).geojson"
      let shipped = try String(contentsOfFile: file, encoding: .utf8)
      #expect(shipped == geoJSONText(layer), "\(file) is not what scripts/make-synthetic-maps makes")
    }
  }

  @Test func everyMapSaysWhereItIsFrom() throws {
    let maps = try FileManager.default.contentsOfDirectory(atPath: ShippedFiles.root + "/maps")
      .filter { !$0.hasSuffix(".md") }
    #expect(maps.count >= 3)
    for map in maps {
      let source = try String(contentsOfFile: ShippedFiles.root + "/maps/\(map)/SOURCE.md", encoding: .utf8)
      #expect(source.contains("icence") && source.contains("CRS"), "\(map)")
    }
  }
}
