/// The arcs that leave each node, counter-clockwise.
///
/// A half-arc is 2·arc in the direction of its points, 2·arc + 1 against it.
struct Wheel: Sendable {
  private var firstSpoke: [Int32]
  private var spokes: [Int32]
  /// Where a half-arc stands among the spokes of the node that it leaves.
  private var position: [Int32]

  init(_ arcs: [GridArc], nodeCount: Int) {
    firstSpoke = Array(repeating: 0, count: nodeCount + 1)
    for arc in arcs {
      firstSpoke[Int(arc.start) + 1] += 1
      firstSpoke[Int(arc.end) + 1] += 1
    }
    for node in 0..<nodeCount { firstSpoke[node + 1] += firstSpoke[node] }
    var next = firstSpoke
    spokes = Array(repeating: 0, count: arcs.count * 2)
    for (number, arc) in arcs.enumerated() {
      for (node, half) in [(arc.start, 2 * number), (arc.end, 2 * number + 1)] {
        spokes[Int(next[Int(node)])] = Int32(half)
        next[Int(node)] += 1
      }
    }
    for node in 0..<nodeCount {
      spokes[Int(firstSpoke[node])..<Int(firstSpoke[node + 1])].sort {
        Direction(of: $0, in: arcs).precedes(Direction(of: $1, in: arcs))
      }
    }
    position = Array(repeating: 0, count: spokes.count)
    for (place, half) in spokes.enumerated() { position[Int(half)] = Int32(place) }
  }

  /// The spokes at `node`, clockwise from after the half-arc `half` that leaves it, which comes last.
  func clockwise(from half: Int, at node: Int) -> some Sequence<Int> {
    let low = Int(firstSpoke[node])
    let count = Int(firstSpoke[node + 1]) - low
    let start = Int(position[half]) - low
    return (1...count).lazy.map { Int(spokes[low + (start + count - $0) % count]) }
  }
}

/// The direction in which a half-arc leaves its node.
private struct Direction {
  let dx: Int64
  let dy: Int64

  init(of half: Int32, in arcs: [GridArc]) {
    let points = arcs[Int(half / 2)].points
    let (from, to) =
      half % 2 == 0 ? (points[0], points[1]) : (points[points.count - 1], points[points.count - 2])
    dx = Int64(to.x) - Int64(from.x)
    dy = Int64(to.y) - Int64(from.y)
  }

  private var isLower: Bool { dy < 0 || dy == 0 && dx < 0 }

  /// Counter-clockwise from the east, exact.
  func precedes(_ other: Direction) -> Bool {
    if isLower != other.isLower { return !isLower }
    let left = dx.multipliedFullWidth(by: other.dy)
    let right = dy.multipliedFullWidth(by: other.dx)
    return (left.high, left.low) > (right.high, right.low)
  }
}
