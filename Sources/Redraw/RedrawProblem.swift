/// What a plan has to keep to, and what makes one better than another.
public struct RedrawProblem: Sendable {
  /// Hard lower and upper bound of a group's weight, and what it should come near to.
  public struct Bounds: Sendable, Hashable {
    public var min: Int
    public var ideal: Int
    public var max: Int

    public init(min: Int, ideal: Int, max: Int) {
      self.min = min
      self.ideal = ideal
      self.max = max
    }

    /// Within ±`tolerance` of `total / groups`.
    public init(total: Int, groups: Int, tolerance: Double) {
      let mean = Double(total) / Double(Swift.max(1, groups))
      // A hair of slack, so that 1.05 · 400 is 420 and not 419.999….
      let slack = mean * 1e-12
      self.init(
        min: Int((mean * (1 - tolerance) - slack).rounded(.up)), ideal: Int(mean.rounded()),
        max: Int((mean * (1 + tolerance) + slack).rounded(.down)))
    }
  }

  /// A further weight with bounds of its own, such as workload or area.
  public struct NamedWeight: Sendable {
    public var name: String
    public var values: [Int]
    public var min: Int
    public var max: Int
    /// What the goal of the largest deviation brings it near to; nil where only the bounds count.
    public var ideal: Int?

    public init(name: String, values: [Int], min: Int, max: Int, ideal: Int? = nil) {
      self.name = name
      self.values = values
      self.min = min
      self.max = max
      self.ideal = ideal
    }
  }

  public enum GroupCount: Sendable, Hashable {
    /// So many that groups come nearest to the ideal within the bounds, for each component.
    case auto
    case exactly(Int)
  }

  /// What becomes of a unit, or a set kept together, that is heavier than the maximum.
  public enum Oversize: Sendable, Hashable {
    /// A group of its own, listed; the plan stays feasible.
    case own
    /// A violation: the plan is not feasible.
    case refuse
  }

  public enum Objective: Sendable, Hashable {
    /// Edges between groups, each counted once.
    case cutEdges
    /// Σ weight · d² to the best member unit of each group.
    case momentOfInertia
    /// Σ d to the best member unit of each group; with weights Σ weight · d.
    case pMedian(weighted: Bool)
    /// Length of the borders between groups, in metres.
    case perimeter
    /// Round groups with short borders that cross few barriers: what planners ask for.
    case compactness
  }

  /// How many steps the search takes. Steps, not seconds: a result is the same on every machine.
  public enum Effort: String, Sendable, Hashable, CaseIterable {
    case low, `default`, high
  }

  public var graph: UnitGraph
  public var bounds: Bounds
  public var count: GroupCount
  public var moreWeights: [NamedWeight] = []
  /// The parent of each unit: no group holds units of two parents.
  public var parents: [Int]?
  /// Sets of units that stay in one group; they need not touch each other.
  public var keepTogether: [[Int]] = []
  /// The group of each unit today, nil where it has none.
  public var existing: [Int?]?
  /// At most this share of the weight leaves its group of today. 1: no limit.
  public var maxMoved: Double = 1
  /// Units that stay in their group of today.
  public var locked: [Int] = []
  /// Units that belong to different groups; groups grow around them.
  public var seeds: [Int] = []
  public var oversize: Oversize = .own
  public var objective: Objective = .compactness
  /// What comes before the objective, in order; empty: the bounds alone do.
  public var goals: [Goal] = []
  /// Groups that the search may begin with, one number for each unit.
  public var start: [Int]?
  public var effort: Effort = .default
  public var seed: UInt64 = 1
  /// What certificates call the units and the parents; their numbers where nil.
  public var unitNames: [String]?
  public var parentNames: [Int: String]?
  /// What certificates call weights and groups.
  public var wording = RedrawWording()
  /// Units with a shorter border than this, in metres, don't hang together unless linked.
  public var minimumBorder: Double = 1
  /// How much a search pays for weight that leaves its group of today; 1 is what a move gains by
  /// as a rule, 0 nothing.
  var movedPrice = 1.0
  /// One of several searches with bounds that may be out of reach: none looks long for them.
  var isTrial = false
  /// What a metre of crossing counts as, in metres of border.
  var crossingPrice = 1.0

  public init(graph: UnitGraph, bounds: Bounds, count: GroupCount = .auto) {
    self.graph = graph
    self.bounds = bounds
    self.count = count
  }
}

extension RedrawProblem {
  func name(of unit: Int) -> String { unitNames?[unit] ?? String(unit) }

  /// Where a certificate's units are, in English and Chinese; empty without parents.
  func place(_ parent: Int?) -> (String, String) {
    guard let parent else { return ("", "") }
    guard let name = parentNames?[parent] else { return (" in parent \(parent)", "（上级区划 \(parent)）") }
    return (" in \(name)", "（\(name)）")
  }

  /// - Throws: ``RedrawError`` that names the first setting no plan can be made of.
  func check() throws(RedrawError) {
    let n = graph.count
    func list(_ count: Int?, _ name: String) throws(RedrawError) {
      guard let count, count != n else { return }
      throw RedrawError("\(n) units, but \(name) has \(count) entries: give one for each unit")
    }
    func known(_ units: [Int], _ name: String) throws(RedrawError) {
      guard let stray = units.first(where: { !(0..<n).contains($0) }) else { return }
      throw RedrawError("\(name) names unit \(stray), but units are 0..<\(n)")
    }
    guard bounds.min <= bounds.max, bounds.max > 0 else {
      throw RedrawError("bounds \(bounds.min)–\(bounds.max): the minimum may not exceed the maximum, nor the maximum be 0")
    }
    if case .exactly(let k) = count, k < 1 || k > Swift.max(n, 1) {
      throw RedrawError("\(k) groups asked of \(n) units: ask for 1 to \(n)")
    }
    try list(parents?.count, "parents")
    try list(existing?.count, "existing")
    try list(start?.count, "start")
    try list(unitNames?.count, "unitNames")
    for weight in moreWeights {
      try list(weight.values.count, "weight '\(weight.name)'")
      guard weight.min <= weight.max, weight.values.allSatisfy({ $0 >= 0 }) else {
        throw RedrawError("weight '\(weight.name)' has a negative value, or a minimum above its maximum")
      }
    }
    if let goal = goals.first(where: { !($0.slack >= 0 && $0.slack.isFinite) }) {
      throw RedrawError("a goal has the slack \(goal.slack): give a share of at least 0")
    }
    guard maxMoved >= 0, maxMoved <= 1 else { throw RedrawError("maxMoved is \(maxMoved): give a share from 0 to 1") }
    try known(locked, "locked")
    try known(seeds, "seeds")
    for set in keepTogether {
      try known(set, "keepTogether")
      if let parents, let first = set.first, let other = set.first(where: { parents[$0] != parents[first] }) {
        throw RedrawError("keepTogether joins units \(first) and \(other), which have different parents")
      }
    }
  }
}
