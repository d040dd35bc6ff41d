internal import Fabric

/// How hard a street is to cross, from its class: higher is harder.
enum StreetRank {
  /// Ranks of OpenStreetMap's `highway` values and of the usual Chinese road classes.
  private static let ranks: [String: Int] = [
    "motorway": 4, "trunk": 4, "primary": 3, "secondary": 2, "tertiary": 2, "major_road": 3, "highway": 4,
    "residential": 1, "unclassified": 1, "minor_road": 1, "living_street": 1, "rail": 3, "railway": 3,
    "高速公路": 4, "快速路": 4, "主干路": 3, "主干道": 3, "次干路": 2, "次干道": 2, "支路": 1, "街坊路": 1,
    "service": 0, "footway": 0, "path": 0, "cycleway": 0, "steps": 0, "pedestrian": 0, "track": 0, "小路": 0,
  ]

  /// The rank of a class; links count as their road, unknown classes as a residential street.
  static func rank(of streetClass: String?) -> Int {
    guard let streetClass = streetClass?.lowercased() else { return 1 }
    let plain = streetClass.hasSuffix("_link") ? String(streetClass.dropLast(5)) : streetClass
    return ranks[plain] ?? 1
  }

  /// Ranks of the fabric are tenths of a metre of border for each metre crossed.
  static let perMetre = 10.0

  /// What bounds units along a street of this class: as the scenario says, else half a metre of
  /// border for each step of rank.
  static func boundary(of streetClass: String?, _ crossings: [String: CrossingRule]) -> BoundingLine.Kind {
    switch streetClass.flatMap({ crossings[$0.lowercased()] }) {
    case .forbidden: .barrier
    case .cost(let cost): .street(rank: Int((cost * perMetre).rounded()))
    case nil: .street(rank: Int(Double(rank(of: streetClass)) / 2 * perMetre))
    }
  }

  /// What bounds units along a barrier of this kind: no grid crosses it, unless the scenario says else.
  static func boundary(ofBarrier kind: String?, _ crossings: [String: CrossingRule]) -> BoundingLine.Kind {
    guard case .cost(let cost) = kind.flatMap({ crossings[$0.lowercased()] }) else { return .barrier }
    return .street(rank: Int((cost * perMetre).rounded()))
  }
}
