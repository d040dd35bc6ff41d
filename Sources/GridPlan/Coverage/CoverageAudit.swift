import Coverage
import Foundation
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
  /// - Throws: `MapFileError`, `GeoreferenceError`.
  public init(_ request: CoverageRequest) throws {
    var clock = CoverageClock()
    let input = try CoverageInput(request)
    clock.lap("read")
    self.init(request, input, clock)
  }

  /// Audits layers that have been read.
  init(_ request: CoverageRequest, _ input: CoverageInput, _ clock: CoverageClock = CoverageClock()) {
    var clock = clock
    let walls = WallIndex(footprints: input.buildings.geometries.map { $0?.polygons ?? [] })
    var cameras = AuditedCamera.all(input, walls: walls, request)
    clock.lap("place")
    let arcs = ArcRule(.tolerance(request.arcTolerance))
    for (index, view) in walls.views(of: cameras, arcs: arcs, range: { $0.range }).enumerated() {
      cameras[index].view = view
    }
    clock.lap("views")
    let looker = CoverageLooker(request: request, input: input, walls: walls, cameras: cameras)
    let found = looker.look()
    clock.lap("coverage")
    for (index, reach) in ReachAudit(input, walls: walls, request).reaches(of: cameras).enumerated() {
      cameras[index].reach = reach
    }
    clock.lap("reach")
    let redundancy = found.redundancy()
    redundancy?.mark(&cameras)
    for index in cameras.indices { cameras[index].grid = found.grid(ofCamera: index) }
    clock.lap("redundancy")
    self.request = request
    self.input = input
    crs = input.crs
    self.cameras = cameras
    (places, spaces, roads, subsets) = (found.places, found.spaces, found.roads, found.subsets)
    grids = found.grids?.grids ?? []
    report = CoverageReport(
      request: request, input: input, cameras: cameras, found: found, redundancy: redundancy, timings: clock.laps)
  }
}

/// Seconds of each step.
struct CoverageClock {
  private(set) var laps: [String: Double] = [:]
  private var last = Date()

  mutating func lap(_ name: String) {
    let now = Date()
    laps[name] = rounded(now.timeIntervalSince(last), 3)
    last = now
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
    return CoverageFindings(
      cameras: cameras, views: views, subsets: subsets, rules: request.rules,
      places: input.keyPlaces.map(keyPlaces.places) ?? [],
      spaces: input.openSpace.map(keyPlaces.places) ?? [],
      roads: input.roads.map { RoadAudit($0, views: views, armLength: request.rules.armLength) },
      grids: grids, cameraGrids: cameraGrids, seenArea: seenArea(views, subsets, grids))
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
