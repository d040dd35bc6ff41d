/// Takes work off posts above a load and gives it to others below it.
///
/// Where bases differ, a post may end above the intended load because its ways are longer than the
/// shortest. What lies above goes, the longest ways first, and is placed anew, the rarest skills
/// first, on those with time left and the shortest way. O(moved · posts).
struct StaffingRepair {
  private let solver: StaffingSolver
  private let target: Double
  private var shares: [Staffing.Share]
  /// Minutes left of each post below the target.
  private var left: [Double]

  init(_ solver: StaffingSolver, _ staffing: Staffing, target: Double) {
    self.solver = solver
    self.target = target
    shares = staffing.shares
    left = solver.problem.posts.indices.map {
      target * solver.problem.posts[$0].minutes - staffing.postMinutes[$0]
    }
  }

  /// The shares with every post at the target or below; nil where not all of the work finds a place.
  mutating func repaired() -> [Staffing.Share]? {
    var moving = takeOff()
    let able = moving.map { need in solver.posts.filter { solver.canDo($0, need) } }
    let order = moving.indices.sorted { (able[$0].count, -moving[$0].minutes, $0) < (able[$1].count, -moving[$1].minutes, $1) }
    for index in order {
      place(&moving[index], able[index])
      guard moving[index].minutes < 0.01 else { return nil }
    }
    return merged()
  }

  /// Frees the posts above the target, longest ways first.
  private mutating func takeOff() -> [StaffingProblem.Need] {
    var moving: [StaffingProblem.Need] = []
    let order = shares.indices.sorted { (-way(shares[$0]), $0) < (-way(shares[$1]), $1) }
    for index in order {
      let post = shares[index].post
      guard left[post] < -1e-6 else { continue }
      let stretch = 1 + way(shares[index])
      let minutes = min(shares[index].minutes, -left[post] / stretch)
      shares[index].minutes -= minutes
      shares[index].wayMinutes = shares[index].minutes * (stretch - 1)
      left[post] += minutes * stretch
      moving.append(.init(grid: shares[index].grid, skill: shares[index].skill, minutes: minutes))
    }
    return moving
  }

  private func way(_ share: Staffing.Share) -> Double { solver.problem.wayShare(share.post, share.grid) }

  private mutating func place(_ need: inout StaffingProblem.Need, _ able: [Int]) {
    let grid = need.grid
    let free = able.filter { left[$0] > 0.01 }.map { (way: solver.problem.wayShare($0, grid), isNew: solver.knows($0, grid) ? 0 : 1, post: $0) }
    for (way, isNew, post) in free.sorted(by: { $0 < $1 }) {
      guard need.minutes > 0 else { return }
      let minutes = min(need.minutes, left[post] / (1 + way))
      need.minutes -= minutes
      left[post] -= minutes * (1 + way)
      shares.append(
        .init(
          post: post, grid: grid, skill: need.skill, minutes: minutes, wayMinutes: minutes * way, isKnown: isNew == 0))
    }
  }

  /// One share for each post, grid and skill, in their order; none that is empty.
  private func merged() -> [Staffing.Share] {
    var result: [Staffing.Share] = []
    for share in shares.filter({ $0.minutes > 1e-6 }).sorted(by: { ($0.post, $0.grid, $0.skill) < ($1.post, $1.grid, $1.skill) }) {
      if let last = result.last, last.post == share.post, last.grid == share.grid, last.skill == share.skill {
        result[result.count - 1].minutes += share.minutes
        result[result.count - 1].wayMinutes += share.wayMinutes
      } else {
        result.append(share)
      }
    }
    return result
  }
}
