/// A round over all places of a matrix and back to the first.
public struct Round: Sendable, Hashable {
  /// The places in order, beginning with place 0.
  public var order: [Int]
  public var length: Double
  /// No round is shorter.
  public var lowerBound: Double

  /// (length − bound)/bound; 0 where the bound is 0.
  public var gap: Double { lowerBound > 0 ? max(0, length / lowerBound - 1) : 0 }
}

/// A short round: nearest neighbour, then Lin–Kernighan chains over neighbour lists, then kicks that
/// are kept when they pay; beside it the 1-tree bound.
///
/// Sources: S. Lin and B. Kernighan, 1973, in the form of D. Applegate, W. Cook and A. Rohe, "Chained
/// Lin–Kernighan for large traveling salesman problems", 2003 (chains of reversals, local kicks); M. Held
/// and R. Karp, 1970 and 1971 (bound). Deterministic: the kicks come from a fixed seed, and their number is a budget of steps, not of time.
/// O(n² log n + kicks·√n) on usual input.
/// - Parameters:
///   - ways: the way from each place to each other, metres.
///   - kicks: how many kicks for each place.
public func shortRound(_ ways: WayMatrix, kicks: Int = 1) -> Round {
  guard ways.count > 3 else {
    let order = Array(0..<ways.count)
    let length = order.reduce(0) { $0 + ways[$1, ($1 + 1) % ways.count] }
    return Round(order: order, length: length, lowerBound: length)
  }
  return ways.withRows { rows in
    var search = RoundSearch(rows, count: ways.count)
    search.improve()
    search.kick(times: kicks * ways.count)
    let length = search.length
    var tree = OneTreeBound(rows, count: ways.count)
    let bound = tree.best(upper: length)
    return Round(order: search.fromFirst, length: length, lowerBound: min(bound, length))
  }
}

/// The local search. A tour is an array of places; `position` is its inverse.
struct RoundSearch {
  private let ways: UnsafeBufferPointer<Double>
  private let count: Int
  private let near: [Int32]
  private let degree: Int
  private var tour: [Int32]
  private var position: [Int32]
  private var queue: [Int32] = []
  private var isQueued: [Bool]
  /// Reversals since the last checkpoint, to take back a kick that does not pay.
  private var journal: [(first: Int, last: Int, swaps: Int)] = []
  private var random: UInt64 = 0x9E37_79B9_7F4A_7C15

  init(_ ways: UnsafeBufferPointer<Double>, count: Int) {
    self.ways = ways
    self.count = count
    degree = min(10, count - 1)
    near = (0..<count).flatMap { i in Self.nearest(to: i, min(10, count - 1), ways, count) }
    tour = Self.nearestNeighbourTour(ways, count)
    position = Array(repeating: 0, count: count)
    isQueued = Array(repeating: false, count: count)
    for (index, place) in tour.enumerated() { position[Int(place)] = Int32(index) }
  }

  private static func nearest(
    to i: Int, _ degree: Int, _ ways: UnsafeBufferPointer<Double>, _ count: Int
  ) -> ArraySlice<Int32> {
    let others = (0..<count).filter { $0 != i }.map { (ways[i * count + $0], Int32($0)) }.sorted { $0 < $1 }
    return others.prefix(degree).map(\.1)[...]
  }

  private static func nearestNeighbourTour(_ ways: UnsafeBufferPointer<Double>, _ count: Int) -> [Int32] {
    var left = Array(1..<count)
    var tour: [Int32] = [0]
    while !left.isEmpty {
      let row = Int(tour[tour.count - 1]) * count
      var best = 0
      for index in left.indices where ways[row + left[index]] < ways[row + left[best]] { best = index }
      tour.append(Int32(left[best]))
      left.remove(at: best)
    }
    return tour
  }

  var length: Double {
    (0..<count).reduce(0) { $0 + way(Int(tour[$1]), Int(tour[($1 + 1) % count])) }
  }

  var fromFirst: [Int] {
    let start = Int(position[0])
    return (0..<count).map { Int(tour[(start + $0) % count]) }
  }

  private func way(_ i: Int, _ j: Int) -> Double { ways[i * count + j] }
  private func next(_ i: Int) -> Int { Int(tour[(Int(position[i]) + 1) % count]) }
  private func previous(_ i: Int) -> Int { Int(tour[(Int(position[i]) + count - 1) % count]) }

  // MARK: Improvement

  mutating func improve() {
    for place in 0..<count { enqueue(place) }
    _ = settle()
  }

  /// Kicks that are taken back unless the search makes the tour shorter than before.
  mutating func kick(times: Int) {
    guard count >= 8 else { return }
    for _ in 0..<times {
      journal.removeAll(keepingCapacity: true)
      let change = swapStretches() + settle()
      if change > -1e-9 { takeBack(to: 0) }
    }
  }

  /// Works the queue off; returns the change of length.
  private mutating func settle() -> Double {
    var change = 0.0
    while let place = queue.popLast() {
      isQueued[Int(place)] = false
      while let gain = improve(at: Int(place)) { change -= gain }
    }
    return change
  }

  private mutating func enqueue(_ place: Int) {
    guard !isQueued[place] else { return }
    isQueued[place] = true
    queue.append(Int32(place))
  }

  /// Makes the first chain of moves from `a` that pays, and returns what it gains.
  private mutating func improve(at a: Int) -> Double? {
    for ahead in [true, false] {
      let b = following(a, ahead)
      if let gain = step(0, a, b, removed: way(a, b), ahead: ahead) {
        enqueue(a)
        enqueue(b)
        return gain
      }
    }
    return nil
  }

  /// How many continuations are tried at each depth of a chain.
  private static let breadth = (4, 2, 1)
  private static let depth = 6

  private static func breadth(_ level: Int) -> Int {
    level == 0 ? breadth.0 : level == 1 ? breadth.1 : breadth.2
  }

  /// One link of a chain: the tour runs a b … c d …; becomes a c … b d …, which adds b–d and
  /// takes c–d. `removed` is what has been taken less what has been added, a–c not counted.
  private mutating func step(_ level: Int, _ a: Int, _ b: Int, removed: Double, ahead: Bool) -> Double? {
    var below = (gain: Double.infinity, slot: -1)
    for _ in 0..<Self.breadth(level) {
      guard let (c, d, gain, slot) = candidate(below, a, b, removed: removed, ahead: ahead) else { return nil }
      below = (gain, slot)
      let mark = journal.count
      flip(b, c, ahead)
      var total: Double? = gain - way(a, c)
      if total! <= 1e-9 {
        total = level + 1 < Self.depth ? step(level + 1, a, c, removed: gain, ahead: next(a) == c) : nil
      }
      if let total {
        enqueue(c)
        enqueue(d)
        return total
      }
      takeBack(to: mark)
    }
    return nil
  }

  /// The best place `d` to join `b` to that comes after `below` in rank, with the place `c` before
  /// it, and what stands then.
  private func candidate(
    _ below: (gain: Double, slot: Int), _ a: Int, _ b: Int, removed: Double, ahead: Bool
  ) -> (c: Int, d: Int, gain: Double, slot: Int)? {
    var best: (c: Int, d: Int, gain: Double, slot: Int)?
    for slot in 0..<degree {
      let d = Int(near[b * degree + slot])
      let rest = removed - way(b, d)
      guard rest > 1e-9 else { break }
      let c = following(d, !ahead)
      guard d != a, c != b else { continue }
      let gain = rest + way(c, d)
      guard gain < below.gain || (gain == below.gain && slot > below.slot) else { continue }
      if best == nil || gain > best!.gain { best = (c, d, gain, slot) }
    }
    return best
  }

  private func following(_ place: Int, _ ahead: Bool) -> Int { ahead ? next(place) : previous(place) }

  /// Swaps two short neighbouring stretches (a local double bridge); returns the change of length.
  private mutating func swapStretches() -> Double {
    let longest = max(1, min(30, (count - 2) / 3))
    let start = draw(count)
    let (i, j) = ((start + 1) % count, (start + 1 + draw(longest)) % count)
    let k = (j + 1 + draw(longest)) % count
    let (a, b, c, d) = (Int(tour[start]), Int(tour[i]), Int(tour[j]), Int(tour[(j + 1) % count]))
    let (e, f) = (Int(tour[k]), Int(tour[(k + 1) % count]))
    flip(b, e, true)
    flip(e, d, next(a) == e)
    flip(c, b, next(a) == d)
    for place in [a, b, c, d, e, f] { enqueue(place) }
    return way(a, d) + way(e, b) + way(c, f) - way(a, b) - way(c, d) - way(e, f)
  }

  /// A number below `bound`, from a fixed sequence (xorshift64*).
  private mutating func draw(_ bound: Int) -> Int {
    random ^= random >> 12
    random ^= random << 25
    random ^= random >> 27
    return Int((random &* 0x2545_F491_4F6C_DD1D) >> 33) % bound
  }

  private mutating func takeBack(to mark: Int) {
    while journal.count > mark {
      let (first, last, swaps) = journal.removeLast()
      swapPlaces(first, last, swaps)
    }
  }

  /// Reverses the walk from `x` to `y`, seen in one direction of the tour.
  private mutating func flip(_ x: Int, _ y: Int, _ ahead: Bool) {
    if ahead { reverse(from: x, to: y) } else { reverse(from: y, to: x) }
  }

  /// Reverses the walk from place `from` on to place `to`, or what remains, whichever is shorter:
  /// the round is the same, but its direction may be the other.
  private mutating func reverse(from: Int, to: Int) {
    let (i, j) = (Int(position[from]), Int(position[to]))
    let inner = (j - i + count) % count + 1
    if 2 * inner <= count {
      swapEnds(i, j, inner / 2)
    } else {
      swapEnds((j + 1) % count, (i + count - 1) % count, (count - inner) / 2)
    }
  }

  private mutating func swapEnds(_ first: Int, _ last: Int, _ swaps: Int) {
    journal.append((first, last, swaps))
    swapPlaces(first, last, swaps)
  }

  private mutating func swapPlaces(_ first: Int, _ last: Int, _ swaps: Int) {
    var (i, j) = (first, last)
    for _ in 0..<swaps {
      let (x, y) = (tour[i], tour[j])
      (tour[i], tour[j]) = (y, x)
      position[Int(y)] = Int32(i)
      position[Int(x)] = Int32(j)
      i = i + 1 == count ? 0 : i + 1
      j = j == 0 ? count - 1 : j - 1
    }
  }
}
