import Parallel

extension Division {
  /// Gives every corner of free ground that a building can reach the label of the nearest one.
  ///
  /// From walls outwards along edges, nearest first by the distance from the corner of a building
  /// that the label came from; never across streets, borders or other buildings. Of equal
  /// distances the one from the earlier vertex of the mesh wins. Each face is a matter of its own.
  /// Compounds come first; then the edge of a compound counts as a wall to the ground outside it,
  /// and the labels inside reach out. O(n log n).
  mutating func grow() {
    corner = Array(repeating: Self.none, count: mesh.origin.count)
    source = corner
    grow(insideCompounds: true)
    grow(insideCompounds: false)
  }

  private mutating func grow(insideCompounds: Bool) {
    let touches = labelWalls(insideCompounds: insideCompounds)
    let seeds = Seeds(labelled: corner, faceCount: freeFace.count) { h in
      (ground.compound[region(h)] >= 0) == insideCompounds ? freeFace[region(h)] : -1
    }
    growFaces(from: seeds)
    settle(touches)
  }

  /// Labels the rest of strips from the corners at their sides.
  mutating func growStrips(_ strips: [[Int32]]) {
    var isStrip = [Bool](repeating: false, count: freeFace.count)
    for strip in strips { isStrip[Int(freeFace[region(3 * strip[0])])] = true }
    growFaces(from: Seeds(labelled: corner, faceCount: freeFace.count) { h in
      let face = freeFace[region(h)]
      return face >= 0 && isStrip[Int(face)] ? face : -1
    })
  }

  private mutating func growFaces(from seeds: Seeds) {
    // Taken out while faces are worked on, so that only the growing labels are written to.
    var (labels, sources) = (corner, source)
    for h in seeds.corners { sources[Int(h)] = mesh.origin[h] }
    corner = []
    labels.withUnsafeMutableBufferPointer { labels in
      sources.withUnsafeMutableBufferPointer { sources in
        growFaces(from: seeds, GrowingLabels(values: labels, sources: sources))
      }
    }
    (corner, source) = (labels, sources)
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

  /// The unit whose wall the half-edge `h` of a free triangle runs along, if it is at home in this
  /// face, or that lies behind it in a compound.
  private func wallLabel(_ h: Int32) -> Int32 {
    let g = mesh.twin[h]
    guard g >= 0 else { return Self.none }
    let (region, other) = (region(h), region(g))
    if isSource[other], face[other] == face[region] { return owner[other] }
    guard isOpenEdge(h) else { return Self.none }
    return owner[other] >= 0 ? owner[other] : freeFace[other] >= 0 ? corner[Int(next(g))] : Self.none
  }

  /// Whether the half-edge `h` of a free triangle is the outer side of a compound that may reach out.
  private func isOpenEdge(_ h: Int32) -> Bool {
    let (outside, inside) = (region(h), region(mesh.twin[h]))
    let edge = mesh.constraint[h]
    guard ground.compound[outside] < 0, ground.reachesOut(inside), edge >= 0 else { return false }
    return ground.parent[outside] == ground.parent[inside] && edges.streetRank[Int(edge)] < 0
      && !edges.isBarrier[Int(edge)]
  }

  /// Labels the free corners at walls. Where two buildings touch, the border begins half way
  /// between their walls.
  ///
  /// Returns neutral corners, each with the labels clockwise and counter-clockwise of it.
  private mutating func labelWalls(insideCompounds: Bool) -> [Touch] {
    var touches: [Touch] = []
    for h in 0..<Int32(corner.count) where isFree(h) && !isPassable(h) {
      guard (ground.compound[region(h)] >= 0) == insideCompounds else { continue }
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
        touches.append(Touch(corner: corners[half], right: right, left: left))
      }
    }
    return touches
  }

  private struct Touch {
    var corner: Int32
    var right: Int32
    var left: Int32
  }

  /// A neutral corner stays one where its triangle's other corners are those of the two that touch.
  private mutating func settle(_ touches: [Touch]) {
    for touch in touches {
      let (right, left) = (corner[Int(next(touch.corner))], corner[Int(previous(touch.corner))])
      if right != touch.right || left != touch.left {
        corner[Int(touch.corner)] = touch.right
        source[Int(touch.corner)] = mesh.origin[touch.corner]
      }
    }
  }
}

/// The labelled corners of each face that is worked on.
private struct Seeds: Sendable {
  /// By face, in each face ascending.
  private(set) var corners: [Int32] = []
  /// Where the corners of each face with any are among `corners`.
  private(set) var faces: [Range<Int>] = []

  init(labelled corner: [Int32], faceCount: Int, faceOf: (Int32) -> Int32) {
    var first = [Int32](repeating: 0, count: faceCount + 1)
    let members = corner.indices.filter { corner[$0] >= 0 && faceOf(Int32($0)) >= 0 }
    for h in members { first[Int(faceOf(Int32(h))) + 1] += 1 }
    for face in 0..<faceCount { first[face + 1] += first[face] }
    corners = Array(repeating: 0, count: Int(first[faceCount]))
    faces = (0..<faceCount).compactMap {
      first[$0] < first[$0 + 1] ? Int(first[$0])..<Int(first[$0 + 1]) : nil
    }
    for h in members {
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
