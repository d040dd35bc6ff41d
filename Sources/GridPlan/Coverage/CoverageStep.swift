internal import Coverage
internal import PlanModel

/// Audits the cameras of a plan.
enum CoverageStep {
  /// Nil where the scenario has nothing to audit or leaves it out. What cannot be used is listed.
  static func audit(_ inputs: PlanInputs, _ scenario: Scenario, _ plan: inout Plan) throws -> CoverageAudit? {
    guard !inputs.cameras.isEmpty, scenario.coverage.skip != true else { return nil }
    guard let input = CoverageInput(inputs, plan) else {
      plan.problems.append(
        PlanProblem(
          "coverage-skipped", .info, file: scenario.layers[.cameras]?.file ?? "",
          "without a layer of buildings nobody knows what hides what; coverage was not computed",
          "没有建筑图层，无法判断遮挡；未计算覆盖范围"))
      return nil
    }
    let audit = CoverageAudit(try scenario.coverageRequest(), input)
    plan.problems += audit.cameras.compactMap { unused($0, scenario) }
    return audit
  }

  private static func unused(_ camera: AuditedCamera, _ scenario: Scenario) -> PlanProblem? {
    let reason: (english: String, chinese: String)
    switch camera.status {
    case .used, .snapped, .noPosition: return nil
    case .inside: reason = ("stands inside a building", "位于建筑内部")
    case .indoor: reason = ("is indoors by its own word", "标明在室内")
    case .noDirection: reason = ("looks one way, and nothing tells which", "朝向不明")
    }
    let place = camera.camera.position
    return PlanProblem(
      "unused-camera", .info, file: scenario.layers[.cameras]?.file ?? "", feature: camera.id, code: camera.grid,
      measure: camera.placement?.distance, unit: "m", place: place.isFinite ? place : nil,
      "the camera \(reason.english); it counts in no figure of coverage", "该摄像机\(reason.chinese)；不计入覆盖数据")
  }
}

extension Scenario {
  /// How the scenario wants its cameras audited.
  ///
  /// - Throws: `ScenarioError` for a level that the profile does not have, `MapFileError` for a profile
  ///   that cannot be read.
  func coverageRequest() throws -> CoverageRequest {
    func file(_ kind: LayerKind) -> String { layers[kind]?.file ?? "" }
    var request = CoverageRequest(cameras: file(.cameras), buildings: file(.buildings))
    request.overrides = CameraOverrides(range: coverage.range, fieldOfView: coverage.fov)
    request.arcTolerance = coverage.arcTolerance ?? request.arcTolerance
    request.snap.maximum = coverage.snap ?? request.snap.maximum
    request.rules.camerasPerPlace = coverage.k ?? 1
    if let profile = coverage.profile { request.profile = try CoverageProfiles.read(resolve(profile)) }
    if let kinds = coverage.placeKinds { request.placeKinds = try CoverageProfiles.read(resolve(kinds)) }
    request.level = try known(coverage.level, "level", request.profile)
    request.reachLevel = try known(coverage.reachLevel, "reachLevel", request.profile) ?? request.reachLevel
    return request
  }

  private func known(_ level: String?, _ key: String, _ profile: CameraProfile) throws -> String? {
    guard let level, profile.level(named: level) == nil else { return level }
    throw ScenarioError(
      file: self.file, key: "coverage.\(key)",
      message: "\(level) is not a level of the profile: \(profile.levels.map(\.name).joined(separator: ", "))")
  }
}
