/// The cheapest way from every state of ``DistrictStates`` to the end at given prices of nodes, for every
/// sum of steps (``WeightSteps``) on that way.
struct Completions: Sendable {
  private let steps: WeightSteps
  /// Rows of `steps.count` values, one a state, layer by layer.
  private let table: [Float]
  private let offsets: [Int]
  /// What rounding may have added.
  private let margin: Double

  /// - Parameters:
  ///   - prices: of the layers' nodes.
  ///   - totalCost: Σ |cost| of all edges.
  init(_ states: DistrictStates, _ steps: WeightSteps, _ offsets: [Int], _ prices: [Double], totalCost: Double) {
    (self.steps, self.offsets) = (steps, offsets)
    let size = prices.reduce(totalCost) { $0 + abs($1) }
    margin = size * Double(prices.count) * Double(Float.ulpOfOne)
    let width = steps.count
    table = [Float](unsafeUninitializedCapacity: offsets.last! * width) { buffer, filled in
      buffer.initialize(repeating: .infinity)
      filled = buffer.count
      guard let start = buffer.baseAddress else { return }
      for index in states.layers.indices.reversed() {
        let layer = states.layers[index]
        let isLast = index == states.layers.count - 1
        for state in 0..<layer.count {
          let row = start + (offsets[index] + state) * width
          /// A choice of the layer's node, that leads to state `to`.
          func take(_ to: Int32, _ cost: Float, _ shift: Int) {
            guard to >= 0, shift < width else { return }
            if isLast { return row[shift] = min(row[shift], cost) }
            row.lower(by: start + (offsets[index + 1] + Int(to)) * width, plus: cost, shiftedBy: shift, width)
          }
          take(layer.outside[state], layer.outsideCost[state], 0)
          take(layer.inside[state], layer.insideCost[state] - Float(prices[index]), steps.ofLayer[index])
        }
      }
    }
  }

  /// No way from `state` before `layer` that brings a set of `weight` within the bounds costs less.
  @inline(__always)
  func least(_ layer: Int, _ state: Int, after weight: Int) -> Double {
    let window = steps.window(layer, after: weight)
    let base = (offsets[layer] + state) * steps.count
    return table.withUnsafeBufferPointer { table in
      var least = Float.infinity
      for at in window { least = Swift.min(least, table[base + at]) }
      return Double(least) - margin
    }
  }
}

extension UnsafeMutablePointer<Float> {
  /// The lesser of what stands here and of another row, plus `cost`, moved up by `shift`.
  @inline(__always)
  fileprivate func lower(by other: Self, plus cost: Float, shiftedBy shift: Int, _ width: Int) {
    let to = self + shift
    for at in 0..<(width - shift) {
      let value = other[at] + cost
      to[at] = value < to[at] ? value : to[at]
    }
  }
}
