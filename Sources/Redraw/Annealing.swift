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
  /// What a unit of weight costs that leaves home.
  var movedPrice = 0.0

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
        if step(districts, &cost, temperature, price, &random) != nil { moves += 1 }
      }
    }
    return moves
  }

  /// Tries one move; how the objective changed where it was made.
  @inline(__always)
  func step<Cost: CostModel>(
    _ d: Districts, _ cost: inout Cost, _ temperature: Double, _ price: Double, _ random: inout SplitMix
  ) -> Double? {
    let node = Int(d.border[random.below(d.borderCount)])
    guard !d.isLocked[node], let b = target(d, node, &random) else { return nil }
    let a = Int(d.group[node])
    guard d.groupSize[a] > 1 else { return nil }
    let gain = cost.change(d, node, from: a, to: b) + movedPrice * Double(d.movedChange(node, from: a, to: b))
    let change = gain + price * Double(d.missChange(node, from: a, to: b))
    if change > 0, change > 30 * temperature || change > -temperature * log(1 - random.unit()) { return nil }
    let moved = d.movedChange(node, from: a, to: b)
    if moved > 0, d.movedWeight + moved > movableWeight { return nil }
    guard d.canLeave(node) else { return nil }
    d.move(node, to: b)
    cost.moved(d, node, from: a, to: b)
    return gain
  }

  /// Tries two moves at once, a node there and another back, so that weights change little.
  func exchange<Cost: CostModel>(
    _ d: Districts, _ cost: inout Cost, _ temperature: Double, _ price: Double, _ random: inout SplitMix
  ) -> Double? {
    let node = Int(d.border[random.below(d.borderCount)])
    guard !d.isLocked[node], let b = target(d, node, &random), d.canLeave(node) else { return nil }
    let a = Int(d.group[node])
    let (miss, moved) = (d.miss, d.movedWeight)
    var gain = cost.change(d, node, from: a, to: b) + movedPrice * Double(d.movedChange(node, from: a, to: b))
    d.move(node, to: b)
    cost.moved(d, node, from: a, to: b)
    if let other = partner(d, of: node, in: b, toward: a, &random), d.canLeave(other) {
      gain += cost.change(d, other, from: b, to: a) + movedPrice * Double(d.movedChange(other, from: b, to: a))
      let change = gain + price * Double(d.miss - miss + d.missChange(other, from: b, to: a))
      let mayMove = max(moved, movableWeight) >= d.movedWeight + d.movedChange(other, from: b, to: a)
      if mayMove, change <= 0 || change <= -temperature * log(1 - random.unit()) {
        d.move(other, to: a)
        cost.moved(d, other, from: b, to: a)
        return gain
      }
    }
    d.move(node, to: a)
    cost.moved(d, node, from: b, to: a)
    return nil
  }

  private func partner(
    _ d: Districts, of node: Int, in b: Int, toward a: Int, _ random: inout SplitMix
  ) -> Int? {
    for _ in 0..<8 {
      let other = Int(d.border[random.below(d.borderCount)])
      if other != node, Int(d.group[other]) == b, !d.isLocked[other], d.touches(other, a) { return other }
    }
    return nil
  }

  /// A group beyond the border of `node`, found through a neighbour it hangs together with.
  @inline(__always)
  func target(_ d: Districts, _ node: Int, _ random: inout SplitMix) -> Int? {
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
