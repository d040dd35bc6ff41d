import Coverage
import Planar

/// What was found about declared places, before it is written down.
struct CoverageFindings {
  let cameras: [AuditedCamera]
  let views: ViewSet
  let subsets: CameraSubsets
  let rules: CoverageRules
  let places: [AuditedPlace]
  let spaces: [AuditedPlace]
  let roads: RoadAudit?
  var grids: GridAudit?
  /// The number of each camera's grid; empty without grids.
  let cameraGrids: [Int?]
  /// For each subset of cameras the area in view of at least 1, 2 and 3.
  let seenArea: [[Double]]

  /// The code of a camera's grid.
  func grid(ofCamera index: Int) -> String? {
    guard let grids, let number = cameraGrids[index] else { return nil }
    return grids.grids[number].code
  }

  /// Whether a place is covered, for each subset.
  func isCovered(_ place: AuditedPlace) -> [Bool] {
    subsets.members.enumerated().map { place.isCovered(subset: $0, member: $1, areaShare: rules.areaShare) }
  }

  func placeFigures(_ places: [AuditedPlace]) -> Figures<CountFigure> {
    let known = places.filter(\.isAssessable)
    let covered = known.map(isCovered)
    return CameraSubsets.figures((0..<6).map { subset in CountFigure(covered.count { $0[subset] }, of: known.count) })
  }

  func spaceFigures() -> Figures<DepthFigure> {
    let polygons = spaces.map(\.polygons)
    let open = spaces.reduce(0) { $0 + ($1.openArea ?? 0) }
    return subsets.figures { member in
      let sums = views.covered(polygons, depth: 3) { member[$0] }
        .reduce(into: [0.0, 0, 0]) { sums, area in for k in 0..<3 { sums[k] += area.atLeast[k] } }
      return DepthFigure(sums, of: open)
    }
  }

  func crossingFigures() -> Figures<CountFigure>? {
    roads.map { roads in
      subsets.figures { member in
        let covered = roads.crossings.indices.count { roads.isCovered($0, member, armShare: rules.armShare) }
        return CountFigure(covered, of: roads.crossings.count)
      }
    }
  }

  // MARK: Redundancy

  /// Nil where no place is declared whose coverage could be kept.
  func redundancy() -> CoverageRedundancy? {
    guard !places.isEmpty || !spaces.isEmpty || roads != nil else { return nil }
    return CoverageRedundancy(
      strict: redundancy(CameraSubsets.strict), lenient: redundancy(CameraSubsets.lenient))
  }

  private func redundancy(_ subset: Int) -> CoverageRedundancy.Result {
    let member = subsets.members[subset]
    let demands = self.demands(subset, member)
    let result = Redundancy(cameras: cameras.count, demands: demands)
    return .init(
      cameras: member.count { $0 }, single: result.single.filter { member[$0] }, sufficient: result.sufficient,
      atLeast: result.atLeast)
  }

  /// What must stay in view: each covered point its number of cameras, each seen stretch of road one,
  /// each sample of an area as many as it needs and has.
  private func demands(_ subset: Int, _ member: [Bool]) -> [CoverDemand] {
    var demands: [CoverDemand] = []
    for place in places + spaces {
      if place.openArea != nil {
        for point in place.samples {
          let seeing = views.cameras(seeing: point).filter { member[$0] }
          demands.append(CoverDemand(cameras: seeing, needed: place.needed))
        }
      } else if place.isCovered(subset: subset, member: member, areaShare: rules.areaShare) {
        demands.append(CoverDemand(cameras: place.cameras.filter { member[$0] }, needed: place.needed))
      }
    }
    for stretch in roads?.roads.joined() ?? [].joined() where stretch.length > 0.01 {
      demands.append(CoverDemand(cameras: stretch.cameras.filter { member[$0] }))
    }
    return demands.filter { !$0.cameras.isEmpty }
  }
}

extension AuditedPlace {
  /// Points of an area, about 400 and no closer than a metre, on a grid.
  var samples: [Point] {
    let box = polygons.reduce(Box.empty) { $0.union($1.box) }
    let step = max(1, (box.width * box.height / 400).squareRoot())
    guard step.isFinite, step > 0 else { return [] }
    return box.tiles(of: step).map(\.center).filter { point in polygons.contains { $0.locate(point) == .inside } }
  }
}

/// Redundancy under both readings.
struct CoverageRedundancy {
  struct Result {
    var cameras: Int
    var single: [Int]
    var sufficient: [Int]
    var atLeast: Int
  }

  var strict: Result
  var lenient: Result

  /// Marks cameras by the lenient reading, which has them all.
  func mark(_ cameras: inout [AuditedCamera]) {
    for index in cameras.indices where cameras[index].isUsed {
      cameras[index].isRedundant = false
      cameras[index].isInSufficientSet = false
    }
    for index in lenient.single { cameras[index].isRedundant = true }
    for index in lenient.sufficient { cameras[index].isInSufficientSet = true }
  }
}
