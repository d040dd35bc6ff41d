import Planar

/// Rows of buildings of one kind: how large, how far apart, how high. Metres.
struct Rows {
  var use: BuildingUse
  var length: ClosedRange<Double>
  var depth: ClosedRange<Double>
  var floors: ClosedRange<Int>
  /// Between neighbours in a row.
  var gap: ClosedRange<Double>
  /// Between rows: so much, and so much more for each floor (light in winter).
  var rowGap: Double
  var rowGapPerFloor: Double = 0
  var shapes: [Shape] = [.rectangle]
  /// The chance that a place stays empty.
  var skipped = 0.04
  var limit = Int.max
  /// The lowest share of the height of the area that is built on.
  var from = 0.0
}

/// A building before it has a number, corners counter-clockwise in metres.
struct Draft {
  var corners: [Point]
  var floors: Int
  var use: BuildingUse
}

extension Rows {
  /// Sets rows into `area` from south to north; no building leaves it or meets another.
  func fill(_ area: Convex, along direction: Point, _ random: inout SplitMix64) -> [Draft] {
    guard !area.isEmpty else { return [] }
    let frame = Frame(origin: area.center, along: direction)
    let local = area.seen(in: frame)
    let low = local.corners.map(\.y).min()!
    let high = local.corners.map(\.y).max()!
    var drafts: [Draft] = []
    var v = low + (high - low) * from
    while drafts.count < limit {
      let depth = random.number(in: self.depth)
      let rowFloors = random.integer(in: floors)
      guard v + depth <= high else { break }
      // A slanting area is too narrow at its tip.
      if let stretch = local.stretch(v, v + depth), stretch.upperBound - stretch.lowerBound >= length.lowerBound {
        fillRow(stretch, v...(v + depth), rowFloors, frame, &drafts, &random)
        v += depth + rowGap + rowGapPerFloor * Double(rowFloors)
      } else {
        v += 3
      }
    }
    return drafts
  }

  private func fillRow(
    _ stretch: ClosedRange<Double>, _ band: ClosedRange<Double>, _ rowFloors: Int, _ frame: Frame,
    _ drafts: inout [Draft], _ random: inout SplitMix64
  ) {
    let width = stretch.upperBound - stretch.lowerBound
    let length = random.number(in: length)
    let gap = random.number(in: gap)
    let places = max(1, Int((width + gap) / (length + gap)))
    // The last metres of a row make its buildings longer, as far as their kind allows.
    let each = min(self.length.upperBound, (width - Double(places - 1) * gap) / Double(places))
    let spread = places == 1 ? 0 : min((width - Double(places) * each) / Double(places - 1), gap * 1.8)
    let used = Double(places) * each + Double(places - 1) * spread
    var u = stretch.lowerBound + (width - used) * random.fraction()
    for _ in 0..<places where drafts.count < limit {
      defer { u += each + spread }
      if random.chance(skipped) { continue }
      let floors = max(floors.lowerBound, min(floors.upperBound, rowFloors + random.integer(in: -1...1)))
      let outline = random.pick(shapes).corners(length: each, depth: band.upperBound - band.lowerBound)
      let corner = Point(x: u, y: band.lowerBound)
      drafts.append(Draft(corners: outline.map { frame.world(corner + $0) }, floors: floors, use: use))
    }
  }
}

extension Convex {
  /// The stretch that lies inside at both heights, and so between them.
  func stretch(_ v: Double, _ w: Double) -> ClosedRange<Double>? {
    guard let a = stretch(at: v), let b = stretch(at: w) else { return nil }
    let low = max(a.lowerBound, b.lowerBound)
    let high = min(a.upperBound, b.upperBound)
    return low < high ? low...high : nil
  }
}

/// The ground plan of a building inside a rectangle from (0, 0) to (length, depth).
enum Shape {
  case rectangle, stepped, cross, angle, court

  /// Counter-clockwise.
  func corners(length l: Double, depth d: Double) -> [Point] {
    func points(_ pairs: [(Double, Double)]) -> [Point] { pairs.map { Point(x: $0.0 * l, y: $0.1 * d) } }
    switch self {
    case .rectangle: return points([(0, 0), (1, 0), (1, 1), (0, 1)])
    case .stepped:
      return points([(0, 0), (0.5, 0), (0.5, 0.15), (1, 0.15), (1, 1), (0.5, 1), (0.5, 0.85), (0, 0.85)])
    case .cross:
      return points([
        (0.28, 0), (0.72, 0), (0.72, 0.22), (1, 0.22), (1, 0.8), (0.72, 0.8), (0.72, 1), (0.28, 1), (0.28, 0.8),
        (0, 0.8), (0, 0.22), (0.28, 0.22),
      ])
    case .angle: return points([(0, 0), (0.3, 0), (0.3, 0.55), (1, 0.55), (1, 1), (0, 1)])
    case .court:
      return points([(0, 0), (0.22, 0), (0.22, 0.6), (0.78, 0.6), (0.78, 0), (1, 0), (1, 1), (0, 1)])
    }
  }
}
