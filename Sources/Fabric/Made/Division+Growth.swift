extension Division {
  /// Gives every corner of free ground that a building can reach the label of the nearest one.
  ///
  /// From walls outwards along edges, nearest first by the distance from the corner of a building
  /// that the label came from; never across streets, borders or other buildings. Of equal
  /// distances the lower label wins. O(n log n).
  mutating func grow() {
    corner = Array(repeating: Self.none, count: mesh.origin.count)
    labelWalls()
    var front = Heap<Advance>()
    for h in 0..<Int32(corner.count) where corner[Int(h)] >= 0 {
      advance(from: h, source: mesh.origin[h], &front)
    }
    while let step = front.pop() {
      guard corner[Int(step.corner)] == Self.none else { continue }
      for h in wedge(of: step.corner) {
        corner[Int(h)] = step.label
        advance(from: h, source: step.source, &front)
      }
    }
    settleTouches()
  }

  /// A label on its way to a corner.
  private struct Advance: Comparable {
    var squaredDistance: Int64
    var label: Int32
    var corner: Int32
    var source: Int32

    @inline(__always)
    static func < (a: Advance, b: Advance) -> Bool {
      if a.squaredDistance != b.squaredDistance { return a.squaredDistance < b.squaredDistance }
      return a.label != b.label ? a.label < b.label : a.corner < b.corner
    }
  }

  private func advance(from h: Int32, source: Int32, _ front: inout Heap<Advance>) {
    for other in [next(h), previous(h)] where corner[Int(other)] == Self.none {
      front.push(
        Advance(
          squaredDistance: squaredDistance(mesh.points[source], mesh.points[mesh.origin[other]]),
          label: corner[Int(h)], corner: other, source: source))
    }
  }

  /// All corners at the same vertex that free ground joins to a corner, clockwise ones last.
  private func wedge(of h: Int32) -> [Int32] {
    var corners = [h]
    var left = h
    while isPassable(previous(left)) {
      left = mesh.rotatedLeft(left)
      if left == h { return corners }
      corners.append(left)
    }
    var right = h
    while isPassable(right) {
      right = mesh.rotatedRight(right)
      corners.append(right)
    }
    return corners
  }

  /// The unit whose wall the half-edge `h` of a free triangle runs along, if it is at home in this face.
  private func wallLabel(_ h: Int32) -> Int32 {
    let g = mesh.twin[h]
    guard g >= 0 else { return Self.none }
    let (region, other) = (region(h), region(g))
    return isSource[other] && face[other] == face[region] ? owner[other] : Self.none
  }

  /// Labels the free corners at walls. Where two buildings touch, the border begins half way
  /// between their walls.
  private mutating func labelWalls() {
    for h in 0..<Int32(corner.count) where isFree(h) && !isPassable(h) {
      var corners = [h]
      while isPassable(previous(corners[corners.count - 1])) {
        corners.append(mesh.rotatedLeft(corners[corners.count - 1]))
      }
      let right = wallLabel(h)
      let left = wallLabel(previous(corners[corners.count - 1]))
      if right == left || right < 0 || left < 0 {
        let label = max(right, left)
        if label >= 0 { for h in corners { corner[Int(h)] = label } }
        continue
      }
      let half = corners.count / 2
      for (place, h) in corners.enumerated() { corner[Int(h)] = place < half ? right : left }
      if corners.count % 2 == 1 {
        corner[Int(corners[half])] = Self.neutral
        touches.append((corners[half], right, left))
      }
    }
  }

  /// A neutral corner stays one where its triangle's other corners are those of the two that touch.
  private mutating func settleTouches() {
    for touch in touches {
      let (right, left) = (corner[Int(next(touch.corner))], corner[Int(previous(touch.corner))])
      if right != touch.right || left != touch.left { corner[Int(touch.corner)] = touch.right }
    }
  }
}
