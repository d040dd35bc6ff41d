internal import Checks
internal import Georeference
internal import MapFiles
internal import PlanModel
internal import Planar

/// What is wrong with the borders of grids that are taken as they are.
enum TakenGrids {
  private static let rules: Set<CheckRule> = [
    .multipart, .sliver, .spike, .overlap, .gap, .unmatchedBorder, .outsideParent,
  ]

  /// The findings of `gridplan check` on the grids of today, in their communities and around water.
  static func problems(_ inputs: PlanInputs, _ scenario: Scenario) throws -> [PlanProblem] {
    let file = scenario.layers[.grids]?.file ?? ""
    let (english, chinese) = (try findings(inputs, .english), try findings(inputs, .chinese))
    let toWorking = try Transformation(
      from: .crs84, to: inputs.workingCRS.crs, allowBallpark: scenario.allowBallpark)
    return try zip(english, chinese).map { finding, translated in
      PlanProblem(
        finding.rule.rawValue, finding.severity == .error ? .error : .warning, file: file,
        feature: finding.feature.map { inputs.grids[$0].code }, code: finding.feature.map { inputs.grids[$0].code },
        measure: finding.measure, unit: finding.unit, place: try finding.place.map { try toWorking($0) },
        finding.message, translated.message)
    }
  }

  private static func findings(_ inputs: PlanInputs, _ language: Language) throws -> [Finding] {
    var options = CheckOptions()
    options.workingCRS = inputs.workingCRS.crs
    options.language = language
    func layer(_ name: String, _ areas: [(code: String, polygons: [Polygon])]) -> Layer {
      Layer(
        name: name, crs: inputs.workingCRS.crs, fields: ["code"],
        features: areas.map { Feature(geometry: .area(of: $0.polygons), values: [.string($0.code)]) })
    }
    let parents = inputs.communities.map { ($0.code, $0.polygons) }
    let barriers = inputs.barriers.filter { !$0.polygons.isEmpty }.map { ("", $0.polygons) }
    let found = try check(
      layer("grids", inputs.grids.map { ($0.code, $0.polygons) }),
      parents: parents.isEmpty ? nil : layer("communities", parents),
      barriers: barriers.isEmpty ? nil : layer("barriers", barriers), options: options)
    return found.filter { rules.contains($0.rule) }
  }
}
