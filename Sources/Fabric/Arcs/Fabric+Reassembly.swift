import Planar

extension Fabric {
  /// A fabric put together again from its units, such as one that was kept in a file.
  ///
  /// Units must come from one fabric: neighbours share every vertex of a common border. Whatever
  /// groups they are dissolved into, borders are then the same to the last bit as those of the
  /// fabric they came from. Barriers and problems are not known any more; arcs have no class.
  /// - Parameters:
  ///   - units: right-handed polygons in metres, on multiples of half of `resolution`; a unit without polygons
  ///     has no ground.
  ///   - adjacency: the shared borders with their classes, as they were.
  ///   - resolution: the one that the fabric was made with, metres.
  /// - Throws: `FabricError` where a coordinate is no number, or two units lie on one side of a border.
  /// O(n log n).
  public init(
    reassembling units: [FabricUnit], adjacency: [Adjacency], resolution: Double = 0.001
  ) throws(FabricError) {
    try requireFinite(units.map(\.polygons), "unit")
    let box = Box(aroundAll: units.map(\.polygons))
    let frame = GridFrame(around: box, resolution: resolution).halved
    let (arcs, nodeCount) = tracedArcs(of: try pairedSides(of: units, in: frame))
    self.init(arcs, nodeCount: nodeCount, units: units, in: frame)
    self.adjacency = adjacency
  }
}

/// One edge of a unit's ring, from its lower end to its upper.
private struct Side {
  var a: GridPoint
  var b: GridPoint
  var unit: Int32
  /// Whether the unit lies to the left of the way from `a` to `b`.
  var isLeft: Bool
}

/// The borders of units that share their vertices: each edge once, with the units on both sides.
private func pairedSides(of units: [FabricUnit], in frame: GridFrame) throws(FabricError) -> [BorderSegment] {
  var sides: [Side] = []
  for (number, unit) in units.enumerated() {
    for ring in unit.polygons.flatMap(\.rings) {
      let ticks = ring.points.map(frame.tick)
      for (p, q) in zip(ticks, ticks.dropFirst()) where p != q {
        let isForward = p.precedes(q)
        sides.append(Side(a: isForward ? p : q, b: isForward ? q : p, unit: Int32(number), isLeft: isForward))
      }
    }
  }
  sides.sort { ($0.a.key, $0.b.key, $0.unit) < ($1.a.key, $1.b.key, $1.unit) }
  var segments: [BorderSegment] = []
  var next = 0
  while next < sides.count {
    var end = next + 1
    while end < sides.count, sides[end].a == sides[next].a, sides[end].b == sides[next].b { end += 1 }
    if let segment = try border(sides[next..<end], frame) { segments.append(segment) }
    next = end
  }
  return segments
}

/// The border along an edge; nil where a unit touches itself.
private func border(_ sides: ArraySlice<Side>, _ frame: GridFrame) throws(FabricError) -> BorderSegment? {
  let first = sides.first!
  let (left, right) = (sides.filter(\.isLeft), sides.filter { !$0.isLeft })
  guard left.count <= 1, right.count <= 1 else {
    throw FabricError(
      kind: .unexpected, subject: "unit \(sides[sides.startIndex + 1].unit)", place: frame.point(first.a),
      message: "overlaps unit \(first.unit)")
  }
  let (l, r) = (left.first?.unit ?? -1, right.first?.unit ?? -1)
  return l == r ? nil : BorderSegment(a: first.a, b: first.b, left: l, right: r, borderClass: .open)
}
