import Parallel

/// What a job came to: labels 0..<groups, one for each of its atoms.
struct PieceResult: Sendable {
  var labels: [Int32]
  var groups: Int
  var certificates: [Certificate] = []
}

/// Cuts one connected part of the map into its groups.
struct PieceSolver {
  let problem: RedrawProblem
  let contraction: Contraction
  let job: Job
  let index: Int

  func solved() -> PieceResult {
    guard job.groups > 1 else { return PieceResult(labels: Array(repeating: 0, count: job.nodes.count), groups: 1) }
    var scratch = [Int32](repeating: -1, count: contraction.piece.count)
    let piece = contraction.piece.induced(by: job.nodes, scratch: &scratch)
    let start = piece.firstPartition(into: job.groups)
    let refined = Refinement(piece: piece, groups: job.groups, limits: problem.limits, cost: contraction.cost, effort: problem.effort, seed: problem.seed &+ UInt64(index)).improved(start)
    return PieceResult(labels: refined, groups: job.groups)
  }
}
