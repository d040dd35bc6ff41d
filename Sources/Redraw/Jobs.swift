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
  private(set) var jobs: [Job] = []
  /// The job of each atom, and its place there.
  private var jobOfAtom: [Int32]
  private var placeOfAtom: [Int32]
  /// What was noticed while cutting: oversized atoms, what joins them, a number of groups out of reach.
  private(set) var notes: [Certificate] = []

  init(_ problem: RedrawProblem, _ contraction: Contraction, _ limits: Limits) {
    self.problem = problem
    self.contraction = contraction
    self.limits = limits
    jobOfAtom = Array(repeating: -1, count: contraction.piece.count)
    placeOfAtom = jobOfAtom
    for part in parts() { add(part) }
    for (index, job) in jobs.enumerated() {
      for (place, atom) in job.nodes.enumerated() {
        (jobOfAtom[Int(atom)], placeOfAtom[Int(atom)]) = (Int32(index), Int32(place))
      }
    }
    chooseCounts()
  }

  var piece: Piece { contraction.piece }

  func job(of atom: Int32) -> Int { Int(jobOfAtom[Int(atom)]) }

  /// What a job is cut from.
  func piece(of index: Int) -> Piece {
    let job = Int32(index)
    return jobOfAtom.withUnsafeBufferPointer { jobs in
      placeOfAtom.withUnsafeBufferPointer { places in
        piece.induced(by: self.jobs[index].nodes) { jobs[$0] == job ? places[$0] : -1 }
      }
    }
  }

  func weight(_ nodes: [Int32]) -> Int { nodes.reduce(0) { $0 + piece.weights[Int($1)] } }

  func parent(of atom: Int32) -> Int? { problem.parents?[contraction.members[Int(atom)][0]] }

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
        notes.append(joining(pocket, heavy[host]))
      } else {
        jobs.append(job(pocket))
      }
    }
    jobs += own
    notes += heavy.map { oversize($0) }
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
    if missing != 0 { notes.append(otherCount(asked, asked - missing)) }
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
