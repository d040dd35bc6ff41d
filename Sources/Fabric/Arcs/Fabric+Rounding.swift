public import Planar

extension Fabric {
  /// The same fabric in other coordinates, rounded to decimals, and still valid.
  ///
  /// Rounding vertex by vertex may let a ring touch or cross itself. Here all arcs are noded anew
  /// on the rounded grid, so that what is printed with that many decimals is seamless and valid
  /// to the last digit. Where a strip narrower than the grid closes, its two sides become one.
  /// Coordinates (polygons, arcs, interior points, barriers) are the new ones, and so are the
  /// measures of `dissolve`; `area` and `perimeter` of units and `adjacency` stay in metres.
  /// - Parameters:
  ///   - decimals: of the printed coordinates; 7 for degrees.
  ///   - transform: gives as many points as it gets, equal ones for equal ones.
  /// O(n log n).
  public func rounded<Failure: Error>(
    decimals: Int = 7, _ transform: ([Point]) throws(Failure) -> [Point]
  ) throws(Failure) -> Fabric {
    var paths: [[Point]] = []
    for arc in arcs { paths.append(try transform(arc.points)) }
    let box = paths.reduce(Box.empty) { $0.union(Box(around: $1)) }
    let frame = GridFrame(around: box, resolution: 1 / powerOfTen(decimals))
    let chains = paths.map { frame.chain($0, .barrier) }
    let (arcs, nodeCount) = tracedArcs(of: joined(snapRounded(chains)))
    var result = Fabric(
      arcs, nodeCount: nodeCount, units: units + [FabricUnit(parent: nil)], in: frame)
    result.setApartLastUnit()
    for unit in units.indices {
      result.units[unit].area = units[unit].area
      result.units[unit].perimeter = units[unit].perimeter
    }
    let fallbacks = try transform(units.map(\.interiorPoint))
    result.findInteriorPoints { fallbacks[$0] }
    result.adjacency = adjacency
    result.problems = problems
    for problem in problems.indices {
      result.problems[problem].place = try transform([problems[problem].place])[0]
    }
    return result
  }

  /// The segments of noded arcs; where several come to lie on each other, what is between them is gone.
  private func joined(_ chains: [Chain]) -> [BorderSegment] {
    var pieces: [BorderSegment] = []
    for (arc, chain) in zip(arcs, chains) {
      let (left, right) = (side(arc.left, arc.isBarrierLeft), side(arc.right, arc.isBarrierRight))
      for (a, b) in zip(chain.points, chain.points.dropFirst()) where a != b {
        let isForward = a.precedes(b)
        pieces.append(
          BorderSegment(
            a: isForward ? a : b, b: isForward ? b : a, left: isForward ? left : right,
            right: isForward ? right : left, borderClass: arc.borderClass))
      }
    }
    pieces.sort { ($0.a.key, $0.b.key, $0.left, $0.right) < ($1.a.key, $1.b.key, $1.left, $1.right) }
    var result: [BorderSegment] = []
    var start = 0
    while start < pieces.count {
      var end = start
      while end < pieces.count, pieces[end].a == pieces[start].a, pieces[end].b == pieces[start].b { end += 1 }
      if let piece = merged(pieces[start..<end]) { result.append(piece) }
      start = end
    }
    return result
  }

  private func side(_ unit: Int?, _ isBarrier: Bool) -> Int32 {
    isBarrier ? Int32(units.count) : unit.map(Int32.init) ?? -1
  }

  /// One segment for several on each other: units that are left of one and right of another
  /// closed between them. Nil where both sides are the same.
  private func merged(_ pieces: ArraySlice<BorderSegment>) -> BorderSegment? {
    guard var result = pieces.first else { return nil }
    guard pieces.count > 1 else { return result.left == result.right ? nil : result }
    var lefts = pieces.map(\.left)
    var rights: [Int32] = []
    for right in pieces.map(\.right) {
      if let same = lefts.firstIndex(of: right) { lefts.remove(at: same) } else { rights.append(right) }
    }
    guard let left = lefts.first, let right = rights.first else { return nil }
    (result.left, result.right) = (left, right)
    result.borderClass = pieces.map(\.borderClass).max()!
    return result
  }
}

/// Ten to a power, exact up to 22.
private func powerOfTen(_ exponent: Int) -> Double {
  (0..<abs(exponent)).reduce(1) { power, _ in power * 10 }
}
