// Views per second over a file of cameras and rectangles.
//
//   coverage-benchmark views CAMS.bin [AREAS.bin]
//   coverage-benchmark union CAMS.bin GRIDS.bin
//
// CAMS.bin as the peers' cam_common.py writes it: int64 cameras, int64 buildings, cameras × (x y
// azimuth hfov range), buildings × 4 corners. AREAS.bin gets a double for each view.
import Coverage
import Foundation
import Planar

func read(_ path: String) -> (sectors: [Sector], polygons: [Polygon]) {
  let data = FileManager.default.contents(atPath: path)!
  return data.withUnsafeBytes { raw in
    let counts = (raw.load(as: Int64.self), raw.load(fromByteOffset: 8, as: Int64.self))
    let values = UnsafeRawBufferPointer(rebasing: raw[16...]).bindMemory(to: Double.self)
    let cameras = Int(counts.0)
    let sectors = (0..<cameras).map { i in
      Sector(
        eye: Point(x: values[5 * i], y: values[5 * i + 1]), azimuth: values[5 * i + 2],
        fieldOfView: values[5 * i + 3], range: values[5 * i + 4])
    }
    let polygons = (0..<Int(counts.1)).map { i in
      let at = 5 * cameras + 8 * i
      return Polygon(exterior: Ring((0..<4).map { Point(x: values[at + 2 * $0], y: values[at + 2 * $0 + 1]) }))
    }
    return (sectors, polygons)
  }
}

func readGrids(_ path: String) -> [Polygon] {
  let data = FileManager.default.contents(atPath: path)!
  return data.withUnsafeBytes { raw in
    var at = 0
    func integer() -> Int {
      defer { at += 8 }
      return Int(raw.load(fromByteOffset: at, as: Int64.self))
    }
    func number() -> Double {
      defer { at += 8 }
      return raw.load(fromByteOffset: at, as: Double.self)
    }
    return (0..<integer()).map { _ in
      let rings = (0..<integer()).map { _ in Ring((0..<integer()).map { _ in Point(x: number(), y: number()) }) }
      return Polygon(exterior: rings[0], holes: Array(rings.dropFirst()))
    }
  }
}

func cpuSeconds() -> Double {
  var usage = rusage()
  #if canImport(Glibc)
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  #else
    getrusage(RUSAGE_SELF, &usage)
  #endif
  func seconds(_ t: timeval) -> Double { Double(t.tv_sec) + Double(t.tv_usec) / 1e6 }
  return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

func timed<T>(_ body: () -> T) -> (T, wall: Double, cpu: Double) {
  let wall = Date()
  let cpu = cpuSeconds()
  let value = body()
  return (value, Date().timeIntervalSince(wall), cpuSeconds() - cpu)
}

let arguments = CommandLine.arguments
let (sectors, polygons) = read(arguments[2])
let (walls, indexWall, _) = timed { WallIndex(polygons: polygons) }
let arcs = ArcRule(.step(2))
var best = (wall: Double.infinity, cpu: Double.infinity)
var views: [View] = []
for _ in 0..<5 {
  let (result, wall, cpu) = timed { walls.views(of: sectors, arcs: arcs) }
  views = result
  best = (min(best.wall, wall), min(best.cpu, cpu))
}
let n = Double(sectors.count)
let area = views.reduce(0) { $0 + $1.area }
print(
  String(
    format: "{\"cameras\": %d, \"index_s\": %.3f, \"us_per_view\": %.3f, \"cpu_us_per_view\": %.3f, \"area_m2\": %.3f}",
    sectors.count, indexWall, best.wall / n * 1e6, best.cpu / n * 1e6, area))
if arguments[1] == "union" {
  let grids = readGrids(arguments[3])
  let (candidates, joinWall, _) = timed {
    let cells = BoxCells(views.map { $0.polygons.reduce(Box.empty) { $0.union($1.box) } })
    return grids.map { cells.indices(meeting: $0.box) }
  }
  var best = (wall: Double.infinity, cpu: Double.infinity)
  var covered: [CoveredArea] = []
  for _ in 0..<3 {
    let (result, wall, cpu) = timed { CoveredArea.each(of: views, within: grids.map { [$0] }, candidates: candidates) }
    covered = result
    best = (min(best.wall, wall), min(best.cpu, cpu))
  }
  let total = covered.reduce(0) { $0 + $1.atLeast[0] }
  print(
    String(
      format: "{\"grids\": %d, \"box_pairs\": %d, \"join_s\": %.3f, \"union_s\": %.3f, \"union_cpu_s\": %.3f, \"covered_m2\": %.3f}",
      grids.count, candidates.reduce(0) { $0 + $1.count }, joinWall, best.wall, best.cpu, total))
} else if arguments.count > 3 {
  let areas = views.map(\.area)
  try areas.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: arguments[3]))
}
