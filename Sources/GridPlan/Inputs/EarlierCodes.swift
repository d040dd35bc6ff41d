import Foundation
internal import MapFiles

/// Codes that an earlier plan ever used, from the register that it keeps.
enum EarlierCodes {
  static let register = "plan_codes"

  /// Where the grids of today come from a plan that gridplan wrote: every code of its register, also of grids that are
  /// gone and of edits that were undone. Empty where there is no such plan.
  static func ofGrids(in scenario: Scenario) throws -> Set<String> {
    guard let grids = scenario.layers[.grids] else { return [] }
    let folder = (scenario.resolve(grids.file) as NSString).deletingLastPathComponent
    let packages = [scenario.resolve(grids.file), (folder as NSString).appendingPathComponent("plan.gpkg")]
    guard let package = try packages.first(where: { try isPlan($0) }) else { return [] }
    return try codes(in: package)
  }

  private static func isPlan(_ path: String) throws -> Bool {
    guard path.hasSuffix(".gpkg"), FileManager.default.fileExists(atPath: path) else { return false }
    return try layerNames(path).contains(register)
  }

  private static func codes(in package: String) throws -> Set<String> {
    let table = try readLayer(package, layer: register)
    guard let column = table.index(of: "code") else { return [] }
    return Set(table.features.compactMap { $0.values[column].asText })
  }
}
