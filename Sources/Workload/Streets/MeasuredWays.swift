internal import Parallel
public import Planar

/// Where the rounds of a grid stop (m).
public struct GridPlaces: Sendable {
  public var doors: [Point]
  public var places: [Point]

  public init(doors: [Point] = [], places: [Point] = []) {
    self.doors = doors
    self.places = places
  }
}

/// The ways of a grid along the streets, and how good they are.
public struct MeasuredWays: Sendable {
  public var ways: GridWays
  /// The rounds together against their bounds, (length − bound)/bound.
  public var gap: Double
  /// Lengths and bounds of the rounds, for sums over grids.
  public var length: Double
  public var lowerBound: Double
  /// Pairs of stops that no street joins; their way is the straight one times the detour.
  public var unconnectedPairs: Int
  /// Whether there were more stops than a round is searched over, so that the law stands.
  public var isTooLarge: Bool
}

/// The most stops of one round along streets; beyond, lengths are estimated.
public let longestRound = 1500

/// The rounds of each grid along the streets, in the grids' order.
///
/// The same on any number of threads. O(Σ stops² · log) over the grids, on all cores.
/// - Parameters:
///   - grids: the places of each grid.
///   - network: the streets.
///   - constants: speeds and the detour.
///   - kicks: effort of the round search for each stop (`shortRound`).
public func measuredWays(
  of grids: [GridPlaces], on network: StreetNetwork, constants: WorkloadConstants, kicks: Int = 1
) -> [MeasuredWays] {
  let parts = chunks(of: grids.count, parts: 64)
  return parallelMap(count: parts.count) { part in
    var surveyor = StreetSurveyor(network, detour: constants.detour)
    return parts[part].map { surveyor.measure(grids[$0], kicks: kicks) }
  }.flatMap { $0 }
}

extension StreetSurveyor {
  mutating func measure(_ grid: GridPlaces, kicks: Int) -> MeasuredWays {
    var result = MeasuredWays(
      ways: GridWays(), gap: 0, length: 0, lowerBound: 0, unconnectedPairs: 0, isTooLarge: false)
    result.ways.doorRound = round(grid.doors, kicks, &result)
    result.ways.placeRound = round(grid.places, kicks, &result)
    if result.lowerBound > 0 { result.gap = max(0, result.length / result.lowerBound - 1) }
    return result
  }

  /// The length of a round; nil where there is none to measure.
  private mutating func round(_ stops: [Point], _ kicks: Int, _ result: inout MeasuredWays) -> Double? {
    guard !stops.isEmpty else { return nil }
    guard stops.count <= longestRound else {
      result.isTooLarge = true
      return nil
    }
    let matrix = ways(between: stops)
    let round = shortRound(matrix, kicks: kicks)
    if result.ways.eventWay == nil, stops.count > 1 { result.ways.eventWay = matrix.mean }
    result.length += round.length
    result.lowerBound += round.lowerBound
    result.unconnectedPairs += matrix.unconnectedPairs
    return round.length
  }
}

/// The mean way from each base to the doors of each grid (m): rows are bases, columns grids.
///
/// Along the streets for up to 500 bases, one search over the whole network each, with at most ten
/// doors of a grid in even steps; beyond, straight with the detour. `middle` stands for a grid
/// without doors. On all cores.
public func baseWays(
  from bases: [Point], to grids: [GridPlaces], middles: [Point], on network: StreetNetwork,
  constants: WorkloadConstants
) -> [[Double]] {
  let targets = zip(grids, middles).map { grid, middle in
    let doors = grid.doors.isEmpty ? [middle] : grid.doors
    let step = max(1, (doors.count + 9) / 10)
    return stride(from: 0, to: doors.count, by: step).map { doors[$0] }
  }
  guard !network.isEmpty, bases.count <= 500 else {
    return bases.map { base in
      targets.map { $0.reduce(0) { $0 + constants.detour * base.distance(to: $1) } / Double($0.count) }
    }
  }
  let attached = AttachedGroups(targets, network)
  let parts = chunks(of: bases.count, parts: 64)
  return parallelMap(count: parts.count) { part in
    var surveyor = StreetSurveyor(network, detour: constants.detour)
    return parts[part].map { surveyor.meanWays(from: bases[$0], to: attached) }
  }.flatMap { $0 }
}
