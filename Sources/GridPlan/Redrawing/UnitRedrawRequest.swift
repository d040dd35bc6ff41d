import Foundation

/// What `gridplan redraw --units` is asked: a layer of areas, what they weigh, and what groups of them
/// have to keep to. A scenario with ready units says the same and more.
public struct UnitRedrawRequest: Sendable {
  /// The layer of units: blocks, precincts, postal areas…
  public var units: String
  public var layer: String?
  public var crs: String?
  public var idField: String?
  /// The weight to balance, then further ones; bounds of the first come before `min` and `max`.
  public var weights: [WeightRule]
  public var count: Int?
  public var min: Int?
  public var ideal: Int?
  public var max: Int?
  public var tolerance: Double?
  /// A layer of areas, or a field of the units.
  public var parents: String?
  /// A layer of grids, or a field of the units.
  public var existing: String?
  /// The fields with codes of layers of parents and of grids.
  public var parentCode: String?
  public var existingCode: String?
  public var barriers: String?
  public var barrierClass: String?
  public var streets: String?
  public var streetClass: String?
  public var bridges: String?
  /// A field of the units.
  public var together: String?
  public var maxMoved: Double?
  public var rules = RedrawRules()
  public var effort = GridRules.Effort.default
  public var oversize = GridRules.Oversize.own
  public var seed = 1
  public var allowBallpark = false
  public var dropPersonalColumns = false

  public init(units: String, weights: [WeightRule]) {
    self.units = units
    self.weights = weights
  }
}

extension UnitRedrawRequest {
  /// The scenario that says the same.
  func scenario() -> Scenario {
    var layers: [LayerKind: LayerSource] = [:]
    layers[.units] = source(
      units, fields: [
        .id: idField, .households: weights.first?.field, .together: together,
        .parent: parents.flatMap(fieldName), .grid: existing.flatMap(fieldName),
      ])
    layers[.units]?.layer = layer
    layers[.units]?.crs = crs
    if let file = parents.flatMap(fileName) { layers[.communities] = source(file, fields: [.code: parentCode]) }
    if let file = existing.flatMap(fileName) { layers[.grids] = source(file, fields: [.code: existingCode]) }
    if let barriers { layers[.barriers] = source(barriers, fields: [.streetClass: barrierClass]) }
    if let streets { layers[.streets] = source(streets, fields: [.streetClass: streetClass]) }
    if let bridges { layers[.bridges] = source(bridges, fields: [:]) }
    let name = ((units as NSString).lastPathComponent as NSString).deletingPathExtension
    return Scenario(
      file: "", name: name, crs: nil, allowBallpark: allowBallpark, dropPersonalColumns: dropPersonalColumns, layers: layers,
      grids: gridRules(), services: [], workload: StatedConstants().constants, coverage: CoverageSettings(), minCount: 10,
      outputFolder: "", map: .none)
  }

  private func source(_ file: String, fields: [FieldRole: String?]) -> LayerSource {
    LayerSource(file: file, fields: fields.compactMapValues { $0 })
  }

  /// A layer where such a file is there, else a field.
  private func fileName(_ text: String) -> String? { FileManager.default.fileExists(atPath: text) ? text : nil }
  private func fieldName(_ text: String) -> String? { fileName(text) == nil ? text : nil }

  private func gridRules() -> GridRules {
    var rules = rules
    rules.weights = Array(weights.dropFirst())
    let least = weights.first?.min.map { Int($0.rounded(.up)) } ?? min
    let most = weights.first?.max.map { Int($0.rounded(.down)) } ?? max
    let areStated = least != nil || most != nil
    // Without any bound grids come as near to their mean as they can.
    rules.tolerance = areStated ? nil : tolerance ?? (count == nil ? nil : .infinity)
    if rules.goals.isEmpty { rules.goals = usualGoals(isBounded: areStated || tolerance != nil) }
    let (low, high) = (least ?? 0, most ?? .max / 4)
    return GridRules(
      source: .draw, households: HouseholdBounds(min: low, ideal: ideal ?? middle(low, high), max: high),
      boundsAreStated: areStated, count: count, oversize: oversize, seed: seed, effort: effort, maxMoved: maxMoved,
      micro: nil, kinds: [:], redraw: rules)
  }

  private func middle(_ low: Int, _ high: Int) -> Int { high < .max / 4 ? Swift.max(1, (low + high) / 2) : Swift.max(1, low) }

  /// Evenness first where nothing bounds it, then little change, then shape.
  private func usualGoals(isBounded: Bool) -> [RedrawGoal] {
    var goals: [RedrawGoal] = isBounded ? [] : [RedrawGoal(.deviation, slack: 0.005)]
    if existing != nil { goals.append(RedrawGoal(.moved, slack: 0.005)) }
    return goals + [RedrawGoal(.compactness)]
  }
}
