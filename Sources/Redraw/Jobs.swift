/// A connected part of the map that is cut into groups on its own.
struct Job: Sendable {
  /// Atoms, increasing.
  var nodes: [Int32]
  var parent: Int?
  var groups = 1
  var weight = 0
  /// A group of one oversized atom, with what had to join it.
  var isOversize = false
}

/// Cuts the map into jobs: by parent, by connection, and around oversized atoms; and chooses how
/// many groups each gets.
struct JobList {
  let problem: RedrawProblem
  let contraction: Contraction
  let limits: Limits
  private let isSeed: [Bool]
  private(set) var jobs: [Job] = []
  private(set) var certificates: [Certificate] = []

  init(_ problem: RedrawProblem, _ contraction: Contraction, _ limits: Limits) {
    self.problem = problem
    self.contraction = contraction
    self.limits = limits
    var isSeed = [Bool](repeating: false, count: contraction.members.count)
    for unit in problem.seeds { isSeed[Int(contraction.atom[unit])] = true }
    self.isSeed = isSeed
    for part in parts() { add(part) }
    chooseCounts()
    certify()
  }

  private var piece: Piece { contraction.piece }

  private func weight(_ nodes: [Int32]) -> Int { nodes.reduce(0) { $0 + piece.weights[Int($1)] } }

  private func parent(of atom: Int32) -> Int? { problem.parents?[contraction.members[Int(atom)][0]] }

  /// Connected parts of one parent each, ordered by the parents' first units.
  private func parts() -> [[Int32]] {
    var rank: [Int: Int32] = [:]
    let labels = (0..<Int32(piece.count)).map { atom -> Int32 in
      guard let parent = parent(of: atom) else { return 0 }
      if let known = rank[parent] { return known }
      rank[parent] = Int32(rank.count)
      return rank[parent]!
    }
    let parts = lists(piece.components(of: labels))
    return parts.sorted { (labels[Int($0[0])], $0[0]) < (labels[Int($1[0])], $1[0]) }
  }

  private func lists(_ found: (component: [Int32], count: Int)) -> [[Int32]] {
    var lists = [[Int32]](repeating: [], count: found.count)
    for (node, component) in found.component.enumerated() where component >= 0 {
      lists[Int(component)].append(Int32(node))
    }
    return lists
  }

  /// One part: its oversized atoms apart, then what they leave.
  private mutating func add(_ part: [Int32]) {
    let heavy = part.filter { piece.weights[Int($0)] > limits.max }
    guard !heavy.isEmpty else { return jobs.append(job(part)) }
    var labels = [Int32](repeating: -1, count: piece.count)
    for node in part where piece.weights[Int(node)] <= limits.max { labels[Int(node)] = 0 }
    var own = heavy.map { node in
      var job = job([node])
      job.isOversize = true
      return job
    }
    for pocket in lists(piece.components(of: labels)) {
      if let host = host(of: pocket, among: heavy) {
        own[host].nodes = (own[host].nodes + pocket).sorted()
        own[host].weight += weight(pocket)
        notePocket(pocket, beside: heavy[host])
      } else {
        jobs.append(job(pocket))
      }
    }
    jobs += own
    for (index, node) in heavy.enumerated() { noteOversize(node, own[index]) }
  }

  private func job(_ nodes: [Int32]) -> Job {
    Job(nodes: nodes, parent: parent(of: nodes[0]), weight: weight(nodes))
  }

  /// The oversized neighbour that a pocket joins, where that misses the bounds by less than a group
  /// of its own would.
  private func host(of pocket: [Int32], among heavy: [Int32]) -> Int? {
    let total = weight(pocket)
    let alone = limits.leastMiss(of: total, in: limits.bestGroupCount(for: total, atMost: pocket.count))
    guard total < alone else { return nil }
    var shared = [Float](repeating: -1, count: heavy.count)
    for node in pocket {
      for entry in piece.row(Int(node)) where piece.holds[entry] {
        if let index = heavy.firstIndex(of: piece.neighbours[entry]) {
          shared[index] = max(shared[index], 0) + piece.cutCosts[entry]
        }
      }
    }
    let best = shared.indices.max { (shared[$0], $1) < (shared[$1], $0) }
    return best.flatMap { shared[$0] >= 0 ? $0 : nil }
  }
}

// MARK: - How many groups

extension JobList {
  private mutating func chooseCounts() {
    let open = jobs.indices.filter { !jobs[$0].isOversize }
    for index in open { jobs[index].groups = wishedCount(jobs[index]) }
    guard case .exactly(let asked) = problem.count else { return }
    var missing = asked - jobs.reduce(0) { $0 + $1.groups }
    // Misses are convex in the number of groups, so that single steps find the best sharing out.
    while missing != 0 {
      let step = missing > 0 ? 1 : -1
      guard let best = open.filter({ fits($0, step) }).min(by: { price($0, step) < price($1, step) }) else { break }
      // One job takes all there is to share at once.
      let jump = open.count == 1 ? min(abs(missing), step > 0 ? jobs[best].nodes.count - jobs[best].groups : jobs[best].groups - 1) : 1
      jobs[best].groups += step * jump
      missing -= step * jump
    }
    if missing != 0 { noteCount(asked, asked - missing) }
  }

  /// As many as today where the bounds allow it, else the number nearest to the ideal.
  private func wishedCount(_ job: Job) -> Int {
    let today = Set(job.nodes.map { piece.home[Int($0)] }).subtracting([-1]).count
    if today > 0, limits.groupCounts(for: job.weight)?.contains(today) == true { return today }
    return limits.bestGroupCount(for: job.weight, atMost: job.nodes.count)
  }

  private func fits(_ index: Int, _ step: Int) -> Bool {
    (1...jobs[index].nodes.count).contains(jobs[index].groups + step)
  }

  /// What a step costs: missed bounds first, then distance from the ideal.
  private func price(_ index: Int, _ step: Int) -> (Int, Double, Int) {
    let job = jobs[index]
    let after = job.groups + step
    let miss = limits.leastMiss(of: job.weight, in: after) - limits.leastMiss(of: job.weight, in: job.groups)
    let ideal = Double(limits.ideal)
    let stray = abs(Double(job.weight) - Double(after) * ideal) - abs(Double(job.weight) - Double(job.groups) * ideal)
    return (miss, stray, index)
  }
}

// MARK: - What cannot be met

extension JobList {
  private func units(_ nodes: [Int32]) -> [Int] { nodes.flatMap { contraction.members[Int($0)] }.sorted() }

  private mutating func noteOversize(_ node: Int32, _ job: Job) {
    let (where_, whereZh) = problem.place(job.parent)
    let members = contraction.members[Int(node)]
    let name = members.count == 1 ? "unit \(problem.name(of: members[0]))" : "the units kept together with unit \(problem.name(of: members[0]))"
    let nameZh = members.count == 1 ? "单元 \(problem.name(of: members[0]))" : "与单元 \(problem.name(of: members[0])) 保持在一起的各单元"
    let weight = piece.weights[Int(node)]
    certificates.append(Certificate(
      kind: .oversizeUnit, isBlocking: problem.oversize == .refuse, parent: job.parent, units: members,
      english: "\(name)\(where_) weighs \(weight), above the maximum of \(limits.max): a group of its own",
      chinese: "\(nameZh)\(whereZh)权重 \(weight)，超过上限 \(limits.max)：单独成组"))
  }

  private mutating func notePocket(_ pocket: [Int32], beside node: Int32) {
    let total = weight(pocket)
    let unit = problem.name(of: contraction.members[Int(node)][0])
    let (where_, whereZh) = problem.place(parent(of: node))
    certificates.append(Certificate(
      kind: .pocket, isBlocking: total > 0, parent: parent(of: node), units: units(pocket),
      english: "\(pocket.count) unit(s) of weight \(total)\(where_) are cut off by the oversized unit \(unit) and below the minimum of \(limits.min): they join it",
      chinese: "\(pocket.count) 个单元\(whereZh)（权重 \(total)）被超限单元 \(unit) 隔断，低于下限 \(limits.min)：并入该单元"))
  }

  private mutating func noteCount(_ asked: Int, _ got: Int) {
    certificates.append(Certificate(
      kind: .groupCount, isBlocking: true, parent: nil, units: [],
      english: "\(asked) groups were asked for, but parents, components and oversized units allow \(got)",
      chinese: "要求 \(asked) 个组，但受上级区划、连通部分和超限单元限制，只能是 \(got) 个"))
  }

  private mutating func certify() {
    for job in jobs where !job.isOversize { certify(job) }
  }

  private mutating func certify(_ job: Job) {
    let (where_, whereZh) = problem.place(job.parent)
    let (low, high, total) = (limits.min, limits.max, job.weight)
    func note(_ kind: Certificate.Kind, _ english: String, _ chinese: String, blocks: Bool = true) {
      certificates.append(Certificate(
        kind: kind, isBlocking: blocks, parent: job.parent, units: units(job.nodes), english: english, chinese: chinese))
    }
    let isWhole = jobs.count == 1
    let what = isWhole ? "the whole" : "a connected part of \(job.nodes.count) unit(s)\(where_)"
    let whatZh = isWhole ? "全部单元" : "由 \(job.nodes.count) 个单元组成的连通部分\(whereZh)"
    let isIsland = job.nodes.count == 1 && piece.row(Int(job.nodes[0])).allSatisfy { !piece.holds[$0] } && !isWhole
    if isIsland {
      let unit = problem.name(of: contraction.members[Int(job.nodes[0])][0])
      note(.island, "unit \(unit)\(where_) of weight \(total) has no neighbour: a group of its own",
        "单元 \(unit)\(whereZh)（权重 \(total)）没有相邻单元：单独成组", blocks: limits.miss(total) > 0)
    } else if total < low {
      note(.belowMinimum, "\(what) weighs \(total), below the minimum of \(low)", "\(whatZh)权重 \(total)，低于下限 \(low)")
    } else if limits.groupCounts(for: total) == nil {
      note(.noGroupCount, "\(what) weighs \(total): no number of groups keeps \(low)–\(high) each",
        "\(whatZh)权重 \(total)：任何组数都不能使每组在 \(low)–\(high) 之间")
    } else if limits.leastMiss(of: total, in: job.groups) > 0 {
      note(.groupCount, "\(what) weighs \(total): \(job.groups) groups cannot keep \(low)–\(high) each",
        "\(whatZh)权重 \(total)：\(job.groups) 个组不能都在 \(low)–\(high) 之间")
    }
    let seeds = job.nodes.filter { isSeed[Int($0)] }
    if seeds.count > job.groups {
      note(.fixed, "\(seeds.count) seeds lie in \(what), which is cut into \(job.groups) group(s)",
        "\(whatZh)含 \(seeds.count) 个种子单元，但只分为 \(job.groups) 个组")
    }
  }
}
