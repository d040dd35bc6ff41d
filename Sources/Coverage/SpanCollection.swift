import Planar

extension ViewSweep {
  /// Gathers the walls in range that face the eye, cut to the sector.
  func collectSpans() {
    walls.forEachRun(in: sectorBox()) { run in
      var from = walls.vertices[Int(run.first)] - eye
      for offset in 0..<Int(run.count) {
        let wall = Int(run.first) + offset
        let to = walls.vertices[wall + 1] - eye
        consider(from, to, wall: wall, isTwoSided: run.isTwoSided)
        from = to
      }
    }
  }

  /// The box around the sector without walls.
  private func sectorBox() -> Box {
    let radius = range
    guard !isFullCircle else { return Box(min: eye, max: eye).expanded(by: radius) }
    var box = Box(around: [eye, eye + startDirection * radius, eye + endDirection * radius])
    for axis in Self.axes where relativeTurn(axis) < wholeTurn { box.extend(to: eye + axis * radius) }
    return box
  }

  private static let axes = [Point(x: 1, y: 0), Point(x: 0, y: 1), Point(x: -1, y: 0), Point(x: 0, y: -1)]

  /// Takes the wall from `a` to `b` in if it is in range and its outside faces the eye.
  @inline(__always)
  private func consider(_ a: Point, _ b: Point, wall: Int, isTwoSided: Bool) {
    let left = a.x * b.y
    let right = a.y * b.x
    var doubleArea = left - right
    let bound = 3.4e-16 * (abs(left) + abs(right))
    if abs(doubleArea) <= bound {
      let side = orientation(Point(x: 0, y: 0), a, b)
      if side == .collinear { return }
      // Below the rounding of a product: keep the sign, which is exact.
      doubleArea = side == .counterClockwise ? max(doubleArea, bound) : min(doubleArea, -bound)
      if doubleArea == 0 { return }
    }
    let edge = b - a
    // The line is out of range.
    if doubleArea * doubleArea >= range * range * dot(edge, edge) { return }
    // The nearest point of the segment is an end, and out of range.
    if dot(a, edge) >= 0 && dot(a, a) >= range * range { return }
    if dot(b, edge) <= 0 && dot(b, b) >= range * range { return }
    if doubleArea < 0 {
      admit(from: b, to: a, -doubleArea, wall)
    } else if isTwoSided {
      admit(from: a, to: b, doubleArea, wall)
    }
  }

  /// Cuts a wall, given counter-clockwise, to the sector and files it.
  @inline(__always)
  private func admit(from p: Point, to q: Point, _ doubleArea: Double, _ wall: Int) {
    let weight = Point(x: (q.y - p.y) / doubleArea, y: (p.x - q.x) / doubleArea)
    let t0 = relativeTurn(p)
    let t1 = relativeTurn(q)
    if t0 < t1 {
      guard t0 < wholeTurn else { return }
      // Never more than half a turn: a tiny wall whose ends rounding has swapped.
      if t1 - t0 > 2.5 { return }
      file(weight, t0, p, t1, q, wall)
    } else if t0 - t1 > 1.5 {
      // Across the start of the sector.
      file(weight, 0, startDirection, t1, q, wall)
      if t0 < wholeTurn { file(weight, t0, p, 4, startDirection, wall) }
    }
  }

  @inline(__always)
  private func file(_ weight: Point, _ t0: Double, _ p: Point, _ t1: Double, _ q: Point, _ wall: Int) {
    let endsOutside = t1 >= wholeTurn
    let number = Int32(spans.count)
    let endTurn = endsOutside ? wholeTurn : t1
    guard t0 < endTurn else { return }
    spans.append(
      Span(
        weight: weight, start: p, end: endsOutside ? endDirection : q, startTurn: t0, endTurn: endTurn,
        wall: Int32(wall)))
    events.append(SweepEvent(turn: t0, code: number))
    events.append(SweepEvent(turn: endTurn, code: ~number))
  }
}
