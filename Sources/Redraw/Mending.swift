extension Piece {
  /// `labels` (0..<k) with every group connected: each keeps its heaviest part, the others go to
  /// the neighbour they share most with. The piece itself must be connected.
  func mended(_ labels: [Int32], groups k: Int) -> [Int32] {
    let mended = mendedParts(labels, groups: k)
    return mended.contains(-1) ? adopted(mended) : labels
  }

  /// `labels` with only the heaviest part of each group kept, -1 elsewhere.
  func mendedParts(_ labels: [Int32], groups k: Int) -> [Int32] {
    let (component, parts) = components(of: labels)
    let kept = heaviestParts(labels, component, parts, k)
    return labels.indices.map { component[$0] >= 0 && kept[Int(component[$0])] ? labels[$0] : -1 }
  }

  /// `labels` with nodes of label -1 given, connected part by part, to the group they share most
  /// with.
  func adopted(_ labels: [Int32]) -> [Int32] {
    let (component, parts) = components(of: labels.map { $0 < 0 ? 0 : -1 })
    var loose = [[Int32]](repeating: [], count: parts)
    for node in 0..<count where component[node] >= 0 { loose[Int(component[node])].append(Int32(node)) }
    var labels = labels
    adopt(loose, into: &labels)
    return labels
  }

  private func heaviestParts(_ labels: [Int32], _ component: [Int32], _ parts: Int, _ k: Int) -> [Bool] {
    var weight = [Int](repeating: 0, count: parts)
    var size = weight
    var label = [Int](repeating: 0, count: parts)
    for node in 0..<count where component[node] >= 0 {
      weight[Int(component[node])] += weights[node]
      size[Int(component[node])] += 1
      label[Int(component[node])] = Int(labels[node])
    }
    var best = [Int](repeating: -1, count: k)
    for part in 0..<parts {
      let rival = best[label[part]]
      if rival < 0 || (weight[part], size[part]) > (weight[rival], size[rival]) { best[label[part]] = part }
    }
    var kept = [Bool](repeating: false, count: parts)
    for part in best where part >= 0 { kept[part] = true }
    return kept
  }

  /// Gives each loose part to the group it shares most cut cost with, nearest parts first.
  private func adopt(_ loose: [[Int32]], into labels: inout [Int32]) {
    var waiting = loose
    while !waiting.isEmpty {
      var later: [[Int32]] = []
      for part in waiting {
        if let label = closestGroup(of: part, labels) {
          for node in part { labels[Int(node)] = label }
        } else {
          later.append(part)
        }
      }
      guard later.count < waiting.count else { return }
      waiting = later
    }
  }

  private func closestGroup(of part: [Int32], _ labels: [Int32]) -> Int32? {
    var shared: [(label: Int32, cost: Float)] = []
    for node in part {
      for entry in row(Int(node)) where holds[entry] {
        let label = labels[Int(neighbours[entry])]
        guard label >= 0 else { continue }
        if let index = shared.firstIndex(where: { $0.label == label }) {
          shared[index].cost += cutCosts[entry]
        } else {
          shared.append((label, cutCosts[entry]))
        }
      }
    }
    return shared.max { ($0.cost, $1.label) < ($1.cost, $0.label) }?.label
  }
}
