import Planar
import Testing

@testable import Workload

@Suite struct TransportTests {
  /// The cheapest flow by trying every way to serve the units one after the other.
  private func cheapest(_ supplies: [Int], _ capacities: [Int], _ cost: [[Int]]) -> Int? {
    var best: Int?
    var left = capacities
    func go(_ supply: Int, _ unit: Int, _ from: Int, _ sum: Int) {
      if supply == supplies.count { best = min(best ?? .max, sum); return }
      if unit == supplies[supply] { return go(supply + 1, 0, 0, sum) }
      for place in from..<capacities.count where left[place] > 0 && cost[supply][place] < 1000 {
        left[place] -= 1
        go(supply, unit + 1, place, sum + cost[supply][place])
        left[place] += 1
      }
    }
    go(0, 0, 0, 0)
    return best
  }

  @Test(arguments: 1...60) func agreesWithTrial(_ seed: UInt64) {
    var random = SeededNumbers(seed)
    let supplies = (0..<Int.random(in: 1...3, using: &random)).map { _ in Int.random(in: 1...4, using: &random) }
    let capacities = (0..<Int.random(in: 1...4, using: &random)).map { _ in Int.random(in: 1...5, using: &random) }
    let cost = supplies.map { _ in
      capacities.map { _ in Int.random(in: 0...3, using: &random) == 0 ? 1000 : Int.random(in: 0...9, using: &random) }
    }
    var arcs: [Transport.Arc] = []
    for s in supplies.indices {
      for p in capacities.indices where cost[s][p] < 1000 { arcs.append(.init(supply: Int32(s), place: Int32(p), cost: cost[s][p])) }
    }
    let solved = Transport(supplies: supplies, capacities: capacities, arcs: arcs)
    var used = capacities.map { _ in 0 }
    for (number, arc) in arcs.enumerated() { used[Int(arc.place)] += solved.flow[number] }
    #expect(zip(used, capacities).allSatisfy { $0 <= $1 }, "seed \(seed)")
    #expect(solved.flow.allSatisfy { $0 >= 0 } && solved.left.allSatisfy { $0 >= 0 }, "seed \(seed)")
    if let best = cheapest(supplies, capacities, cost) {
      #expect(solved.left.allSatisfy { $0 == 0 }, "seed \(seed)")
      #expect(zip(arcs, solved.flow).reduce(0) { $0 + $1.0.cost * $1.1 } == best, "seed \(seed)")
    } else {
      #expect(solved.left.contains { $0 > 0 }, "seed \(seed)")
    }
  }
}

@Suite struct EvenLoadsTests {
  /// The largest ratio of work to hours over every set of demands.
  private func bound(_ demands: [Int], _ capacities: [Int], _ takers: [[Int32]]) -> Double {
    (1..<(1 << demands.count)).map { set in
      let members = demands.indices.filter { set >> $0 & 1 == 1 }
      let carriers = Set(members.flatMap { takers[$0] })
      return Double(members.reduce(0) { $0 + demands[$1] }) / Double(carriers.reduce(0) { $0 + capacities[Int($1)] })
    }.max()!
  }

  @Test(arguments: 1...100) func theLargestLoadIsTheWorstSet(_ seed: UInt64) {
    var random = SeededNumbers(seed)
    let capacities = (0..<Int.random(in: 1...6, using: &random)).map { _ in Int.random(in: 1...50, using: &random) }
    let demands = (0..<Int.random(in: 1...7, using: &random)).map { _ in Int.random(in: 1...60, using: &random) }
    let takers = demands.map { _ -> [Int32] in
      let some = capacities.indices.filter { _ in Bool.random(using: &random) }.map(Int32.init)
      return some.isEmpty ? [0] : some
    }
    let levels = EvenLoads(demands: demands, capacities: capacities, takers: takers).levels()
    #expect(abs(levels[0].load - bound(demands, capacities, takers)) < 1e-9, "seed \(seed)")
    #expect(zip(levels, levels.dropFirst()).allSatisfy { $0.load >= $1.load - 1e-9 }, "seed \(seed)")
    #expect(levels.flatMap(\.demands).sorted() == Array(demands.indices), "seed \(seed)")
    // Each level's work fills its carriers, and nobody belongs to two.
    for level in levels {
      let work = level.demands.reduce(0) { $0 + demands[$1] }
      let hours = level.carriers.reduce(0) { $0 + capacities[$1] }
      #expect(abs(Double(work) / Double(hours) - level.load) < 1e-9, "seed \(seed)")
    }
    #expect(Set(levels.flatMap(\.carriers)).count == levels.flatMap(\.carriers).count)
  }
}

@Suite struct StaffingTests {
  private func problem(
    posts: [StaffingProblem.Post], minutes: [[String: Double]], places: [Point]? = nil, ways: [[Double]] = [],
    onlyKnown: Bool = false, evenness: StaffingProblem.Evenness? = nil
  ) -> StaffingProblem {
    let needs = minutes.enumerated().flatMap { grid, bySkill in
      bySkill.sorted { $0.key < $1.key }.map { StaffingProblem.Need(grid: grid, skill: $0.key, minutes: $0.value) }
    }
    return StaffingProblem(
      posts: posts, needs: needs, grids: minutes.indices.map { "g\($0)" },
      places: places ?? minutes.indices.map { Point(x: Double($0) * 100, y: 0) }, wayShares: ways,
      onlyKnown: onlyKnown, evenness: evenness)
  }

  /// All of the work is done, by those who can, within their hours.
  private func check(_ problem: StaffingProblem, _ staffing: Staffing, _ note: String) {
    for need in problem.needs {
      let done = staffing.shares.filter { $0.grid == need.grid && $0.skill == need.skill }.reduce(0) { $0 + $1.minutes }
      let short = staffing.shortages.filter { $0.grid == need.grid && $0.skill == need.skill }
      if short.isEmpty { #expect(abs(done - need.minutes) < 0.03, "\(note)") } else { #expect(done < need.minutes, "\(note)") }
    }
    for share in staffing.shares {
      #expect(problem.posts[share.post].skills.contains(share.skill), "\(note)")
      #expect(!problem.onlyKnown || problem.posts[share.post].known.contains(share.grid), "\(note)")
    }
    for (post, minutes) in zip(problem.posts, staffing.postMinutes) { #expect(minutes <= post.minutes + 0.02, "\(note)") }
    let byPost = staffing.shares.reduce(0) { $0 + $1.minutes + $1.wayMinutes }
    #expect(abs(byPost - staffing.postMinutes.reduce(0, +)) < 1e-6 * max(1, byPost), "\(note)")
  }

  @Test func oneBigGridIsSharedAndSmallOnesAreJoined() {
    let posts = (0..<3).map { StaffingProblem.Post(id: "w\($0)", minutes: 1000, skills: ["general"]) }
    let problem = problem(posts: posts, minutes: [["general": 1200], ["general": 300], ["general": 300], ["general": 300]])
    let staffing = problem.solve()
    check(problem, staffing, "")
    #expect(abs(staffing.largestLoad - 0.7) < 1e-4)
    #expect(abs(staffing.lowerBound - 0.7) < 1e-9)
    #expect(staffing.gap < 1e-4)
    #expect(staffing.isFeasible)
  }

  @Test func todayStaysWhereItIsEvenAlready() {
    let posts = [
      StaffingProblem.Post(id: "a", minutes: 1000, skills: ["general"], known: [0]),
      StaffingProblem.Post(id: "b", minutes: 500, skills: ["general"], known: [1]),
    ]
    let problem = problem(posts: posts, minutes: [["general": 600], ["general": 300]])
    let staffing = problem.solve()
    #expect(staffing.changedMinutes == 0)
    #expect(staffing.shares.map { [$0.post, $0.grid] } == [[0, 0], [1, 1]])
  }

  @Test func aMissingSkillIsNamed() {
    let posts = [StaffingProblem.Post(id: "a", minutes: 10_000, skills: ["general"])]
    let problem = problem(posts: posts, minutes: [["general": 600, "night": 120], ["general": 300]])
    let staffing = problem.solve()
    check(problem, staffing, "")
    #expect(staffing.shortages == [.init(grid: 0, skill: "night", hours: 2, isWithoutPost: true)])
    #expect(!staffing.isFeasible)
  }

  @Test func tooFewHoursAreNamedWithSkillAndGrid() {
    let posts = [
      StaffingProblem.Post(id: "a", minutes: 600, skills: ["general", "night"]),
      StaffingProblem.Post(id: "b", minutes: 6000, skills: ["general"]),
    ]
    let problem = problem(posts: posts, minutes: [["general": 3000, "night": 900], ["night": 300]])
    let staffing = problem.solve()
    check(problem, staffing, "")
    #expect(abs(staffing.lowerBound - 2) < 1e-9)
    #expect(staffing.shortages.map(\.grid) == [0, 1])
    #expect(abs(staffing.shortages[0].hours - 7.5) < 1e-3)
    #expect(abs(staffing.shortages[1].hours - 2.5) < 1e-3)
  }

  @Test func nobodyAtAll() {
    let staffing = problem(posts: [], minutes: [["general": 60]]).solve()
    #expect(staffing.shares.isEmpty && staffing.shortages.count == 1)
    let idle = problem(posts: [.init(id: "a", minutes: 10, skills: ["general"])], minutes: [[:]]).solve()
    #expect(idle.isFeasible && idle.largestLoad == 0)
  }

  @Test(arguments: 1...60) func theLargestLoadIsOptimal(_ seed: UInt64) {
    var random = SeededNumbers(seed)
    let skills = ["a", "b", "c"]
    let grids = Int.random(in: 1...5, using: &random)
    let posts = (0..<Int.random(in: 1...5, using: &random)).map { number -> StaffingProblem.Post in
      let own = skills.filter { _ in Bool.random(using: &random) }
      let known = (0..<grids).filter { _ in Bool.random(using: &random) }
      return .init(
        id: "w\(number)", minutes: Double(Int.random(in: 1...5, using: &random)) * 1000, skills: own.isEmpty ? ["a"] : own,
        known: known)
    }
    let minutes = (0..<grids).map { _ in
      Dictionary(uniqueKeysWithValues: skills.map { ($0, Double(Int.random(in: 0...400, using: &random))) })
    }
    let problem = problem(posts: posts, minutes: minutes, onlyKnown: seed % 3 == 0, evenness: seed % 2 == 0 ? .all : .largest)
    let staffing = problem.solve()
    check(problem, staffing, "seed \(seed)")
    guard staffing.isFeasible else { return }
    #expect(abs(staffing.largestLoad - worstSet(problem)) < 1e-3, "seed \(seed)")
    #expect(staffing.gap < 1e-3, "seed \(seed): \(staffing.largestLoad) \(staffing.lowerBound)")
    #expect(staffing.shares.count <= problem.needs.count + problem.posts.count, "seed \(seed)")
  }

  /// The bound by trying every set of needs.
  private func worstSet(_ problem: StaffingProblem) -> Double {
    let needs = problem.needs.filter { $0.minutes > 0 }
    guard !needs.isEmpty, needs.count <= 15 else { return 0 }
    return (1..<(1 << needs.count)).map { set -> Double in
      let members = needs.indices.filter { set >> $0 & 1 == 1 }.map { needs[$0] }
      let able = problem.posts.filter { post in
        members.contains { need in
          post.skills.contains(need.skill)
            && (!problem.onlyKnown || post.known.contains(need.grid))
        }
      }
      return members.reduce(0) { $0 + $1.minutes } / able.reduce(0) { $0 + $1.minutes }
    }.max()!
  }

  @Test func neighbouringGridsGoToOnePost() {
    // Two far groups of four grids each, two posts without a base: each takes one group.
    let places = (0..<8).map { Point(x: Double($0 % 4) * 100 + ($0 < 4 ? 0 : 10_000), y: 0) }
    let posts = (0..<2).map { StaffingProblem.Post(id: "w\($0)", minutes: 1000, skills: ["general"]) }
    let problem = problem(posts: posts, minutes: places.map { _ in ["general": 100] }, places: places)
    let staffing = problem.solve()
    for post in 0..<2 {
      let grids = Set(staffing.shares.filter { $0.post == post }.map { $0.grid / 4 })
      #expect(grids.count == 1)
    }
  }

  @Test(arguments: 1...10) func officesWithTwoBasesComeWithinOnePercent(_ seed: UInt64) {
    var random = SeededNumbers(seed)
    let places = (0..<12).map { _ in random.point(in: 3000) }
    let bases = (0..<2).map { _ in random.point(in: 3000) }
    let ways = bases.map { base in places.map { dayShare(ofWay: 1.3 * base.distance(to: $0), speed: 85, WorkloadConstants()) } }
    let posts = (0..<16).map { StaffingProblem.Post(id: "w\($0)", minutes: 96_000, skills: ["general"], base: $0 % 2) }
    let minutes = places.map { _ in ["general": Double.random(in: 50_000...90_000, using: &random)] }
    let problem = problem(posts: posts, minutes: minutes, places: places, ways: ways)
    let staffing = problem.solve()
    check(problem, staffing, "seed \(seed)")
    #expect(staffing.gap < 0.01, "seed \(seed): \(staffing.gap)")
    #expect(staffing.lowerBound <= staffing.largestLoad + 1e-6)
  }
}
