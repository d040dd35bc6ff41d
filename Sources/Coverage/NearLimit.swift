import Planar

extension ViewSweep {
  /// The view without the disc below the picture.
  ///
  /// The border found by the sweep and the near limit are both functions of the direction; what
  /// lies between them is kept. Chords of the near limit run outside of its arc where the far ones
  /// run inside, and the other way round, so that the error has the same sign.
  func viewBeyondNearLimit(_ sector: Sector, arcs: ArcRule) -> View {
    let half = arc.halfAngle
    let radius = arcs.side == .inscribed ? sector.near / half.cosine : sector.near
    let strips = NearLimitCut(border: points, arc: arc, radius: radius, isFullCircle: isFullCircle).strips()
    var area = 0.0
    var polygons: [Polygon] = []
    for rings in strips {
      let size = rings.reduce(0) { $0 + signedArea(of: $1) }
      guard size > Self.slit else { continue }
      area += size
      let placed = rings.map { Ring($0.map { $0 + eye }) }
      polygons.append(Polygon(exterior: placed[0], holes: Array(placed.dropFirst())))
    }
    let walls = placedPieces().filter {
      distance(from: eye, toSegment: $0.from, $0.to) >= sector.near
    }
    return View(polygons: polygons, area: area, walls: walls)
  }
}

/// Cuts a disc off the inside of a border that runs counter-clockwise around the origin.
struct NearLimitCut {
  let border: [Point]
  let arc: ArcTable
  /// Distance of the ends of the near chords.
  let radius: Double
  let isFullCircle: Bool

  /// Closed rings of each part: the exterior, and for an unbroken circle the hole.
  func strips() -> [[[Point]]] {
    var runs = farRuns()
    if isFullCircle, runs.count == 1, runs[0].count > 2, isUnbroken(runs[0]) {
      return [[closed(runs[0]), closed(nearChords().reversed())]]
    }
    if isFullCircle, runs.count > 1, let last = runs.last?.last, let first = runs.first?.first,
      last.distance(to: first) < 1e-6
    {
      let tail = runs.removeLast()
      runs[0] = tail + runs[0].dropFirst()
    }
    return runs.map { [closed($0 + nearPath(from: $0.last!, to: $0.first!))] }
  }

  /// Stretches of the border that lie beyond the near chords.
  private func farRuns() -> [[Point]] {
    var runs: [[Point]] = []
    var run: [Point] = []
    let closing = isFullCircle ? border + border.prefix(1) : border
    for (p, q) in zip(closing, closing.dropFirst()) {
      for (a, b, isFar) in split(p, q) {
        if isFar {
          if run.isEmpty { run.append(a) }
          run.append(b)
        } else if !run.isEmpty {
          runs.append(run)
          run = []
        }
      }
    }
    if !run.isEmpty { runs.append(run) }
    return runs
  }

  private func isUnbroken(_ run: [Point]) -> Bool { run.first!.distance(to: run.last!) < 1e-6 }

  /// A segment of the border in parts that lie on one side of the near chords each.
  private func split(_ p: Point, _ q: Point) -> [(Point, Point, Bool)] {
    var cuts = [0.0, 1.0]
    let d = q - p
    for chord in 0..<arc.chordCount {
      let weight = nearWeight(chord)
      let rise = dot(weight, d)
      guard rise != 0 else { continue }
      let t = (1 - dot(weight, p)) / rise
      let u = p + d * t
      if t > 0 && t < 1 && self.chord(of: u) == chord { cuts.append(t) }
    }
    cuts.sort()
    return zip(cuts, cuts.dropFirst()).map { t0, t1 in
      let middle = p + d * ((t0 + t1) / 2)
      return (p + d * t0, p + d * t1, dot(nearWeight(chord(of: middle)), middle) > 1)
    }
  }

  private func nearWeight(_ chord: Int) -> Point { arc.weight(of: chord) * (arc.outerRadius / radius) }

  private func chord(of u: Point) -> Int { arc.chord(at: arc.relativeTurn(u)) }

  private func nearChords() -> [Point] { arc.ends.dropLast().map { $0 * radius } }

  /// The near chords from the direction of `last` back to that of `first`, clockwise.
  private func nearPath(from last: Point, to first: Point) -> [Point] {
    let high = arc.relativeTurn(last)
    let low = arc.relativeTurn(first)
    let between: [Int] =
      low <= high || !isFullCircle
      ? arc.turns.indices.filter { arc.turns[$0] > low && arc.turns[$0] < high }
      : arc.turns.indices.dropLast().filter { arc.turns[$0] > low } + arc.turns.indices.dropLast().filter { arc.turns[$0] < high }
    let onNear = { (u: Point) in u * (1 / dot(self.nearWeight(self.chord(of: u)), u)) }
    return [onNear(last)] + between.reversed().map { arc.ends[$0] * radius } + [onNear(first)]
  }

  private func closed(_ points: [Point]) -> [Point] {
    var ring: [Point] = []
    for point in points where ring.last.map({ $0.squaredDistance(to: point) >= 1e-14 }) ?? true { ring.append(point) }
    while ring.count > 1, ring.last!.squaredDistance(to: ring[0]) < 1e-14 { ring.removeLast() }
    return ring.first.map { ring + [$0] } ?? []
  }
}
