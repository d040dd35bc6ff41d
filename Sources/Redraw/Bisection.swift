extension Piece {
  /// `k` groups by recursive bisection across the longer side, each half as heavy as its number of
  /// groups asks. Groups may be disconnected where a barrier cuts through: see `mended`.
  ///
  /// Berger and Bokhari, "A partitioning strategy for nonuniform problems on multiprocessors", 1987.
  /// - Complexity: O(n log n + n log k), since both orders are sorted once and split stably.
  func bisected(into k: Int, turnedBy angle: Double = 0) -> [Int32] {
    var labels = [Int32](repeating: 0, count: count)
    guard k > 1 else { return labels }
    var bisection = Bisection(self, angle: angle)
    bisection.run(groups: k, labels: &labels)
    return labels
  }
}

private struct Bisection {
  let weights: [Int]
  let along: [[Double]]
  /// The nodes, sorted along each axis within every range that is still whole.
  var order: [[Int32]]
  var isFirst: [Bool]
  var spare: [Int32]

  init(_ piece: Piece, angle: Double) {
    let (c, s) = angle == 0 ? (1.0, 0.0) : cosineAndSine(angle)
    weights = piece.weights
    let u = zip(piece.x, piece.y).map { $0 * c + $1 * s }
    let v = zip(piece.x, piece.y).map { $1 * c - $0 * s }
    along = [u, v]
    order = along.map { values in
      (0..<Int32(values.count)).sorted { (values[Int($0)], $0) < (values[Int($1)], $1) }
    }
    isFirst = Array(repeating: false, count: piece.count)
    spare = Array(repeating: 0, count: piece.count)
  }

  mutating func run(groups: Int, labels: inout [Int32]) {
    var ranges = [(range: 0..<weights.count, groups: groups, label: 0)]
    while let (range, groups, label) = ranges.popLast() {
      guard groups > 1 else {
        for position in range { labels[Int(order[0][position])] = Int32(label) }
        continue
      }
      let half = groups / 2
      let cut = split(range, half, groups)
      ranges.append((range.lowerBound..<cut, half, label))
      ranges.append((cut..<range.upperBound, groups - half, label + half))
    }
  }

  /// Orders `range` so that its first `half` of `groups` stands before the returned place.
  private mutating func split(_ range: Range<Int>, _ half: Int, _ groups: Int) -> Int {
    let axis = extent(0, range) >= extent(1, range) ? 0 : 1
    let cut = place(order[axis], range, half, groups)
    for position in range { isFirst[Int(order[axis][position])] = position < cut }
    stablePartition(1 - axis, range)
    return cut
  }

  private func extent(_ axis: Int, _ range: Range<Int>) -> Double {
    along[axis][Int(order[axis][range.upperBound - 1])] - along[axis][Int(order[axis][range.lowerBound])]
  }

  private func place(_ order: [Int32], _ range: Range<Int>, _ half: Int, _ groups: Int) -> Int {
    var total = 0
    for position in range { total += weights[Int(order[position])] }
    let goal = Double(total) * Double(half) / Double(groups)
    var sum = 0
    var cut = range.lowerBound
    if total == 0 { cut += range.count * half / groups }
    while cut < range.upperBound, total > 0 {
      let next = sum + weights[Int(order[cut])]
      if Double(next) - goal > goal - Double(sum) { break }
      sum = next
      cut += 1
    }
    return min(max(cut, range.lowerBound + half), range.upperBound - (groups - half))
  }

  private mutating func stablePartition(_ axis: Int, _ range: Range<Int>) {
    var first = range.lowerBound
    var second = 0
    for position in range {
      let node = order[axis][position]
      if isFirst[Int(node)] {
        order[axis][first] = node
        first += 1
      } else {
        spare[second] = node
        second += 1
      }
    }
    for index in 0..<second { order[axis][first + index] = spare[index] }
  }
}
