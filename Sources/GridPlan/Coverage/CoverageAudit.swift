import Coverage
public import Georeference
import MapFiles
import Parallel
import PlanModel
import Planar

/// An audit of public cameras: what they see, what they reach, which of them are redundant.
public struct CoverageAudit: Sendable {
  public let request: CoverageRequest
  /// The working CRS; all geometry here is in it, in metres.
  public let crs: CRS
  public let cameras: [AuditedCamera]
  public let report: CoverageReport

  let input: CoverageInput
  let places: [AuditedPlace]
  let spaces: [AuditedPlace]
  let roads: RoadAudit?
  let grids: [AuditedGrid]
  let subsets: CameraSubsets

  /// Reads the layers and audits. Views of 420,000 cameras among 400,000 buildings take some
  /// seconds; what remains is mostly reading and writing.
  /// - Parameters:
  ///   - request: the layers and what is asked of them.
  ///   - progress: told of each step as it begins.
  /// - Throws: `MapFileError`, `GeoreferenceError`.
  public init(_ request: CoverageRequest, progress: any PlanProgress = SilentProgress()) throws {
    var clock = StepClock(progress: progress)
    let input = try clock.step("read", "reading layers", "读取图层") { try CoverageInput(request) }
    self.init(request, input, clock)
  }

  /// Audits layers that have been read.
  init(_ request: CoverageRequest, _ input: CoverageInput, _ clock: StepClock = StepClock(progress: SilentProgress())) {
    var clock = clock
    let (walls, placed) = clock.step("place", "placing cameras", "定位摄像机") {
      let walls = WallIndex(footprints: input.buildings.geometries.map { $0?.polygons ?? [] })
      return (walls, AuditedCamera.all(input, walls: walls, request))
    }
    var cameras = placed
    let arcs = ArcRule(.tolerance(request.arcTolerance))
    let views = clock.step("views", "computing views", "计算视域") { walls.views(of: placed, arcs: arcs) { $0.range } }
    for (index, view) in views.enumerated() { cameras[index].view = view }
    let looker = CoverageLooker(request: request, input: input, walls: walls, cameras: cameras)
    let found = clock.step("coverage", "measuring what is covered", "计算覆盖") { looker.look() }
    let reaches = clock.step("reach", "finding what is reached", "查找可及住宅") {
      ReachAudit(input, walls: walls, request).reaches(of: looker.cameras)
    }
    for (index, reach) in reaches.enumerated() { cameras[index].reach = reach }
    let redundancy = clock.step("redundancy", "finding redundant cameras", "查找冗余摄像机") { found.redundancy() }
    redundancy?.mark(&cameras)
    for index in cameras.indices { cameras[index].grid = found.grid(ofCamera: index) }
    self.request = request
    self.input = input
    crs = input.crs
    self.cameras = cameras
    (places, spaces, roads, subsets) = (found.places, found.spaces, found.roads, found.subsets)
    grids = found.grids?.grids ?? []
    report = CoverageReport(
      request: request, input: input, cameras: cameras, found: found, redundancy: redundancy, timings: clock.timings)
  }
}

/// Looks at every declared place.
struct CoverageLooker {
  let request: CoverageRequest
  let input: CoverageInput
  let walls: WallIndex
  let cameras: [AuditedCamera]

  func look() -> CoverageFindings {
    let subsets = CameraSubsets(
      cameras, assumesInService: request.profile.isInService, assumesNetworked: request.profile.isNetworked)
    let views = ViewSet(cameras.map(\.view))
    let footprints = ViewSet(
      input.buildings.geometries.map { View(polygons: $0?.polygons ?? [], area: 0, walls: []) })
    let keyPlaces = KeyPlaceAudit(
      request: request, walls: walls, cameras: cameras, subsets: subsets, footprints: footprints)
    var grids = input.grids.map { GridAudit($0, codeField: request.codeField) }
    grids?.look(with: views, footprints: footprints, subsets: subsets)
    let cameraGrids = grids.map { gridsOfCameras($0) } ?? []
    for grid in cameraGrids.compactMap({ $0 }) { grids?.grids[grid].cameras += 1 }
    var found = CoverageFindings(
      cameras: cameras, views: views, subsets: subsets, rules: request.rules,
      places: input.keyPlaces.map(keyPlaces.places) ?? [],
      spaces: input.openSpace.map(keyPlaces.places) ?? [],
      roads: input.roads.map { RoadAudit($0, views: views, armLength: request.rules.armLength) },
      grids: grids, cameraGrids: cameraGrids, seenArea: seenArea(views, subsets, grids))
    found.tallyGrids()
    return found
  }

  /// The number of each camera's grid: as settled before, else by its position.
  private func gridsOfCameras(_ grids: GridAudit) -> [Int?] {
    if let codes = input.cameraGrids {
      let numbers = Dictionary(grids.grids.enumerated().map { ($1.code, $0) }, uniquingKeysWith: min)
      return codes.map { code in code.flatMap { numbers[$0] } }
    }
    let parts = chunks(of: cameras.count, parts: max(1, cameras.count / 1024))
    return parallelMap(count: parts.count) { part in
      parts[part].map { grids.grid(of: cameras[$0].camera.position) }
    }.flatMap { $0 }
  }

  /// The area in view altogether: by tiles, so that all cores take part.
  private func seenArea(_ views: ViewSet, _ subsets: CameraSubsets, _ grids: GridAudit?) -> [[Double]] {
    var frame = Box.empty
    for camera in cameras { for polygon in camera.view.polygons { frame.formUnion(polygon.box) } }
    guard !frame.isEmpty else { return Array(repeating: [0, 0, 0], count: 6) }
    let tiles = frame.tiles(of: 250)
    return subsets.results { member in
      views.covered(tiles.map { [Polygon($0)] }, depth: 3) { member[$0] }
        .reduce(into: [0.0, 0, 0]) { sums, tile in for k in 0..<3 { sums[k] += tile.atLeast[k] } }
    }
  }
}

extension Box {
  /// Equal tiles of about `size` that make up the box.
  func tiles(of size: Double) -> [Box] {
    let columns = max(1, Int((width / size).rounded(.up)))
    let rows = max(1, Int((height / size).rounded(.up)))
    func x(_ i: Int) -> Double { i == columns ? max.x : min.x + width * Double(i) / Double(columns) }
    func y(_ j: Int) -> Double { j == rows ? max.y : min.y + height * Double(j) / Double(rows) }
    return (0..<rows).flatMap { j -> [Box] in
      (0..<columns).map { i -> Box in
        Box(min: Point(x: x(i), y: y(j)), max: Point(x: x(i + 1), y: y(j + 1)))
      }
    }
  }

  private func max(_ a: Int, _ b: Int) -> Int { Swift.max(a, b) }
}
