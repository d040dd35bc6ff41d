/// Posts that are alike in what they can do, so that they can be counted together.
struct PostClasses {
  private let problem: StaffingProblem
  /// Bases of the posts with each skill; -1 for none.
  private let basesOfSkill: [String: Set<Int>]
  private let postsOfGrid: [[Int]]

  init(_ problem: StaffingProblem, _ posts: [Int]) {
    self.problem = problem
    var bases: [String: Set<Int>] = [:]
    var members = Array(repeating: [Int](), count: problem.onlyKnown ? problem.grids.count : 0)
    for post in posts {
      for skill in problem.posts[post].skills { bases[skill, default: []].insert(problem.posts[post].base ?? -1) }
      guard problem.onlyKnown else { continue }
      for grid in problem.posts[post].known { members[grid].append(post) }
    }
    basesOfSkill = bases
    postsOfGrid = members
  }

  /// The least way share of those who can do it; nil where nobody can.
  func leastShare(of need: StaffingProblem.Need) -> Double? {
    if problem.onlyKnown {
      let able = postsOfGrid[need.grid].filter { problem.posts[$0].skills.contains(need.skill) }
      return able.map { problem.wayShare($0, need.grid) }.min()
    }
    return basesOfSkill[need.skill]?.map { $0 < 0 ? 0 : problem.wayShares[$0][need.grid] }.min()
  }
}

/// The least possible relative loads: of each need's level, and of each post's.
struct StaffingLevels {
  private(set) var needLoad: [Double]
  private(set) var postLoad: [Double]
  private(set) var largest: Double

  /// Posts and needs of one skill set count together where anyone may go anywhere.
  init(_ solver: StaffingSolver) {
    needLoad = Array(repeating: 0, count: solver.needs.count)
    postLoad = Array(repeating: 0, count: solver.posts.count)
    let problem = solver.problem
    func postKey(_ post: Int) -> [String] {
      problem.onlyKnown ? [problem.posts[post].id, String(post)] : Set(problem.posts[post].skills).sorted()
    }
    let postGroups = grouped(solver.posts.map(postKey))
    let needGroups = grouped(
      solver.needs.indices.map { problem.onlyKnown ? [String($0)] : [solver.needs[$0].skill] })
    let takers = needGroups.map { group in
      postGroups.indices.filter { solver.canDo(solver.posts[postGroups[$0][0]], solver.needs[group[0]]) }.map(Int32.init)
    }
    let levels = EvenLoads(
      demands: needGroups.map { $0.reduce(0) { $0 + solver.units[$1] } },
      capacities: postGroups.map { $0.reduce(0) { $0 + solver.capacity[$1] } }, takers: takers
    ).levels(limit: 30)
    largest = levels.first?.load ?? 0
    for level in levels {
      for group in level.demands { for need in needGroups[group] { needLoad[need] = level.load } }
      for group in level.carriers { for post in postGroups[group] { postLoad[post] = level.load } }
    }
  }
}

/// The positions of equal keys, by first appearance.
private func grouped(_ keys: [[String]]) -> [[Int]] {
  var number: [[String]: Int] = [:]
  var groups: [[Int]] = []
  for (position, key) in keys.enumerated() {
    if let known = number[key] {
      groups[known].append(position)
    } else {
      number[key] = groups.count
      groups.append([position])
    }
  }
  return groups
}
