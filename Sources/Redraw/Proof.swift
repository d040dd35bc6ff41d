import Parallel

/// A lower bound of the objective over all plans that keep every bound.
public struct RedrawProof: Sendable {
  /// No feasible plan with as many groups in each part has a smaller objective; nil where no bound is known.
  public internal(set) var bound: Double?
  /// The plan given, or a better one that the proof met.
  public internal(set) var plan: RedrawPlan
}

extension RedrawProblem {
  /// Bounds how good a plan can be at all.
  ///
  /// Parts that no group crosses (parents, connected parts) are bounded apart, with as many groups as
  /// the plan gives them, and summed up. p-median and moment of inertia are bounded by Lagrangian
  /// relaxation and, for few groups, branch and bound over sets of centres (`CentredProof`); cut
  /// edges, perimeter and compactness by generating columns (`ColumnProof`). A part that neither can
  /// bound counts as 0; where that is all of them, there is no bound. Unlike a plan, a bound may depend
  /// on the machine: it stops after `seconds`.
  public func proof(of plan: RedrawPlan, within seconds: Double) -> RedrawProof {
    let none = RedrawProof(bound: nil, plan: plan)
    let contraction = Contraction(self, homes: Homes(self).ofUnit)
    let list = JobList(self, contraction, limits)
    guard plan.isFeasible, let proofs = PartProof.all(of: list, plan) else { return none }
    let slice = seconds * Double(min(threadCount, proofs.count)) / Double(max(1, proofs.count))
    let results = parallelMap(count: proofs.count) { proofs[$0].run(Deadline(after: slice)) }
    guard results.contains(where: \.isBounded) else { return none }
    var proof = none
    adopt(results, list, &proof)
    // What the parts leave out, such as borders of parents, is the same in every plan.
    let slack = results.reduce(0) { $0 + $1.cost - $1.bound }
    proof.bound = min(plan.objective - slack, proof.plan.objective)
    return proof
  }

  /// Takes better parts that a proof met, unless a limit that the proof leaves out forbids it.
  private func adopt(_ results: [PartProof.Result], _ list: JobList, _ proof: inout RedrawProof) {
    guard existing == nil, locked.isEmpty, seeds.isEmpty, results.contains(where: { $0.better != nil }) else { return }
    var groups = [Int](repeating: -1, count: graph.count)
    var first = 0
    for (job, result) in zip(list.jobs, results) {
      let labels = result.better ?? result.labels
      for (atom, label) in zip(job.nodes, labels) {
        for unit in list.contraction.members[Int(atom)] { groups[unit] = first + Int(label) }
      }
      first += Int(labels.max() ?? -1) + 1
    }
    let better = self.plan(of: ordered(groups, count: first), certificates: [], Homes(self))
    if better.isFeasible, better.objective < proof.plan.objective { proof.plan = better }
  }
}

/// The proof for one part of the map.
struct PartProof: Sendable {
  let list: JobList
  let index: Int
  let labels: [Int32]
  let groups: Int

  struct Result: Sendable {
    /// What the part's groups pay in the plan given.
    var cost: Double
    var bound: Double
    var isBounded: Bool
    var labels: [Int32]
    /// Groups that pay less.
    var better: [Int32]?
  }

  /// Nil where a group of the plan holds atoms of several parts.
  static func all(of list: JobList, _ plan: RedrawPlan) -> [PartProof]? {
    let proofs = list.jobs.indices.map { index in
      let groups = list.jobs[index].nodes.map { plan.groups[list.contraction.members[Int($0)][0]] }
      let number = Dictionary(uniqueKeysWithValues: Set(groups).sorted().enumerated().map { ($1, Int32($0)) })
      return PartProof(list: list, index: index, labels: groups.map { number[$0]! }, groups: number.count)
    }
    return proofs.reduce(0) { $0 + $1.groups } == plan.groupCount ? proofs : nil
  }

  func run(_ deadline: Deadline) -> Result {
    // A group alone costs the same in every plan, whatever that is.
    guard groups > 1 else { return Result(cost: 0, bound: 0, isBounded: true, labels: labels) }
    switch list.problem.objective {
    case .pMedian, .momentOfInertia: return centred(deadline)
    case .cutEdges, .perimeter, .compactness: return cut(deadline)
    }
  }

  private func centred(_ deadline: Deadline) -> Result {
    let problem = list.problem
    let members = list.jobs[index].nodes.map { list.contraction.members[Int($0)] }
    let cost = centredCost(members)
    // A set kept together may have its centre at any of its units: the table knows one only.
    guard members.count <= CentredProof.mostNodes, members.allSatisfy({ $0.count == 1 }) else { return unbounded(cost, floor: 0) }
    let table = CentreCost.Table(problem, members).values
    let proof = CentredProof(list.piece(of: index), table, groups: groups, limits: problem.limits, best: cost, deadline: deadline)
    let found = proof.run()
    guard let bound = found.bound else { return unbounded(cost, floor: 0) }
    return Result(cost: cost, bound: min(bound, cost), isBounded: true, labels: labels, better: found.labels?.map(Int32.init))
  }

  private func centredCost(_ members: [[Int]]) -> Double {
    var units = [[Int]](repeating: [], count: groups)
    for (atom, label) in labels.enumerated() { units[Int(label)] += members[atom] }
    return units.reduce(0) { sum, units in
      sum + (units.map { centre in units.reduce(0) { $0 + list.problem.centreCost($1, centre) } }.min() ?? 0)
    }
  }

  private func cut(_ deadline: Deadline) -> Result {
    let piece = list.piece(of: index)
    let problem = list.problem
    let isCount = problem.objective == .cutEdges
    let costs = piece.costs(ofCuts: labels)
    // A connected part falls into k groups across no less than k - 1 edges.
    let floor = isCount ? Double(groups - 1) : costs.least
    let proof = ColumnProof(
      piece, groups: groups, limits: problem.limits, best: costs.cut, unit: isCount ? 1 : 0, deadline: deadline)
    guard let found = proof.run(labels, list.contraction.cost, problem.seed) else { return unbounded(costs.cut, floor: floor) }
    let bound = min(max(found.bound, floor), costs.cut)
    return Result(cost: costs.cut, bound: bound, isBounded: true, labels: labels, better: found.labels)
  }

  private func unbounded(_ cost: Double, floor: Double) -> Result {
    Result(cost: cost, bound: min(floor, cost), isBounded: floor > 0, labels: labels)
  }
}

extension Piece {
  /// What is paid for the edges between nodes of different labels, and what no labels pay less than.
  func costs(ofCuts labels: [Int32]) -> (cut: Double, least: Double) {
    var (cut, least) = (0.0, 0.0)
    for node in 0..<count {
      for entry in row(node) {
        let cost = Double(cutCosts[entry]) / 2
        least += Swift.min(0, cost)
        if labels[node] != labels[Int(neighbours[entry])] { cut += cost }
      }
    }
    return (cut, least)
  }
}

/// A point in time.
struct Deadline: Sendable {
  private let end: ContinuousClock.Instant

  init(after seconds: Double) { end = ContinuousClock.now + .seconds(min(max(0, seconds), 1e7)) }

  var isOver: Bool { ContinuousClock.now >= end }
}
