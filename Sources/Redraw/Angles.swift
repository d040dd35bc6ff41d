import Foundation

func cosineAndSine(_ angle: Double) -> (Double, Double) { (cos(angle), sin(angle)) }

/// Distances of a graph's positions, and a plane to search in.
extension UnitGraph {
  /// IUGG mean radius, metres.
  private static let radius = 6_371_008.8

  /// Distance of two units: Euclidean, or great-circle metres.
  public func distance(_ a: Int, _ b: Int) -> Double {
    let (p, q) = (positions[a], positions[b])
    guard metric == .greatCircle else { return ((p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y)).squareRoot() }
    let rad = Double.pi / 180
    let (s, t) = (sin((q.y - p.y) * rad / 2), sin((q.x - p.x) * rad / 2))
    let h = s * s + cos(p.y * rad) * cos(q.y * rad) * t * t
    return 2 * Self.radius * asin(min(1, h.squareRoot()))
  }

  /// Positions in a plane, near enough to distances for a search.
  var planarPositions: [SIMD2<Double>] {
    guard metric == .greatCircle, !positions.isEmpty else { return positions }
    let middle = positions.reduce(SIMD2(0, 0)) { $0 + $1 } / Double(positions.count)
    let degree = Self.radius * .pi / 180
    let scale = SIMD2(degree * cos(middle.y * .pi / 180), degree)
    return positions.map { ($0 - middle) * scale }
  }
}
