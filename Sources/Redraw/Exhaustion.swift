/// Whether a small piece can be cut into connected groups within the bounds at all: every way of
/// doing so is gone through, up to a budget of steps.
///
/// The group of the lowest free node is grown in every connected way; what is left has to fall into
/// parts that some number of groups fits. The search meets each division at most once, so that an end
/// without one is a proof that there is none. Exponential in the number of nodes.
struct Exhaustion {
  enum Verdict: Equatable {
    /// The group of each node, 0, 1….
    case found([Int32])
    case none
    /// The budget ran out, or the piece is too large to try.
    case unknown
  }

  /// Nodes are bits of a word.
  static let mostNodes = 64

  private let piece: Piece
  private let limits: Limits
  /// The number of groups asked for; nil for any.
  private let count: Int?
  private let neighbours: [UInt64]
  private var stepsLeft: Int
  private var groups: [UInt64] = []

  init?(_ piece: Piece, _ limits: Limits, count: Int?, steps: Int = 1_000_000) {
    guard piece.count <= Self.mostNodes else { return nil }
    self.piece = piece
    self.limits = limits
    self.count = count
    stepsLeft = steps
    neighbours = (0..<piece.count).map { node in
      piece.row(node).reduce(0) { piece.holds[$1] ? $0 | 1 << UInt64(piece.neighbours[$1]) : $0 }
    }
  }

  mutating func verdict() -> Verdict {
    let all = piece.count == 64 ? UInt64.max : (1 << UInt64(piece.count)) - 1
    guard canHold(all) else { return .none }
    let isFound = divide(all)
    guard !isFound else { return .found(labels()) }
    return stepsLeft > 0 ? .none : .unknown
  }

  private func labels() -> [Int32] {
    (0..<piece.count).map { node in Int32(groups.firstIndex { $0 & 1 << UInt64(node) != 0 }!) }
  }

  /// Divides the free nodes; `groups` holds the division where there is one.
  private mutating func divide(_ free: UInt64) -> Bool {
    if free == 0 { return count == nil || groups.count == count }
    if let count, groups.count >= count { return false }
    let first = lowestBit(free)
    let rest = free & ~first
    return grow(first, open: neighbourhood(of: first) & rest, allowed: rest, free: rest)
  }

  /// Takes the group as it is, or widens it by each open neighbour in turn.
  ///
  /// A neighbour that was tried is not allowed in the groups tried after it, so that none comes twice.
  private mutating func grow(_ group: UInt64, open: UInt64, allowed: UInt64, free: UInt64) -> Bool {
    stepsLeft -= 1
    guard stepsLeft > 0 else { return false }
    if isWithinBounds(group), canHold(free) {
      groups.append(group)
      if divide(free) { return true }
      groups.removeLast()
    }
    var (open, allowed) = (open, allowed)
    while open != 0, stepsLeft > 0 {
      let node = lowestBit(open)
      open &= ~node
      allowed &= ~node
      guard isBelowMaximum(group | node) else { continue }
      let reached = neighbourhood(of: node) & allowed
      if grow(group | node, open: open | reached, allowed: allowed, free: free & ~node) { return true }
    }
    return false
  }
}

// MARK: - Sets of nodes

extension Exhaustion {
  private func lowestBit(_ set: UInt64) -> UInt64 { set & (~set &+ 1) }

  private func forEach(_ set: UInt64, _ body: (Int) -> Void) {
    var set = set
    while set != 0 {
      body(set.trailingZeroBitCount)
      set &= set &- 1
    }
  }

  private func neighbourhood(of set: UInt64) -> UInt64 {
    var reached: UInt64 = 0
    forEach(set) { reached |= neighbours[$0] }
    return reached
  }

  private func sum(_ weights: [Int], _ set: UInt64) -> Int {
    var sum = 0
    forEach(set) { sum += weights[$0] }
    return sum
  }

  private func isWithinBounds(_ group: UInt64) -> Bool {
    limits.miss(sum(piece.weights, group)) == 0
      && piece.moreWeights.indices.allSatisfy { limits.miss(sum(piece.moreWeights[$0], group), of: $0) == 0 }
  }

  private func isBelowMaximum(_ group: UInt64) -> Bool {
    sum(piece.weights, group) <= limits.max
      && piece.moreWeights.indices.allSatisfy { sum(piece.moreWeights[$0], group) <= limits.more[$0].max }
  }

  /// Whether some number of groups fits each connected part of a set.
  private func canHold(_ set: UInt64) -> Bool {
    var left = set
    while left != 0 {
      let part = part(of: left, around: lowestBit(left))
      guard limits.groupCounts(for: sum(piece.weights, part)) != nil else { return false }
      left &= ~part
    }
    return true
  }

  private func part(of set: UInt64, around seed: UInt64) -> UInt64 {
    var (part, front) = (seed, seed)
    while front != 0 {
      front = neighbourhood(of: front) & set & ~part
      part |= front
    }
    return part
  }
}
