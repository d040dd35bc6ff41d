import Checksum
import Coverage
import MapFiles
import PlanModel
import Planar

extension CoverageReport {
  init(
    request: CoverageRequest, input: CoverageInput, cameras: [AuditedCamera], found: CoverageFindings,
    redundancy: CoverageRedundancy?, timings: [String: Double]
  ) {
    version = gridplanVersion
    seed = 0
    crs = input.crs.definition
    inputs = input.layers.map { role, layer in
      Input(
        role: role, file: layer.file, layer: layer.name, crs: layer.crs?.definition, features: layer.features.count,
        sha256: sha256(ofFile: layer.file))
    }
    findings = CoverageFigures(request: request, input: input, cameras: cameras, found: found, redundancy: redundancy)
    self.timings = timings
  }
}

extension CoverageFigures {
  init(
    request: CoverageRequest, input: CoverageInput, cameras: [AuditedCamera], found: CoverageFindings,
    redundancy: CoverageRedundancy?
  ) {
    settings = Settings(request)
    definitions = CoverageDefinitions.all(request)
    self.cameras = Cameras(cameras)
    areaInView = CameraSubsets.figures(found.seenArea.map { $0.map { rounded($0, 3) } })
    keyPlaces = input.keyPlaces.map { _ in Places(found.placeFigures(found.places), found.places) }
    openSpace = input.openSpace.map { _ in Extent(found.spaceFigures(), unit: "m2") }
    crossings = found.crossingFigures().map { Places($0, []) }
    roads = found.roads.map { roads in Extent(found.subsets.figures(roads.figure), unit: "m") }
    grids = found.grids.map { Extent(GridAudit.total($0.grids), unit: "m2") }
    parents = found.grids.flatMap { audit in
      let parents = audit.byParent
      return parents.isEmpty
        ? nil
        : parents.map { Parent($0.parent, $0.grids, hasPlaces: input.keyPlaces != nil, hasRoads: found.roads != nil) }
    }
    reach = Reach(cameras)
    self.redundancy = redundancy.map { Redundant(strict: .init($0.strict), lenient: .init($0.lenient)) }
    notes = input.notes
    problems = input.problems
  }
}

extension CoverageFigures.Settings {
  init(_ request: CoverageRequest) {
    range = request.overrides.range
    fieldOfView = request.overrides.fieldOfView
    arcToleranceMetres = request.arcTolerance
    snapStandoffMetres = request.snap.standoff
    snapMaximumMetres = request.snap.maximum
    level = request.level ?? request.profile.levels.first?.name ?? "detect"
    reachLevel = request.reachLevel
    camerasPerPlace = request.rules.camerasPerPlace
    areaShare = request.rules.areaShare
    armLengthMetres = request.rules.armLength
    armShare = request.rules.armShare
    largestIncidenceDegrees = request.rules.largestIncidence
    profile = request.profile
  }
}

extension CoverageFigures.Cameras {
  init(_ cameras: [AuditedCamera]) {
    func tally(_ name: (AuditedCamera) -> String) -> [String: Int] {
      cameras.reduce(into: [:]) { $0[name($1), default: 0] += 1 }
    }
    func yesNo(_ value: Bool?) -> String { value.map { $0 ? "yes" : "no" } ?? "unknown" }
    count = cameras.count
    status = tally { $0.status.rawValue }
    strict = cameras.count(where: \.isStrict)
    lenient = cameras.count(where: \.isUsed)
    assumed = cameras.reduce(into: [:]) { counts, camera in
      for field in camera.isUsed ? camera.sight?.assumed ?? [] : [] { counts[field.rawValue, default: 0] += 1 }
    }
    unreadableValues = cameras.reduce(0) { $0 + $1.camera.unreadable.count }
    largestSnapMetres = rounded(cameras.compactMap { $0.placement?.distance }.max() ?? 0, 3)
    kinds = tally { $0.camera.kind?.rawValue ?? "unknown" }
    operatorClasses = tally { $0.camera.operatorClass ?? "unknown" }
    inService = tally { yesNo($0.camera.isInService) }
    networked = tally { yesNo($0.camera.isNetworked) }
    viewAreaStrict = rounded(cameras.reduce(0) { $0 + ($1.isStrict ? $1.view.area : 0) }, 3)
    viewAreaLenient = rounded(cameras.reduce(0) { $0 + ($1.isUsed ? $1.view.area : 0) }, 3)
  }
}

extension CoverageFigures.Places {
  init(_ figures: Figures<CountFigure>, _ places: [AuditedPlace]) {
    covered = figures.lenient.all.share
    coveredStrict = figures.strict.all.share
    notAssessable = places.count { !$0.isAssessable }
    self.figures = figures
  }
}

extension CoverageFigures.Extent {
  init(_ figures: Figures<DepthFigure>, unit: String) {
    covered = figures.lenient.all.share
    coveredStrict = figures.strict.all.share
    self.unit = unit
    self.figures = figures
  }
}

extension CoverageFigures.Parent {
  init(_ code: String, _ members: [AuditedGrid], hasPlaces: Bool, hasRoads: Bool) {
    self.init(
      code: code, grids: members.count, figures: GridAudit.total(members),
      keyPlaces: hasPlaces ? members.map(\.keyPlaces).reduce(PlaceTally(), +).figures : nil,
      crossings: hasRoads ? members.map(\.crossings).reduce(PlaceTally(), +).figures : nil,
      roads: hasRoads ? members.map(\.roads).reduce(RoadTally(), +).figures : nil)
  }
}

extension CoverageFigures.Redundant.Reading {
  init(_ result: CoverageRedundancy.Result) {
    cameras = result.cameras
    redundant = result.single.count
    smallestSetFound = result.sufficient.count
    smallestSetAtLeast = result.atLeast
  }
}

extension CoverageFigures.Reach {
  init(_ cameras: [AuditedCamera]) {
    lenient = Self.concerns(cameras)
    strict = Self.concerns(cameras.filter(\.isStrict))
    note = "Geometry finds places to check on site, no violations. Floors, curtains and privacy masks are not known."
  }

  private static func concerns(_ cameras: [AuditedCamera]) -> [String: Concern] {
    var concerns: [String: Concern] = [:]
    var known: [String: Set<String>] = [:]
    var unknown: [String: Set<String>] = [:]
    for camera in cameras where camera.isUsed {
      for name in Set(camera.reach.targets.map(\.concern.rawValue)) {
        concerns[name, default: .init()].cameras += 1
      }
      for target in camera.reach.targets {
        let name = target.concern.rawValue
        if target.isKnown { known[name, default: []].insert(target.id) } else { unknown[name, default: []].insert(target.id) }
        concerns[name]!.wallMetres += target.length
        concerns[name]!.groundSquareMetres += target.area
      }
    }
    for name in concerns.keys {
      concerns[name]!.places = known[name]?.count ?? 0
      concerns[name]!.placesOfUnknownUse = unknown[name]?.count ?? 0
      concerns[name]!.wallMetres = rounded(concerns[name]!.wallMetres, 2)
      concerns[name]!.groundSquareMetres = rounded(concerns[name]!.groundSquareMetres, 2)
    }
    return concerns
  }
}

extension CoverageFigures.Reach.Concern {
  init() { (cameras, places, placesOfUnknownUse, wallMetres, groundSquareMetres) = (0, 0, 0, 0, 0) }
}

/// The definitions that figures rest on, as printed beside them.
enum CoverageDefinitions {
  static func all(_ request: CoverageRequest) -> [String: String] {
    let rules = request.rules
    return [
      "strict": "Cameras whose position, direction, field of view and range are all given; in service and networked only where stated.",
      "lenient": "All cameras with a view, with the profile's defaults for what is missing; each default is counted under cameras.assumed.",
      "view": "The sector of a camera on the ground, cut by building footprints, by the near limit where mount, tilt and vertical field of view are given, and by the ground range; arcs inscribed within \(request.arcTolerance) m, so that coverage is never overstated.",
      "eye": "A camera without \(request.snap.standoff) m of free space around it is moved to the nearest point that has it, at most \(request.snap.maximum) m; deeper inside a footprint it is not used.",
      "keyPlaces": "A point is covered where at least k cameras have it in view within their ground range for the level; an area where at least k cameras see \(rules.areaShare) of its open ground (area minus buildings).",
      "crossings": "A point that at least three arms of roads share is covered where every arm has at least \(rules.armShare) of its first \(rules.armLength) m in view.",
      "roads": "Length of road centre lines in view of at least k cameras, over their whole length; tunnels and indoor ways are left out.",
      "openSpace": "Area in view of at least k cameras over the open area (declared areas minus buildings).",
      "grids": "Area in view of at least k cameras over the open area of the grid (area minus buildings). Areas are exact but for rounding.",
      "reach": "Walls and ground in view within the ground range of the level \(request.reachLevel), arcs circumscribed, walls seen at most \(rules.largestIncidence) degrees from their normal.",
      "redundancy": "A camera is redundant where without it every covered key point keeps its cameras, every seen stretch of road stays seen, and every sample (about 400 an area) keeps as many as it needs and has. The smallest set is greedy; no sufficient set is smaller than smallestSetAtLeast.",
    ]
  }
}
