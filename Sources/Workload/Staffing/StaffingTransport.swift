internal import Planar

/// Brings the work to the posts at the least cost: changes first, then ways, then nearness.
struct StaffingTransport {
  private let solver: StaffingSolver
  private let candidates: StaffingCandidates
  private let rounds: Int
  /// Need and post of each arc, by position.
  private var arcs: [Transport.Arc] = []
  private var supplies: [Int] { solver.units }

  /// - Parameter rounds: how often posts are drawn to the middle of their work.
  init(_ solver: StaffingSolver, _ candidates: StaffingCandidates, rounds: Int = 3) {
    self.solver = solver
    self.candidates = candidates
    self.rounds = rounds
    for (need, posts) in candidates.posts.enumerated() {
      for post in posts { arcs.append(Transport.Arc(supply: Int32(need), place: post, cost: 0)) }
    }
  }

  /// Shares for capacities in units: where posts have no grids to stay with, they are drawn to
  /// neighbouring ones in a few rounds of moving each post's anchor to the middle of its work.
  mutating func shares(capacities: [Int]) -> [Staffing.Share] {
    var anchors = candidates.anchors
    var shares: [Staffing.Share] = []
    for _ in 0..<rounds {
      price(anchors)
      let solved = Transport(supplies: supplies, capacities: capacities, arcs: arcs)
      shares = self.shares(of: solved)
      anchors = moved(anchors, shares)
    }
    return shares
  }

  /// Whole-number costs in which one more unit of a higher aim outweighs any exchange of lower ones.
  private mutating func price(_ anchors: [Point]) {
    let problem = solver.problem
    let box = Box(around: problem.places)
    let extent = max(box.width + box.height, 1)
    let steps = 2000.0
    // A cycle of exchanges passes each need and post once at most; longer ones than this are rare.
    let cycle = min(2 * (solver.needs.count + solver.posts.count), 600)
    let wayWeight = Int(steps) * cycle
    let changeWeight = (Int(steps) * (wayWeight + 1)) * cycle
    for number in arcs.indices {
      let need = solver.needs[Int(arcs[number].supply)]
      let post = solver.posts[Int(arcs[number].place)]
      let near = min(steps, problem.places[need.grid].distance(to: anchors[Int(arcs[number].place)]) / extent * steps)
      let way = min(steps, (problem.wayShare(post, need.grid) * steps).rounded())
      arcs[number].cost = Int(near) + Int(way) * wayWeight + (solver.knows(post, need.grid) ? 0 : changeWeight)
    }
  }

  private func shares(of solved: Transport) -> [Staffing.Share] {
    var shares: [Staffing.Share] = []
    for (number, arc) in arcs.enumerated() where solved.flow[number] > 0 {
      let need = solver.needs[Int(arc.supply)]
      let post = solver.posts[Int(arc.place)]
      let part = Double(solved.flow[number]) / Double(solver.units[Int(arc.supply)])
      let minutes = need.minutes * part
      shares.append(
        Staffing.Share(
          post: post, grid: need.grid, skill: need.skill, minutes: minutes,
          wayMinutes: minutes * solver.problem.wayShare(post, need.grid), isKnown: solver.knows(post, need.grid)))
    }
    return shares.sorted { ($0.post, $0.grid, $0.skill) < ($1.post, $1.grid, $1.skill) }
  }

  private func moved(_ anchors: [Point], _ shares: [Staffing.Share]) -> [Point] {
    var sums = Array(repeating: (x: 0.0, y: 0.0, weight: 0.0), count: solver.problem.posts.count)
    for share in shares {
      let place = solver.problem.places[share.grid]
      sums[share.post].x += share.minutes * place.x
      sums[share.post].y += share.minutes * place.y
      sums[share.post].weight += share.minutes
    }
    return anchors.indices.map { position in
      let sum = sums[solver.posts[position]]
      return sum.weight > 0 ? Point(x: sum.x / sum.weight, y: sum.y / sum.weight) : anchors[position]
    }
  }
}

extension StaffingSolver {
  /// Loads, changes and ways of some shares; work that no share covers is short.
  func result(_ shares: [Staffing.Share], bound: Double, isHeuristic: Bool) -> Staffing {
    var minutes = Array(repeating: 0.0, count: problem.posts.count)
    for share in shares { minutes[share.post] += share.minutes + share.wayMinutes }
    let loads = posts.map { minutes[$0] / problem.posts[$0].minutes }
    let all = shortages + (posts.isEmpty ? [] : uncovered(shares))
    return Staffing(
      shares: shares, shortages: all.sorted { ($0.grid, $0.skill) < ($1.grid, $1.skill) }, postMinutes: minutes,
      largestLoad: loads.max() ?? 0, lowerBound: bound,
      changedMinutes: shares.reduce(0) { $0 + ($1.isKnown ? 0 : $1.minutes) },
      wayMinutes: shares.reduce(0) { $0 + $1.wayMinutes }, isHeuristic: isHeuristic)
  }

  private func uncovered(_ shares: [Staffing.Share]) -> [Staffing.Shortage] {
    var done: [StaffingProblem.Need: Double] = [:]
    func key(_ grid: Int, _ skill: String) -> StaffingProblem.Need { .init(grid: grid, skill: skill, minutes: 0) }
    for share in shares { done[key(share.grid, share.skill), default: 0] += share.minutes }
    return needs.compactMap { need in
      let short = need.minutes - (done[key(need.grid, need.skill)] ?? 0)
      guard short > max(0.02, 1e-6 * need.minutes) else { return nil }
      return Staffing.Shortage(grid: need.grid, skill: need.skill, hours: short / 60, isWithoutPost: false)
    }
  }

  /// How much more each post's work takes than it would by the shortest ways, by position; at least
  /// the half-way from what it took before, so that posts don't swing between near and far grids.
  func stretches(_ shares: [Staffing.Share], before: [Double]) -> [Double] {
    var work = Array(repeating: 0.0, count: problem.posts.count)
    var shortest = work
    var least: [StaffingProblem.Need: Double] = [:]
    for (need, share) in zip(needs, leastShare) {
      least[.init(grid: need.grid, skill: need.skill, minutes: 0)] = share
    }
    for share in shares {
      let base = least[.init(grid: share.grid, skill: share.skill, minutes: 0)] ?? 0
      work[share.post] += share.minutes + share.wayMinutes
      shortest[share.post] += share.minutes * (1 + base)
    }
    return posts.indices.map { position in
      let post = posts[position]
      let now = shortest[post] > 0 ? work[post] / shortest[post] : 1
      return max(now, (now + before[position]) / 2)
    }
  }

  /// Capacities with room for such ways, at a common load that still fits all the work, as far as
  /// hours go.
  func room(for stretches: [Double], capacities: [Int], wider: Double) -> [Int] {
    let room = posts.indices.map { Double(capacity[$0]) / stretches[$0] }
    let level = posts.indices.map { Double(capacities[$0]) / Double(capacity[$0]) }.max() ?? 0
    let fitting = Double(units.reduce(0, +)) / room.reduce(0, +)
    let load = min(1, max(level, fitting) * (1 + wider))
    return room.map { Int((load * $0).rounded(.up)) }
  }
}
