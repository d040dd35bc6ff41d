internal import Parallel
internal import Planar

/// A city in blocks of neighbouring grids, each staffed by itself after work and hours have been
/// balanced between them.
///
/// Between blocks a transport of work by skill to hours by set of skills settles who helps whom, the
/// nearest first; so every block can be served at the load that the whole allows. Within a block all
/// pairs are looked at. Changes and ways are optimal in each block, not across them.
struct StaffingBlocks {
  private let solver: StaffingSolver
  private let anchors: [Point]
  private var needsOf: [[Int]]
  private var postsOf: [[Int]]
  private var middles: [Point]
  private let skills: [String]
  private let kinds: [[String]]
  private let kindOf: [Int]

  init(_ solver: StaffingSolver, anchors: [Point]) {
    self.solver = solver
    self.anchors = anchors
    let grids = solver.problem.places.count
    let size = max(64, (grids + 149) / 150)
    let count = (grids + size - 1) / size
    var blockOf = Array(repeating: 0, count: grids)
    for (position, grid) in walkThrough(solver.problem.places).enumerated() { blockOf[grid] = position / size }
    needsOf = Array(repeating: [], count: count)
    postsOf = needsOf
    for need in solver.needs.indices { needsOf[blockOf[solver.needs[need].grid]].append(need) }
    let index = BoxIndex(solver.problem.places.map { Box(min: $0, max: $0) })
    for post in solver.posts.indices {
      let nearest = index.nearest(to: anchors[post]) { anchors[post].distance(to: solver.problem.places[$0]) }
      postsOf[blockOf[nearest?.item ?? 0]].append(post)
    }
    middles = needsOf.map { needs in
      let sum = needs.reduce(Point(x: 0, y: 0)) { $0 + solver.problem.places[solver.needs[$1].grid] }
      return sum * (1 / Double(max(1, needs.count)))
    }
    skills = Set(solver.needs.map(\.skill)).sorted()
    let sets = solver.posts.map { Set(solver.problem.posts[$0].skills).sorted() }
    kinds = Set(sets).sorted { $0.lexicographicallyPrecedes($1) }
    let kinds = kinds
    kindOf = sets.map { set in kinds.firstIndex(of: set)! }
  }

  /// Shares for capacities in units. All blocks at once, on all cores.
  func shares(capacities: [Int]) -> [Staffing.Share] {
    let parts = parts(capacities)
    let solved = parallelMap(count: parts.count) { block -> [Staffing.Share] in
      let part = solver.part(parts[block], posts: postsOf[block])
      guard !part.needs.isEmpty, !part.posts.isEmpty else { return [] }
      let candidates = StaffingCandidates(part, anchors: postsOf[block].map { anchors[$0] })
      var transport = StaffingTransport(part, candidates, rounds: 2)
      return transport.shares(capacities: postsOf[block].map { capacities[$0] })
    }
    return solved.flatMap { $0 }.sorted { ($0.post, $0.grid, $0.skill) < ($1.post, $1.grid, $1.skill) }
  }

  /// For each block the needs that its posts serve, with the units of each.
  private func parts(_ capacities: [Int]) -> [[(need: Int, units: Int)]] {
    let flows = exchange(capacities)
    var result = Array(repeating: [(need: Int, units: Int)](), count: needsOf.count)
    for block in needsOf.indices {
      for skill in skills.indices {
        var left = needsOf[block].filter { solver.needs[$0].skill == skills[skill] }.map { (need: $0, units: solver.units[$0]) }
        for (other, units) in flows[block * skills.count + skill] where other != block {
          let out = take(units, from: &left, towards: middles[other], awayFrom: middles[block])
          result[other] += out
        }
        result[block] += left.filter { $0.units > 0 }
      }
    }
    return result
  }

  /// Units of each block's work in each skill that each block takes; at position block · skills + skill.
  private func exchange(_ capacities: [Int]) -> [[(block: Int, units: Int)]] {
    var work = Array(repeating: 0, count: needsOf.count * skills.count)
    for block in needsOf.indices {
      for need in needsOf[block] { work[block * skills.count + skills.firstIndex(of: solver.needs[need].skill)!] += solver.units[need] }
    }
    var room = Array(repeating: 0, count: postsOf.count * kinds.count)
    for block in postsOf.indices {
      for post in postsOf[block] { room[block * kinds.count + kindOf[post]] += capacities[post] }
    }
    let supplies = work.indices.filter { work[$0] > 0 }
    let places = room.indices.filter { room[$0] > 0 }
    var arcs: [Transport.Arc] = []
    for (s, supply) in supplies.enumerated() {
      for (p, place) in places.enumerated() where kinds[place % kinds.count].contains(skills[supply % skills.count]) {
        let way = middles[supply / skills.count].distance(to: middles[place / kinds.count])
        arcs.append(.init(supply: Int32(s), place: Int32(p), cost: Int(min(way, 1e9))))
      }
    }
    let solved = Transport(supplies: supplies.map { work[$0] }, capacities: places.map { room[$0] }, arcs: arcs)
    var flows = Array(repeating: [(block: Int, units: Int)](), count: work.count)
    for (number, arc) in arcs.enumerated() where solved.flow[number] > 0 {
      flows[supplies[Int(arc.supply)]].append((places[Int(arc.place)] / kinds.count, solved.flow[number]))
    }
    return flows
  }

  /// Takes units off the needs that lie towards another block.
  private func take(
    _ units: Int, from left: inout [(need: Int, units: Int)], towards other: Point, awayFrom own: Point
  ) -> [(need: Int, units: Int)] {
    func rank(_ need: Int) -> Double {
      let place = solver.problem.places[solver.needs[need].grid]
      return place.distance(to: other) - place.distance(to: own)
    }
    var open = units
    var taken: [(need: Int, units: Int)] = []
    let order = left.indices.sorted { (rank(left[$0].need), $0) < (rank(left[$1].need), $1) }
    for index in order where open > 0 && left[index].units > 0 {
      let part = min(open, left[index].units)
      left[index].units -= part
      open -= part
      taken.append((left[index].need, part))
    }
    return taken
  }
}

extension StaffingSolver {
  /// The same for some posts and parts of some needs.
  func part(_ parts: [(need: Int, units: Int)], posts own: [Int]) -> StaffingSolver {
    var part = self
    part.needs = parts.map { item in
      var need = needs[item.need]
      need.minutes *= Double(item.units) / Double(units[item.need])
      return need
    }
    part.units = parts.map(\.units)
    part.leastShare = parts.map { leastShare[$0.need] }
    part.posts = own.map { posts[$0] }
    part.capacity = own.map { capacity[$0] }
    return part
  }
}
