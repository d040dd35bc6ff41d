import Assignment
import Planar

/// A repeatable source of numbers (SplitMix64).
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) &* 0x2545_F491_4F6C_DD1D }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func point(in box: Box) -> Point {
    Point(
      x: Double.random(in: box.min.x...box.max.x, using: &self),
      y: Double.random(in: box.min.y...box.max.y, using: &self))
  }

  /// A point with whole coordinates from 0 to `size`.
  mutating func latticePoint(_ size: Int) -> Point {
    Point(
      x: Double(Int.random(in: 0...size, using: &self)),
      y: Double(Int.random(in: 0...size, using: &self)))
  }
}

/// Asks every polygon in turn.
struct BruteForce {
  let areas: [Area]
  private let order: [Int]

  init(areas: [Area]) {
    self.areas = areas
    order = areas.indices.sorted {
      areas[$0].code != areas[$1].code
        ? areas[$0].code.utf8.lexicographicallyPrecedes(areas[$1].code.utf8) : $0 < $1
    }
  }

  func find(_ point: Point) -> AreaIndex.Found {
    guard point.isFinite else { return AreaIndex.Found(area: -1, isShared: false) }
    var first = -1
    var count = 0
    var isInsideOne = false
    for i in order {
      let locations = areas[i].polygons.map { $0.locate(point) }
      guard locations.contains(where: { $0 != .outside }) else { continue }
      if first < 0 { first = i }
      count += 1
      if locations.contains(.inside) { isInsideOne = true }
    }
    return AreaIndex.Found(area: Int32(first), isShared: count > 1 && isInsideOne)
  }
}

enum Town {
  /// Quarters of a jittered lattice that share every vertex: no gap and no overlap.
  static func seamless(_ side: Int, jitter: Double = 0.4, dice: inout Dice) -> [Area] {
    var corners: [[Point]] = []
    for j in 0...side {
      corners.append(
        (0...side).map { i in
          Point(
            x: Double(i) + Double.random(in: -jitter...jitter, using: &dice),
            y: Double(j) + Double.random(in: -jitter...jitter, using: &dice))
        })
    }
    var areas: [Area] = []
    for j in 0..<side {
      for i in 0..<side {
        let ring = Ring([corners[j][i], corners[j][i + 1], corners[j + 1][i + 1], corners[j + 1][i]])
        areas.append(Area(code: "\(areas.count)", polygons: [Polygon(exterior: ring)]))
      }
    }
    return areas.shuffled(using: &dice)
  }

  /// Rings through random lattice points: crossing themselves, each other, repeating vertices; with
  /// holes that may cross the shell, several parts, and codes that repeat.
  static func tangled(_ count: Int, size: Int, dice: inout Dice) -> [Area] {
    func ring(_ dice: inout Dice) -> Ring {
      Ring((0..<Int.random(in: 1...7, using: &dice)).map { _ in dice.latticePoint(size) })
    }
    return (0..<count).map { _ in
      let polygons = (0..<Int.random(in: 0...2, using: &dice)).map { _ in
        Polygon(
          exterior: ring(&dice), holes: (0..<Int.random(in: 0...2, using: &dice)).map { _ in ring(&dice) })
      }
      return Area(code: "\(Int.random(in: 0...count, using: &dice))", polygons: polygons)
    }
  }

  /// A star of `count` corners.
  static func star(_ count: Int, center: Point, radius: Double, dice: inout Dice) -> Ring {
    Ring(
      (0..<count).map { i in
        let angle = Double(i) / Double(count) * 2 * .pi
        let r = radius * Double.random(in: 0.5...1, using: &dice)
        return center + Point(x: cosine(angle) * r, y: cosine(angle - .pi / 2) * r)
      })
  }

  /// Good enough for a star, and needs no library.
  private static func cosine(_ angle: Double) -> Double {
    let t = angle.remainder(dividingBy: 2 * .pi)
    let s = t * t
    return 1 - s / 2 * (1 - s / 12 * (1 - s / 30 * (1 - s / 56 * (1 - s / 90))))
  }

  static func moved(_ areas: [Area], by shift: Point, scale: Point) -> [Area] {
    func move(_ ring: Ring) -> Ring {
      Ring(ring.points.map { Point(x: $0.x * scale.x + shift.x, y: $0.y * scale.y + shift.y) })
    }
    return areas.map { area in
      Area(
        code: area.code,
        polygons: area.polygons.map {
          Polygon(exterior: move($0.exterior), holes: $0.holes.map(move))
        })
    }
  }

  /// Vertices, points on edges, points a last digit beside them, and points anywhere.
  static func probes(of areas: [Area], random: Int, dice: inout Dice) -> [Point] {
    // Products of the numbers next to zero underflow, and the predicates promise nothing for them.
    func above(_ x: Double) -> Double { x == 0 ? 1e-120 : x.nextUp }
    var probes: [Point] = []
    var box = Box.empty
    for ring in areas.flatMap(\.polygons).flatMap(\.rings) {
      for (a, b) in zip(ring.points, ring.points.dropFirst()) {
        let middle = a.midpoint(to: b)
        probes += [a, middle, Point(x: above(a.x), y: a.y), Point(x: a.x, y: -above(-a.y))]
        probes += [Point(x: -above(-middle.x), y: middle.y), Point(x: b.x, y: a.y)]
        box.extend(to: a)
      }
    }
    guard !box.isEmpty else { return [Point(x: 0, y: 0)] }
    let wide = box.expanded(by: 0.1 * max(box.width, box.height))
    probes += (0..<random).map { _ in dice.point(in: wide) }
    probes += [Point(x: .nan, y: 0), Point(x: 0, y: .nan), Point(x: .infinity, y: box.center.y)]
    probes += [Point(x: -.infinity, y: -.infinity), Point(x: -0.0, y: 0), Point(x: 1e308, y: -1e308)]
    return probes
  }
}
