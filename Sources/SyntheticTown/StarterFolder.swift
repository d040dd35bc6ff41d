import Foundation
import MapFiles
public import PlanModel

/// A folder to begin with: a commented scenario beside a small synthetic map.
public struct StarterFolder: Sendable {
  public var folder: String
  public var request: TownRequest
  public var language: Language

  public init(folder: String, request: TownRequest, language: Language) {
    self.folder = folder
    self.request = request
    self.language = language
  }

  public var scenarioFile: String { (folder as NSString).appendingPathComponent("scenario.yaml") }
  public var mapFolder: String { (folder as NSString).appendingPathComponent("map") }

  /// Makes the town and writes all files, or none.
  ///
  /// - Returns: the town.
  /// - Throws: `TownError` for a request that is not allowed; `MapFileError` of kind `.cannotWrite`
  ///   where a file is there already, which is never overwritten, or cannot be written.
  @discardableResult
  public func write() throws -> SyntheticTown {
    let town = try SyntheticTown.make(request)
    for file in [scenarioFile] + town.files(in: mapFolder) { try requireFree(file) }
    let made = try makeFolders()
    do {
      let stage = StagedFiles()
      try town.write(to: mapFolder, in: stage)
      try stage.write(scenarioText, to: scenarioFile)
      try stage.commit()
    } catch {
      for folder in made.reversed() { try? FileManager.default.removeItem(atPath: folder) }
      throw error
    }
    return town
  }

  private func requireFree(_ file: String) throws {
    guard FileManager.default.fileExists(atPath: file) else { return }
    throw MapFileError(
      .cannotWrite, file: file, message: "there is such a file already, and it is not overwritten",
      remedy: "Name another folder, or move the file away")
  }

  /// Makes the folders that are missing; returns them, outermost first.
  private func makeFolders() throws -> [String] {
    var missing: [String] = []
    var folder = mapFolder
    while !folder.isEmpty, !FileManager.default.fileExists(atPath: folder) {
      missing.insert(folder, at: 0)
      folder = (folder as NSString).deletingLastPathComponent
    }
    for (index, folder) in missing.enumerated() {
      do {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
      } catch {
        for made in missing[..<index].reversed() { try? FileManager.default.removeItem(atPath: made) }
        throw MapFileError(
          .cannotWrite, file: folder, message: "the folder cannot be made", remedy: "Name a place that you may write to")
      }
    }
    return missing
  }
}
