/// A plan: the group of every unit, and how far it keeps what was asked.
public struct RedrawPlan: Sendable {
  /// A bound that a group misses.
  public struct Violation: Sendable, Hashable {
    public enum Side: Sendable, Hashable { case below, above }

    public var group: Int
    /// Which weight; nil stands for the first one.
    public var weightName: String?
    public var value: Int
    public var bound: Int
    public var side: Side
    /// How far `value` lies outside the bound; positive.
    public var by: Int { side == .below ? bound - value : value - bound }
  }

  /// The group of each unit, 0..<groupCount, every number used. Groups are numbered by parent in
  /// the order of the parents' first units, then by their own first units.
  public internal(set) var groups: [Int]
  public internal(set) var groupCount: Int
  /// The parent of each group, where the problem has parents.
  public internal(set) var groupParents: [Int]?
  public internal(set) var groupWeights: [Int]
  /// The group of today that each group continues, where the problem has a plan of today.
  public internal(set) var existingGroups: [Int?]?
  /// Weight that left its group of today.
  public internal(set) var movedWeight = 0
  /// Of the objective asked for, over all groups.
  public internal(set) var objective: Double
  /// Bounds missed, in order of groups. Groups of one oversized unit are none, where allowed.
  public internal(set) var violations: [Violation]
  /// What cannot be met, and what was done instead: parents in order, blocking ones first.
  public internal(set) var certificates: [Certificate]

  /// What each goal came to, in their order.
  public internal(set) var reached: [Reached] = []

  /// What a goal came to.
  public struct Reached: Sendable, Hashable {
    public var measure: RedrawProblem.Goal.Measure
    public var value: Double
    /// No plan within the bounds and the limit on moved weight has a smaller value; nil where
    /// nothing is known.
    public var bound: Double?
  }

  /// Every bound is kept, apart from allowed groups of one oversized unit.
  public var isFeasible: Bool { violations.isEmpty && !certificates.contains(where: \.isBlocking) }
}

extension RedrawPlan {
  /// Takes the certificates of another search for the same groups in place of its own.
  public mutating func keep(certificates: [Certificate]) { self.certificates = certificates }
}
