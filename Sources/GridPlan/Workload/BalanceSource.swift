import Foundation
internal import PlanModel
internal import Workload

/// Where a balance gets its grids from: a scenario, or a plan that was written before, which is
/// read as a scenario of its own.
struct BalanceSource {
  var scenario: Scenario
  /// Whether the grids are those of a plan on disk, whose counts stand in `grids.geojson`.
  var isPlan: Bool

  init(_ request: BalanceRequest) throws {
    if let folder = Self.planFolder(request.path) {
      scenario = try Self.scenario(ofPlan: folder)
      isPlan = true
    } else {
      scenario = try Scenario(contentsOf: request.path)
      isPlan = false
    }
    if let file = request.servicesFile {
      let other = try Scenario(contentsOf: file)
      (scenario.services, scenario.workload) = (other.services, other.workload)
    }
    for (kind, file) in [
      (LayerKind.workers, request.workersFile), (.streets, request.streetsFile), (.events, request.eventsFile),
    ] {
      guard let file else { continue }
      scenario.layers[kind] = LayerSource(plain: Self.absolute(file))
    }
    scenario.dropPersonalColumns = scenario.dropPersonalColumns || request.dropsPersonalColumns
    scenario.minCount = request.minCount ?? scenario.minCount
  }

  /// The folder of a plan; nil for anything else, which is then read as a scenario.
  private static func planFolder(_ path: String) -> String? {
    let path = path as NSString
    if path.lastPathComponent == "grids.geojson" {
      let folder = path.deletingLastPathComponent
      return folder.isEmpty ? "." : folder
    }
    func exists(_ name: String) -> Bool {
      FileManager.default.fileExists(atPath: path.appendingPathComponent(name))
    }
    return exists("grids.geojson") && !exists("scenario.yaml") ? path as String : nil
  }

  private static func absolute(_ file: String) -> String {
    file.hasPrefix("/") ? file : (FileManager.default.currentDirectoryPath as NSString).appendingPathComponent(file)
  }

  /// A scenario that takes the grids of a plan with the settings in its report.
  private static func scenario(ofPlan folder: String) throws -> Scenario {
    let place = (folder as NSString).appendingPathComponent("report.json")
    let report = FileManager.default.contents(atPath: place).flatMap { try? JSONDecoder().decode(WrittenReport.self, from: $0) }
    let name = report?.name ?? (folder as NSString).standardizingPath.split(separator: "/").last.map(String.init) ?? "plan"
    var text = "name: \(quoted(name))\nlayers:\n  grids: {file: grids.geojson, code: code, name: name, parent: parent}\n"
    for (layer, fields) in [
      ("communities", "code: code"), ("buildings", "id: id, households: households"),
      ("units", "id: id, households: households"),
    ] where hasLayer(layer, folder) && report?.published != true {
      text += "  \(layer): {file: \(layer).geojson, \(fields)}\n"
    }
    text += "grids: {from: existing}\n"
    if let crs = report?.crs?.working { text += "crs: \(quoted(crs))\n" }
    var scenario = try Scenario(text: text, file: place)
    if let settings = report?.settings {
      scenario.services = settings.servicesAssumed == true ? [] : settings.services ?? []
      scenario.workload = settings.workload ?? scenario.workload
    }
    return scenario
  }

  private static func hasLayer(_ name: String, _ folder: String) -> Bool {
    let path = (folder as NSString).appendingPathComponent("\(name).geojson")
    guard let head = FileHandle(forReadingAtPath: path)?.readData(ofLength: 1 << 14) else { return false }
    return String(decoding: head, as: UTF8.self).contains("\"Feature\"")
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacingOccurrences(of: "'", with: "''") + "'"
  }
}

/// What a balance needs of a plan's `report.json`.
private struct WrittenReport: Decodable {
  struct Reference: Decodable { var working: String? }
  struct Settings: Decodable {
    var services: [Service]?
    var servicesAssumed: Bool?
    var workload: WorkloadConstants?
  }

  var name: String?
  var published: Bool?
  var crs: Reference?
  var settings: Settings?
}

extension LayerSource {
  /// A file whose fields are recognised by their usual names.
  init(plain file: String) {
    self.init(file: file, layer: nil, crs: nil, filter: nil, fields: [:], estimate: nil, counts: nil)
  }
}
