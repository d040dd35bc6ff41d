/// The bounds that a search keeps groups in.
struct Limits: Sendable {
  var min: Int
  var ideal: Int
  var max: Int
  var more: [(min: Int, max: Int)] = []

  @inline(__always)
  func miss(_ weight: Int) -> Int { weight < min ? min - weight : weight > max ? weight - max : 0 }

  @inline(__always)
  func miss(_ weight: Int, of index: Int) -> Int {
    let (low, high) = more[index]
    return weight < low ? low - weight : weight > high ? weight - high : 0
  }

  /// The numbers of groups that `total` can be cut into, by the first weight alone.
  func groupCounts(for total: Int) -> ClosedRange<Int>? {
    let fewest = Swift.max(1, max > 0 ? (total + max - 1) / max : 1)
    let most = min > 0 ? total / min : Int(Int32.max)
    return fewest <= most ? fewest...most : nil
  }

  /// The least that `groups` groups of `total` miss the bounds by, in all.
  func leastMiss(of total: Int, in groups: Int) -> Int {
    Swift.max(0, groups * min - total, total - groups * max)
  }

  /// The number of groups that misses the bounds least, then comes nearest to the ideal, then is
  /// the smallest, among 1...most.
  func bestGroupCount(for total: Int, atMost most: Int) -> Int {
    let most = Swift.max(1, most)
    let middle = total / Swift.max(1, ideal)
    let tries = [1, middle, middle + 1, total / Swift.max(1, max), total / Swift.max(1, max) + 1, total / Swift.max(1, min), total / Swift.max(1, min) + 1]
    let counts = tries.map { Swift.min(Swift.max(1, $0), most) }
    return counts.min { rank($0, total) < rank($1, total) } ?? 1
  }

  private func rank(_ groups: Int, _ total: Int) -> (Int, Double, Int) {
    (leastMiss(of: total, in: groups), abs(Double(total) / Double(groups) - Double(ideal)), groups)
  }
}
