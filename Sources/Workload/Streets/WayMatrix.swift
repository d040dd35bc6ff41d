internal import Parallel
public import Planar

/// Ways in metres between all pairs of some places: symmetric, 0 on the diagonal.
public struct WayMatrix: Sendable {
  public let count: Int
  private var ways: [Double]
  /// Pairs that no street joins, for which the straight way times the detour stands.
  public internal(set) var unconnectedPairs = 0

  init(count: Int) {
    self.count = count
    ways = Array(repeating: 0, count: count * count)
  }

  /// Straight ways between `places`.
  public init(straightBetween places: [Point]) {
    self.init(count: places.count)
    fill { places[$0].distance(to: places[$1]) }
  }

  public subscript(i: Int, j: Int) -> Double { ways[i * count + j] }

  /// The ways from one place to all others, by number.
  func row(_ i: Int) -> ArraySlice<Double> { ways[(i * count)..<((i + 1) * count)] }

  mutating func fill(_ way: (Int, Int) -> Double) {
    for i in 0..<count {
      for j in 0..<i {
        let value = way(i, j)
        ways[i * count + j] = value
        ways[j * count + i] = value
      }
    }
  }

  func withRows<Result>(_ body: (UnsafeBufferPointer<Double>) -> Result) -> Result {
    ways.withUnsafeBufferPointer(body)
  }

  /// The mean way between two different places; 0 where there are fewer than two.
  public var mean: Double {
    count > 1 ? ways.reduce(0, +) / Double(count * (count - 1)) : 0
  }
}

/// Computes ways in a street network; one per thread, since it keeps its arrays between calls.
public struct StreetSurveyor {
  private let network: StreetNetwork
  private let detour: Double
  private var paths: ShortestPaths

  /// - Parameters:
  ///   - network: the streets, with the places joined to them.
  ///   - detour: for a metre as the crow flies between places that no street joins.
  public init(_ network: StreetNetwork, detour: Double) {
    self.network = network
    self.detour = detour
    paths = ShortestPaths(network)
  }

  /// Shortest ways along the streets between all pairs of `places`: from each straight to its
  /// nearest street, and along.
  ///
  /// Places on one street also count the way straight along it. O(n·(E' log V') + n²), E' and V' of
  /// the ball that holds the places.
  public mutating func ways(between places: [Point]) -> WayMatrix {
    var matrix = WayMatrix(count: places.count)
    let stops = places.map { network.pieces.stop(at: $0) }
    guard !stops.contains(where: { $0 == nil }) else {
      matrix.fill { detour * places[$0].distance(to: places[$1]) }
      matrix.unconnectedPairs = places.count * (places.count - 1) / 2
      return matrix
    }
    let table = JunctionTable(network, stops.map { $0! }, &paths)
    var unconnected = 0
    matrix.fill { i, j in
      let along = table.way(i, j)
      if along.isFinite { return stops[i]!.offset + along + stops[j]!.offset }
      unconnected += 1
      return detour * places[i].distance(to: places[j])
    }
    matrix.unconnectedPairs = unconnected
    return matrix
  }

  /// The mean way from `base` to `places`, as in `ways(between:)`; 0 where there are none.
  public mutating func meanWay(from base: Point, to places: [Point]) -> Double {
    meanWays(from: base, to: AttachedGroups([places], network))[0]
  }

  /// The mean way from `base` to each group of places, by one search over the whole network.
  mutating func meanWays(from base: Point, to groups: AttachedGroups) -> [Double] {
    let start = network.pieces.stop(at: base)
    if let start { paths.search(from: start) }
    return groups.groups.map { places in
      guard !places.isEmpty else { return 0 }
      return places.reduce(0) { $0 + way(from: base, start, to: $1) } / Double(places.count)
    }
  }

  private func way(from base: Point, _ start: StreetStop?, to target: AttachedGroups.Place) -> Double {
    guard let start, let stop = target.stop else { return detour * base.distance(to: target.point) }
    var along = paths.distance(to: stop)
    if stop.edge == start.edge { along = min(along, abs(stop.along - start.along)) }
    return along.isFinite ? start.offset + along + stop.offset : detour * base.distance(to: target.point)
  }
}

/// Groups of places with the streets they are at, found once for many searches.
struct AttachedGroups: Sendable {
  struct Place: Sendable {
    var point: Point
    var stop: StreetStop?
  }

  let groups: [[Place]]

  init(_ groups: [[Point]], _ network: StreetNetwork) {
    let parts = chunks(of: groups.count, parts: 64)
    self.groups = parallelMap(count: parts.count) { part in
      parts[part].map { groups[$0].map { Place(point: $0, stop: network.pieces.stop(at: $0)) } }
    }.flatMap { $0 }
  }
}

/// Ways between the stops of one round, through the junctions at the ends of their streets.
private struct JunctionTable {
  private let network: StreetNetwork
  private let stops: [StreetStop]
  /// For each stop the positions in `junctions` of the ends of its street.
  private var ends: [(Int, Int)] = []
  private var junctions: [Int32] = []
  /// Ways between junctions, row by row.
  private var ways: [Double] = []

  init(_ network: StreetNetwork, _ stops: [StreetStop], _ paths: inout ShortestPaths) {
    self.network = network
    self.stops = stops
    var position: [Int32: Int] = [:]
    func find(_ junction: Int32) -> Int {
      if let known = position[junction] { return known }
      position[junction] = junctions.count
      junctions.append(junction)
      return junctions.count - 1
    }
    for stop in stops {
      let edge = network.edges[Int(stop.edge)]
      ends.append((find(edge.from), find(edge.to)))
    }
    for junction in junctions {
      let targets = junctions.filter { network.part[Int($0)] == network.part[Int(junction)] }
      paths.search(from: [(junction, 0)], targets: targets)
      for other in junctions { ways.append(paths.distance[Int(other)]) }
    }
  }

  /// Along the streets, without the offsets; infinite where no street joins them.
  func way(_ i: Int, _ j: Int) -> Double {
    let (a, b) = (stops[i], stops[j])
    let (restA, restB) = (rest(a), rest(b))
    let (a1, a2) = (ends[i].0 * junctions.count, ends[i].1 * junctions.count)
    let through = min(
      a.along + min(ways[a1 + ends[j].0] + b.along, ways[a1 + ends[j].1] + restB),
      restA + min(ways[a2 + ends[j].0] + b.along, ways[a2 + ends[j].1] + restB))
    return a.edge == b.edge ? min(through, abs(a.along - b.along)) : through
  }

  private func rest(_ stop: StreetStop) -> Double { max(0, network.edges[Int(stop.edge)].length - stop.along) }
}
