import Planar

/// Computes views one after another with the same working storage: one for each thread.
///
/// An angular sweep over the walls in range that face the eye. All coordinates are relative to
/// the eye, so that no digits are lost far from the origin of the CRS.
///
/// Method: each wall is a linear function of the direction (see `Span`); between two neighbouring
/// ends of walls the nearest of those that span the range is found at both of its ends; where they
/// differ, walls cross, and the range is divided at the crossing. So footprints may overlap.
/// O((n + x) log n + n·a) for n walls and x crossings, a the walls met at once by one ray.
final class ViewSweep {
  let walls: WallIndex

  // The sector at work.
  var eye = Point(x: 0, y: 0)
  var range = 0.0
  var isFullCircle = false
  /// Unit vectors at which the sector begins and ends, counter-clockwise.
  var startDirection = Point(x: 1, y: 0)
  var endDirection = Point(x: 1, y: 0)
  var startTurn = 0.0
  /// The turn of the whole sector, 4 for a full circle.
  var wholeTurn = 4.0
  var arc = ArcTable()

  // Working storage.
  var spans: [Span] = []
  var events: [SweepEvent] = []
  var active: [Int32] = []
  var pending: PendingPiece?

  // Results, relative to the eye.
  var points: [Point] = []
  var pieces: [WallPiece] = []
  var keepsPieces = false

  /// Stretches narrower than this, in metres, are left out: slits that no camera looks through.
  static let slit = 1e-6

  init(walls: WallIndex) {
    self.walls = walls
  }

  /// A stretch whose border is known, waiting to be joined with the next one of the same wall.
  struct PendingPiece {
    /// The span, or −1 where nothing is in the way.
    var span: Int
    var startTurn: Double
    var start: Point
    var endTurn: Double
    var end: Point
  }

  /// Fills `points` with the far border of the view, counter-clockwise, and `pieces` with its walls.
  func run(_ sector: Sector, arcs: ArcRule) {
    prepare(sector, arcs: arcs)
    collectSpans()
    sweep()
  }

  private func prepare(_ sector: Sector, arcs: ArcRule) {
    eye = sector.eye
    points.removeAll(keepingCapacity: true)
    pieces.removeAll(keepingCapacity: true)
    spans.removeAll(keepingCapacity: true)
    events.removeAll(keepingCapacity: true)
    active.removeAll(keepingCapacity: true)
    pending = nil
    isFullCircle = sector.fieldOfView >= 360
    startDirection = direction(azimuth: sector.azimuth + sector.fieldOfView / 2)
    endDirection = isFullCircle ? startDirection : direction(azimuth: sector.azimuth - sector.fieldOfView / 2)
    startTurn = turn(startDirection)
    wholeTurn = isFullCircle ? 4 : relativeTurn(endDirection)
    arc.prepare(sector, arcs: arcs, start: startDirection, startTurn: startTurn, wholeTurn: wholeTurn)
    range = arc.outerRadius
  }

  /// The turn of a vector counter-clockwise from the start of the sector, 0..<4.
  @inline(__always)
  func relativeTurn(_ v: Point) -> Double {
    let t = turn(v) - startTurn
    return t < 0 ? t + 4 : t
  }

  // MARK: Sweep

  private func sweep() {
    sortEvents()
    var turnNow = 0.0
    var directionNow = startDirection
    for event in events {
      if event.turn > turnNow {
        let next = heading(of: event)
        settle(turnNow, directionNow, event.turn, next)
        turnNow = event.turn
        directionNow = next
      }
      if event.code >= 0 { active.append(event.code) } else { deactivate(~event.code) }
    }
    if turnNow < wholeTurn { settle(turnNow, directionNow, wholeTurn, endDirection) }
    flush()
  }

  private func sortEvents() {
    events.withUnsafeMutableBufferPointer { events in
      guard events.count <= 48 else {
        events.sort { $0.turn != $1.turn ? $0.turn < $1.turn : $0.code < $1.code }
        return
      }
      var i = 1
      while i < events.count {
        let event = events[i]
        var j = i
        while j > 0 && events[j - 1].turn > event.turn {
          events[j] = events[j - 1]
          j -= 1
        }
        events[j] = event
        i += 1
      }
    }
  }

  @inline(__always)
  private func heading(of event: SweepEvent) -> Point {
    event.code >= 0 ? spans[Int(event.code)].start : spans[Int(~event.code)].end
  }

  @inline(__always)
  private func deactivate(_ span: Int32) {
    guard let place = active.firstIndex(of: span) else { return }
    active.swapAt(place, active.count - 1)
    active.removeLast()
  }

  /// Finds what borders the view between two directions that no end of a wall lies between.
  @inline(__always)
  private func settle(_ t0: Double, _ u0: Point, _ t1: Double, _ u1: Point) {
    if active.isEmpty {
      add(-1, t0, u0, t1, u1)
    } else if active.count == 1 {
      add(Int(active[0]), t0, u0, t1, u1)
    } else {
      let first = nearest(along: u0, then: u1)
      let last = nearest(along: u1, then: u0)
      if first == last {
        add(first, t0, u0, t1, u1)
      } else {
        divide(t0, u0, first, t1, u1, last, depth: 0)
      }
    }
  }

  /// The span that a ray along `u` meets first; of equal ones that which is nearer along `v`.
  @inline(__always)
  private func nearest(along u: Point, then v: Point) -> Int {
    var best = Int(active[0])
    var bestValue = dot(spans[best].weight, u)
    for index in 1..<active.count {
      let span = Int(active[index])
      let value = dot(spans[span].weight, u)
      if value < bestValue { continue }
      if value > bestValue || dot(spans[span].weight, v) > dot(spans[best].weight, v) {
        best = span
        bestValue = value
      }
    }
    return best
  }

  /// Divides a range of directions where the walls that are nearest at its ends cross.
  private func divide(
    _ t0: Double, _ u0: Point, _ first: Int, _ t1: Double, _ u1: Point, _ last: Int, depth: Int
  ) {
    let a = spans[first].weight
    let b = spans[last].weight
    let lead0 = dot(a, u0) - dot(b, u0)
    let lead1 = dot(b, u1) - dot(a, u1)
    // Within rounding they meet at an end of the range: a corner, not a crossing.
    if lead0 <= 1e-12 * dot(a, u0) { return add(last, t0, u0, t1, u1) }
    if lead1 <= 1e-12 * dot(b, u1) { return add(first, t0, u0, t1, u1) }
    let u = u0 * lead1 + u1 * lead0
    let t = min(max(relativeTurn(u), t0), t1)
    let middle = nearest(along: u, then: u1)
    if depth > 40 || middle == first || middle == last || dot(spans[middle].weight, u) <= dot(a, u) * (1 + 1e-12) {
      add(first, t0, u0, t, u)
      add(last, t, u, t1, u1)
    } else {
      divide(t0, u0, first, t, u, middle, depth: depth + 1)
      divide(t, u, middle, t1, u1, last, depth: depth + 1)
    }
  }

  /// Adds a stretch to the border, joined with the one before where the wall is the same.
  @inline(__always)
  private func add(_ span: Int, _ t0: Double, _ u0: Point, _ t1: Double, _ u1: Point) {
    if pending != nil, pending!.span == span {
      pending!.endTurn = t1
      pending!.end = u1
      return
    }
    flush()
    pending = PendingPiece(span: span, startTurn: t0, start: u0, endTurn: t1, end: u1)
  }

  private func flush() {
    guard let piece = pending else { return }
    pending = nil
    emit(piece)
  }
}
