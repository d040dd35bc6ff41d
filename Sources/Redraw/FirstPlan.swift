/// Where a search starts from when more is given than a map: a plan of today, or seeds.
struct FirstPlan {
  let piece: Piece
  let groups: Int

  /// The plan of today, every group connected: of more groups than asked the heaviest stay, and the
  /// heaviest are halved until there are enough.
  func continuing(_ homes: [Int32]) -> [Int32] {
    var labels = homes
    var count = Int(homes.max() ?? -1) + 1
    if count > groups {
      for node in labels.indices where Int(labels[node]) >= groups { labels[node] = -1 }
      count = groups
    }
    labels = piece.adopted(piece.mendedParts(labels, groups: count))
    while count < groups, split(&labels, count) { count += 1 }
    return labels
  }

  /// Halves the heaviest group that has two nodes.
  private func split(_ labels: inout [Int32], _ count: Int) -> Bool {
    var weight = [Int](repeating: 0, count: count)
    var size = weight
    for node in labels.indices {
      weight[Int(labels[node])] += piece.weights[node]
      size[Int(labels[node])] += 1
    }
    let open = (0..<count).filter { size[$0] > 1 }
    guard let heaviest = open.max(by: { (weight[$0], $1) < (weight[$1], $0) }) else { return false }
    let nodes = (0..<Int32(labels.count)).filter { Int(labels[Int($0)]) == heaviest }
    var scratch = [Int32](repeating: -1, count: piece.count)
    let sides = piece.induced(by: nodes, scratch: &scratch).firstPartition(into: 2)
    for (index, node) in nodes.enumerated() where sides[index] == 1 { labels[Int(node)] = Int32(count) }
    return true
  }

  /// Groups that grow from `seeds`, the lightest first; further seeds are the nodes farthest from
  /// all others.
  func grown(from seeds: [Int32]) -> [Int32] {
    var labels = [Int32](repeating: -1, count: piece.count)
    var weight = [Int](repeating: 0, count: groups)
    var fronts: [[Int32]] = []
    for (group, seed) in spread(seeds).enumerated() {
      labels[Int(seed)] = Int32(group)
      weight[group] = piece.weights[Int(seed)]
      fronts.append([seed])
    }
    var heads = [Int](repeating: 0, count: groups)
    while let group = (0..<groups).filter({ heads[$0] < fronts[$0].count }).min(by: { (weight[$0], $0) < (weight[$1], $1) }) {
      let node = Int(fronts[group][heads[group]])
      heads[group] += 1
      for entry in piece.row(node) where piece.holds[entry] {
        let other = piece.neighbours[entry]
        guard labels[Int(other)] < 0 else { continue }
        labels[Int(other)] = Int32(group)
        weight[group] += piece.weights[Int(other)]
        fronts[group].append(other)
      }
    }
    return labels
  }

  private func spread(_ seeds: [Int32]) -> [Int32] {
    var seeds = seeds
    var distance = [Double](repeating: .infinity, count: piece.count)
    func near(_ seed: Int32) {
      for node in distance.indices {
        let (dx, dy) = (piece.x[node] - piece.x[Int(seed)], piece.y[node] - piece.y[Int(seed)])
        distance[node] = min(distance[node], dx * dx + dy * dy)
      }
      distance[Int(seed)] = -1
    }
    for seed in seeds { near(seed) }
    while seeds.count < groups {
      let next = Int32(distance.indices.max { (distance[$0], $1) < (distance[$1], $0) }!)
      seeds.append(next)
      near(next)
    }
    return seeds
  }
}
