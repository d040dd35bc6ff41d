/// What two groups of two plans have in common, compared part by part: the first that differs decides.
///
/// Such sums form an ordered group, so matching with them is exact.
public struct CommonShare: Sendable, Hashable, Comparable, AdditiveArithmetic {
  /// Households, or whatever must move least.
  public var weight: Int
  /// Decides among equal weights.
  public var area: Int
  /// Decides among equal areas: 1 where the two carry the same label.
  public var sameLabel: Int

  public init(weight: Int, area: Int = 0, sameLabel: Int = 0) {
    (self.weight, self.area, self.sameLabel) = (weight, area, sameLabel)
  }

  public static var zero: Self { Self(weight: 0) }

  public static func < (a: Self, b: Self) -> Bool {
    (a.weight, a.area, a.sameLabel) < (b.weight, b.area, b.sameLabel)
  }

  public static func + (a: Self, b: Self) -> Self {
    Self(weight: a.weight + b.weight, area: a.area + b.area, sameLabel: a.sameLabel + b.sameLabel)
  }

  public static func - (a: Self, b: Self) -> Self {
    Self(weight: a.weight - b.weight, area: a.area - b.area, sameLabel: a.sameLabel - b.sameLabel)
  }
}

/// A group of one plan and a group of another that have something in common.
public struct CommonGround: Sendable, Hashable {
  public var left: Int
  public var right: Int
  public var share: CommonShare

  public init(left: Int, right: Int, share: CommonShare) {
    (self.left, self.right, self.share) = (left, right, share)
  }
}

/// Pairs groups of two plans one to one so that all that the pairs have in common is as much as can
/// be: what is not in common has moved.
///
/// A maximum-weight matching by shortest augmenting paths with prices, exact, and the same for the
/// same order of `ground`. Pairs that have nothing in common are not made.
/// Source: H. Kuhn, "The Hungarian method", 1955; J. Edmonds and R. Karp, 1972. O(n·m log m) at
/// worst; near linear where groups of the two plans overlap with few others.
/// - Parameters:
///   - lefts: how many groups the first plan has.
///   - rights: how many groups the second plan has.
///   - ground: each pair at most once; shares of zero or more.
/// - Returns: for each of the `lefts` groups the one of the `rights` groups that continues it.
public func bestMatching(lefts: Int, rights: Int, ground: [CommonGround]) -> [Int?] {
  var matcher = LabelMatcher(lefts: lefts, rights: rights, ground: ground)
  for left in 0..<lefts { matcher.augment(from: left) }
  return matcher.rightOfLeft.map { $0 < rights ? $0 : nil }
}

/// Rights beyond the given ones stand for "alone", one for each left at no share.
private struct LabelMatcher {
  private let rights: Int
  private var arcs: [[(right: Int, share: CommonShare)]]
  private var leftPrice: [CommonShare]
  private var rightPrice: [CommonShare]
  private(set) var rightOfLeft: [Int]
  private var leftOfRight: [Int]

  init(lefts: Int, rights: Int, ground: [CommonGround]) {
    self.rights = rights
    arcs = (0..<lefts).map { [(rights + $0, .zero)] }
    for common in ground where common.share > .zero { arcs[common.left].append((common.right, common.share)) }
    leftPrice = Array(repeating: .zero, count: lefts)
    rightPrice = Array(repeating: .zero, count: rights + lefts)
    rightOfLeft = Array(repeating: -1, count: lefts)
    leftOfRight = Array(repeating: -1, count: rights + lefts)
  }

  /// What is lost against the prices by using an arc; never negative, zero on matched arcs.
  private func loss(_ left: Int, _ arc: (right: Int, share: CommonShare)) -> CommonShare {
    leftPrice[left] + rightPrice[arc.right] - arc.share
  }

  /// Matches one more left by the path of least loss from it to a free right.
  mutating func augment(from start: Int) {
    leftPrice[start] = arcs[start].map { $0.share - rightPrice[$0.right] }.max()!
    var reached: [Int: (loss: CommonShare, from: Int)] = [:]
    var settled: [Int: CommonShare] = [:]
    var order: [Int] = []
    var front = Front()
    var (left, base) = (start, CommonShare.zero)
    while true {
      for arc in arcs[left] where settled[arc.right] == nil {
        let total = base + loss(left, arc)
        if let known = reached[arc.right], known.loss <= total { continue }
        reached[arc.right] = (total, left)
        front.push(total, arc.right)
      }
      guard let next = front.pop(unless: { settled[$0] != nil }) else { return }
      settled[next.right] = next.loss
      guard leftOfRight[next.right] >= 0 else {
        reprice(start, order, settled, next.loss)
        return turn(reached, from: start, to: next.right)
      }
      order.append(next.right)
      (left, base) = (leftOfRight[next.right], next.loss)
    }
  }

  private mutating func reprice(
    _ start: Int, _ order: [Int], _ settled: [Int: CommonShare], _ total: CommonShare
  ) {
    leftPrice[start] = leftPrice[start] - total
    for right in order {
      let rest = total - settled[right]!
      rightPrice[right] = rightPrice[right] + rest
      leftPrice[leftOfRight[right]] = leftPrice[leftOfRight[right]] - rest
    }
  }

  private mutating func turn(_ reached: [Int: (loss: CommonShare, from: Int)], from start: Int, to end: Int) {
    var right = end
    while true {
      let left = reached[right]!.from
      let before = rightOfLeft[left]
      (rightOfLeft[left], leftOfRight[right]) = (right, left)
      if left == start { return }
      right = before
    }
  }
}

/// Rights to be settled, least loss first, then lowest number.
private struct Front {
  private var heap: [(loss: CommonShare, right: Int)] = []

  mutating func push(_ loss: CommonShare, _ right: Int) {
    heap.append((loss, right))
    var child = heap.count - 1
    while child > 0, heap[child] < heap[(child - 1) / 2] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func pop(unless isDone: (Int) -> Bool) -> (loss: CommonShare, right: Int)? {
    while !heap.isEmpty {
      let least = takeFirst()
      if !isDone(least.right) { return least }
    }
    return nil
  }

  private mutating func takeFirst() -> (loss: CommonShare, right: Int) {
    heap.swapAt(0, heap.count - 1)
    let least = heap.removeLast()
    var parent = 0
    while let child = [2 * parent + 1, 2 * parent + 2].filter({ $0 < heap.count }).min(by: { heap[$0] < heap[$1] }),
      heap[child] < heap[parent]
    {
      heap.swapAt(child, parent)
      parent = child
    }
    return least
  }
}
