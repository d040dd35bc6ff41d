import Parallel
import Planar

/// Chains cut and bent so that they meet at vertices only.
///
/// Every vertex and every crossing makes its grid cell hot; every segment that passes through a
/// hot cell is bent to the cell's centre. Segments of the result share end points or nothing.
/// Source: J. Hobby, "Practical segment intersection with finite precision output", 1999.
/// Cells hold their lower and left sides only, so that each place lies in one; tests are exact.
/// O((n + k) log n).
func snapRounded(_ chains: [Chain]) -> [Chain] {
  let soup = SegmentSoup(chains)
  var breaks = soup.breaksBetweenSegments()
  breaks += soup.breaks(at: breaks.compactMap { $0.isCrossing ? $0.point : nil })
  return soup.chains(brokenAt: breaks)
}

/// A point at which a segment is to be bent.
struct SegmentBreak {
  var segment: Int32
  var isCrossing: Bool
  var point: GridPoint
}

/// The segments of all chains, indexed in short runs.
struct SegmentSoup {
  struct Run {
    /// The numbers of its segments.
    var segments: Range<Int32>
    var box: Box
  }

  private static let runLength = 10

  let chains: [Chain]
  /// The number of the first segment of each chain, and of none at the end.
  private let firstSegment: [Int32]
  private let segments: [(a: GridPoint, b: GridPoint)]
  private let runs: [Run]
  private let index: BoxIndex

  init(_ chains: [Chain]) {
    self.chains = chains
    var firstSegment: [Int32] = [0]
    var segments: [(a: GridPoint, b: GridPoint)] = []
    var runs: [Run] = []
    for chain in chains {
      for (a, b) in zip(chain.points, chain.points.dropFirst()) { segments.append((a, b)) }
      let all = Int(firstSegment.last!)..<segments.count
      for start in stride(from: all.lowerBound, to: all.upperBound, by: Self.runLength) {
        let run = start..<min(start + Self.runLength, all.upperBound)
        runs.append(
          Run(
            segments: Int32(run.lowerBound)..<Int32(run.upperBound),
            box: run.reduce(Box.empty) { $0.union(box(segments[$1].a, segments[$1].b)) }))
      }
      firstSegment.append(Int32(segments.count))
    }
    self.firstSegment = firstSegment
    self.segments = segments
    self.runs = runs
    index = BoxIndex(runs.map(\.box))
  }

  /// All breaks that vertices and crossings of segments make.
  func breaksBetweenSegments() -> [SegmentBreak] {
    let parts = chunks(of: runs.count, parts: threadCount * 8)
    return parallelMap(count: parts.count) { part in
      var breaks: [SegmentBreak] = []
      for run in parts[part] {
        index.forEach(meeting: runs[run].box) { other in
          if other >= run { compare(runs[run].segments, runs[other].segments, &breaks) }
        }
      }
      return breaks
    }.flatMap { $0 }
  }

  /// The breaks that further hot cells make.
  func breaks(at hot: [GridPoint]) -> [SegmentBreak] {
    var breaks: [SegmentBreak] = []
    for point in Set(hot).sorted(by: { $0.precedes($1) }) {
      for run in index.items(meeting: box(point, point)) {
        for segment in runs[run].segments { bend(segment, at: point, &breaks) }
      }
    }
    return breaks
  }

  /// Calls `body` with the number and the ends of each segment of the runs near `point`.
  func forEachSegment(
    near point: GridPoint, _ margin: Double, _ body: (Int32, GridPoint, GridPoint) -> Void
  ) {
    index.forEach(meeting: box(point, point).expanded(by: margin)) { run in
      for segment in runs[run].segments {
        body(segment, segments[Int(segment)].a, segments[Int(segment)].b)
      }
    }
  }

  private func compare(_ first: Range<Int32>, _ second: Range<Int32>, _ breaks: inout [SegmentBreak]) {
    let isSame = first == second
    for i in first {
      let (a, b) = segments[Int(i)]
      let low = GridPoint(x: min(a.x, b.x), y: min(a.y, b.y))
      let high = GridPoint(x: max(a.x, b.x), y: max(a.y, b.y))
      for j in isSame ? (i + 1)..<second.upperBound : second {
        let (c, d) = segments[Int(j)]
        if min(c.x, d.x) > high.x || max(c.x, d.x) < low.x { continue }
        if min(c.y, d.y) > high.y || max(c.y, d.y) < low.y { continue }
        bend(i, at: c, &breaks)
        bend(i, at: d, &breaks)
        bend(j, at: a, &breaks)
        bend(j, at: b, &breaks)
        if let point = properCrossing(a, b, c, d) {
          breaks.append(SegmentBreak(segment: i, isCrossing: true, point: point))
          breaks.append(SegmentBreak(segment: j, isCrossing: true, point: point))
        }
      }
    }
  }

  private func bend(_ segment: Int32, at point: GridPoint, _ breaks: inout [SegmentBreak]) {
    let (a, b) = segments[Int(segment)]
    guard point != a, point != b, passes(a, b, through: point) else { return }
    breaks.append(SegmentBreak(segment: segment, isCrossing: false, point: point))
  }

  /// The chains with their segments bent to the breaks.
  func chains(brokenAt breaks: [SegmentBreak]) -> [Chain] {
    var bySegment = breaks
    bySegment.sort { ($0.segment, along($0), $0.point.key) < ($1.segment, along($1), $1.point.key) }
    var next = 0
    var result = chains
    for (number, chain) in chains.enumerated() {
      let last = firstSegment[number + 1]
      guard next < bySegment.count, bySegment[next].segment < last else { continue }
      var points: [GridPoint] = []
      for (offset, point) in chain.points.enumerated() {
        if points.last != point { points.append(point) }
        let segment = firstSegment[number] + Int32(offset)
        guard segment < last else { continue }
        while next < bySegment.count, bySegment[next].segment == segment {
          if points.last != bySegment[next].point { points.append(bySegment[next].point) }
          next += 1
        }
      }
      result[number].points = points
    }
    return result
  }

  /// How far along its segment a break lies, in a measure of that segment.
  private func along(_ mark: SegmentBreak) -> Int64 {
    let (a, b) = segments[Int(mark.segment)]
    return (Int64(b.x) - Int64(a.x)) * (Int64(mark.point.x) - Int64(a.x))
      + (Int64(b.y) - Int64(a.y)) * (Int64(mark.point.y) - Int64(a.y))
  }
}

/// Whether the segment from `a` to `b` meets the cell around `p`: the square of side 1 without
/// its upper and right sides.
///
/// Over the closed square, twice the cross product of the segment's direction with the way from
/// `a` takes the values from `2 · turn − reach` to `2 · turn + reach`; the segment meets it where
/// 0 is among them. The ends are taken at corners, of which the cell holds the lower left one.
@inline(__always)
func passes(_ a: GridPoint, _ b: GridPoint, through p: GridPoint) -> Bool {
  if p.x < min(a.x, b.x) || p.x > max(a.x, b.x) { return false }
  if p.y < min(a.y, b.y) || p.y > max(a.y, b.y) { return false }
  let dx = Int64(b.x) &- Int64(a.x)
  let dy = Int64(b.y) &- Int64(a.y)
  let reach = abs(dx) &+ abs(dy)
  let turn = turn(a, b, p)
  if abs(turn) > reach { return false }
  let isForward = dx > 0 || dx == 0 && dy < 0
  let twice = isForward ? 2 &* turn : -2 &* turn
  if twice < reach && twice > -reach { return true }
  // Through the lower left corner alone: a segment that falls to the right.
  return twice == reach && (isForward ? dy <= 0 : dy >= 0)
}

/// The grid point whose cell two segments cross in; nil where their interiors don't cross.
private func properCrossing(_ a: GridPoint, _ b: GridPoint, _ c: GridPoint, _ d: GridPoint) -> GridPoint? {
  let ca = turn(c, d, a)
  let cb = turn(c, d, b)
  guard (ca > 0 && cb < 0) || (ca < 0 && cb > 0) else { return nil }
  let ac = turn(a, b, c)
  let ad = turn(a, b, d)
  guard (ac > 0 && ad < 0) || (ac < 0 && ad > 0) else { return nil }
  let t = Double(ca) / (Double(ca) - Double(cb))
  return GridPoint(
    x: a.x &+ Int32((t * (Double(b.x) - Double(a.x)) + 0.5).rounded(.down)),
    y: a.y &+ Int32((t * (Double(b.y) - Double(a.y)) + 0.5).rounded(.down)))
}

private func box(_ a: GridPoint, _ b: GridPoint) -> Box {
  Box(
    min: Point(x: Double(min(a.x, b.x)), y: Double(min(a.y, b.y))),
    max: Point(x: Double(max(a.x, b.x)), y: Double(max(a.y, b.y))))
}
