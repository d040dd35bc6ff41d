internal import Parallel
internal import Planar

extension StaffingProblem {
  /// Spreads the work: first the largest relative load as small as can be, then as little work as
  /// can be in grids that the post does not know, then as little way as can be, then near grids
  /// for one post.
  ///
  /// Work can be divided by the minute, so the least largest load is a ratio of work to hours that a
  /// minimum cut finds (`EvenLoads`), and the rest is a transport problem (`Transport`); both exact.
  /// Only where posts come from different bases do ways make the load depend on who goes where: then
  /// the load may lie above the bound by `gap`. No post works over its hours: what does not fit is
  /// left out evenly among those who compete for the same hours, and listed as `shortages`.
  /// Above `denseArcs` pairs of post and need, a city, it is cut
  /// into blocks (`StaffingBlocks`).
  /// Deterministic; a fixed number of steps.
  public func solve() -> Staffing {
    StaffingSolver(self).solve()
  }
}

/// Minutes are counted in hundredths as whole numbers.
let staffingUnit = 100.0

struct StaffingSolver {
  static let denseArcs = 60_000
  let problem: StaffingProblem
  /// Needs above 0 that some post can do, and the units of each, at the shortest way.
  var needs: [StaffingProblem.Need] = []
  var units: [Int] = []
  /// Posts with hours and their units of capacity.
  var posts: [Int] = []
  var capacity: [Int] = []
  /// The least way share of each need.
  var leastShare: [Double] = []
  var shortages: [Staffing.Shortage] = []
  private var isKnown: [Set<Int>] = []

  init(_ problem: StaffingProblem) {
    self.problem = problem
    isKnown = problem.posts.map { Set($0.known) }
    posts = problem.posts.indices.filter { Int(sensible(problem.posts[$0].minutes) * staffingUnit) > 0 }
    capacity = posts.map { Int(sensible(problem.posts[$0].minutes) * staffingUnit) }
    let classes = PostClasses(problem, posts)
    for need in problem.needs where Int((sensible(need.minutes) * staffingUnit).rounded()) > 0 {
      guard let share = classes.leastShare(of: need) else {
        shortages.append(.init(grid: need.grid, skill: need.skill, hours: need.minutes / 60, isWithoutPost: true))
        continue
      }
      needs.append(need)
      leastShare.append(share)
      units.append(Int((need.minutes * staffingUnit * (1 + share)).rounded()))
    }
  }

  func knows(_ post: Int, _ grid: Int) -> Bool { isKnown[post].contains(grid) }

  func canDo(_ post: Int, _ need: StaffingProblem.Need) -> Bool {
    problem.posts[post].skills.contains(need.skill) && (!problem.onlyKnown || knows(post, need.grid))
  }

  func solve() -> Staffing {
    guard !needs.isEmpty, !posts.isEmpty else { return result([], bound: 0, isHeuristic: false) }
    var work = self
    let levels = StaffingLevels(self)
    work.trim(to: levels)
    return work.staffed(levels)
  }

  private func staffed(_ levels: StaffingLevels) -> Staffing {
    let capacities = capacities(levels)
    let anchors = anchors()
    let isDense = problem.onlyKnown || StaffingCandidates.count(self) <= Self.denseArcs
    let blocks = isDense ? nil : StaffingBlocks(self, anchors: anchors)
    let candidates = isDense ? StaffingCandidates(self, anchors: anchors) : nil
    func attempt(_ capacities: [Int]) -> Staffing {
      guard let candidates else {
        return result(blocks!.shares(capacities: capacities), bound: levels.largest, isHeuristic: true)
      }
      var transport = StaffingTransport(self, candidates)
      return result(transport.shares(capacities: capacities), bound: levels.largest, isHeuristic: false)
    }
    var best = attempt(capacities)
    guard haveDifferentWays else { return best }
    if isDense { best.lowerBound = max(best.lowerBound, StaffingPrices(self).bound()) }
    // Ways that are longer than the shortest use up hours: give each post room for its own.
    var stretches = Array(repeating: 1.0, count: posts.count)
    var wider = 0.0
    var last = best
    for _ in 0..<(isDense ? 6 : 2) where best.gap > 1e-6 || best.largestLoad > 1 {
      stretches = self.stretches(last.shares, before: stretches)
      var next = attempt(room(for: stretches, capacities: capacities, wider: wider))
      next.lowerBound = best.lowerBound
      if next.shortages.count <= best.shortages.count {
        if next.largestLoad < best.largestLoad { best = next }
      } else {
        wider = max(2 * wider, 0.001)
      }
      last = next
    }
    best = repaired(best)
    return best.largestLoad > 1 + 1e-9 ? clipped(best) : best
  }

  /// The same at the least of a few loads above the bound that a repair reaches.
  private func repaired(_ staffing: Staffing) -> Staffing {
    for above in [0, 0.002, 0.004, 0.007, 0.01, 0.015, 0.02, 0.03, 0.05, 0.08, 0.12, 0.2] {
      let target = min(1, staffing.lowerBound * (1 + above) * (1 + problem.slack))
      guard target < staffing.largestLoad else { break }
      var repair = StaffingRepair(self, staffing, target: target)
      guard let shares = repair.repaired() else { continue }
      return result(shares, bound: staffing.lowerBound, isHeuristic: staffing.isHeuristic)
    }
    return staffing
  }

  /// The same with every post kept to its hours; what falls off is short.
  private func clipped(_ staffing: Staffing) -> Staffing {
    let shares = staffing.shares.map { share in
      let load = staffing.postMinutes[share.post] / problem.posts[share.post].minutes
      var share = share
      if load > 1 {
        share.minutes /= load
        share.wayMinutes /= load
      }
      return share
    }
    return result(shares, bound: staffing.lowerBound, isHeuristic: true)
  }

  private var haveDifferentWays: Bool { Set(problem.posts.map(\.base)).count > 1 }

  /// Takes the work away that no hours are left for, evenly within each level.
  private mutating func trim(to levels: StaffingLevels) {
    for need in needs.indices where levels.needLoad[need] > 1 + 1e-9 {
      let short = 1 - 1 / levels.needLoad[need]
      shortages.append(
        .init(
          grid: needs[need].grid, skill: needs[need].skill,
          hours: needs[need].minutes * (1 + leastShare[need]) * short / 60, isWithoutPost: false))
      needs[need].minutes *= 1 - short
      units[need] = Int((Double(units[need]) * (1 - short)).rounded(.down))
    }
  }

  /// What each post may take, in units.
  private func capacities(_ levels: StaffingLevels) -> [Int] {
    let largest = min(1, levels.largest) * (1 + problem.slack)
    return posts.indices.map { post in
      let load = problem.evenness == .all ? levels.postLoad[post] * (1 + problem.slack) : largest
      return Int((min(1, max(load, 1e-12)) * Double(capacity[post])).rounded(.up))
    }
  }
}
