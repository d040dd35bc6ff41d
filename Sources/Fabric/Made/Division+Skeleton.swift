extension Division {
  /// The borders between different labels, in half ticks.
  ///
  /// Along edges where the labels of both sides differ, and through triangles whose corners
  /// differ: from middle to middle of two sides, or from three middles to the centre.
  func borders(water: Int32) -> [BorderSegment] {
    var segments: [BorderSegment] = []
    for h in 0..<Int32(mesh.origin.count) where mesh.twin[h] > h { addBorder(along: h, water, &segments) }
    for triangle in 0..<Int32(mesh.triangleCount) where isFree(3 * triangle) {
      addBorders(inside: triangle, &segments)
    }
    return segments
  }

  private func addBorder(along h: Int32, _ water: Int32, _ segments: inout [BorderSegment]) {
    let g = mesh.twin[h]
    let left = labels(along: h, water: water)
    let right = labels(along: g, water: water)
    guard left.near != right.far || left.far != right.near else { return }
    let kind = borderClass(of: h, water, left, right)
    let (a, b) = (mesh.points[mesh.origin[h]], mesh.points[mesh.destination(h)])
    func add(_ from: GridPoint, _ to: GridPoint, _ left: Int32, _ right: Int32) {
      guard left != right else { return }
      segments.append(BorderSegment(a: from, b: to, left: left, right: right, borderClass: kind))
    }
    if left.near == left.far, right.near == right.far {
      add(a.doubled, b.doubled, left.near, right.near)
    } else {
      add(a.doubled, middle(a, b), left.near, right.far)
      add(middle(a, b), b.doubled, left.far, right.near)
    }
  }

  private func borderClass(
    of h: Int32, _ water: Int32, _ left: (near: Int32, far: Int32), _ right: (near: Int32, far: Int32)
  ) -> BorderClass {
    let (a, b) = (region(h), region(mesh.twin[h]))
    let edge = mesh.constraint[h]
    if ground.parent[a] != ground.parent[b] { return .parent }
    if left.near == water || right.near == water { return .barrier }
    guard edge >= 0 else { return .open }
    if edges.isBarrier[Int(edge)] { return .barrier }
    if edges.streetRank[Int(edge)] >= 0 { return .street(rank: Int(edges.streetRank[Int(edge)])) }
    return ground.compound[a] != ground.compound[b] ? .compound : .open
  }

  /// The point half way between two grid points, in half ticks.
  private func middle(_ a: GridPoint, _ b: GridPoint) -> GridPoint {
    GridPoint(x: a.x &+ b.x, y: a.y &+ b.y)
  }

  private func addBorders(inside triangle: Int32, _ segments: inout [BorderSegment]) {
    let h = 3 * triangle
    let label = (0..<3).map { corner[Int(h) + $0] }
    if label[0] == label[1], label[1] == label[2] { return }
    let point = (0..<3).map { mesh.points[mesh.origin[h + Int32($0)]] }
    func add(_ from: GridPoint, _ to: GridPoint, left: Int32, right: Int32) {
      guard from != to else { return }
      segments.append(BorderSegment(a: from, b: to, left: left, right: right, borderClass: .open))
    }
    if let v = label.firstIndex(of: Self.neutral) {
      let (a, b) = ((v + 1) % 3, (v + 2) % 3)
      add(point[v].doubled, middle(point[a], point[b]), left: label[b], right: label[a])
      return
    }
    let middles = (0..<3).map { middle(point[$0], point[($0 + 1) % 3]) }
    for v in 0..<3 where label[(v + 1) % 3] == label[(v + 2) % 3] {
      add(middles[v], middles[(v + 2) % 3], left: label[v], right: label[(v + 1) % 3])
      return
    }
    let center = center(point, middles)
    for side in 0..<3 { add(middles[side], center, left: label[side], right: label[(side + 1) % 3]) }
  }

  /// Where three borders meet: the centre of mass; the middle of the longest side where rounding
  /// would put that outside.
  private func center(_ point: [GridPoint], _ middles: [GridPoint]) -> GridPoint {
    func third(_ a: Int32, _ b: Int32, _ c: Int32) -> Int32 {
      Int32((Double(2 * (Int64(a) + Int64(b) + Int64(c))) / 3).rounded())
    }
    let center = GridPoint(
      x: third(point[0].x, point[1].x, point[2].x), y: third(point[0].y, point[1].y, point[2].y))
    let corners = point.map(\.doubled)
    if (0..<3).allSatisfy({ turn(corners[$0], corners[($0 + 1) % 3], center) > 0 }) { return center }
    let longest = (0..<3).max {
      squaredDistance(point[$0], point[($0 + 1) % 3]) < squaredDistance(point[$1], point[($1 + 1) % 3])
    }!
    return middles[longest]
  }
}
