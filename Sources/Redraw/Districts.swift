/// A piece and its groups while a search changes them: weights, centres, the border between groups.
///
/// A move takes one node from its group to a neighbouring one. All memory is owned here and freed at
/// the end; a search on one thread uses it, so nothing is shared.
final class Districts {
  let n: Int
  let k: Int
  let limits: Limits
  let offsets: UnsafeMutablePointer<Int32>
  let neighbours: UnsafeMutablePointer<Int32>
  let cutCosts: UnsafeMutablePointer<Float>
  let holds: UnsafeMutablePointer<Bool>
  let weights: UnsafeMutablePointer<Int>
  let mass: UnsafeMutablePointer<Double>
  let x: UnsafeMutablePointer<Double>
  let y: UnsafeMutablePointer<Double>
  let home: UnsafeMutablePointer<Int32>
  let isLocked: UnsafeMutablePointer<Bool>
  let moreWeights: [[Int]]

  let group: UnsafeMutablePointer<Int32>
  let groupWeight: UnsafeMutablePointer<Int>
  let groupSize: UnsafeMutablePointer<Int32>
  let groupMass: UnsafeMutablePointer<Double>
  let groupX: UnsafeMutablePointer<Double>
  let groupY: UnsafeMutablePointer<Double>
  /// Further weights of group g: `groupMore[g * moreCount + index]`.
  let groupMore: UnsafeMutablePointer<Int>
  let moreCount: Int
  var movedWeight = 0
  /// The sum of all misses of all bounds.
  var miss = 0

  /// Nodes with a neighbour in another group: `border[0..<borderCount]`, in no fixed order.
  let border: UnsafeMutablePointer<Int32>
  let borderSlot: UnsafeMutablePointer<Int32>
  let strangers: UnsafeMutablePointer<Int32>
  var borderCount = 0

  /// How many nodes `canLeave` looks at before it says no.
  var patience = Int.max

  private let mark: UnsafeMutablePointer<Int32>
  private let queue: UnsafeMutablePointer<Int32>
  private var stamp: Int32 = 0

  init(_ piece: Piece, groups k: Int, labels: [Int32], limits: Limits) {
    func copy<T>(_ array: [T]) -> UnsafeMutablePointer<T> {
      let pointer = UnsafeMutablePointer<T>.allocate(capacity: max(1, array.count))
      array.withUnsafeBufferPointer { if let base = $0.baseAddress { pointer.initialize(from: base, count: array.count) } }
      return pointer
    }
    func fill<T>(_ value: T, _ count: Int) -> UnsafeMutablePointer<T> {
      let pointer = UnsafeMutablePointer<T>.allocate(capacity: max(1, count))
      pointer.initialize(repeating: value, count: max(1, count))
      return pointer
    }
    n = piece.count
    self.k = k
    self.limits = limits
    offsets = copy(piece.offsets)
    neighbours = copy(piece.neighbours)
    cutCosts = copy(piece.cutCosts)
    holds = copy(piece.holds)
    weights = copy(piece.weights)
    mass = copy(piece.mass)
    x = copy(piece.x)
    y = copy(piece.y)
    home = copy(piece.home)
    isLocked = copy(piece.isLocked)
    moreWeights = piece.moreWeights
    moreCount = limits.more.count
    group = copy(labels)
    groupWeight = fill(0, k)
    groupSize = fill(0, k)
    groupMass = fill(0, k)
    groupX = fill(0, k)
    groupY = fill(0, k)
    groupMore = fill(0, k * limits.more.count)
    border = fill(0, n)
    borderSlot = fill(-1, n)
    strangers = fill(0, n)
    mark = fill(0, n)
    queue = fill(0, n)
    recount()
  }

  deinit {
    offsets.deallocate()
    neighbours.deallocate()
    cutCosts.deallocate()
    holds.deallocate()
    weights.deallocate()
    mass.deallocate()
    x.deallocate()
    y.deallocate()
    home.deallocate()
    isLocked.deallocate()
    group.deallocate()
    groupWeight.deallocate()
    groupSize.deallocate()
    groupMass.deallocate()
    groupX.deallocate()
    groupY.deallocate()
    groupMore.deallocate()
    border.deallocate()
    borderSlot.deallocate()
    strangers.deallocate()
    mark.deallocate()
    queue.deallocate()
  }

  var hasLocks: Bool { (0..<n).contains { isLocked[$0] } }
  var hasHomes: Bool { (0..<n).contains { home[$0] >= 0 } }

  var labels: [Int32] { Array(UnsafeBufferPointer(start: group, count: n)) }

  func restore(_ labels: [Int32]) {
    for node in 0..<n { group[node] = labels[node] }
    recount()
  }

  @inline(__always)
  func row(_ node: Int) -> Range<Int> { Int(offsets[node])..<Int(offsets[node + 1]) }
}

extension Districts {
  /// Sums everything anew from `group`.
  func recount() {
    for g in 0..<k {
      (groupWeight[g], groupSize[g], groupMass[g], groupX[g], groupY[g]) = (0, 0, 0, 0, 0)
    }
    for index in 0..<(k * moreCount) { groupMore[index] = 0 }
    (movedWeight, borderCount) = (0, 0)
    for node in 0..<n {
      let g = Int(group[node])
      groupWeight[g] += weights[node]
      groupSize[g] += 1
      groupMass[g] += mass[node]
      groupX[g] += mass[node] * x[node]
      groupY[g] += mass[node] * y[node]
      for index in 0..<moreCount { groupMore[g * moreCount + index] += moreWeights[index][node] }
      if home[node] >= 0, home[node] != group[node] { movedWeight += weights[node] }
      borderSlot[node] = -1
    }
    for g in 0..<k where groupMass[g] > 0 {
      groupX[g] /= groupMass[g]
      groupY[g] /= groupMass[g]
    }
    miss = (0..<k).reduce(0) { $0 + missOfGroup($1) }
    for node in 0..<n { recountStrangers(node) }
  }

  func missOfGroup(_ g: Int) -> Int {
    var sum = limits.miss(groupWeight[g])
    for index in 0..<moreCount { sum += limits.miss(groupMore[g * moreCount + index], of: index) }
    return sum
  }

  private func recountStrangers(_ node: Int) {
    var count: Int32 = 0
    for entry in row(node) where group[Int(neighbours[entry])] != group[node] { count += 1 }
    strangers[node] = count
    list(node)
  }

  /// Puts `node` on the list of border nodes, or takes it off.
  @inline(__always)
  private func list(_ node: Int) {
    let slot = Int(borderSlot[node])
    if strangers[node] > 0 {
      guard slot < 0 else { return }
      border[borderCount] = Int32(node)
      borderSlot[node] = Int32(borderCount)
      borderCount += 1
    } else if slot >= 0 {
      borderCount -= 1
      let last = border[borderCount]
      border[slot] = last
      borderSlot[Int(last)] = Int32(slot)
      borderSlot[node] = -1
    }
  }

  /// How the sum of misses changes with a move.
  @inline(__always)
  func missChange(_ node: Int, from a: Int, to b: Int) -> Int {
    let w = weights[node]
    var change =
      limits.miss(groupWeight[a] - w) - limits.miss(groupWeight[a])
      + limits.miss(groupWeight[b] + w) - limits.miss(groupWeight[b])
    for index in 0..<moreCount {
      let (p, q, w) = (a * moreCount + index, b * moreCount + index, moreWeights[index][node])
      change += limits.miss(groupMore[p] - w, of: index) - limits.miss(groupMore[p], of: index)
      change += limits.miss(groupMore[q] + w, of: index) - limits.miss(groupMore[q], of: index)
    }
    return change
  }

  @inline(__always)
  func movedChange(_ node: Int, from a: Int, to b: Int) -> Int {
    let h = Int(home[node])
    guard h >= 0 else { return 0 }
    return h == a ? weights[node] : h == b ? -weights[node] : 0
  }

  func move(_ node: Int, to b: Int) {
    let a = Int(group[node])
    miss += missChange(node, from: a, to: b)
    movedWeight += movedChange(node, from: a, to: b)
    shift(node, out: a, into: b)
    group[node] = Int32(b)
    var count: Int32 = 0
    for entry in row(node) {
      let other = Int(neighbours[entry])
      let g = Int(group[other])
      if g != b { count += 1 }
      if g == a {
        strangers[other] += 1
        if strangers[other] == 1 { list(other) }
      } else if g == b {
        strangers[other] -= 1
        if strangers[other] == 0 { list(other) }
      }
    }
    strangers[node] = count
    list(node)
  }

  @inline(__always)
  private func shift(_ node: Int, out a: Int, into b: Int) {
    groupWeight[a] -= weights[node]
    groupWeight[b] += weights[node]
    groupSize[a] -= 1
    groupSize[b] += 1
    for index in 0..<moreCount {
      groupMore[a * moreCount + index] -= moreWeights[index][node]
      groupMore[b * moreCount + index] += moreWeights[index][node]
    }
    let m = mass[node]
    let left = groupMass[a] - m
    if left > 1e-9 * m {
      groupX[a] += (groupX[a] - x[node]) * m / left
      groupY[a] += (groupY[a] - y[node]) * m / left
    }
    groupMass[a] = left
    groupMass[b] += m
    if groupMass[b] > 0 {
      groupX[b] += (x[node] - groupX[b]) * m / groupMass[b]
      groupY[b] += (y[node] - groupY[b]) * m / groupMass[b]
    }
  }

  /// Whether the group of `node` stays connected, and not empty, without it.
  func canLeave(_ node: Int) -> Bool {
    let a = group[node]
    guard groupSize[Int(a)] > 1 else { return false }
    var inside = 0
    var first = -1
    nextStamp()
    for entry in row(node) where holds[entry] && group[Int(neighbours[entry])] == a {
      let other = Int(neighbours[entry])
      mark[other] = stamp
      inside += 1
      if first < 0 { first = other }
    }
    guard inside > 1 else { return inside == 1 }
    return reachesMarked(from: first, count: inside, around: node, in: a)
  }

  /// Searches breadth first from a marked node until all `count` marked ones are met.
  private func reachesMarked(from first: Int, count: Int, around node: Int, in a: Int32) -> Bool {
    let seen = stamp + 1
    var missing = count - 1
    var (head, tail) = (0, 1)
    queue[0] = Int32(first)
    mark[first] = seen
    mark[node] = seen
    while head < tail, head < patience {
      let current = Int(queue[head])
      head += 1
      for entry in row(current) where holds[entry] {
        let other = Int(neighbours[entry])
        guard group[other] == a, mark[other] != seen else { continue }
        if mark[other] == stamp {
          missing -= 1
          if missing == 0 { return true }
        }
        mark[other] = seen
        queue[tail] = Int32(other)
        tail += 1
      }
    }
    return false
  }

  private func nextStamp() {
    if stamp > Int32.max - 4 {
      for node in 0..<n { mark[node] = 0 }
      stamp = 0
    }
    stamp += 2
  }
}
