import Parallel
import Planar

extension Joiner {
  /// Joins rows by where they lie: areas that overlap enough, then points alone in an area, then
  /// points nearest to each other.
  mutating func joinByPlace() {
    joinAreas()
    joinPointsInAreas()
    joinPoints()
  }

  private func freeRows(_ source: Source, _ isTaken: [Bool], areas: Bool) -> [Int] {
    source.rows.filter { !isTaken[$0] && source.places[$0].map { $0.isArea == areas } == true }
  }

  private struct Candidate: Sendable {
    var i: Int
    var j: Int
    var relation: PlaceRelation
  }

  /// The pairs of free areas whose boxes meet.
  private func overlaps() -> [Candidate] {
    let rows = freeRows(a, isTakenA, areas: true)
    let parts = chunks(of: rows.count, parts: 64)
    let (a, b, isTakenB) = (a, b, isTakenB)
    return parallelMap(count: rows.isEmpty ? 0 : parts.count) { part in
      parts[part].flatMap { number -> [Candidate] in
        let i = rows[number]
        return b.index.items(meeting: a.places[i]!.box).compactMap { j in
          guard !isTakenB[j], let other = b.places[j], other.isArea else { return nil }
          let relation = PlaceRelation(a.places[i]!, other)
          return (relation.overlap ?? 0) > 0 ? Candidate(i: i, j: j, relation: relation) : nil
        }
      }
    }.flatMap { $0 }
  }

  private mutating func joinAreas() {
    let found = overlaps().sorted { ($1.relation.overlap!, $0.i, $0.j) < ($0.relation.overlap!, $1.i, $1.j) }
    for pair in found where pair.relation.overlap! >= leastOverlap && !isTakenA[pair.i] && !isTakenB[pair.j] {
      join(pair.i, pair.j, .place, pair.relation)
    }
    for pair in found {
      if !isTakenA[pair.i] { refuseA(pair.i, reason(pair.relation.shareOfA!, pair.relation.overlap!, pair.j)) }
      if !isTakenB[pair.j] { refuseB(pair.j, reason(pair.relation.shareOfB!, pair.relation.overlap!, pair.i)) }
    }
  }

  private func reason(_ share: Double, _ overlap: Double, _ other: Int) -> LeftoverReason {
    share >= 0.8 ? .partOf(other: other, share: share) : .overlapTooSmall(other: other, overlap: overlap)
  }

  private mutating func joinPointsInAreas() {
    let (pointsOfA, areasOfB) = (freeRows(a, isTakenA, areas: false), freeRows(b, isTakenB, areas: true))
    if !pointsOfA.isEmpty, !areasOfB.isEmpty {
      for (point, area) in alone(pointsOfA, in: areasOfB, a, b) { join(point, area, .place, score: 1) }
      for point in pointsOfA where !isTakenA[point] && !b.index.items(at: a.places[point]!.center).isEmpty { refuseA(point, .placeRepeats) }
    }
    let (pointsOfB, areasOfA) = (freeRows(b, isTakenB, areas: false), freeRows(a, isTakenA, areas: true))
    guard !pointsOfB.isEmpty, !areasOfA.isEmpty else { return }
    for (point, area) in alone(pointsOfB, in: areasOfA, b, a) { join(area, point, .place, score: 1) }
    for point in pointsOfB where !isTakenB[point] && !a.index.items(at: b.places[point]!.center).isEmpty { refuseB(point, .placeRepeats) }
  }

  /// Points and areas that hold each other alone.
  private func alone(_ points: [Int], in areas: [Int], _ source: Source, _ other: Source) -> [(point: Int, area: Int)] {
    let free = Set(areas)
    var holder: [Int: [Int]] = [:]
    var held: [Int: [Int]] = [:]
    for point in points {
      let place = source.places[point]!.center
      for area in other.index.items(at: place) where free.contains(area) && other.places[area]!.distance(to: place) == 0 {
        holder[point, default: []].append(area)
        held[area, default: []].append(point)
      }
    }
    return points.compactMap { point in
      guard let areas = holder[point], areas.count == 1, held[areas[0]]!.count == 1 else { return nil }
      return (point, areas[0])
    }
  }

  /// Joins points that are nearest to each other, within reach, where the next is twice as far.
  private mutating func joinPoints() {
    let (mine, theirs) = (freeRows(a, isTakenA, areas: false), freeRows(b, isTakenB, areas: false))
    guard !mine.isEmpty, !theirs.isEmpty else { return }
    let nearestOfA = nearest(mine, among: theirs, a, b)
    let nearestOfB = nearest(theirs, among: mine, b, a)
    for i in mine {
      guard let j = nearestOfA[i] else { continue }
      if j.isClear, nearestOfB[j.row]?.row == i { join(i, j.row, .place) } else { refuseA(i, .placeRepeats) }
    }
    for j in theirs where !isTakenB[j] && nearestOfB[j] != nil { refuseB(j, .placeRepeats) }
  }

  private func nearest(
    _ rows: [Int], among others: [Int], _ source: Source, _ other: Source
  ) -> [Int: (row: Int, isClear: Bool)] {
    let centers = others.map { other.places[$0]!.center }
    let index = BoxIndex(centers.map { Box(around: [$0]) })
    var result: [Int: (row: Int, isClear: Bool)] = [:]
    for row in rows {
      let center = source.places[row]!.center
      guard let first = index.nearest(to: center, within: reach, distance: { centers[$0].distance(to: center) }) else { continue }
      let second = index.nearest(to: center, within: 2 * first.distance) {
        $0 == first.item ? .infinity : centers[$0].distance(to: center)
      }
      result[row] = (others[first.item], second == nil)
    }
    return result
  }
}
