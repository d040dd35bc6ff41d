/// A lower bound of the objective over all plans that keep every bound.
public struct RedrawProof: Sendable {
  /// No feasible plan has a smaller objective; nil where no bound is known.
  public internal(set) var bound: Double?
  /// The plan given, or a better one that the proof met.
  public internal(set) var plan: RedrawPlan
}

extension RedrawProblem {
  /// Bounds how good a plan can be at all.
  ///
  /// For one connected map with a given number of groups: p-median and moment of inertia by
  /// Lagrangian relaxation and, for few groups, branch and bound over sets of centres; cut edges,
  /// perimeter and compactness by generating columns (``ColumnProof``), cut edges also by dynamic
  /// programming over a frontier. Elsewhere there is no bound. Unlike a plan, a bound may
  /// depend on the machine: it stops after `seconds`.
  public func proof(of plan: RedrawPlan, within seconds: Double) -> RedrawProof {
    let none = RedrawProof(bound: nil, plan: plan)
    let contraction = Contraction(self, homes: Homes(self).ofUnit)
    let list = JobList(self, contraction, limits)
    guard plan.isFeasible, list.jobs.count == 1, case .exactly(let k) = count, list.jobs[0].groups == k,
      contraction.members.count == graph.count
    else { return none }
    let deadline = Deadline(after: seconds)
    var proof = none
    if k == 1 {
      proof.bound = plan.objective
      return proof
    }
    switch objective {
    case .pMedian, .momentOfInertia:
      let centred = CentredProof(self, contraction.piece, groups: k, plan: plan, deadline: deadline)
      let found = centred.run()
      proof.bound = found.bound
      if let better = found.labels { adopt(better, &proof) }
    case .cutEdges, .perimeter, .compactness:
      boundCut(contraction, k, &proof, deadline)
    }
    proof.bound = proof.bound.map { min($0, proof.plan.objective) }
    return proof
  }

  /// Bounds a sum over the edges cut.
  private func boundCut(_ contraction: Contraction, _ k: Int, _ proof: inout RedrawProof, _ deadline: Deadline) {
    let piece = contraction.piece
    let fixed = crossings
    let best = proof.plan.objective
    if objective == .cutEdges {
      let frontier = FrontierProof(piece, groups: k, limits: limits, deadline: deadline).bound(below: Int(best))
      proof.bound = frontier.map(Double.init)
      if proof.bound == best { return }
    }
    let result = ColumnProof(
      piece, groups: k, limits: limits, best: best - fixed, unit: objective == .cutEdges ? 1 : 0, deadline: deadline
    ).run(proof.plan.groups.map(Int32.init), contraction.cost, seed)
    guard let result else { return }
    proof.bound = max(proof.bound ?? 0, result.bound + fixed)
    if let better = result.labels { adopt(better.map(Int.init), &proof) }
  }

  /// What compactness pays for crossings within groups if no edge is cut: cut edges pay their border
  /// instead.
  private var crossings: Double {
    guard objective == .compactness else { return 0 }
    return graph.edges.reduce(0) { if case .cost(let crossing) = $1.crossing { $0 + crossing } else { $0 } }
  }

  /// Takes the better plan that a proof met, unless a limit that the proof leaves out forbids it.
  private func adopt(_ groups: [Int], _ proof: inout RedrawProof) {
    guard existing == nil, locked.isEmpty, seeds.isEmpty else { return }
    let better = self.plan(of: groups, certificates: [], Homes(self))
    if better.isFeasible, better.objective < proof.plan.objective { proof.plan = better }
  }
}

/// A point in time.
struct Deadline: Sendable {
  private let end: ContinuousClock.Instant

  init(after seconds: Double) { end = ContinuousClock.now + .seconds(min(max(0, seconds), 1e7)) }

  var isOver: Bool { ContinuousClock.now >= end }
}
