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
  /// Lagrangian relaxation and, for few groups, branch and bound over sets of centres; cut edges by
  /// dynamic programming over a frontier. Elsewhere there is no bound. Unlike a plan, a bound may
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
    case .cutEdges:
      proof.bound = FrontierProof(contraction.piece, groups: k, limits: limits, deadline: deadline)
        .bound(below: Int(plan.objective))
        .map(Double.init)
    case .perimeter, .compactness: break
    }
    proof.bound = proof.bound.map { min($0, proof.plan.objective) }
    return proof
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
