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
    return PieceResult(labels: labels(piece), groups: job.groups)
  }

  /// Above this many nodes one start is refined region by region.
  private static let small = 400
  /// Above this many nodes a table of all distances takes too much memory.
  private static let tabled = 3000

  private func labels(_ piece: Piece) -> [Int32] {
    let seed = problem.seed &+ UInt64(index) &* 0x9E37_79B9
    let isCentred: Bool
    switch problem.objective {
    case .momentOfInertia, .pMedian: isCentred = true
    case .cutEdges, .perimeter, .compactness: isCentred = false
    }
    if isCentred, piece.count <= Self.small {
      let table = CentreCost.Table(problem, job.nodes.map { contraction.members[Int($0)] })
      return search(piece, CentreCost(table, nodes: piece.count, groups: job.groups), seed).labels
    }
    if piece.count <= Self.small { return search(piece, contraction.cost, seed).labels }
    return Refinement(
      piece: piece, groups: job.groups, limits: problem.limits, cost: contraction.cost, effort: problem.effort, seed: seed
    ).improved(piece.firstPartition(into: job.groups))
  }

  private func search<Cost: CostModel & Sendable>(_ piece: Piece, _ cost: Cost, _ seed: UInt64) -> SmallSearch<Cost>.Found {
    let (starts, steps): (Int, Int) =
      switch problem.effort {
      case .low: (2, 400 * piece.count)
      case .default: (4, 2000 * piece.count)
      case .high: (64, min(40_000 * piece.count, 2_400_000))
      }
    return SmallSearch(
      piece: piece, groups: job.groups, limits: problem.limits, cost: cost, seed: seed, starts: starts, stepsOfStart: steps
    ).best(from: nil)
  }
}
