import Parallel

/// What a job came to: labels 0..<groups, one for each of its atoms.
struct PieceResult: Sendable {
  var labels: [Int32]
  var groups: Int
  /// Every way of cutting the piece was gone through: none keeps the bounds.
  var isExhausted = false
}

/// Cuts one job, a connected part of the map, into its groups.
struct PieceSolver {
  let list: JobList
  let index: Int
  var job: Job
  /// A certificate says that no plan keeps the bounds: there is no use in looking long.
  let isHopeless: Bool

  private var problem: RedrawProblem { list.problem }
  private var contraction: Contraction { list.contraction }

  init(_ list: JobList, index: Int, isHopeless: Bool) {
    (self.list, self.index, self.isHopeless) = (list, index, isHopeless)
    job = list.jobs[index]
  }

  func solved() -> PieceResult {
    guard job.groups > 1 else { return whole }
    var piece = list.piece(of: index)
    renumberHomes(&piece)
    let found = PieceResult(labels: labels(piece), groups: job.groups)
    guard !isHopeless, miss(found, piece) > 0 else { return found }
    let best = problem.count == .auto && !problem.isTrial ? withAnotherCount(piece, insteadOf: found) : found
    return miss(best, piece) > 0 ? exhausted(piece, insteadOf: best) : best
  }

  /// The first division within the bounds of a piece that is small enough to go through all of them.
  private func exhausted(_ piece: Piece, insteadOf found: PieceResult) -> PieceResult {
    let isFree = problem.locked.isEmpty && problem.seeds.isEmpty && problem.maxMoved >= 1
    let isOwnCount = problem.count != .auto && list.jobs.count > 1
    let count = problem.count == .auto ? nil : job.groups
    let mayFit = problem.limits.leastMiss(of: job.weight, in: job.groups) == 0
    guard isFree, mayFit, !isOwnCount, var search = Exhaustion(piece, problem.limits, count: count) else { return found }
    switch search.verdict() {
    case .found(let labels): return PieceResult(labels: labels, groups: Int(labels.max()!) + 1)
    case .none: return PieceResult(labels: found.labels, groups: found.groups, isExhausted: true)
    case .unknown: return found
    }
  }

  private var whole: PieceResult { PieceResult(labels: Array(repeating: 0, count: job.nodes.count), groups: 1) }

  /// Homes as 0, 1…, the heaviest first, so that those kept come first.
  private func renumberHomes(_ piece: inout Piece) {
    var weight: [Int32: Int] = [:]
    for node in 0..<piece.count where piece.home[node] >= 0 { weight[piece.home[node], default: 0] += piece.weights[node] }
    let order = weight.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }
    let number = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1.key, Int32($0)) })
    piece.home = piece.home.map { number[$0] ?? -1 }
  }

  /// Above this many nodes one start is refined region by region.
  private static let small = 400
  /// Above this many nodes a table of all distances takes too much memory.
  private static let tabled = 3000

  private var seed: UInt64 { problem.seed &+ UInt64(index) &* 0x9E37_79B9 }

  private var isCentred: Bool {
    switch problem.objective {
    case .momentOfInertia, .pMedian: true
    case .cutEdges, .perimeter, .compactness: false
    }
  }

  private func labels(_ piece: Piece) -> [Int32] {
    let given = given(piece)
    if isCentred, piece.count <= Self.tabled {
      let table = CentreCost.Table(problem, job.nodes.map { contraction.members[Int($0)] })
      return best(piece, CentreCost(table, nodes: piece.count, groups: job.groups), given)
    }
    return best(piece, contraction.cost, given)
  }

  /// The start that the problem gives, if it does.
  private func given(_ piece: Piece) -> [Int32]? {
    let first = FirstPlan(piece: piece, groups: job.groups)
    if let start = problem.start { return first.continuing(labels(of: start, piece)) }
    let isSeed = Set(problem.seeds.map { contraction.atom[$0] })
    let seeds = (0..<Int32(piece.count)).filter { isSeed.contains(job.nodes[Int($0)]) }
    if !seeds.isEmpty, seeds.count <= job.groups { return first.grown(from: seeds) }
    return piece.home.contains { $0 >= 0 } ? first.continuing(piece.home) : nil
  }

  /// The groups of a given start, called after the homes that they continue, so that what has moved
  /// can be told; the others take the numbers that are left.
  private func labels(of start: [Int], _ piece: Piece) -> [Int32] {
    let groups = job.nodes.map { start[contraction.members[Int($0)][0]] }
    let order = Array(Set(groups)).sorted()
    let number = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    guard order.count == job.groups else { return groups.map { Int32(number[$0]!) } }
    var shared: [[Int32: Int]] = Array(repeating: [:], count: order.count)
    for (node, group) in groups.enumerated() where piece.home[node] >= 0 && piece.home[node] < job.groups {
      shared[number[group]!][piece.home[node], default: 0] += piece.weights[node]
    }
    let ground = shared.enumerated().flatMap { group, homes in
      homes.sorted { $0.key < $1.key }.map { CommonGround(left: group, right: Int($0.key), share: CommonShare(weight: $0.value)) }
    }
    var taken = bestMatching(lefts: order.count, rights: job.groups, ground: ground)
    var free = Set(0..<job.groups).subtracting(taken.compactMap { $0 }).sorted()[...]
    for group in taken.indices where taken[group] == nil { taken[group] = free.popFirst() }
    return groups.map { Int32(taken[number[$0]!]!) }
  }

  private func best<Cost: CostModel & Sendable>(_ piece: Piece, _ cost: Cost, _ given: [Int32]?) -> [Int32] {
    if piece.count <= Self.small { return search(piece, cost, given).labels }
    let refined = refined(piece, given)
    // The refinement pays for shape alone: a cold walk after it pays what was asked.
    let isExact = cost is ShapeCost
    guard problem.effort == .high && piece.count <= Self.tabled && given == nil || !isExact else { return refined }
    let walk = SmallSearch(
      piece: piece, groups: job.groups, limits: problem.limits, cost: cost, seed: seed, movableWeight: movable(piece),
      movedPrice: problem.movedPrice, starts: 1, stepsOfStart: 100 * piece.count, heat: 0.1)
    let polished = walk.best(from: refined)
    guard problem.effort == .high, given == nil else { return polished.labels }
    let searched = search(piece, cost, nil)
    return searched.isBetter(than: polished) ? searched.labels : polished.labels
  }

  private func refined(_ piece: Piece, _ given: [Int32]?) -> [Int32] {
    Refinement(
      piece: piece, groups: job.groups, limits: problem.limits, cost: contraction.cost, effort: problem.effort, seed: seed,
      movableWeight: movable(piece), movedPrice: problem.movedPrice, isTrial: problem.isTrial,
      staysNearHome: given != nil
    ).improved(given ?? piece.firstPartition(into: job.groups))
  }

  /// One map in a given number of groups by cut edges or centres, where starts differ most; there is time
  /// for more of them.
  private func isRugged(_ piece: Piece) -> Bool {
    guard list.jobs.count == 1, piece.count > 32, problem.count != .auto, problem.objective != .compactness else { return false }
    return !problem.isTrial && problem.goals.isEmpty && problem.existing == nil && problem.start == nil
  }

  /// How much weight may leave home: the same share everywhere.
  private func movable(_ piece: Piece) -> Int {
    problem.maxMoved >= 1 ? .max : Int(problem.maxMoved * Double(piece.totalWeight))
  }

  private func search<Cost: CostModel & Sendable>(
    _ piece: Piece, _ cost: Cost, _ given: [Int32]?
  ) -> SmallSearch<Cost>.Found {
    func run(_ starts: Int, _ steps: Int, _ seed: UInt64, agreement: Int = .max) -> SmallSearch<Cost>.Found {
      SmallSearch(
        piece: piece, groups: job.groups, limits: problem.limits, cost: cost, seed: seed, movableWeight: movable(piece),
        movedPrice: problem.movedPrice, starts: starts, stepsOfStart: steps, heat: given == nil ? 1 : 0.4
      ).best(from: given, agreement: agreement)
    }
    let n = piece.count
    switch problem.effort {
    case .high: return run(80, min(40_000 * n, 2_400_000), seed, agreement: 5)
    case .low, .default:
      let first =
        problem.effort == .low ? run(2, max(150 * n, 10_000), seed)
        : isRugged(piece) ? run(32, min(3_000 * n, 300_000), seed, agreement: 4)
        : run(4, max(400 * n, 20_000), seed)
      let least = problem.limits.leastMiss(of: job.weight, in: job.groups)
      guard first.miss > least, !isHopeless, !problem.isTrial else { return first }
      // Tight bounds: look longer before calling them out of reach.
      let second = run(8, max(4000 * n, 100_000), seed &+ 1)
      return second.isBetter(than: first) ? second : first
    }
  }
}

// MARK: - Another number of groups

extension PieceSolver {
  /// How many other numbers of groups are tried.
  private static let otherCounts = 6

  /// The first plan within the bounds among those with other numbers of groups, nearest to the ideal
  /// first; else the plan that misses them least.
  private func withAnotherCount(_ piece: Piece, insteadOf found: PieceResult) -> PieceResult {
    var best = (result: found, miss: miss(found, piece))
    for groups in otherCounts where best.miss > 0 {
      var other = self
      other.job.groups = groups
      let result = groups == 1 ? whole : PieceResult(labels: other.labels(piece), groups: groups)
      let miss = miss(result, piece)
      if miss < best.miss { best = (result, miss) }
    }
    return best.result
  }

  private var otherCounts: some Sequence<Int> {
    let counts = problem.limits.groupCounts(for: job.weight) ?? job.groups...job.groups
    let most = min(counts.upperBound, job.nodes.count)
    guard counts.lowerBound <= most else { return [Int]().prefix(0) }
    let (low, high) = (max(counts.lowerBound, job.groups - Self.otherCounts), min(most, job.groups + Self.otherCounts))
    guard low <= high else { return [Int]().prefix(0) }
    return (low...high).filter { $0 != job.groups }.sorted { distance($0) < distance($1) }.prefix(Self.otherCounts)
  }

  private func distance(_ groups: Int) -> (Double, Int) {
    (abs(Double(job.weight) / Double(groups) - Double(problem.limits.ideal)), groups)
  }

  /// By how much groups miss the bounds of all weights.
  private func miss(_ result: PieceResult, _ piece: Piece) -> Int {
    let limits = problem.limits
    func sums(_ weights: [Int]) -> [Int] {
      var sums = [Int](repeating: 0, count: result.groups)
      for (node, group) in result.labels.enumerated() { sums[Int(group)] += weights[node] }
      return sums
    }
    let first = sums(piece.weights).reduce(0) { $0 + limits.miss($1) }
    return piece.moreWeights.enumerated().reduce(first) { total, weight in
      total + sums(weight.element).reduce(0) { $0 + limits.miss($1, of: weight.offset) }
    }
  }
}
