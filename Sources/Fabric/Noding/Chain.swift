import Planar

/// What a chain of segments belongs to.
enum FeatureKind: Int32, Comparable {
  case parent, water, compound, building, unit

  static func < (a: FeatureKind, b: FeatureKind) -> Bool { a.rawValue < b.rawValue }
}

/// An area among the input, by kind and number, in one word that sorts by both.
struct Feature: Hashable, Comparable {
  let code: Int32

  init(_ kind: FeatureKind, _ number: Int) { code = kind.rawValue << 28 | Int32(number) }

  init(code: Int32) { self.code = code }

  var kind: FeatureKind { FeatureKind(rawValue: code >> 28)! }
  var number: Int { Int(code & 0x0fff_ffff) }

  static func < (a: Feature, b: Feature) -> Bool { a.code < b.code }
}

/// What the edges of a chain mean.
enum ChainRole: Hashable {
  /// Part of the border of an area: the inside changes across it.
  case border(Feature)
  case street(rank: Int)
  case barrier
}

/// A path over the grid, closed where it is a ring.
struct Chain {
  var points: [GridPoint]
  var role: ChainRole
}

extension GridFrame {
  /// The chains of the rings of an area.
  func chains(_ polygons: [Polygon], _ feature: Feature) -> [Chain] {
    polygons.flatMap(\.rings).map { chain($0.points, .border(feature)) }
  }

  func chain(_ points: [Point], _ role: ChainRole) -> Chain {
    var ticks: [GridPoint] = []
    ticks.reserveCapacity(points.count)
    for point in points {
      let tick = tick(point)
      if ticks.last != tick { ticks.append(tick) }
    }
    return Chain(points: ticks, role: role)
  }
}
