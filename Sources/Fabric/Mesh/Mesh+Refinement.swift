extension Mesh {
  /// Divides constraints at their middles, as long as `isTooLong` says so, to bring vertices near
  /// to what they face.
  ///
  /// The middle is rounded to the grid; an edge stays whole where that would turn a triangle over.
  mutating func refine(where isTooLong: (borrowing Mesh, Int32) -> Bool) {
    var open: [Int32] = []
    for h in 0..<Int32(origin.count) where constraint[h] >= 0 && twin[h] > h { open.append(h) }
    // Later ones come first off the stack; turned round, the order is that of the edges.
    open.reverse()
    while let h = open.popLast() {
      guard constraint[h] >= 0, isTooLong(self, h), let vertex = halve(h) else { continue }
      let start = outgoing[vertex]
      var spoke = start
      repeat {
        if constraint[spoke] >= 0 { open.append(spoke) }
        let opposite = next(spoke)
        if constraint[opposite] >= 0 { open.append(opposite) }
        spoke = rotatedLeft(spoke)
      } while spoke != start && spoke >= 0
    }
  }

  /// Divides an edge at its rounded middle; nil where that cannot be.
  private mutating func halve(_ h: Int32) -> Int32? {
    let g = twin[h]
    guard g >= 0 else { return nil }
    let (a, b) = (points[origin[h]], points[origin[g]])
    let (c, d) = (points[apex(h)], points[apex(g)])
    let middle = GridPoint(
      x: Int32((Int64(a.x) + Int64(b.x)) >> 1), y: Int32((Int64(a.y) + Int64(b.y)) >> 1))
    guard turn(a, middle, c) > 0, turn(middle, b, c) > 0, turn(b, middle, d) > 0,
      turn(middle, a, d) > 0
    else { return nil }
    let vertex = Int32(points.count)
    points.append(middle)
    outgoing.append(-1)
    divide(edge: h, at: vertex)
    legalize()
    return vertex
  }
}
