public import Planar

/// Whether a closed ring (last point repeats the first) neither crosses nor touches itself.
///
/// Exact. O(n²) with box tests, which is faster than a sweep for the rings of maps.
public func isSimple(ring: [Point]) -> Bool {
  ring.withUnsafeBufferPointer { firstContact(in: $0) == nil }
}

/// The first pair of edges i < j of a closed ring that meet where they should not.
func firstContact(in ring: UnsafeBufferPointer<Point>) -> (Int, Int)? {
  let count = ring.count - 1
  guard count >= 3 else { return (0, 0) }
  for i in 0..<count {
    let a = ring[i]
    let b = ring[i + 1]
    if a == b { return (i, i) }
    let minX = min(a.x, b.x)
    let maxX = max(a.x, b.x)
    let minY = min(a.y, b.y)
    let maxY = max(a.y, b.y)
    if foldsBack(a, b, ring[i + 1 < count ? i + 2 : 1]) { return (i, i + 1 < count ? i + 1 : 0) }
    var j = i + 2
    while j < count {
      let c = ring[j]
      let d = ring[j + 1]
      if min(c.x, d.x) <= maxX && max(c.x, d.x) >= minX && min(c.y, d.y) <= maxY && max(c.y, d.y) >= minY
        && !(i == 0 && j == count - 1) && segmentsMeet(a, b, c, d)
      {
        return (i, j)
      }
      j += 1
    }
  }
  return nil
}

/// Whether the path a, b, c turns back onto itself at b.
private func foldsBack(_ a: Point, _ b: Point, _ c: Point) -> Bool {
  orientation(a, b, c) == .collinear && dot(a - b, c - b) > 0
}

/// Whether two segments have a point in common, exactly.
func segmentsMeet(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> Bool {
  let abc = orientation(a, b, c).rawValue
  let abd = orientation(a, b, d).rawValue
  if abc == abd && abc != 0 { return false }
  let cda = orientation(c, d, a).rawValue
  let cdb = orientation(c, d, b).rawValue
  if cda == cdb && cda != 0 { return false }
  if abc != 0 || abd != 0 || cda != 0 || cdb != 0 { return true }
  return Box(around: [a, b]).intersects(Box(around: [c, d]))
}
