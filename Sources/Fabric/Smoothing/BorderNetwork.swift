import Planar

/// The borders of a piece of the plane, and the walls in it, while vertices of borders are moved.
///
/// Positions are half ticks. All segments and vertices are found by place, and no move is made that
/// would let a border cross or touch another border or a wall: see `canMove`.
struct BorderNetwork {
  struct Vertex {
    var place: GridPoint
    /// Where it stood at first.
    let origin: GridPoint
    /// The segments that end here.
    var segments: [Int32] = []
    /// Half ticks to the nearest wall at first, up to the farthest that is looked at.
    var room = Float.infinity
    /// Whether arcs end here: it may move, and not go.
    var isNode = false
    var isGone = false
  }

  struct Segment {
    var a: Int32
    var b: Int32
    let isWall: Bool
    /// Whether it parts two groups.
    let isBorder: Bool
    /// Whether it may be moved: it runs over open ground.
    let isFree: Bool
  }

  private(set) var vertices: [Vertex] = []
  private(set) var segments: [Segment] = []
  private var numberOfPlace: [UInt64: Int32] = [:]
  private var cells: PlaceCells

  /// - Parameter cell: the side of a square of the index, in half ticks.
  init(around low: GridPoint, _ high: GridPoint, cell: Int32) {
    cells = PlaceCells(around: low, high, cell: cell)
  }

  mutating func vertex(at place: GridPoint) -> Int32 {
    if let known = numberOfPlace[place.key] { return known }
    let number = Int32(vertices.count)
    vertices.append(Vertex(place: place, origin: place))
    numberOfPlace[place.key] = number
    cells.add(vertex: number, at: place)
    return number
  }

  mutating func keep(_ vertex: Int32) { vertices[Int(vertex)].isNode = true }

  mutating func add(from a: Int32, to b: Int32, isWall: Bool = false, isBorder: Bool = false, isFree: Bool = false) {
    let number = Int32(segments.count)
    segments.append(Segment(a: a, b: b, isWall: isWall, isBorder: isBorder, isFree: isFree))
    vertices[Int(a)].segments.append(number)
    if b != a { vertices[Int(b)].segments.append(number) }
    cells.add(segment: number, from: place(a), to: place(b))
  }

  func place(_ vertex: Int32) -> GridPoint { vertices[Int(vertex)].place }

  /// The other end of a segment.
  func end(of segment: Int32, beyond vertex: Int32) -> Int32 {
    let segment = segments[Int(segment)]
    return segment.a == vertex ? segment.b : segment.a
  }

  // MARK: Walls

  /// Half ticks from a segment to the nearest wall that is nearer than `limit`, else `limit`.
  func wallDistance(_ a: GridPoint, _ b: GridPoint, within limit: Double) -> Double {
    var best = limit
    cells.forEachSegment(near: a, b, margin: limit) { number in
      let segment = segments[Int(number)]
      guard segment.isWall else { return }
      best = min(best, segmentDistance(a, b, place(segment.a), place(segment.b)))
    }
    return best
  }

  mutating func measureRoom(of vertex: Int32, within limit: Double) {
    let place = place(vertex)
    vertices[Int(vertex)].room = Float(wallDistance(place, place, within: limit))
  }

  // MARK: Moves

  /// Whether a vertex may go to a place with all segments that end at it: the triangles that these
  /// sweep hold no other vertex, and no segment crosses its way. Then no segment comes to cross
  /// another, and what lies on which side of a border stays so.
  func canMove(_ vertex: Int32, to place: GridPoint) -> Bool {
    let (old, own) = (self.place(vertex), vertices[Int(vertex)].segments)
    let ends = own.map { end(of: $0, beyond: vertex) }
    for end in ends {
      let n = self.place(end)
      if place == n || hasVertex(in: old, place, n, except: vertex, end) { return false }
    }
    return !isCrossed(old, place, except: own)
  }

  private func hasVertex(in a: GridPoint, _ b: GridPoint, _ c: GridPoint, except v: Int32, _ n: Int32) -> Bool {
    let side = turn(a, b, c)
    let (second, third) = side >= 0 ? (b, c) : (c, b)
    return cells.containsVertex(in: a, b, c) { number in
      guard number != v, number != n, !vertices[Int(number)].isGone else { return false }
      let p = self.place(number)
      return turn(a, second, p) >= 0 && turn(second, third, p) >= 0 && turn(third, a, p) >= 0
        && isInBox(p, a, b, c)
    }
  }

  private func isInBox(_ p: GridPoint, _ a: GridPoint, _ b: GridPoint, _ c: GridPoint) -> Bool {
    p.x >= min(a.x, b.x, c.x) && p.x <= max(a.x, b.x, c.x) && p.y >= min(a.y, b.y, c.y) && p.y <= max(a.y, b.y, c.y)
  }

  /// Whether a segment, but those, has a point in common with the way from `a` to `b`.
  private func isCrossed(_ a: GridPoint, _ b: GridPoint, except own: [Int32]) -> Bool {
    var isFound = false
    cells.forEachSegment(near: a, b, margin: 0) { number in
      guard !isFound, !own.contains(number) else { return }
      let (c, d) = (place(segments[Int(number)].a), place(segments[Int(number)].b))
      let (p, q) = (turn(a, b, c), turn(a, b, d))
      let (r, s) = (turn(c, d, a), turn(c, d, b))
      isFound = (p <= 0 && q >= 0 || p >= 0 && q <= 0) && (r <= 0 && s >= 0 || r >= 0 && s <= 0)
        && max(min(a.x, b.x), min(c.x, d.x)) <= min(max(a.x, b.x), max(c.x, d.x))
        && max(min(a.y, b.y), min(c.y, d.y)) <= min(max(a.y, b.y), max(c.y, d.y))
    }
    return isFound
  }

  mutating func move(_ vertex: Int32, to place: GridPoint) {
    let old = self.place(vertex)
    cells.remove(vertex: vertex, at: old)
    numberOfPlace[old.key] = nil
    for number in vertices[Int(vertex)].segments { unlist(number) }
    vertices[Int(vertex)].place = place
    numberOfPlace[place.key] = vertex
    cells.add(vertex: vertex, at: place)
    for number in vertices[Int(vertex)].segments { list(number) }
  }

  /// Whether a vertex with two segments may go, its neighbours joined straight: the triangle between
  /// holds no other vertex.
  func canRemove(_ vertex: Int32) -> Bool {
    let (a, b) = neighbours(of: vertex)
    guard a != b, !areJoined(a, b) else { return false }
    return !hasVertex(in: place(vertex), place(a), place(b), except: vertex, a, b)
  }

  private func hasVertex(
    in p: GridPoint, _ a: GridPoint, _ b: GridPoint, except v: Int32, _ n: Int32, _ m: Int32
  ) -> Bool {
    let side = turn(p, a, b)
    let (second, third) = side >= 0 ? (a, b) : (b, a)
    return cells.containsVertex(in: p, a, b) { number in
      guard number != v, number != n, number != m, !vertices[Int(number)].isGone else { return false }
      let q = self.place(number)
      return turn(p, second, q) >= 0 && turn(second, third, q) >= 0 && turn(third, p, q) >= 0 && isInBox(q, p, a, b)
    }
  }

  private func areJoined(_ a: Int32, _ b: Int32) -> Bool {
    vertices[Int(a)].segments.contains { end(of: $0, beyond: a) == b }
  }

  /// The other ends of the two segments of a vertex.
  func neighbours(of vertex: Int32) -> (Int32, Int32) {
    let own = vertices[Int(vertex)].segments
    return (end(of: own[0], beyond: vertex), end(of: own[1], beyond: vertex))
  }

  /// Joins the neighbours of a vertex with two segments straight.
  mutating func remove(_ vertex: Int32) {
    let own = vertices[Int(vertex)].segments
    let (kept, dropped) = (own[0], own[1])
    let far = end(of: dropped, beyond: vertex)
    unlist(kept)
    unlist(dropped)
    cells.remove(vertex: vertex, at: place(vertex))
    numberOfPlace[place(vertex).key] = nil
    vertices[Int(vertex)].isGone = true
    vertices[Int(vertex)].segments = []
    if segments[Int(kept)].a == vertex { segments[Int(kept)].a = far } else { segments[Int(kept)].b = far }
    let slot = vertices[Int(far)].segments.firstIndex(of: dropped)!
    vertices[Int(far)].segments[slot] = kept
    list(kept)
  }

  private mutating func list(_ number: Int32) {
    cells.add(segment: number, from: place(segments[Int(number)].a), to: place(segments[Int(number)].b))
  }

  private mutating func unlist(_ number: Int32) {
    cells.remove(segment: number, from: place(segments[Int(number)].a), to: place(segments[Int(number)].b))
  }
}

/// The distance between two segments in half ticks; 0 where they cross.
func segmentDistance(_ a: GridPoint, _ b: GridPoint, _ c: GridPoint, _ d: GridPoint) -> Double {
  let (p, q, r, s) = (turn(a, b, c).signum(), turn(a, b, d).signum(), turn(c, d, a).signum(), turn(c, d, b).signum())
  if p * q < 0, r * s < 0 { return 0 }
  return min(
    min(pointDistance(a, c, d), pointDistance(b, c, d)), min(pointDistance(c, a, b), pointDistance(d, a, b)))
}

/// The distance of `p` from the segment from `a` to `b`, in half ticks.
func pointDistance(_ p: GridPoint, _ a: GridPoint, _ b: GridPoint) -> Double {
  let foot = footPoint(of: p, a, b)
  let (dx, dy) = (Double(p.x) - foot.x, Double(p.y) - foot.y)
  return (dx * dx + dy * dy).squareRoot()
}

/// The point of the segment from `a` to `b` that is nearest to `p`.
func footPoint(of p: GridPoint, _ a: GridPoint, _ b: GridPoint) -> SIMD2<Double> {
  let start = SIMD2(Double(a.x), Double(a.y))
  let way = SIMD2(Double(b.x), Double(b.y)) - start
  let square = (way * way).sum()
  guard square > 0 else { return start }
  let t = ((SIMD2(Double(p.x), Double(p.y)) - start) * way).sum() / square
  return start + way * min(max(t, 0), 1)
}
