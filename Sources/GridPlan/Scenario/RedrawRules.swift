/// What a redraw keeps to beyond the bounds of households.
public struct RedrawRules: Sendable {
  /// Further weights with bounds of their own.
  public var weights: [WeightRule] = []
  /// Grids keep within this share of their mean instead of stated bounds; infinite: no hard bound.
  public var tolerance: Double?
  /// What makes one plan better than another, in order.
  public var goals: [RedrawGoal] = []
  /// Codes of grids of today that stay as they are, and identifiers of units that stay in theirs.
  public var locked: [String] = []
  /// Units that hang together though they do not touch: a bridge, a ferry.
  public var links: [UnitLink] = []
  /// Islands are linked to the nearest unit within so many metres.
  public var islandReach: Double?
  /// What crossing a street or barrier of a class costs.
  public var crossings: [String: CrossingRule] = [:]

  public init() {}
}

/// A further weight of units, with hard bounds.
public struct WeightRule: Sendable, Hashable, Codable {
  /// The field of the layer; `area_m2` is the area of the unit itself where there is no such field.
  public var field: String
  /// Nil: from the tolerance, where there is one, else none.
  public var min: Double?
  public var max: Double?

  public init(field: String, min: Double? = nil, max: Double? = nil) {
    self.field = field
    self.min = min
    self.max = max
  }
}

/// Two units that a bridge or another link joins.
public struct UnitLink: Sendable, Hashable {
  public var a: String
  public var b: String

  public init(_ a: String, _ b: String) {
    self.a = a
    self.b = b
  }
}

/// What it means for a grid to lie on both sides of a street or barrier.
public enum CrossingRule: Sendable, Hashable {
  case forbidden
  /// Metres of border that a metre of it counts as; 0 is free.
  case cost(Double)

  /// `forbid`, `free`, or a number.
  public init?(_ text: String) {
    switch text {
    case "forbid": self = .forbidden
    case "free": self = .cost(0)
    default:
      guard let value = Double(text), value >= 0, value <= 100_000 else { return nil }
      self = .cost(value)
    }
  }
}

/// One of the things that make a plan better than another; the first of a list decides.
public struct RedrawGoal: Sendable, Hashable {
  public enum Measure: String, Sendable, CaseIterable {
    case deviation, moved, crossed, compactness, perimeter
    case cutEdges = "cut-edges"
    case momentOfInertia = "moment-of-inertia"
    case pMedian = "p-median"
  }

  public var measure: Measure
  /// What later goals may take back.
  public var slack: Double

  public init(_ measure: Measure, slack: Double = 0) {
    self.measure = measure
    self.slack = slack
  }

  /// `deviation`, or with what later goals may take back `deviation:0.02`.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(\.trimmed)
    guard let measure = Measure(rawValue: parts[0]), parts.count <= 2 else { return nil }
    self.measure = measure
    slack = 0
    if parts.count == 2 {
      guard let value = Double(parts[1]), value >= 0, value.isFinite else { return nil }
      slack = value
    }
  }

  /// Goals apart by commas.
  public static func list(_ text: String) -> [RedrawGoal]? {
    let goals = text.split(separator: ",").map { RedrawGoal($0.trimmed) }
    return goals.isEmpty || goals.contains(nil) ? nil : goals.compactMap { $0 }
  }

  public static var names: String { Measure.allCases.map(\.rawValue).joined(separator: ", ") }
}

extension Substring {
  fileprivate var trimmed: String { String(self).trimmingSpaces }
}
