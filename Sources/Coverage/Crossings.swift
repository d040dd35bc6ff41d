public import Planar

/// A place where at least three arms of roads meet.
public struct Crossing: Sendable, Hashable {
  public var position: Point
  /// Each arm from the crossing outward, as long as asked for or to the end of the road.
  public var arms: [[Point]]
}

/// Crossings of roads: points that lines share, with at least three arms.
///
/// Lines meet where they have a vertex in common, as OpenStreetMap and road registers have it; lines
/// that only cross on paper (bridges) don't. Crossings come from west to east. O(n log n).
/// - Parameters:
///   - roads: lines in metres.
///   - armLength: how far from the crossing an arm is looked at.
public func crossings(of roads: [[Point]], armLength: Double) -> [Crossing] {
  let lines = roads.map(withoutRepeats)
  var uses: [Point: [(line: Int, index: Int)]] = [:]
  for (number, line) in lines.enumerated() where line.count >= 2 {
    for index in line.indices { uses[line[index], default: []].append((number, index)) }
  }
  let nodes = uses.keys.sorted { $0.precedes($1) }
  return nodes.compactMap { node in
    let arms = uses[node]!.flatMap { use -> [[Point]] in
      let line = lines[use.line]
      return [line[use.index...].map { $0 }, line[...use.index].reversed()]
    }
    let real = arms.filter { $0.count >= 2 }.map { cut($0, to: armLength) }
    return real.count >= 3 ? Crossing(position: node, arms: real) : nil
  }
}

private func withoutRepeats(_ line: [Point]) -> [Point] {
  line.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
}

/// The first `length` metres of a line.
private func cut(_ line: [Point], to length: Double) -> [Point] {
  var kept = [line[0]]
  var left = length
  for point in line.dropFirst() {
    let step = kept.last!.distance(to: point)
    if step >= left {
      kept.append(kept.last! + (point - kept.last!) * (left / step))
      return kept
    }
    kept.append(point)
    left -= step
  }
  return kept
}
