internal import Planar

/// The pairs of need and post that are looked at: all that can be.
struct StaffingCandidates {
  /// For each need the posts, by position among the solver's posts, ascending.
  let posts: [[Int32]]
  /// A place near which each post should work.
  let anchors: [Point]

  init(_ solver: StaffingSolver, anchors: [Point]) {
    self.anchors = anchors
    let able = AblePosts(solver)
    posts = solver.needs.map { able.posts($0) }
  }

  /// How many pairs there would be.
  static func count(_ solver: StaffingSolver) -> Int {
    let able = AblePosts(solver)
    return solver.needs.reduce(0) { $0 + able.count($1) }
  }
}

extension StaffingSolver {
  /// The middle of the grids that a post knows; for the others a place along a walk through all
  /// grids, as far on as the hours of those before carry.
  func anchors() -> [Point] {
    let walk = walkThrough(problem.places)
    var workOfGrid = Array(repeating: 0.0, count: problem.places.count)
    for (need, units) in zip(needs, units) { workOfGrid[need.grid] += Double(units) }
    let total = workOfGrid.reduce(0, +)
    let strangers = posts.indices.filter { problem.posts[posts[$0]].known.isEmpty }
    let hours = strangers.reduce(0.0) { $0 + Double(capacity[$1]) }
    var anchors = posts.map { middle(of: problem.posts[$0].known) }
    var (passed, position, before) = (0.0, 0, 0.0)
    for post in strangers {
      let share = Double(capacity[post])
      let target = (before + share / 2) / hours * total
      before += share
      while position < walk.count - 1, passed + workOfGrid[walk[position]] < target {
        passed += workOfGrid[walk[position]]
        position += 1
      }
      anchors[post] = problem.places[walk[position]]
    }
    return anchors
  }

  private func middle(of grids: [Int]) -> Point {
    guard !grids.isEmpty else { return Point(x: 0, y: 0) }
    return grids.reduce(Point(x: 0, y: 0)) { $0 + problem.places[$1] } * (1 / Double(grids.count))
  }
}

/// Places in the order of a space-filling curve.
func walkThrough(_ places: [Point]) -> [Int] {
  let box = Box(around: places)
  let side = max(box.width, box.height, 1)
  func cell(_ value: Double) -> UInt32 { UInt32(min(max(value / side * 65535, 0), 65535)) }
  let keys = places.map { hilbertPosition(cell($0.x - box.min.x), cell($0.y - box.min.y)) }
  return places.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
}

/// The posts that can do a need.
private struct AblePosts {
  private var bySkill: [String: [Int32]] = [:]
  private var byGrid: [[Int32]]
  private let solver: StaffingSolver

  init(_ solver: StaffingSolver) {
    self.solver = solver
    byGrid = Array(repeating: [], count: solver.problem.onlyKnown ? solver.problem.grids.count : 0)
    for (position, post) in solver.posts.enumerated() {
      for skill in Set(solver.problem.posts[post].skills) { bySkill[skill, default: []].append(Int32(position)) }
      guard solver.problem.onlyKnown else { continue }
      for grid in Set(solver.problem.posts[post].known) { byGrid[grid].append(Int32(position)) }
    }
  }

  func count(_ need: StaffingProblem.Need) -> Int {
    solver.problem.onlyKnown ? byGrid[need.grid].count : bySkill[need.skill]?.count ?? 0
  }

  func posts(_ need: StaffingProblem.Need) -> [Int32] {
    guard solver.problem.onlyKnown else { return bySkill[need.skill] ?? [] }
    return byGrid[need.grid].filter { solver.canDo(solver.posts[Int($0)], need) }
  }
}
