import Planar

/// Where borders cross the edges of a division's free ground, in half ticks.
///
/// Between two corners of different labels, the cut is where the two vertices that the labels
/// came from are equally far, kept away from the ends and rounded. Where a rounded cut would turn
/// a piece of a triangle over, and on lines of the input, it is the exact middle instead: middles
/// alone never cross.
struct Cuts {
  /// Edges, by their lower half-edge, that are cut in the middle.
  private var isCutInMiddle: [Bool]

  init(_ division: borrowing Division) {
    isCutInMiddle = Array(repeating: false, count: division.mesh.origin.count)
    var isChanged = true
    while isChanged {
      isChanged = false
      for triangle in 0..<Int32(division.mesh.triangleCount) where division.isFree(3 * triangle) {
        if !isSound(triangle, division) {
          for h in 3 * triangle..<3 * triangle + 3 { isChanged = keepMiddle(of: h, division) || isChanged }
        }
      }
    }
  }

  /// Whether this is new.
  private mutating func keepMiddle(of h: Int32, _ division: borrowing Division) -> Bool {
    let edge = Int(min(h, max(division.mesh.twin[h], 0)))
    guard !isCutInMiddle[edge] else { return false }
    isCutInMiddle[edge] = true
    return true
  }

  /// The cut of an edge; the same for both of its half-edges.
  func point(on h: Int32, of division: borrowing Division) -> GridPoint {
    let g = division.mesh.twin[h]
    if g >= 0, g < h { return point(on: g, of: division) }
    let (u, w) = (division.mesh.points[division.mesh.origin[h]], division.mesh.points[division.mesh.destination(h)])
    let middle = GridPoint(x: u.x &+ w.x, y: u.y &+ w.y)
    guard g >= 0, division.mesh.constraint[h] < 0, !isCutInMiddle[Int(h)] else { return middle }
    let (near, far) = (Int(h), Int(next(h)))
    let (farBeyond, nearBeyond) = (Int(g), Int(next(g)))
    guard division.isFree(h), division.corner[near] != division.corner[far],
      division.corner[near] >= 0, division.corner[far] >= 0,
      division.corner[near] == division.corner[nearBeyond],
      division.corner[far] == division.corner[farBeyond],
      division.source[near] >= 0, division.source[far] >= 0
    else { return middle }
    let p = division.mesh.points[division.source[near]]
    let q = division.mesh.points[division.source[far]]
    let atU = Double(squaredDistance(u, q)) - Double(squaredDistance(u, p))
    let atW = Double(squaredDistance(w, q)) - Double(squaredDistance(w, p))
    guard atU > atW else { return middle }
    // Where the whole edge is nearer to one of the two, the other gets as little as may be.
    let t = min(max(atU / (atU - atW), 0.05), 0.95)
    return GridPoint(
      x: 2 * u.x &+ Int32((2 * t * (Double(w.x) - Double(u.x))).rounded()),
      y: 2 * u.y &+ Int32((2 * t * (Double(w.y) - Double(u.y))).rounded()))
  }

  /// Whether the pieces of a triangle keep their orientation with its cuts as they are.
  private func isSound(_ triangle: Int32, _ division: borrowing Division) -> Bool {
    let h = 3 * triangle
    let label = (division.corner[Int(h)], division.corner[Int(h) + 1], division.corner[Int(h) + 2])
    let isCut = (label.0 != label.1, label.1 != label.2, label.2 != label.0)
    guard isCut.0 || isCut.1 || isCut.2 else { return true }
    let corner = (0..<3).map { division.mesh.points[division.mesh.origin[h + Int32($0)]].doubled }
    let cut = (0..<3).map { point(on: h + Int32($0), of: division) }
    for v in 0..<3 {
      let (w, x) = ((v + 1) % 3, (v + 2) % 3)
      // The small triangle at each corner, and what is left beside it, either way divided.
      guard turn(corner[v], cut[v], cut[x]) > 0, turn(cut[v], corner[w], corner[x]) > 0,
        turn(corner[v], cut[v], corner[x]) > 0, turn(cut[v], corner[x], cut[x]) > 0
      else { return false }
    }
    return turn(cut[0], cut[1], cut[2]) > 0
  }

  /// Where three borders meet in a triangle: equally far from the three vertices that the labels
  /// came from where that lies inside, else the centre of the triangle, else a cut.
  func center(of triangle: Int32, _ cuts: [GridPoint], in division: borrowing Division) -> GridPoint {
    let h = 3 * triangle
    let corners = (0..<3).map { division.mesh.points[division.mesh.origin[h + Int32($0)]].doubled }
    func isInside(_ p: GridPoint) -> Bool {
      (0..<3).allSatisfy { turn(corners[$0], cuts[$0], p) > 0 && turn(cuts[$0], corners[($0 + 1) % 3], p) > 0 }
    }
    let sources = (0..<3).map { division.source[Int(h) + $0] }
    if sources.allSatisfy({ $0 >= 0 }),
      let p = circumcenter(sources.map { division.mesh.points[$0].doubled }, near: corners[0]), isInside(p)
    {
      return p
    }
    func third(_ a: Int32, _ b: Int32, _ c: Int32) -> Int32 {
      Int32((Double(Int64(a) + Int64(b) + Int64(c)) / 3).rounded())
    }
    let center = GridPoint(
      x: third(corners[0].x, corners[1].x, corners[2].x), y: third(corners[0].y, corners[1].y, corners[2].y))
    if isInside(center) { return center }
    return cuts[
      (0..<3).max {
        squaredDistance(corners[$0], corners[($0 + 1) % 3])
          < squaredDistance(corners[$1], corners[($1 + 1) % 3])
      }!]
  }

  /// The centre of the circle through three points, if it is not too far away.
  private func circumcenter(_ p: [GridPoint], near anchor: GridPoint) -> GridPoint? {
    let (bx, by) = (Double(p[1].x) - Double(p[0].x), Double(p[1].y) - Double(p[0].y))
    let (cx, cy) = (Double(p[2].x) - Double(p[0].x), Double(p[2].y) - Double(p[0].y))
    let d = 2 * (bx * cy - by * cx)
    guard d != 0 else { return nil }
    let (b, c) = (bx * bx + by * by, cx * cx + cy * cy)
    let x = Double(p[0].x) + (cy * b - by * c) / d
    let y = Double(p[0].y) + (bx * c - cx * b) / d
    guard abs(x - Double(anchor.x)) < 1e8, abs(y - Double(anchor.y)) < 1e8, abs(x) < 2e9, abs(y) < 2e9 else {
      return nil
    }
    return GridPoint(x: Int32(x.rounded()), y: Int32(y.rounded()))
  }
}
