/// Two constraints that cross or overlap, which noded input never has.
struct ConstraintConflict: Error {
  var place: GridPoint
}

extension Mesh {
  /// Makes the segment from `a` to `b` an edge that stays, with a number.
  ///
  /// Vertices on the segment divide it into edges of the same number.
  mutating func constrain(from a: Int32, to b: Int32, number: Int32) throws(ConstraintConflict) {
    var a = a
    while a != b {
      if let h = halfEdge(from: a, to: b) {
        try mark(h, number)
        return
      }
      a = try constrainFirstPart(from: a, to: b, number)
    }
  }

  private mutating func mark(_ h: Int32, _ number: Int32) throws(ConstraintConflict) {
    guard constraint[h] < 0 || constraint[h] == number else {
      throw ConstraintConflict(place: points[origin[h]])
    }
    constraint[h] = number
    if twin[h] >= 0 { constraint[twin[h]] = number }
  }

  /// Constrains the segment up to the first vertex on it, which is returned.
  private mutating func constrainFirstPart(
    from a: Int32, to b: Int32, _ number: Int32
  ) throws(ConstraintConflict) -> Int32 {
    guard let first = firstCrossing(from: a, to: b) else {
      throw ConstraintConflict(place: points[a])
    }
    if case .vertex(let v) = first {
      guard let h = halfEdge(from: a, to: v) else { throw ConstraintConflict(place: points[a]) }
      try mark(h, number)
      return v
    }
    guard case .edge(let start) = first else { return b }
    return try retriangulate(along: a, b, from: start, number)
  }

  private enum Crossing {
    /// A vertex next to the start that lies on the segment.
    case vertex(Int32)
    /// The edge opposite the start, in its triangle, that the segment crosses.
    case edge(Int32)
  }

  private func firstCrossing(from a: Int32, to b: Int32) -> Crossing? {
    let (from, to) = (points[a], points[b])
    let start = outgoing[a]
    var h = start
    var isTurnedBack = false
    while true {
      let u = points[destination(h)]
      let v = points[apex(h)]
      let side = turn(from, to, u)
      if side == 0, isAhead(u, from, to) { return .vertex(destination(h)) }
      let other = turn(from, to, v)
      if other == 0, isAhead(v, from, to) { return .vertex(apex(h)) }
      if side < 0, other > 0 { return .edge(next(h)) }
      var following = isTurnedBack ? rotatedRight(h) : rotatedLeft(h)
      if following < 0, !isTurnedBack {
        isTurnedBack = true
        following = rotatedRight(start)
      }
      if following < 0 || following == start { return nil }
      h = following
    }
  }

  private func isAhead(_ p: GridPoint, _ a: GridPoint, _ b: GridPoint) -> Bool {
    let dx = (Int64(p.x) - Int64(a.x)) * (Int64(b.x) - Int64(a.x))
    let dy = (Int64(p.y) - Int64(a.y)) * (Int64(b.y) - Int64(a.y))
    return dx + dy > 0
  }

  /// Replaces the triangles that the segment crosses, up to the first vertex on it, by triangles
  /// with the segment as an edge. Source: M. Anglada, "An improved incremental algorithm for
  /// constructing restricted Delaunay triangulations", 1997.
  private mutating func retriangulate(
    along a: Int32, _ b: Int32, from start: Int32, _ number: Int32
  ) throws(ConstraintConflict) -> Int32 {
    let (from, to) = (points[a], points[b])
    var cavity = Cavity(first: start / 3)
    cavity.right.append(side(previous(start)))
    cavity.left.append(side(next(start)))
    var crossed = start
    var end = b
    while true {
      guard constraint[crossed] < 0 else { throw ConstraintConflict(place: points[origin[crossed]]) }
      let entered = twin[crossed]
      guard entered >= 0 else { throw ConstraintConflict(place: points[origin[crossed]]) }
      cavity.triangles.append(entered / 3)
      let apex = apex(entered)
      let place = turn(from, to, points[apex])
      // `entered` runs from the left of the segment to the right of it.
      if place == 0 {
        cavity.right.append(side(next(entered)))
        cavity.left.append(side(previous(entered)))
        end = apex
        break
      } else if place > 0 {
        cavity.left.append(side(previous(entered)))
        crossed = next(entered)
      } else {
        cavity.right.append(side(next(entered)))
        crossed = previous(entered)
      }
    }
    try fill(&cavity, number)
    return end
  }

  /// A side of the cavity: an edge of a triangle that goes, and what lies beyond it.
  private func side(_ h: Int32) -> Cavity.Side {
    Cavity.Side(
      from: origin[h], to: destination(h), beyond: twin[h], number: constraint[h])
  }

  private mutating func fill(_ cavity: inout Cavity, _ number: Int32) throws(ConstraintConflict) {
    cavity.inheritedRegion = region[cavity.triangles[0]]
    cavity.gone = cavity.triangles.sorted()
    // Left of the segment the border of the cavity runs back to its start, right of it to its end.
    let left = try triangulate(cavity.left.reversed()[...], &cavity)
    let right = try triangulate(cavity.right[...], &cavity)
    link(left, right)
    constraint[left] = number
    constraint[right] = number
    for opening in cavity.open {
      if let other = cavity.open.first(where: { $0.from == opening.to && $0.to == opening.from }) {
        link(opening.half, other.half)
      }
    }
  }

  /// Fills the polygon between a path of `sides`, counter-clockwise, and the closing edge from
  /// its end to its start; returns the half-edge on the closing edge.
  private mutating func triangulate(
    _ sides: ArraySlice<Cavity.Side>, _ cavity: inout Cavity
  ) throws(ConstraintConflict) -> Int32 {
    let first = sides[sides.startIndex].from
    let last = sides[sides.endIndex - 1].to
    guard let split = apexOfClosingEdge(of: sides), let triangle = cavity.triangles.popLast() else {
      throw ConstraintConflict(place: points[first])
    }
    let h = triangle * 3
    region[triangle] = cavity.inheritedRegion
    set(h, origin: last)
    set(h + 1, origin: first)
    set(h + 2, origin: sides[split].to)
    try close(h + 1, sides[...split], &cavity)
    try close(h + 2, sides[(split + 1)...], &cavity)
    return h
  }

  /// The side at whose end the Delaunay triangle on the closing edge has its third corner.
  private func apexOfClosingEdge(of sides: ArraySlice<Cavity.Side>) -> Int? {
    let first = points[sides[sides.startIndex].from]
    let last = points[sides[sides.endIndex - 1].to]
    var best: Int?
    for candidate in sides.indices.dropLast() {
      let point = points[sides[candidate].to]
      guard turn(last, first, point) > 0 else { continue }
      guard let soFar = best else {
        best = candidate
        continue
      }
      if isInCircle(last, first, points[sides[soFar].to], point) { best = candidate }
    }
    return best
  }

  private mutating func set(_ h: Int32, origin vertex: Int32) {
    origin[h] = vertex
    outgoing[vertex] = h
    constraint[h] = -1
    twin[h] = -1
  }

  /// Joins a new half-edge to what lies beyond the sides that it spans.
  private mutating func close(
    _ h: Int32, _ sides: ArraySlice<Cavity.Side>, _ cavity: inout Cavity
  ) throws(ConstraintConflict) {
    if sides.count > 1 {
      link(h, try triangulate(sides, &cavity))
      return
    }
    let side = sides[sides.startIndex]
    constraint[h] = side.number
    if side.beyond >= 0, cavity.went(side.beyond / 3) {
      cavity.open.append(Cavity.Opening(from: side.from, to: side.to, half: h))
    } else {
      link(h, side.beyond)
    }
  }
}

/// The hole in the mesh along a new constraint.
private struct Cavity {
  struct Side {
    var from: Int32
    var to: Int32
    var beyond: Int32
    var number: Int32
  }

  /// A new half-edge whose twin is made in the same cavity.
  struct Opening {
    var from: Int32
    var to: Int32
    var half: Int32
  }

  /// Triangles to be used again.
  var triangles: [Int32]
  /// All triangles that went, ascending.
  var gone: [Int32] = []
  var left: [Side] = []
  var right: [Side] = []
  var open: [Opening] = []
  var inheritedRegion: Int32 = -1

  init(first: Int32) { triangles = [first] }

  func went(_ triangle: Int32) -> Bool {
    var range = 0..<gone.count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      if gone[middle] == triangle { return true }
      range = gone[middle] < triangle ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return false
  }
}
