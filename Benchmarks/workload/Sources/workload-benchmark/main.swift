// Times a synthetic city: streets, rounds in every grid, ways from the bases, minutes, staffing.
//
//   swift run -c release workload-benchmark [grids on a side = 100] [posts = 15000] [kicks = 1]
//
// Grids of 300 m × 300 m over streets every 100 m with bent junctions; 40 doors a grid; a base for
// every 50 grids; a fifth of the posts has a second skill, which a tenth of the work asks for.
import Foundation
import PlanModel
import Planar
import Workload

struct Numbers: RandomNumberGenerator {
  var state: UInt64 = 1
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let side = arguments.first ?? 100
let postCount = arguments.dropFirst().first ?? side * side * 3 / 2
let kicks = arguments.dropFirst(2).first ?? 1
var random = Numbers()
let began = Date()
var last = began
var lastCPU = clock()

@MainActor func report(_ step: String, _ note: String = "") {
  let (now, cpu) = (Date(), clock())
  let seconds = String(
    format: "%7.2f s %7.2f s CPU", now.timeIntervalSince(last), Double(cpu - lastCPU) / Double(CLOCKS_PER_SEC))
  print(step.padding(toLength: 16, withPad: " ", startingAt: 0), seconds, note)
  (last, lastCPU) = (now, cpu)
}

// The city.
let blocks = side * 3
var corners: [[Point]] = []
for row in 0...blocks {
  corners.append((0...blocks).map { column in
    Point(
      x: Double(column) * 100 + .random(in: -20...20, using: &random),
      y: Double(row) * 100 + .random(in: -20...20, using: &random))
  })
}
var paths: [StreetPath] = []
for row in 0...blocks { paths.append(StreetPath(points: corners[row])) }
for column in 0...blocks { paths.append(StreetPath(points: corners.map { $0[column] })) }
var places: [GridPlaces] = []
var middles: [Point] = []
for row in 0..<side {
  for column in 0..<side {
    let (x, y) = (Double(column) * 300, Double(row) * 300)
    middles.append(Point(x: x + 150, y: y + 150))
    places.append(
      GridPlaces(doors: (0..<40).map { _ in
        Point(x: x + .random(in: 0...300, using: &random), y: y + .random(in: 0...300, using: &random))
      }))
  }
}
let baseSide = max(1, Int((Double(side * side) / 50).squareRoot()))
let extent = Double(side) * 300
let bases = (0..<baseSide * baseSide).map { number in
  Point(
    x: (Double(number % baseSide) + 0.5) * extent / Double(baseSide),
    y: (Double(number / baseSide) + 0.5) * extent / Double(baseSide))
}
report("made up", "\(side * side) grids, \(paths.count) streets, \(postCount) posts, \(bases.count) bases")
last = Date()
let start = last

let network = StreetNetwork(paths)
report("streets noded", "\(network.junctions.count) junctions, \(Int(network.length / 1000)) km")
var constants = WorkloadConstants()
constants.hoursPerYear = 1600
let measured = measuredWays(of: places, on: network, constants: constants, kicks: kicks)
let length = measured.reduce(0) { $0 + $1.length }
let bound = measured.reduce(0) { $0 + $1.lowerBound }
report("rounds", String(format: "%.0f m a grid, %.2f %% above the bound", length / Double(side * side), (length / bound - 1) * 100))
let ways = baseWays(from: bases, to: places, middles: middles, on: network, constants: constants)
report("ways from bases")

let services = [
  Service(name: "visit", per: .household, timesPerYear: 4, minutes: 25),
  Service(name: "safety", per: .building, timesPerYear: 12, minutes: 10, skill: "technical"),
  Service(name: "office", per: .grid, timesPerYear: 248, minutes: 60),
]
var demands = middles.indices.map { grid in
  GridDemand(
    code: String(grid), households: .random(in: 200...700, using: &random), buildings: 40, hectares: 9, stops: 40,
    ways: measured[grid].ways)
}
let loads = workload(of: demands, services: services, constants: constants)
report("minutes", String(format: "%.0f posts needed", loads.reduce(0) { $0 + $1.workersNeeded }))

let shares = ways.map { $0.map { dayShare(ofWay: $0, speed: constants.walkingSpeed, constants) } }
@MainActor func nearestBase(_ place: Point) -> Int { bases.indices.min { bases[$0].squaredDistance(to: place) < bases[$1].squaredDistance(to: place) }! }
let posts = (0..<postCount).map { number -> StaffingProblem.Post in
  let grid = number * side * side / postCount
  return StaffingProblem.Post(
    id: "W\(number)", minutes: 60 * constants.hoursPerYear * (number % 10 == 0 ? 0.5 : 1),
    skills: number % 5 == 2 ? ["general", "technical"] : ["general"], base: nearestBase(middles[grid]), known: [grid])
}
let needs = loads.enumerated().flatMap { grid, load in
  load.skillMinutes.map { StaffingProblem.Need(grid: grid, skill: $0.skill, minutes: $0.minutes) }
}
last = Date()
let problem = StaffingProblem(posts: posts, needs: needs, grids: demands.map(\.code), places: middles, wayShares: shares)
let staffing = problem.solve()
report("staffing", String(
  format: "largest load %.4f, bound %.4f, gap %.3f %%, %d shares, %d short, %.1f %% new, %.1f %% way",
  staffing.largestLoad, staffing.lowerBound, staffing.gap * 100, staffing.shares.count, staffing.shortages.count,
  staffing.changedMinutes / staffing.shares.reduce(0) { $0 + $1.minutes } * 100,
  staffing.wayMinutes / staffing.shares.reduce(0) { $0 + $1.minutes } * 100))
print("in all", String(format: "%.2f s", Date().timeIntervalSince(start)))
