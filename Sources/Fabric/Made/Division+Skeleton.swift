extension Division {
  /// The borders between different labels, in half ticks.
  ///
  /// Along edges where the labels of both sides differ, and through triangles whose corners
  /// differ: from cut to cut of two sides, or from three cuts to a centre.
  func borders(water: Int32) -> [BorderSegment] {
    let cuts = Cuts(self)
    var segments: [BorderSegment] = []
    for h in 0..<Int32(mesh.origin.count) where mesh.twin[h] > h { addBorder(along: h, water, cuts, &segments) }
    for triangle in 0..<Int32(mesh.triangleCount) where isFree(3 * triangle) {
      addBorders(inside: triangle, cuts, &segments)
    }
    return segments
  }

  private func addBorder(
    along h: Int32, _ water: Int32, _ cuts: Cuts, _ segments: inout [BorderSegment]
  ) {
    let g = mesh.twin[h]
    let left = labels(along: h, water: water)
    let right = labels(along: g, water: water)
    guard left.near != right.far || left.far != right.near else { return }
    let kind = borderClass(of: h, water, left, right)
    let (a, b) = (mesh.points[mesh.origin[h]], mesh.points[mesh.destination(h)])
    let isFreeSide = isFree(h) || isFree(g)
    let half = isFreeSide && mesh.constraint[h] < 0 ? room(atMiddleOf: h) : 0
    func add(_ from: GridPoint, _ to: GridPoint, _ left: Int32, _ right: Int32, _ rooms: (Float, Float)) {
      guard left != right else { return }
      segments.append(
        BorderSegment(
          a: from, b: to, left: left, right: right, borderClass: kind, roomAtA: rooms.0,
          roomAtB: rooms.1))
    }
    if left.near == left.far, right.near == right.far {
      add(a.doubled, b.doubled, left.near, right.near, (0, 0))
    } else {
      let cut = cuts.point(on: h, of: self)
      add(a.doubled, cut, left.near, right.far, (0, half))
      add(cut, b.doubled, left.far, right.near, (half, 0))
    }
  }

  /// How far walls are from the middle of an edge, in half ticks: half its length where it ends at
  /// one, else unknown but more.
  private func room(atMiddleOf h: Int32) -> Float {
    let (a, b) = (mesh.origin[h], mesh.destination(h))
    guard isWall[Int(a)] || isWall[Int(b)] else { return .infinity }
    return Float(Double(squaredDistance(mesh.points[a], mesh.points[b])).squareRoot())
  }

  private func borderClass(
    of h: Int32, _ water: Int32, _ left: (near: Int32, far: Int32), _ right: (near: Int32, far: Int32)
  ) -> BorderClass {
    let (a, b) = (region(h), region(mesh.twin[h]))
    let edge = mesh.constraint[h]
    if ground.parent[a] != ground.parent[b] { return .parent }
    if left.near == water || right.near == water { return .barrier }
    guard edge >= 0 else { return inside(a) }
    if edges.isBarrier[Int(edge)] { return .barrier }
    if edges.streetRank[Int(edge)] >= 0 { return .street(rank: Int(edges.streetRank[Int(edge)])) }
    return ground.compound[a] != ground.compound[b] ? .compound : .open
  }

  /// What runs along borders inside a region: nothing, or the road whose middle a strip is.
  private func inside(_ region: Int) -> BorderClass {
    let rank = freeFace[region] >= 0 ? stripRank[Int(freeFace[region])] : -1
    return rank >= 0 ? .street(rank: Int(rank)) : .open
  }

  private func addBorders(inside triangle: Int32, _ cuts: Cuts, _ segments: inout [BorderSegment]) {
    let h = 3 * triangle
    let label = (0..<3).map { corner[Int(h) + $0] }
    if label[0] == label[1], label[1] == label[2] { return }
    let middles = (0..<3).map { cuts.point(on: h + Int32($0), of: self) }
    let rooms = (0..<3).map { room(atMiddleOf: h + Int32($0)) }
    let borderClass = inside(region(h))
    func add(
      _ from: GridPoint, _ to: GridPoint, left: Int32, right: Int32, _ roomAtA: Float, _ roomAtB: Float
    ) {
      guard from != to else { return }
      segments.append(
        BorderSegment(
          a: from, b: to, left: left, right: right, borderClass: borderClass, roomAtA: roomAtA, roomAtB: roomAtB))
    }
    if let v = label.firstIndex(of: Self.neutral) {
      let (a, b) = ((v + 1) % 3, (v + 2) % 3)
      let place = mesh.points[mesh.origin[h + Int32(v)]].doubled
      add(place, middles[a], left: label[b], right: label[a], 0, rooms[a])
      return
    }
    for v in 0..<3 where label[(v + 1) % 3] == label[(v + 2) % 3] {
      let w = (v + 2) % 3
      add(middles[v], middles[w], left: label[v], right: label[(v + 1) % 3], rooms[v], rooms[w])
      return
    }
    let center = cuts.center(of: triangle, middles, in: self)
    for side in 0..<3 {
      let (left, right) = (label[side], label[(side + 1) % 3])
      add(middles[side], center, left: left, right: right, rooms[side], rooms.min()!)
    }
  }
}
