/// What a search pays for its groups: told move by move.
protocol CostModel {
  /// How the objective changes when `node` moves; the groups are as before the move.
  func change(_ districts: Districts, _ node: Int, from a: Int, to b: Int) -> Double
  /// Called after a move.
  mutating func moved(_ districts: Districts, _ node: Int, from a: Int, to b: Int)
  /// The objective of the groups as they are.
  func total(_ districts: Districts) -> Double
  /// Called when groups were changed other than by moves.
  mutating func reset(_ districts: Districts)
}

/// `cut` × cost of the edges cut + `inertia` × moment of inertia to the centroids
/// + `evenness` × Σ (weight − ideal)².
struct ShapeCost: CostModel {
  var cut: Double
  var inertia: Double
  var evenness: Double = 0

  @inline(__always)
  func change(_ districts: Districts, _ node: Int, from a: Int, to b: Int) -> Double {
    var change = 0.0
    if cut != 0 {
      var sum: Float = 0
      for entry in districts.row(node) {
        let g = Int(districts.group[Int(districts.neighbours[entry])])
        if g == a { sum += districts.cutCosts[entry] } else if g == b { sum -= districts.cutCosts[entry] }
      }
      change += cut * Double(sum)
    }
    if inertia != 0 { change += inertia * inertiaChange(districts, node, a, b) }
    if evenness != 0 {
      let w = districts.weights[node]
      let step = districts.groupWeight[b] - districts.groupWeight[a] + w
      change += evenness * 2 * Double(w) * Double(step)
    }
    return change
  }

  @inline(__always)
  private func inertiaChange(_ d: Districts, _ node: Int, _ a: Int, _ b: Int) -> Double {
    let m = d.mass[node]
    let (ax, ay) = (d.x[node] - d.groupX[a], d.y[node] - d.groupY[a])
    let (bx, by) = (d.x[node] - d.groupX[b], d.y[node] - d.groupY[b])
    let (left, grown) = (d.groupMass[a] - m, d.groupMass[b] + m)
    var change = 0.0
    if left > 1e-9 * m { change -= m * d.groupMass[a] / left * (ax * ax + ay * ay) }
    if grown > 0 { change += m * d.groupMass[b] / grown * (bx * bx + by * by) }
    return change
  }

  mutating func moved(_ districts: Districts, _ node: Int, from a: Int, to b: Int) {}
  mutating func reset(_ districts: Districts) {}

  func total(_ districts: Districts) -> Double {
    var (edges, moments, squares) = (0.0, 0.0, 0.0)
    for node in 0..<districts.n {
      let g = districts.group[node]
      for entry in districts.row(node) where districts.group[Int(districts.neighbours[entry])] != g {
        edges += Double(districts.cutCosts[entry])
      }
      let (dx, dy) = (districts.x[node] - districts.groupX[Int(g)], districts.y[node] - districts.groupY[Int(g)])
      moments += districts.mass[node] * (dx * dx + dy * dy)
    }
    for g in 0..<districts.k {
      let off = Double(districts.groupWeight[g] - districts.limits.ideal)
      squares += off * off
    }
    return cut * edges / 2 + inertia * moments + evenness * squares
  }
}
