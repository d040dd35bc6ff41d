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
      if (counts?.id == nil) == (counts?.address == nil) {
        throw ScenarioError(file: scenario, key: "\(path).counts", message: "expected either `id` or `address`")
      }
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
      outputFolder: Scenario.collapsed(Scenario.resolve(folder, besides: file)), map: MapChoice(output?.map))
  }
}

private struct PublishDocument: Decodable { var minCount: Int? }

private struct OutputDocument: Decodable {
  var folder: String?
  var map: String?
}

/// Goals as a list, or in one text apart by commas.
private struct GoalList: Decodable {
  var texts: [String]

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    texts = try (try? value.decode([String].self))
      ?? value.decode(String.self).split(separator: ",").map { String($0).trimmingSpaces }
  }
}

private struct GridDocument: Decodable {
  struct Micro: Decodable { var households: HouseholdBounds? }
  struct Kind: Decodable {
    var kind: String
    var households: HouseholdBounds?
  }

  var from: GridRules.Source?
  var balance: GridRules.Equal?
  var hours: WorkBounds?
  var households: HouseholdBounds?
  var count: String?
  var oversize: GridRules.Oversize?
  var seed: Int?
  var effort: GridRules.Effort?
  var maxMoved: Double?
  var micro: Micro?
  var kinds: [Kind]?
  var tolerance: String?
  var objective: GoalList?
  var weights: [WeightRule]?
  var locked: [String]?
  var links: [[String]]?
  var linkIslands: Double?
  var crossings: [String: String]?

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
      kinds: Dictionary(kindBounds, uniquingKeysWith: { first, _ in first }), redraw: try redrawRules(file),
      balance: balance ?? .households, work: try hours.map { try checked($0, file) })
  }

  private func redrawRules(_ file: String) throws -> RedrawRules {
    func fault(_ key: String, _ message: String) -> ScenarioError {
      ScenarioError(file: file, key: "grids.\(key)", message: message)
    }
    if let maxMoved, maxMoved > 1 { throw fault("maxMoved", "\(maxMoved) is no share. Give 0 to 1, such as 0.05") }
    if tolerance != nil, count.flatMap(Int.init) == nil {
      throw fault("tolerance", "a tolerance is around a mean. State the number of grids with `count`")
    }
    var rules = RedrawRules()
    rules.tolerance = tolerance.flatMap { $0 == "none" ? .infinity : Double($0) }
    rules.islandReach = linkIslands
    (rules.weights, rules.locked) = (weights ?? [], locked ?? [])
    rules.goals = try (objective?.texts ?? []).map { text in
      guard let goal = RedrawGoal(text) else { throw fault("objective", "`\(text)` is none of \(RedrawGoal.names)") }
      return goal
    }
    rules.links = try (links ?? []).map { pair in
      guard pair.count == 2 else { throw fault("links", "a link has two units, not \(pair.count)") }
      return UnitLink(pair[0], pair[1])
    }
    for (name, text) in crossings ?? [:] {
      guard let crossing = CrossingRule(text) else { throw fault("crossings.\(name)", "`\(text)` is neither forbid, free nor a number") }
      rules.crossings[name.lowercased()] = crossing
    }
    return rules
  }

  private func checked(_ bounds: WorkBounds, _ file: String) throws -> WorkBounds {
    guard bounds.min <= bounds.ideal, bounds.ideal <= bounds.max else {
      throw ScenarioError(
        file: file, key: "grids.hours", message: "min \(bounds.min), ideal \(bounds.ideal), max \(bounds.max) are not in this order")
    }
    return bounds
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
