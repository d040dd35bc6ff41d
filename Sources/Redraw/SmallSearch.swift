import Foundation
import Parallel

/// For pieces of up to some hundred nodes: many starts, each annealed again and again with a price
/// of misses that rises while bounds are missed and falls while they are kept, so that the search
/// crosses the edge of the feasible plans over and over. The best feasible plan met is kept.
struct SmallSearch<Cost: CostModel & Sendable> {
  let piece: Piece
  let groups: Int
  let limits: Limits
  let cost: Cost
  let seed: UInt64
  var movableWeight = Int.max
  /// What weight pays that leaves home, in units of what a move changes.
  var movedPrice = 1.0
  var starts: Int
  var stepsOfStart: Int
  /// 1 anneals anew; less stays nearer to the start.
  var heat = 1.0

  struct Found: Sendable {
    var labels: [Int32]
    var miss: Int
    var objective: Double

    func isBetter(than other: Found) -> Bool {
      miss != other.miss ? miss < other.miss : objective < other.objective - 1e-9 * Swift.max(1, abs(other.objective))
    }
  }

  /// The best plan of all starts; of equal ones that of the first start. Starts come in batches;
  /// after one in which `agreement` starts met the same best plan's value, no more are made.
  func best(from given: [Int32]?, agreement: Int = .max) -> Found {
    var all: [Found] = []
    while all.count < starts {
      let first = all.count
      all += parallelMap(count: Swift.min(16, starts - first)) { start(from: given, first + $0) }
      let best = all.dropFirst().reduce(all[0]) { $1.isBetter(than: $0) ? $1 : $0 }
      if all.filter({ !best.isBetter(than: $0) }).count >= agreement { return best }
    }
    return all.dropFirst().reduce(all[0]) { $1.isBetter(than: $0) ? $1 : $0 }
  }

  /// The best plan of each start.
  func all(from given: [Int32]?) -> [Found] { parallelMap(count: starts) { start(from: given, $0) } }

  private func start(from given: [Int32]?, _ index: Int) -> Found {
    var random = SplitMix(seed: seed, stream: index)
    let labels = given ?? piece.firstPartition(into: groups, angle: index == 0 ? 0 : random.unit() * .pi)
    let districts = Districts(piece, groups: groups, labels: labels, limits: limits)
    var cost = cost
    cost.reset(districts)
    var walk = Walk(districts, cost, movableWeight, movedPrice, &random)
    walk.run(steps: stepsOfStart, heat, &cost, &random)
    return walk.best
  }

  private struct Walk {
    let districts: Districts
    var best: Found
    private var annealing: Annealing
    private var price: Double
    private let step: Double
    private let weight: Double
    private var objective: Double

    init(_ districts: Districts, _ cost: Cost, _ movable: Int, _ movedPrice: Double, _ random: inout SplitMix) {
      self.districts = districts
      let scale = Scale(districts, cost, random.next())
      (step, weight) = (scale.step, scale.weight)
      price = step / weight
      annealing = Annealing(steps: 0, hot: step, cold: step, missPrice: (price, price), movableWeight: movable)
      if districts.hasHomes { annealing.movedPrice = movedPrice * step / weight }
      objective = cost.total(districts) + annealing.movedPrice * Double(districts.movedWeight)
      best = Found(labels: districts.labels, miss: districts.miss, objective: objective)
    }

    mutating func run(steps: Int, _ heat: Double, _ cost: inout Cost, _ random: inout SplitMix) {
      let stage = Swift.max(16, districts.n * 2)
      // A walk too short for a whole cycle cools all the same.
      let stagesOfCycle = Swift.max(2, Swift.min(200, steps / stage))
      let hot = Swift.max(0.08, 1.2 * heat)
      var done = 0
      while done < steps {
        if heat >= 1, done > 0 { shakeLoose(&cost, &random) }
        if heat >= 1 { price = step / weight * pow(10, random.unit() * 2 - 0.5) }
        for index in 0..<stagesOfCycle where done < steps {
          let progress = Double(index) / Double(stagesOfCycle - 1)
          anneal(stage, step * hot * pow(0.08 / hot, progress), &cost, &random)
          done += stage
        }
        resync(&cost)
      }
    }

    /// Some pairs where no feasible plan is known yet, else one.
    private mutating func shakeLoose(_ cost: inout Cost, _ random: inout SplitMix) {
      for _ in 0..<(best.miss > 0 ? 20 : 1) { shake(&cost, &random) }
    }

    /// Parts one pair of neighbouring groups anew.
    private mutating func shake(_ cost: inout Cost, _ random: inout SplitMix) {
      guard districts.borderCount > 0, !districts.hasLocks else { return }
      let node = Int(districts.border[random.below(districts.borderCount)])
      guard let b = annealing.target(districts, node, &random) else { return }
      let split = TreeSplit(districts, Int(districts.group[node]), b, &random)
      guard split.apply(&cost, &random) else { return }
      resync(&cost)
      if districts.miss <= best.miss, districts.movedWeight <= annealing.movableWeight { note() }
    }

    /// Sums drift by rounding: anew from time to time.
    private mutating func resync(_ cost: inout Cost) {
      cost.reset(districts)
      objective = cost.total(districts) + annealing.movedPrice * Double(districts.movedWeight)
    }

    private mutating func anneal(_ steps: Int, _ temperature: Double, _ cost: inout Cost, _ random: inout SplitMix) {
      var clean = 0
      for _ in 0..<steps where districts.borderCount > 0 {
        let change =
          random.below(4) == 0
          ? annealing.exchange(districts, &cost, temperature, price, &random)
          : annealing.step(districts, &cost, temperature, price, &random)
        if let change {
          objective += change
          if districts.miss <= best.miss { note() }
        }
        if districts.miss == 0 { clean += 1 }
      }
      // Some share of the time is spent inside the bounds.
      price *= clean * 4 > steps ? 0.9 : 1.1
      price = Swift.min(Swift.max(price, step / weight * 0.01), step / weight * 100)
    }

    private mutating func note() {
      guard districts.miss < best.miss || objective < best.objective - 1e-9 * Swift.max(1, abs(best.objective)) else { return }
      best.miss = districts.miss
      best.objective = objective
      for node in 0..<districts.n { best.labels[node] = districts.group[node] }
    }
  }
}
