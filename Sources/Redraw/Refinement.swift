import Parallel

/// Improves a partition of a large piece, region by region on all cores.
struct Refinement {
  let piece: Piece
  let groups: Int
  let limits: Limits
  let cost: ShapeCost
  let effort: RedrawProblem.Effort
  let seed: UInt64

  func improved(_ labels: [Int32]) -> [Int32] {
    let districts = Districts(piece, groups: groups, labels: labels, limits: limits)
    var random = SplitMix(seed: seed)
    var cost = cost
    let annealing = Annealing(steps: piece.count * 100, hot: 0.3, cold: 0.01, missPrice: (0.01, 0.1))
    annealing.run(districts, &cost, &random)
    return districts.labels
  }
}
