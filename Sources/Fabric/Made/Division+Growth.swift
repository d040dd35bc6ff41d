import Parallel

extension Division {
  /// Gives every corner of free ground that a building can reach the label of the nearest one.
  ///
  /// From walls outwards along edges, nearest first by the distance from the corner of a building
  /// that the label came from; never across streets, borders or other buildings. Of equal
  /// distances the one from the earlier vertex of the mesh wins. Each face is a matter of its own.
  /// O(n log n).
  mutating func grow() {
    corner = Array(repeating: Self.none, count: mesh.origin.count)
    labelWalls()
    let seeds = Seeds(labelled: corner, faceCount: freeFace.count) { freeFace[region($0)] }
    // Taken out while faces are worked on, so that only the growing labels are written to.
    var labels = corner
    var sources = corner.indices.map { labels[$0] >= 0 ? mesh.origin[$0] : Self.none }
    corner = []
    labels.withUnsafeMutableBufferPointer { labels in
      sources.withUnsafeMutableBufferPointer { sources in
        growFaces(from: seeds, GrowingLabels(values: labels, sources: sources))
      }
    }
    (corner, source) = (labels, sources)
    settleTouches()
  }

  private borrowing func growFaces(from seeds: Seeds, _ labels: GrowingLabels) {
    let parts = chunks(of: seeds.faces.count, parts: threadCount * 64)
    _ = parallelMap(count: parts.count) { part in
      for face in parts[part] { growFace(from: seeds.corners[seeds.faces[face]], labels) }
    }
  }

  private func growFace(from seeds: ArraySlice<Int32>, _ labels: GrowingLabels) {
    var front = Heap<Advance>()
    for h in seeds { advance(from: h, source: mesh.origin[h], labels, &front) }
    while let step = front.pop() {
      guard labels[step.corner] == Self.none else { continue }
      forEachCorner(inWedgeOf: step.corner) { h in
        labels[h] = step.label
        labels.sources[Int(h)] = step.source
        advance(from: h, source: step.source, labels, &front)
      }
    }
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
      return a.source != b.source ? a.source < b.source : a.corner < b.corner
    }
  }

  @inline(__always)
  private func advance(
    from h: Int32, source: Int32, _ labels: GrowingLabels, _ front: inout Heap<Advance>
  ) {
    func offer(_ other: Int32) {
      guard labels[other] == Self.none else { return }
      front.push(
        Advance(
          squaredDistance: squaredDistance(mesh.points[source], mesh.points[mesh.origin[other]]),
          label: labels[h], corner: other, source: source))
    }
    offer(next(h))
    offer(previous(h))
  }

  /// Calls `body` with all corners at the same vertex that free ground joins to a corner.
  @inline(__always)
  private func forEachCorner(inWedgeOf h: Int32, _ body: (Int32) -> Void) {
    body(h)
    var left = h
    while isPassable(previous(left)) {
      left = mesh.rotatedLeft(left)
      if left == h { return }
      body(left)
    }
    var right = h
    while isPassable(right) {
      right = mesh.rotatedRight(right)
      body(right)
    }
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
      if right != touch.right || left != touch.left {
        corner[Int(touch.corner)] = touch.right
        source[Int(touch.corner)] = mesh.origin[touch.corner]
      }
    }
  }
}

/// The labelled corners of each face.
private struct Seeds: Sendable {
  /// By face, in each face ascending.
  private(set) var corners: [Int32] = []
  /// Where the corners of each face with any are among `corners`.
  private(set) var faces: [Range<Int>] = []

  init(labelled corner: [Int32], faceCount: Int, faceOf: (Int32) -> Int32) {
    var first = [Int32](repeating: 0, count: faceCount + 1)
    for h in corner.indices where corner[h] >= 0 { first[Int(faceOf(Int32(h))) + 1] += 1 }
    for face in 0..<faceCount { first[face + 1] += first[face] }
    corners = Array(repeating: 0, count: Int(first[faceCount]))
    faces = (0..<faceCount).compactMap {
      first[$0] < first[$0 + 1] ? Int(first[$0])..<Int(first[$0 + 1]) : nil
    }
    for h in corner.indices where corner[h] >= 0 {
      let face = Int(faceOf(Int32(h)))
      corners[Int(first[face])] = Int32(h)
      first[face] += 1
    }
  }
}

/// The labels of all corners while faces are worked on at once. Unchecked because each corner
/// belongs to one face and each face to one thread.
private struct GrowingLabels: @unchecked Sendable {
  let values: UnsafeMutableBufferPointer<Int32>
  let sources: UnsafeMutableBufferPointer<Int32>

  subscript(h: Int32) -> Int32 {
    get { values[Int(h)] }
    nonmutating set { values[Int(h)] = newValue }
  }
}
