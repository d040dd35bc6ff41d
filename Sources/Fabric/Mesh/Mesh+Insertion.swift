/// Whether `d` lies inside the circle through the counter-clockwise `a`, `b`, `c`, for sure.
///
/// In floating point with the error bound of Shewchuk's `iccerrboundA`; false where in doubt.
@inline(__always)
func isSurelyInCircle(_ a: GridPoint, _ b: GridPoint, _ c: GridPoint, _ d: GridPoint) -> Bool {
  let adx = Double(a.x) - Double(d.x)
  let ady = Double(a.y) - Double(d.y)
  let bdx = Double(b.x) - Double(d.x)
  let bdy = Double(b.y) - Double(d.y)
  let cdx = Double(c.x) - Double(d.x)
  let cdy = Double(c.y) - Double(d.y)
  let bc = bdx * cdy
  let cb = cdx * bdy
  let ca = cdx * ady
  let ac = adx * cdy
  let ab = adx * bdy
  let ba = bdx * ady
  let aLift = adx * adx + ady * ady
  let bLift = bdx * bdx + bdy * bdy
  let cLift = cdx * cdx + cdy * cdy
  let determinant = aLift * (bc - cb) + bLift * (ca - ac) + cLift * (ab - ba)
  let permanent =
    (abs(bc) + abs(cb)) * aLift + (abs(ca) + abs(ac)) * bLift + (abs(ab) + abs(ba)) * cLift
  return determinant > 1.1102230246251577e-15 * permanent
}

extension Mesh {
  /// Adds a vertex inside the box that is none yet, and returns its number.
  mutating func insert(_ point: GridPoint) -> Int32 {
    let h = locate(point)
    let vertex = Int32(points.count)
    points.append(point)
    outgoing.append(-1)
    if let side = side(of: h / 3, holding: point) {
      divide(edge: side, at: vertex)
    } else {
      divide(triangle: h / 3, at: vertex)
    }
    legalize()
    return vertex
  }

  /// A half-edge of a triangle that holds `point`, found by walking from the last triangle.
  private mutating func locate(_ point: GridPoint) -> Int32 {
    var triangle = lastTriangle
    var turnOfSides: Int32 = 0
    walk: while true {
      for step in 0..<Int32(3) {
        let h = triangle * 3 + (step + turnOfSides) % 3
        guard twin[h] >= 0, turn(points[origin[h]], points[destination(h)], point) < 0 else { continue }
        triangle = twin[h] / 3
        turnOfSides = (turnOfSides + 1) % 3
        continue walk
      }
      lastTriangle = triangle
      return triangle * 3
    }
  }

  /// The side of a triangle on which `point` lies.
  private func side(of triangle: Int32, holding point: GridPoint) -> Int32? {
    for h in triangle * 3..<triangle * 3 + 3
    where turn(points[origin[h]], points[destination(h)], point) == 0 {
      return h
    }
    return nil
  }

  /// Divides a triangle into three at an inner vertex.
  private mutating func divide(triangle: Int32, at p: Int32) {
    let h = triangle * 3
    let (a, b, c) = (origin[h], origin[h + 1], origin[h + 2])
    let second = addTriangle(b, c, p) * 3
    let third = addTriangle(c, a, p) * 3
    region[second / 3] = region[triangle]
    region[third / 3] = region[triangle]
    takeOver(second, from: h + 1)
    takeOver(third, from: h + 2)
    origin[h + 2] = p
    link(h + 1, second + 2)
    link(second + 1, third + 2)
    link(third + 1, h + 2)
    constraint[h + 1] = -1
    constraint[h + 2] = -1
    outgoing[a] = h
    outgoing[b] = h + 1
    outgoing[p] = h + 2
    pending += [h, second, third]
  }

  /// Divides an edge, and the triangles on both sides, at a vertex on it (or so near that all
  /// four triangles turn counter-clockwise). Both halves keep the edge's number.
  mutating func divide(edge h: Int32, at p: Int32) {
    let g = twin[h]
    let number = constraint[h]
    let (a, b, c) = (origin[h], destination(h), apex(h))
    let hn = next(h)
    let upper = addTriangle(p, b, c) * 3
    region[upper / 3] = region[h / 3]
    takeOver(upper + 1, from: hn)
    origin[hn] = p
    link(hn, upper + 2)
    constraint[hn] = -1
    constraint[upper] = number
    outgoing[a] = h
    outgoing[c] = previous(h)
    outgoing[p] = hn
    pending += [previous(h), upper + 1]
    guard g >= 0 else { return }
    let gp = previous(g)
    let d = origin[gp]
    let lower = addTriangle(d, b, p) * 3
    region[lower / 3] = region[g / 3]
    takeOver(lower, from: gp)
    origin[g] = p
    constraint[gp] = -1
    constraint[lower + 1] = number
    link(gp, lower + 2)
    link(upper, lower + 1)
    link(h, g)
    outgoing[a] = next(g)
    outgoing[d] = gp
    outgoing[p] = g
    outgoing[b] = lower + 1
    pending += [next(g), lower]
  }

  /// Flips pending diagonals until all are locally Delaunay.
  mutating func legalize() {
    while let h = pending.popLast() {
      let g = twin[h]
      guard g >= 0, constraint[h] < 0 else { continue }
      let (a, b, p, q) = (origin[h], origin[g], apex(h), apex(g))
      guard isSurelyInCircle(points[a], points[b], points[p], points[q]) else { continue }
      guard turn(points[a], points[q], points[p]) > 0, turn(points[q], points[b], points[p]) > 0 else {
        continue
      }
      flip(h)
      pending.append(h)
      pending.append(previous(g))
    }
  }

  /// Turns the diagonal of the two triangles at `h` from a–b to q–p.
  private mutating func flip(_ h: Int32) {
    let g = twin[h]
    let (hn, gn) = (next(h), next(g))
    let (p, q) = (apex(h), apex(g))
    let (a, b) = (origin[h], origin[g])
    takeOver(h, from: gn)
    takeOver(g, from: hn)
    origin[hn] = q
    origin[gn] = p
    link(hn, gn)
    constraint[hn] = -1
    constraint[gn] = -1
    outgoing[a] = h
    outgoing[b] = g
    outgoing[p] = gn
    outgoing[q] = hn
  }
}
