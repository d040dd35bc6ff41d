import Redraw
import Testing

@Suite struct LabelMatchingTests {
  /// Against all ways to pair up to five groups with up to five.
  @Test func isTheBestOfAllPairings() {
    for seed in UInt64(1)...300 {
      var random = Dice(seed: seed)
      let (lefts, rights) = (random.below(6), random.below(6))
      var ground: [CommonGround] = []
      for left in 0..<lefts {
        for right in 0..<rights where random.below(3) > 0 {
          ground.append(
            CommonGround(
              left: left, right: right, share: CommonShare(weight: random.below(4), area: random.below(3), sameLabel: random.below(2))))
        }
      }
      let found = bestMatching(lefts: lefts, rights: rights, ground: ground)
      let taken = found.compactMap { $0 }
      #expect(Set(taken).count == taken.count, "seed \(seed)")
      let sum = found.enumerated().reduce(CommonShare.zero) { sum, pair in
        sum + (ground.first { $0.left == pair.offset && $0.right == pair.element }?.share ?? .zero)
      }
      #expect(sum == best(lefts, rights, ground), "seed \(seed)")
    }
  }

  /// Greedy pairing would take 10 and be left with 1; 9 + 9 is more.
  @Test func looksAhead() {
    let ground = [(0, 0, 10), (0, 1, 9), (1, 0, 9), (1, 1, 1)].map {
      CommonGround(left: $0.0, right: $0.1, share: CommonShare(weight: $0.2))
    }
    #expect(bestMatching(lefts: 2, rights: 2, ground: ground) == [1, 0])
  }

  @Test func groupsWithNothingInCommonStayAlone() {
    let ground = [CommonGround(left: 1, right: 0, share: CommonShare(weight: 0, area: 4))]
    #expect(bestMatching(lefts: 3, rights: 2, ground: ground) == [nil, 0, nil])
    #expect(bestMatching(lefts: 0, rights: 2, ground: []).isEmpty)
  }

  /// A ring of 20,000 groups each shifted by a third.
  @Test func manyGroups() {
    let n = 20_000
    let ground = (0..<n).flatMap { left in
      [
        CommonGround(left: left, right: left, share: CommonShare(weight: 2)),
        CommonGround(left: left, right: (left + 1) % n, share: CommonShare(weight: 1)),
      ]
    }
    #expect(bestMatching(lefts: n, rights: n, ground: ground) == (0..<n).map { $0 })
  }

  private func best(_ lefts: Int, _ rights: Int, _ ground: [CommonGround]) -> CommonShare {
    var table: [[CommonShare]] = Array(repeating: Array(repeating: .zero, count: rights), count: lefts)
    for common in ground { table[common.left][common.right] = common.share }
    func search(_ left: Int, _ free: Set<Int>) -> CommonShare {
      guard left < lefts else { return .zero }
      var best = search(left + 1, free)
      for right in free { best = max(best, table[left][right] + search(left + 1, free.subtracting([right]))) }
      return best
    }
    return search(0, Set(0..<rights))
  }
}

private struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func below(_ limit: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 33) % limit
  }
}
