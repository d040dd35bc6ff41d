internal import Planar

/// The pairs of need and post that are looked at.
struct StaffingCandidates {
  /// For each need the posts, by position among the solver's posts, ascending.
  let posts: [[Int32]]
  /// Whether able pairs are left out.
  let isPartial: Bool
  /// A place near which each post should work.
  let anchors: [Point]

  /// - Parameter capacities: what each post may take at the least possible load.
  init(_ solver: StaffingSolver, capacities: [Int]) {
    anchors = Self.anchors(solver)
    let able = AblePosts(solver)
    let pairs = solver.needs.reduce(0) { $0 + able.count($1) }
    isPartial = pairs > StaffingSolver.denseArcs && !solver.problem.onlyKnown
    if isPartial {
      let near = NearPosts(solver, able, anchors).posts
      let along = WalkPairs(solver, anchors, capacities).posts
      posts = zip(near, along).map { Array(Set($0 + $1)).sorted() }
    } else {
      posts = solver.needs.map { able.posts($0) }
    }
  }

  /// The middle of the grids that a post knows; for the others a place along a walk through all
  /// grids, as far on as the hours of those before carry.
  private static func anchors(_ solver: StaffingSolver) -> [Point] {
    let problem = solver.problem
    let walk = walkThroughGrids(problem.places)
    var workOfGrid = Array(repeating: 0.0, count: problem.places.count)
    for (need, units) in zip(solver.needs, solver.units) { workOfGrid[need.grid] += Double(units) }
    let total = workOfGrid.reduce(0, +)
    let strangers = solver.posts.indices.filter { problem.posts[solver.posts[$0]].known.isEmpty }
    let hours = strangers.reduce(0.0) { $0 + Double(solver.capacity[$1]) }
    var anchors = solver.posts.map { middle(problem.posts[$0].known, problem.places) }
    var (passed, position, before) = (0.0, 0, 0.0)
    for post in strangers {
      let share = Double(solver.capacity[post])
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

  private static func middle(_ grids: [Int], _ places: [Point]) -> Point {
    guard !grids.isEmpty else { return Point(x: 0, y: 0) }
    return grids.reduce(Point(x: 0, y: 0)) { $0 + places[$1] } * (1 / Double(grids.count))
  }
}

/// Places in the order of a space-filling curve.
private func walkThroughGrids(_ places: [Point]) -> [Int] {
  let box = Box(around: places)
  let side = max(box.width, box.height, 1)
  func cell(_ value: Double) -> UInt32 { UInt32(min(max(value / side * 65535, 0), 65535)) }
  let keys = places.map { hilbertPosition(cell($0.x - box.min.x), cell($0.y - box.min.y)) }
  return places.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
}

/// Pairs that suffice for the least possible load: for each skill, needs and posts both in the order
/// of one walk through the city, joined where their stretches of work and of hours overlap.
private struct WalkPairs {
  private(set) var posts: [[Int32]]

  init(_ solver: StaffingSolver, _ anchors: [Point], _ capacities: [Int]) {
    posts = Array(repeating: [], count: solver.needs.count)
    let walk = walkThroughGrids(solver.needs.map { solver.problem.places[$0.grid] } + anchors)
    let needs = walk.filter { $0 < solver.needs.count }
    let order = walk.filter { $0 >= solver.needs.count }.map { $0 - solver.needs.count }
    for (skill, parts) in Self.hours(solver, capacities) {
      join(needs.filter { solver.needs[$0].skill == skill }, order.filter { parts[$0] > 0 }, solver.units, parts)
    }
  }

  /// The hours of each post that go to each skill, the same part for all of one set of skills.
  private static func hours(_ solver: StaffingSolver, _ capacities: [Int]) -> [(skill: String, parts: [Double])] {
    let sets = solver.posts.map { Set(solver.problem.posts[$0].skills).sorted() }
    let kinds = Set(sets).sorted { $0.lexicographicallyPrecedes($1) }
    let kind = sets.map { set in kinds.firstIndex(of: set)! }
    let skills = Set(solver.needs.map(\.skill)).sorted()
    var work = Array(repeating: 0, count: skills.count)
    for (need, units) in zip(solver.needs, solver.units) { work[skills.firstIndex(of: need.skill)!] += units }
    var room = Array(repeating: 0, count: kinds.count)
    for (post, capacity) in capacities.enumerated() { room[kind[post]] += capacity }
    let arcs = skills.indices.flatMap { skill in
      kinds.indices.filter { kinds[$0].contains(skills[skill]) }
        .map { Transport.Arc(supply: Int32(skill), place: Int32($0), cost: 0) }
    }
    let solved = Transport(supplies: work, capacities: room, arcs: arcs)
    return skills.indices.map { skill in
      var parts = Array(repeating: 0.0, count: kinds.count)
      for (number, arc) in arcs.enumerated() where Int(arc.supply) == skill {
        parts[Int(arc.place)] = Double(solved.flow[number]) / Double(max(1, room[Int(arc.place)]))
      }
      return (skills[skill], capacities.indices.map { Double(capacities[$0]) * parts[kind[$0]] })
    }
  }

  private mutating func join(_ needs: [Int], _ order: [Int], _ units: [Int], _ parts: [Double]) {
    guard var need = needs.first, var post = order.first else { return }
    var (nextNeed, nextPost) = (1, 1)
    var (work, hours) = (Double(units[need]), parts[post])
    while true {
      posts[need].append(Int32(post))
      if work > hours, nextPost < order.count {
        work -= hours
        post = order[nextPost]
        hours = parts[post]
        nextPost += 1
      } else {
        guard nextNeed < needs.count else { return }
        hours -= work
        need = needs[nextNeed]
        work = Double(units[need])
        nextNeed += 1
      }
    }
  }
}

/// The posts that can do a need.
private struct AblePosts {
  private let bySkill: [String: [Int32]]
  private let byGrid: [[Int32]]
  private let solver: StaffingSolver

  init(_ solver: StaffingSolver) {
    self.solver = solver
    var bySkill: [String: [Int32]] = [:]
    var byGrid = Array(repeating: [Int32](), count: solver.problem.grids.count)
    for (position, post) in solver.posts.enumerated() {
      for skill in Set(solver.problem.posts[post].skills) { bySkill[skill, default: []].append(Int32(position)) }
      for grid in Set(solver.problem.posts[post].known) { byGrid[grid].append(Int32(position)) }
    }
    self.bySkill = bySkill
    self.byGrid = byGrid
  }

  func count(_ need: StaffingProblem.Need) -> Int {
    solver.problem.onlyKnown ? byGrid[need.grid].count : bySkill[need.skill]?.count ?? 0
  }

  func posts(_ need: StaffingProblem.Need) -> [Int32] {
    solver.problem.onlyKnown ? knowing(need) : bySkill[need.skill] ?? []
  }

  func knowing(_ need: StaffingProblem.Need) -> [Int32] {
    byGrid[need.grid].filter { solver.canDo(solver.posts[Int($0)], need) }
  }

  var skills: [String] { bySkill.keys.sorted() }
  func posts(withSkill skill: String) -> [Int32] { bySkill[skill] ?? [] }
}

/// Known and near posts only, for a city.
private struct NearPosts {
  private(set) var posts: [[Int32]]

  init(_ solver: StaffingSolver, _ able: AblePosts, _ anchors: [Point]) {
    posts = solver.needs.map { able.knowing($0) }
    for skill in able.skills {
      let members = able.posts(withSkill: skill)
      let index = BoxIndex(members.map { Box(min: anchors[Int($0)], max: anchors[Int($0)]) })
      for need in solver.needs.indices where solver.needs[need].skill == skill {
        let place = solver.problem.places[solver.needs[need].grid]
        let near = Self.nearest(10, to: place, members, index, anchors)
        posts[need] = Array(Set(posts[need] + near)).sorted()
      }
    }
  }

  /// About `count` of the members nearest to `place`: all in a square that is widened until it holds
  /// enough, then the nearest.
  private static func nearest(
    _ count: Int, to place: Point, _ members: [Int32], _ index: BoxIndex, _ anchors: [Point]
  ) -> [Int32] {
    guard members.count > count else { return members }
    var reach = 200.0
    var found: [Int] = []
    while found.count < count, reach < 1e9 {
      found = index.items(meeting: Box(min: place, max: place).expanded(by: reach))
      reach *= 1.6
    }
    let ranked = found.map { (place.squaredDistance(to: anchors[Int(members[$0])]), members[$0]) }.sorted { $0 < $1 }
    return ranked.prefix(count).map(\.1)
  }
}
