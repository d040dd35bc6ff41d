/// Whether `d` lies inside the circle through the counter-clockwise `a`, `b`, `c`.
///
/// Exact for differences below 2²⁹ ticks; beyond, false where floating point is in doubt.
func isInCircle(_ a: GridPoint, _ b: GridPoint, _ c: GridPoint, _ d: GridPoint) -> Bool {
  if isSurelyInCircle(a, b, c, d) { return true }
  func difference(_ p: GridPoint) -> (x: Int64, y: Int64) {
    (Int64(p.x) - Int64(d.x), Int64(p.y) - Int64(d.y))
  }
  let corners = [difference(a), difference(b), difference(c)]
  guard corners.allSatisfy({ max(abs($0.x), abs($0.y)) < 1 << 29 }) else { return false }
  var sum = WideSum()
  for i in 0..<3 {
    let (p, q, r) = (corners[i], corners[(i + 1) % 3], corners[(i + 2) % 3])
    sum.add(product: p.x * p.x + p.y * p.y, q.x * r.y - r.x * q.y)
  }
  return sum.isPositive
}

/// A sum of products in 128 bits.
private struct WideSum {
  private var high: Int64 = 0
  private var low: UInt64 = 0

  mutating func add(product a: Int64, _ b: Int64) {
    let product = a.multipliedFullWidth(by: b)
    let (sum, carry) = low.addingReportingOverflow(product.low)
    low = sum
    high = high &+ product.high &+ (carry ? 1 : 0)
  }

  var isPositive: Bool { high > 0 || high == 0 && low > 0 }
}
