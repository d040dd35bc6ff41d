import Parallel

extension Piece {
  /// A first partition into `k` connected groups: halved until few groups are left, each half
  /// connected and as heavy as its number of groups asks, then bisected. The piece is connected.
  /// - Complexity: O(n log k), on all cores.
  func firstPartition(into k: Int, angle: Double = 0) -> [Int32] {
    var labels = [Int32](repeating: 0, count: count)
    var open = [Share(piece: self, nodes: nil, groups: k, label: 0)]
    while !open.isEmpty {
      let shares = open
      open = []
      let results = parallelMap(count: shares.count) { shares[$0].divided(angle) }
      for (share, result) in zip(shares, results) {
        switch result {
        case .parts(let parts): open += parts
        case .labels(let own):
          for (index, label) in own.enumerated() { labels[Int(share.nodes?[index] ?? Int32(index))] = label }
        }
      }
    }
    return labels
  }
}

/// A part of a piece with the number of groups it is cut into.
private struct Share: Sendable {
  let piece: Piece
  /// The nodes in the first piece; nil for all of it.
  let nodes: [Int32]?
  let groups: Int
  let label: Int

  enum Division: Sendable {
    case parts([Share])
    case labels([Int32])
  }

  /// Shares of so few groups are bisected at once.
  private static let few = 12

  func divided(_ angle: Double) -> Division {
    guard groups > Self.few else {
      let labels = piece.mended(piece.bisected(into: groups, turnedBy: angle), groups: groups)
      return .labels(labels.map { $0 + Int32(label) })
    }
    let half = groups / 2
    let sides = balanced(piece.mended(piece.parted(half, groups, angle), groups: 2), half)
    let first = firstGroups(sides)
    var scratch = [Int32](repeating: -1, count: piece.count)
    return .parts([
      share(sides, 0, first, label, &scratch), share(sides, 1, groups - first, label + first, &scratch),
    ])
  }

  private func share(_ sides: [Int32], _ side: Int32, _ groups: Int, _ label: Int, _ scratch: inout [Int32]) -> Share {
    let chosen = (0..<Int32(sides.count)).filter { sides[Int($0)] == side }
    return Share(
      piece: piece.induced(by: chosen, scratch: &scratch), nodes: nodes.map { all in chosen.map { all[Int($0)] } } ?? chosen,
      groups: groups, label: label)
  }

  /// How many groups fall to the first side, after its weight.
  private func firstGroups(_ sides: [Int32]) -> Int {
    var (weight, total, size) = (0, 0, 0)
    for node in sides.indices {
      total += piece.weights[node]
      if sides[node] == 0 {
        weight += piece.weights[node]
        size += 1
      }
    }
    let share = total > 0 ? Double(weight) / Double(total) : Double(size) / Double(max(1, sides.count))
    let wish = Int((share * Double(groups)).rounded())
    return min(max(wish, 1, groups - (sides.count - size)), size, groups - 1)
  }

  /// Moves nodes across the border, layer by layer, until the sides weigh a whole number of groups
  /// each, or nearly so.
  private func balanced(_ sides: [Int32], _ half: Int) -> [Int32] {
    let total = piece.totalWeight
    let districts = Districts(piece, groups: 2, labels: sides, limits: Limits(min: 0, ideal: total / 2, max: total))
    districts.patience = 400
    let per = Double(total) / Double(groups)
    let wish = min(max((Double(districts.groupWeight[0]) / per).rounded(), 1), Double(groups - 1))
    let goal = Int((wish * per).rounded())
    let from = districts.groupWeight[0] > goal ? 0 : 1
    var over: Int { from == 0 ? districts.groupWeight[0] - goal : goal - districts.groupWeight[0] }
    var layer = districts.border(in: from)
    var idle = 0
    while over > 0, !layer.isEmpty, idle < 3 {
      var next: [Int] = []
      var moved = false
      for node in layer where over > 0 && Int(districts.group[node]) == from {
        guard piece.weights[node] < 2 * over, districts.touches(node, 1 - from), districts.canLeave(node) else {
          next.append(node)
          continue
        }
        districts.move(node, to: 1 - from)
        moved = true
        for entry in districts.row(node) where Int(districts.group[Int(districts.neighbours[entry])]) == from {
          next.append(Int(districts.neighbours[entry]))
        }
      }
      idle = moved ? 0 : idle + 1
      layer = next
    }
    return districts.labels
  }
}

extension Districts {
  fileprivate func border(in g: Int) -> [Int] {
    (0..<borderCount).map { Int(border[$0]) }.filter { Int(group[$0]) == g }.sorted()
  }

  /// Whether `node` hangs together with group `b`.
  func touches(_ node: Int, _ b: Int) -> Bool {
    row(node).contains { holds[$0] && Int(group[Int(neighbours[$0])]) == b }
  }
}

extension Piece {
  /// Two sides of a straight cut across the longer extent, the first with `half` of `groups`
  /// shares of the weight. The place is found in bins, so the time is linear.
  fileprivate func parted(_ half: Int, _ groups: Int, _ angle: Double) -> [Int32] {
    let (c, s) = angle == 0 ? (1, 0) : cosineAndSine(angle)
    let u = (0..<count).map { x[$0] * c + y[$0] * s }
    let v = (0..<count).map { y[$0] * c - x[$0] * s }
    let along = spread(u) >= spread(v) ? u : v
    let (low, width) = (along.min()!, spread(along))
    let bins = 4096
    func bin(_ value: Double) -> Int { width > 0 ? min(bins - 1, Int((value - low) / width * Double(bins))) : 0 }
    var weightOfBin = [Int](repeating: 0, count: bins)
    let isEmpty = totalWeight == 0
    for node in 0..<count { weightOfBin[bin(along[node])] += isEmpty ? 1 : weights[node] }
    let goal = weightOfBin.reduce(0, +) * half / groups
    var (cut, sum) = (0, 0)
    while cut < bins - 1, sum + weightOfBin[cut] <= goal {
      sum += weightOfBin[cut]
      cut += 1
    }
    var sides = along.map { bin($0) < cut ? Int32(0) : 1 }
    let inside = (0..<count).filter { bin(along[$0]) == cut }.sorted { (along[$0], $0) < (along[$1], $1) }
    for node in inside where sum < goal {
      sides[node] = 0
      sum += isEmpty ? 1 : weights[node]
    }
    if !sides.contains(0) { sides[inside[0]] = 0 }
    if !sides.contains(1) { sides[inside.last!] = 1 }
    return sides
  }

  private func spread(_ values: [Double]) -> Double { values.max()! - values.min()! }
}
