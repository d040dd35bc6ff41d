import Planar

@testable import Coverage

/// SplitMix64: the same numbers everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func uniform(_ range: Range<Double>) -> Double { .random(in: range, using: &self) }
}

func rectangle(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double) -> Polygon {
  Polygon(Box(min: Point(x: x0, y: y0), max: Point(x: x1, y: y1)))
}

func polygon(_ xy: (Double, Double)...) -> Polygon {
  Polygon(exterior: Ring(xy.map { Point(x: $0.0, y: $0.1) }))
}

/// A small town: free blocks, rows of touching buildings, courtyards, slivers, overlaps.
struct World {
  var polygons: [Polygon] = []
  /// Places where cameras like to hang: corners, wall middles, free points.
  var places: [Point] = []

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<3 { addBlock(&random) }
    addRow(&random)
    addCourtyard(&random)
    addSliver(&random)
    for polygon in polygons {
      let ring = polygon.exterior.points
      places.append(ring[Int.random(in: 0..<(ring.count - 1), using: &random)])
      let edge = Int.random(in: 0..<(ring.count - 1), using: &random)
      places.append(ring[edge].midpoint(to: ring[edge + 1]))
    }
    for _ in 0..<6 { places.append(point(&random)) }
  }

  private func point(_ random: inout SeededGenerator) -> Point {
    Point(x: random.uniform(-40..<40), y: random.uniform(-40..<40))
  }

  /// A rotated rectangle; it may overlap others.
  private mutating func addBlock(_ random: inout SeededGenerator) {
    let centre = point(&random)
    let angle = random.uniform(0..<3)
    let (w, h) = (random.uniform(2..<10), random.uniform(2..<10))
    let corners = [(-w, -h), (w, -h), (w, h), (-w, h)].map { x, y in
      centre + rotated(Point(x: x, y: y), by: angle)
    }
    polygons.append(Polygon(exterior: Ring(corners)))
  }

  /// Three buildings wall to wall, the middle one set back.
  private mutating func addRow(_ random: inout SeededGenerator) {
    let origin = point(&random)
    let setBack = random.uniform(0..<2)
    for (index, depth) in [0, setBack, 0].enumerated() {
      let x = origin.x + Double(index) * 8
      polygons.append(rectangle(x, origin.y + depth, x + 8, origin.y + 10))
    }
  }

  private mutating func addCourtyard(_ random: inout SeededGenerator) {
    let c = point(&random)
    let outer = rectangle(c.x - 9, c.y - 9, c.x + 9, c.y + 9).exterior
    let inner = rectangle(c.x - 5, c.y - 5, c.x + 5, c.y + 5).exterior.reversed()
    polygons.append(Polygon(exterior: outer, holes: [inner]))
    places.append(c)
    places.append(Point(x: c.x + 4.9, y: c.y - 4.9))
  }

  private mutating func addSliver(_ random: inout SeededGenerator) {
    let a = point(&random)
    let b = point(&random)
    polygons.append(Polygon(exterior: Ring([a, b, b + Point(x: 0.001, y: 0.001), a + Point(x: -0.001, y: 0.002)])))
  }
}

func rotated(_ p: Point, by angle: Double) -> Point {
  let (c, s) = (cosine(angle), sine(angle))
  return Point(x: p.x * c - p.y * s, y: p.x * s + p.y * c)
}
