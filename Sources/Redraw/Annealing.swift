import Foundation

/// Simulated annealing over single moves that keep every group connected.
///
/// Kirkpatrick, Gelatt and Vecchi, 1983; for districts: D'Amico and others, 2002.
struct Annealing {
  var steps: Int
  /// Temperatures at start and end, in units of the cost.
  var hot: Double
  var cold: Double
  /// What a unit of missed bound costs at start and end.
  var missPrice: (start: Double, end: Double)
  /// The largest weight that may leave home.
  var movableWeight = Int.max

  /// Moves nodes of `districts`; returns how many moves were made.
  @discardableResult
  func run<Cost: CostModel>(_ districts: Districts, _ cost: inout Cost, _ random: inout SplitMix) -> Int {
    guard districts.k > 1, steps > 0 else { return 0 }
    let stages = max(1, min(256, steps / 64))
    var moves = 0
    for stage in 0..<stages {
      let progress = Double(stage) / Double(max(1, stages - 1))
      let temperature = hot * pow(cold / hot, progress)
      let price = missPrice.start * pow(missPrice.end / missPrice.start, progress)
      for _ in 0..<(steps / stages) where districts.borderCount > 0 {
        if step(districts, &cost, temperature, price, &random) { moves += 1 }
      }
    }
    return moves
  }

  @inline(__always)
  private func step<Cost: CostModel>(
    _ d: Districts, _ cost: inout Cost, _ temperature: Double, _ price: Double, _ random: inout SplitMix
  ) -> Bool {
    let node = Int(d.border[random.below(d.borderCount)])
    guard !d.isLocked[node], let b = target(d, node, &random) else { return false }
    let a = Int(d.group[node])
    guard d.groupSize[a] > 1 else { return false }
    let change = cost.change(d, node, from: a, to: b) + price * Double(d.missChange(node, from: a, to: b))
    if change > 0, change > -temperature * log(1 - random.unit()) { return false }
    let moved = d.movedChange(node, from: a, to: b)
    if moved > 0, d.movedWeight + moved > movableWeight { return false }
    guard d.canLeave(node) else { return false }
    d.move(node, to: b)
    cost.moved(d, node, from: a, to: b)
    return true
  }

  /// A group beyond the border of `node`, found through a neighbour it hangs together with.
  @inline(__always)
  private func target(_ d: Districts, _ node: Int, _ random: inout SplitMix) -> Int? {
    let (first, end) = (Int(d.offsets[node]), Int(d.offsets[node + 1]))
    let a = d.group[node]
    var entry = first + random.below(end - first)
    for _ in first..<end {
      let g = d.group[Int(d.neighbours[entry])]
      if g != a, d.holds[entry] { return Int(g) }
      entry += 1
      if entry == end { entry = first }
    }
    return nil
  }
}
