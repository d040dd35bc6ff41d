import Foundation
import Parallel

/// Improves a partition: annealing in regions of neighbouring groups on all cores, each pass with
/// other regions, so that no border of a region stays; then what still misses its bounds is
/// repaired.
///
/// Regions follow from the piece alone, never from the number of threads.
struct Refinement {
  let piece: Piece
  let groups: Int
  let limits: Limits
  let cost: ShapeCost
  let effort: RedrawProblem.Effort
  let seed: UInt64
  var movableWeight = Int.max
  /// What weight pays that leaves home, in units of what a move changes.
  var movedPrice = 1.0
  /// Need not keep the bounds.
  var isTrial = false
  /// Starts from a plan of today, and moves no more than it gains by.
  var staysNearHome = false

  private static let groupsOfRegion = 100

  private var stepsPerNode: Int {
    switch effort {
    case .low: 70
    case .default: 190
    case .high: 1500
    }
  }

  func improved(_ labels: [Int32]) -> [Int32] {
    var labels = labels
    let scale = Scale(Districts(piece, groups: groups, labels: labels, limits: limits), cost, seed)
    let passes = groups > Self.groupsOfRegion ? 4 : 1
    for pass in 0..<passes {
      let (from, to) = (Double(pass) / Double(passes), Double(pass + 1) / Double(passes))
      var annealing = scale.annealing(from: staysNearHome ? 0.5 + from / 2 : from, to: staysNearHome ? 0.5 + to / 2 : to)
      if staysNearHome { annealing.movedPrice = movedPrice * scale.step / scale.weight }
      anneal(&labels, pass, annealing, steps: Double(stepsPerNode) / Double(passes))
    }
    return Repair(
      piece: piece, groups: groups, limits: limits, cost: cost, scale: scale, seed: seed, movableWeight: movableWeight,
      movedPrice: movedPrice, isTrial: isTrial
    ).repaired(labels)
  }

  /// Weight that may still leave home.
  private func spareWeight(_ labels: [Int32]) -> Int {
    guard movableWeight < .max else { return .max }
    return movableWeight - piece.movedWeight(labels)
  }

  /// A region's share of what may leave home, beyond what has left.
  private func allowance(_ districts: Districts, _ spare: Int) -> Int {
    guard spare < .max else { return .max }
    let share = Double(districts.totalWeight) / Double(max(1, piece.totalWeight))
    return districts.movedWeight + Int(Double(max(0, spare)) * share)
  }

  private func anneal(_ labels: inout [Int32], _ pass: Int, _ annealing: Annealing, steps: Double) {
    let regions = Regions(piece, labels, groups: groups, size: Self.groupsOfRegion, angle: Double(pass) * 0.7)
    let before = labels
    let spare = spareWeight(labels)
    let results = parallelMap(count: regions.count) { index in
      regions.improved(index, before) { part, k, own in
        let districts = Districts(part, groups: k, labels: own, limits: limits)
        var annealing = annealing
        annealing.movableWeight = allowance(districts, spare)
        annealing.steps = Int(steps * Double(part.count))
        var cost = cost
        var random = SplitMix(seed: seed &+ UInt64(pass), stream: index)
        annealing.run(districts, &cost, &random)
        return districts.labels
      }
    }
    for (index, own) in results.enumerated() { regions.write(index, own, into: &labels) }
  }
}

/// How much single moves change the cost, and so which temperatures and prices suit it.
struct Scale {
  /// Mean of |change| over moves across borders.
  let step: Double
  /// Mean weight of a node that has any.
  let weight: Double

  init(_ districts: Districts, _ cost: some CostModel, _ seed: UInt64) {
    var random = SplitMix(seed: seed)
    var (sum, count) = (0.0, 0)
    for _ in 0..<min(2000, districts.borderCount * 4) {
      let node = Int(districts.border[random.below(districts.borderCount)])
      let row = districts.row(node)
      let b = Int(districts.group[Int(districts.neighbours[row.lowerBound + random.below(row.count)])])
      let a = Int(districts.group[node])
      guard a != b, districts.groupSize[a] > 1 else { continue }
      sum += abs(cost.change(districts, node, from: a, to: b))
      count += 1
    }
    step = count > 0 && sum > 0 ? sum / Double(count) : 1
    let heavy = (0..<districts.n).filter { districts.weights[$0] > 0 }
    weight = heavy.isEmpty ? 1 : Double(heavy.reduce(0) { $0 + districts.weights[$1] }) / Double(heavy.count)
  }

  /// The stretch of the schedule between two shares of it.
  func annealing(from: Double, to: Double) -> Annealing {
    func temperature(_ share: Double) -> Double { step * 0.8 * pow(0.06 / 0.8, share) }
    func price(_ share: Double) -> Double { step / weight * 0.5 * pow(3 / 0.5, share) }
    return Annealing(steps: 0, hot: temperature(from), cold: temperature(to), missPrice: (price(from), price(to)))
  }
}

extension Piece {
  /// Weight outside its home.
  func movedWeight(_ labels: [Int32]) -> Int {
    (0..<count).reduce(0) { $0 + (home[$1] >= 0 && home[$1] != labels[$1] ? weights[$1] : 0) }
  }
}

extension Districts {
  var totalWeight: Int { (0..<k).reduce(0) { $0 + groupWeight[$1] } }
}
