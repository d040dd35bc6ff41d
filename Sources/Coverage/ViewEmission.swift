import Planar

extension ViewSweep {
  /// Writes a stretch of the border: along its wall as far as the range allows, else along the arc.
  func emit(_ piece: PendingPiece) {
    let isOpen = piece.span < 0
    if !isOpen {
      let span = spans[piece.span]
      let p = piece.start * (1 / dot(span.weight, piece.start))
      let q = piece.end * (1 / dot(span.weight, piece.end))
      let farthest = max(dot(p, p), dot(q, q))
      if farthest <= arc.innerRadius * arc.innerRadius {
        guard isWide(piece, at: farthest) else { return }
        return wallStretch(p, q, wall: span.wall)
      }
    }
    guard isWide(piece, at: range * range) else { return }
    alongArc(piece, weight: isOpen ? Point(x: 0, y: 0) : spans[piece.span].weight)
  }

  @inline(__always)
  private func isWide(_ piece: PendingPiece, at squaredDistance: Double) -> Bool {
    let width = piece.endTurn - piece.startTurn
    return width * width * squaredDistance > Self.slit * Self.slit
  }

  @inline(__always)
  private func wallStretch(_ p: Point, _ q: Point, wall: Int32) {
    push(p)
    push(q)
    if keepsPieces { pieces.append(WallPiece(wall: Int(wall), from: p, to: q)) }
  }

  /// Walks the chords that the piece spans and takes of wall and chord what is nearer.
  private func alongArc(_ piece: PendingPiece, weight: Point) {
    var chord = arc.chord(at: piece.startTurn)
    var u0 = piece.start
    var t0 = piece.startTurn
    while t0 < piece.endTurn && chord < arc.chordCount {
      let isLast = arc.turns[chord + 1] >= piece.endTurn || chord == arc.chordCount - 1
      let u1 = isLast ? piece.end : arc.ends[chord + 1]
      nearer(of: weight, span: piece.span, chord: arc.weight(of: chord), u0, u1)
      t0 = isLast ? piece.endTurn : arc.turns[chord + 1]
      u0 = u1
      chord += 1
    }
  }

  /// Writes what is nearer between two directions, a wall or a chord; both are straight.
  @inline(__always)
  private func nearer(of wall: Point, span: Int, chord: Point, _ u0: Point, _ u1: Point) {
    let wall0 = dot(wall, u0)
    let wall1 = dot(wall, u1)
    let chord0 = dot(chord, u0)
    let chord1 = dot(chord, u1)
    let lead0 = wall0 - chord0
    let lead1 = wall1 - chord1
    if span < 0 || (lead0 <= 0 && lead1 <= 0) {
      push(u0 * (1 / chord0))
      push(u1 * (1 / chord1))
    } else if lead0 >= 0 && lead1 >= 0 {
      wallStretch(u0 * (1 / wall0), u1 * (1 / wall1), wall: spans[span].wall)
    } else {
      let u = u0 * abs(lead1) + u1 * abs(lead0)
      let crossing = u * (1 / dot(chord, u))
      if lead0 > 0 {
        wallStretch(u0 * (1 / wall0), crossing, wall: spans[span].wall)
        push(u1 * (1 / chord1))
      } else {
        push(u0 * (1 / chord0))
        wallStretch(crossing, u1 * (1 / wall1), wall: spans[span].wall)
      }
    }
  }

  /// Appends a point to the border unless it repeats the last.
  @inline(__always)
  private func push(_ point: Point) {
    if let last = points.last {
      let d = point - last
      if dot(d, d) < 1e-14 { return }
    }
    points.append(point)
  }
}
