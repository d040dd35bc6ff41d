import Foundation
internal import PlanModel
internal import Workload
internal import Yams

extension Scenario {
  /// Reads a scenario from a YAML or JSON file.
  ///
  /// - Throws: `ScenarioError` with every fault that was found.
  public init(contentsOf file: String) throws {
    var isFolder: ObjCBool = false
    var file = file
    if FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), isFolder.boolValue {
      file = (file as NSString).appendingPathComponent("scenario.yaml")
    }
    guard let data = FileManager.default.contents(atPath: file) else {
      throw ScenarioError(
        file: file, faults: [.init(line: nil, key: "", message: "no such file. `gridplan init DIR` writes one")],
        isMissingFile: true)
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw ScenarioError(file: file, message: "not UTF-8 text. Save the scenario as UTF-8")
    }
    try self.init(text: text, file: file)
  }

  /// Reads a scenario from YAML or JSON text; `file` is its place, against which paths are resolved.
  public init(text: String, file: String) throws {
    let node = try Self.parse(text, file: file)
    var check = KeyCheck()
    check.check(node, against: ScenarioKeys.root)
    guard check.faults.isEmpty else { throw ScenarioError(file: file, faults: check.faults) }
    do {
      let document = try YAMLDecoder().decode(ScenarioDocument.self, from: node)
      self = try document.scenario(file: file, layers: Self.layers(in: node["layers"], file: file))
    } catch let error as ScenarioError {
      throw error
    } catch {
      throw ScenarioError(file: file, message: "\(error)")
    }
  }

  private static func parse(_ text: String, file: String) throws -> Node {
    do {
      guard let node = try Yams.compose(yaml: text) else {
        throw ScenarioError(file: file, message: "the file is empty. `gridplan init DIR` writes a commented one")
      }
      return node
    } catch let error as YamlError {
      throw ScenarioError(file: file, message: "not readable as YAML: \(error)")
    }
  }

  private static func layers(in node: Node?, file: String) throws -> [LayerKind: LayerSource] {
    var layers: [LayerKind: LayerSource] = [:]
    for (key, value) in node?.mapping ?? [:] {
      guard let name = key.string, let kind = LayerKind(rawValue: name) else { continue }
      layers[kind] = try LayerSource(node: value, path: "layers.\(name)", file: file)
    }
    return layers
  }
}

extension LayerSource {
  fileprivate init(node: Node, path: String, file scenario: String) throws {
    file = node["file"]?.string ?? ""
    layer = node["layer"]?.scalar?.string
    crs = node["crs"]?.scalar?.string
    if let text = node["where"]?.string {
      guard let parsed = FeatureFilter(text) else {
        throw ScenarioError(file: scenario, key: "\(path).where", message: "expected field=value|value")
      }
      filter = parsed
    }
    fields = [:]
    for role in FieldRole.allCases {
      if let name = node[role.rawValue]?.scalar?.string { fields[role] = name }
    }
    if let mapping = node["households"], mapping.mapping != nil {
      estimate = try YAMLDecoder().decode(HouseholdEstimate.self, from: mapping)
    }
    if let table = node["counts"] {
      counts = try YAMLDecoder().decode(JoinedCounts.self, from: table)
    }
  }
}

/// The parts of the document that Codable reads; `KeyCheck` has seen to their types.
private struct ScenarioDocument: Decodable {
  var name: String?
  var crs: String?
  var allowBallpark: Bool?
  var dropPersonalColumns: Bool?
  var grids: GridDocument?
  var services: [Service]?
  var workload: StatedConstants?
  var coverage: CoverageSettings?
  var publish: PublishDocument?
  var output: OutputDocument?

  func scenario(file: String, layers: [LayerKind: LayerSource]) throws -> Scenario {
    let plainName = ((file as NSString).lastPathComponent as NSString).deletingPathExtension
    let folder = output?.folder ?? "out/\(name ?? plainName)"
    return Scenario(
      file: file, name: name ?? plainName, crs: crs, allowBallpark: allowBallpark ?? false,
      dropPersonalColumns: dropPersonalColumns ?? false, layers: layers,
      grids: try (grids ?? GridDocument()).rules(file: file, hasGrids: layers[.grids] != nil),
      services: services ?? [], workload: (workload ?? StatedConstants()).constants,
      coverage: coverage ?? CoverageSettings(), minCount: publish?.minCount ?? 10,
      outputFolder: Scenario.collapsed(Scenario.resolve(folder, besides: file)))
  }
}

private struct PublishDocument: Decodable { var minCount: Int? }

private struct OutputDocument: Decodable { var folder: String? }

private struct GridDocument: Decodable {
  struct Micro: Decodable { var households: HouseholdBounds? }
  struct Kind: Decodable {
    var kind: String
    var households: HouseholdBounds?
  }

  var from: GridRules.Source?
  var households: HouseholdBounds?
  var count: String?
  var oversize: GridRules.Oversize?
  var seed: Int?
  var effort: GridRules.Effort?
  var maxMoved: Double?
  var micro: Micro?
  var kinds: [Kind]?

  func rules(file: String, hasGrids: Bool) throws -> GridRules {
    let usual = HouseholdBounds(min: 300, ideal: 400, max: 500)
    let bounds = try checked(households ?? usual, "grids.households", file)
    let kindBounds = try (kinds ?? []).map {
      ($0.kind, try checked($0.households ?? HouseholdBounds(min: 0, ideal: bounds.ideal, max: .max / 4), "grids.kinds", file))
    }
    return GridRules(
      source: from ?? (hasGrids && households == nil && count == nil ? .existing : .draw),
      households: bounds, boundsAreStated: households != nil, count: count.flatMap(Int.init), oversize: oversize ?? .own, seed: seed ?? 1,
      effort: effort ?? .default, maxMoved: maxMoved,
      micro: try micro?.households.map { try checked($0, "grids.micro.households", file) },
      kinds: Dictionary(kindBounds, uniquingKeysWith: { first, _ in first }))
  }

  private func checked(_ bounds: HouseholdBounds, _ key: String, _ file: String) throws -> HouseholdBounds {
    guard bounds.min <= bounds.ideal, bounds.ideal <= bounds.max else {
      throw ScenarioError(
        file: file, key: key,
        message: "min \(bounds.min), ideal \(bounds.ideal), max \(bounds.max) are not in this order")
    }
    return bounds
  }
}
