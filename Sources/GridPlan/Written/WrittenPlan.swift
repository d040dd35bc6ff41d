import Foundation
internal import MapFiles
internal import PlanModel
internal import Workload

/// A plan on disk: where its layers are and what its report says.
struct WrittenPlan {
  /// The folder that the plan was written to.
  let folder: String
  /// Where the layers are, relative to the folder.
  private let layers: [LayerKind: LayerSource]
  let report: WrittenReport?

  /// - Parameter path: the plan's folder, its `grids.geojson`, or its `plan.gpkg`; nil for anything else.
  init?(_ path: String) {
    let place = path as NSString
    let name = place.lastPathComponent
    if name == "grids.geojson" || name == "plan.gpkg" {
      guard FileManager.default.fileExists(atPath: path) else { return nil }
      let above = place.deletingLastPathComponent
      folder = above.isEmpty ? "." : above
    } else {
      func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: place.appendingPathComponent(name)) }
      guard exists("grids.geojson"), !exists("scenario.yaml") else { return nil }
      folder = path
    }
    let reportFile = (folder as NSString).appendingPathComponent("report.json")
    report = FileManager.default.contents(atPath: reportFile).flatMap { try? JSONDecoder().decode(WrittenReport.self, from: $0) }
    layers = name == "plan.gpkg" ? Self.packaged(path, isPublished: report?.published == true)
      : Self.filed(folder, isPublished: report?.published == true)
  }

  /// The fields by which a plan writes the layers that carry it.
  private static let fields: [LayerKind: [FieldRole: String]] = [
    .grids: [.code: "code", .name: "name", .parent: "parent"], .communities: [.code: "code", .name: "name"],
    .buildings: [.id: "id", .households: "households"], .units: [.id: "id", .households: "households"],
  ]

  private static func filed(_ folder: String, isPublished: Bool) -> [LayerKind: LayerSource] {
    var result: [LayerKind: LayerSource] = [:]
    for (kind, names) in fields where kind == .grids || !isPublished && hasFeatures(kind.rawValue, folder) {
      result[kind] = LayerSource(file: "\(kind.rawValue).geojson", fields: names)
    }
    return result
  }

  private static func hasFeatures(_ name: String, _ folder: String) -> Bool {
    let path = (folder as NSString).appendingPathComponent("\(name).geojson")
    guard let head = FileHandle(forReadingAtPath: path)?.readData(ofLength: 1 << 14) else { return false }
    return String(decoding: head, as: UTF8.self).contains("\"Feature\"")
  }

  private static func packaged(_ path: String, isPublished: Bool) -> [LayerKind: LayerSource] {
    let names = (try? MapFiles.layerNames(path)) ?? []
    var result: [LayerKind: LayerSource] = [:]
    for (kind, fields) in fields where kind == .grids || !isPublished && names.contains(kind.rawValue) {
      guard kind == .grids || kind == .communities || hasRows(path, kind.rawValue) else { continue }
      result[kind] = LayerSource(file: "plan.gpkg", layer: kind.rawValue, fields: fields)
    }
    return result
  }

  private static func hasRows(_ path: String, _ layer: String) -> Bool {
    (try? readLayer(path, layer: layer).features.isEmpty) == false
  }

  /// The name that the plan goes by.
  var name: String {
    report?.name ?? (folder as NSString).standardizingPath.split(separator: "/").last.map(String.init) ?? "plan"
  }

  /// A scenario that takes the plan's grids as they are, with the settings in its report.
  func scenario() throws -> Scenario {
    let place = (folder as NSString).appendingPathComponent("report.json")
    var scenario = try Scenario(text: "{layers: {}, grids: {from: existing}}", file: place)
    scenario.name = name
    scenario.layers = layers
    scenario.crs = report?.crs?.working
    if let settings = report?.settings {
      scenario.services = settings.servicesAssumed == true ? [] : settings.services ?? []
      scenario.workload = settings.workload ?? scenario.workload
      scenario.minCount = settings.minCount ?? scenario.minCount
    }
    return scenario
  }
}

/// What is read of a plan's `report.json`.
struct WrittenReport: Decodable {
  struct Reference: Decodable { var working: String? }
  struct Settings: Decodable {
    var from: String?
    var minCount: Int?
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
  /// A file whose fields are recognised by their usual names, but for those that are given.
  init(file: String, layer: String? = nil, fields: [FieldRole: String] = [:]) {
    self.init(file: file, layer: layer, crs: nil, filter: nil, fields: fields, estimate: nil, counts: nil)
  }

  /// The same with its file found from anywhere.
  func fromHere() -> LayerSource {
    guard !file.hasPrefix("/") else { return self }
    var result = self
    result.file = (FileManager.default.currentDirectoryPath as NSString).appendingPathComponent(file)
    return result
  }
}
