internal import MapFiles
internal import Planar

/// Grids made of ready units, with what is needed to write and print them.
public struct UnitRedrawOutcome: Sendable {
  let outcome: PlanOutcome
  private let request: UnitRedrawRequest
  private let weightField: String

  init(_ outcome: PlanOutcome, _ request: UnitRedrawRequest, _ weightField: String) {
    self.outcome = outcome
    self.request = request
    self.weightField = weightField
  }

  public var plan: Plan { outcome.plan }
  /// The field that is balanced.
  var weightName: String { weightField }
  public var report: PlanReport { outcome.report }
  public var isFeasible: Bool { plan.isFeasible }

  /// Missed bounds, then the first goal: less is better.
  var rank: (Int, Double) {
    let misses = plan.grids.filter { $0.violation != nil }.count + plan.certificates.filter(\.isBlocking).count
    return (misses, plan.redraw?.reached.first?.value ?? 0)
  }

  // MARK: Layers

  private var furtherWeights: [String] { request.weights.dropFirst().map(\.field) }
  private var hasPlanOfToday: Bool { plan.redraw?.moved != nil }

  /// A weight that counts households or dwellings stands under `households` too.
  private var countsHouseholds: Bool {
    weightField != "households"
      && (FieldRole.households.usualNames + FieldRole.dwellings.usualNames).contains(weightField.lowercased())
  }

  func gridsLayer() throws -> Layer {
    let fields =
      ["code", "name", "parent", "units", weightField] + furtherWeights + (countsHouseholds ? ["households"] : [])
      + ["area_m2", "perimeter_m", "polsby_popper", "deviation", "status"]
      + (hasPlanOfToday ? ["continues", "moved_in", "moved_out", "moved_share"] : [])
    let drawn = try outcome.layers.grids()
    let features = zip(drawn.features, plan.grids).map { feature, grid in
      Feature(geometry: feature.geometry, values: values(of: grid))
    }
    return Layer(name: "grids", crs: .crs84, fields: fields, features: features)
  }

  private func values(of grid: PlannedGrid) -> [FieldValue] {
    var values: [FieldValue] = [
      .string(grid.code), .text(grid.name), .string(grid.parent), .integer(grid.units), .integer(grid.households),
    ]
    values += grid.weights.map { .number($0.rounded(to: 3)) }
    if countsHouseholds { values.append(.integer(grid.households)) }
    values += [
      .number(grid.area.rounded(to: 2)), .number(grid.perimeter.rounded(to: 2)), .number(grid.polsbyPopper.rounded(to: 4)),
      .number(grid.deviation.rounded(to: 4)), .string(grid.status),
    ]
    guard hasPlanOfToday else { return values }
    let share = grid.households > 0 ? Double(grid.movedIn) / Double(grid.households) : 0
    return values + [.text(grid.continues), .integer(grid.movedIn), .integer(grid.movedOut), .number(share.rounded(to: 4))]
  }

  private func assignmentLayer() throws -> Layer {
    let units = try outcome.layers.units()
    let columns = ["id", "grid"].map { units.index(of: $0)! }
    return Layer(
      name: "assignment", crs: .crs84, fields: ["unit", "grid"],
      features: units.features.map { unit in Feature(geometry: unit.geometry, values: columns.map { unit.values[$0] }) })
  }

  // MARK: Files

  /// Writes the grids as GeoJSON to a file, or to standard output for `-`; further files beside it.
  ///
  /// - Parameters:
  ///   - grids: the file of the grids.
  ///   - assignment: the grid of each unit in input order, CSV `unit,grid`, or GeoJSON by its name.
  ///   - problems: everything repaired, linked or odd, as GeoJSON.
  ///   - report: figures and settings, as JSON.
  /// - Throws: `MapFileError` (`cannotWrite`); all files appear, or none.
  public func write(grids: String, assignment: String? = nil, problems: String? = nil, report: String? = nil) throws {
    let stage = StagedFiles()
    if let assignment {
      let layer = try assignmentLayer()
      if assignment.hasSuffix("json") {
        try writeGeoJSON(layer, to: assignment, in: stage)
      } else {
        try writeCSV(layer.withoutGeometry, to: assignment, in: stage)
      }
    }
    if let problems { try writeGeoJSON(try outcome.layers.problems(), to: problems, in: stage) }
    if let report { try stage.write(outcome.report.json, to: report) }
    if grids != "-" { try writeGeoJSON(try gridsLayer(), to: grids, in: stage) }
    try stage.commit()
    if grids == "-" { try writeGeoJSON(try gridsLayer(), to: "-") }
  }
}

extension Layer {
  fileprivate var withoutGeometry: Layer {
    var result = self
    for index in features.indices { result.features[index].geometry = nil }
    return result
  }
}
