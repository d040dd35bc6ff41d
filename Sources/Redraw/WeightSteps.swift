/// Weights of layers rounded to whole steps, so that tables over them stay small.
///
/// What a choice of nodes from a layer on weighs lies between what its steps say, less `below`, and what
/// they say, plus `above`.
struct WeightSteps: Sendable {
  let step: Double
  /// Of each layer's node.
  let ofLayer: [Int]
  /// By how much the nodes from each layer on may weigh less and more than their steps; one more at the end.
  private let below: [Double]
  private let above: [Double]
  /// Sums of steps from 0 to below this are told apart.
  let count: Int
  private let low: Double
  private let high: Double

  init(_ weights: [Int], low: Int, high: Int, most: Int) {
    (self.low, self.high) = (Double(low), Double(high))
    let step = Swift.max(1, Double(high) / Double(Swift.max(1, most)))
    let ofLayer = weights.map { Int((Double($0) / step).rounded()) }
    self.step = step
    self.ofLayer = ofLayer
    func sums(_ part: (Double) -> Double) -> [Double] {
      var sums = [0.0]
      for index in weights.indices.reversed() {
        sums.append(sums.last! + Swift.max(0, part(Double(weights[index]) - step * Double(ofLayer[index]))))
      }
      return sums.reversed()
    }
    above = sums { $0 }
    below = sums { -$0 }
    count = Int((Double(high) + below[0]) / step) + 2
  }

  /// The sums of steps that the nodes from `layer` on can have where a set of `weight` so far ends within
  /// the bounds; empty where it cannot.
  @inline(__always)
  func window(_ layer: Int, after weight: Int) -> Range<Int> {
    let first = ((low - Double(weight) - above[layer]) / step - 1e-6).rounded(.up)
    let last = ((high - Double(weight) + below[layer]) / step + 1e-6).rounded(.down)
    let lower = Swift.max(0, Int(first))
    return lower..<Swift.max(lower, Swift.min(count, Int(last) + 1))
  }
}
