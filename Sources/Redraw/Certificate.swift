/// A proof, in a line, that something asked for cannot be had, or what was done instead.
public struct Certificate: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A unit, or a set kept together, is heavier than the maximum.
    case oversizeUnit = "oversize-unit"
    /// No k with k·min ≤ total ≤ k·max, for a whole parent or map, or a connected part of one.
    case noGroupCount = "no-group-count"
    /// The same, for a connected part that weighs less than the minimum.
    case belowMinimum = "below-minimum"
    /// Units that no plan can put into a group within the bounds: what hangs behind a unit is too light
    /// for a group and too heavy to join it, or all ways on lead above the maximum.
    case pocket
    /// A unit without neighbours.
    case island
    /// The number of groups asked for does not fit the bounds.
    case groupCount = "group-count"
    /// Locks, seeds or the limit on moved weight stand against the bounds.
    case fixed
    /// Every way of cutting a small connected part was gone through, and none keeps the bounds.
    case noDivision = "no-division"
    /// No plan was found, and no proof that there is none.
    case notFound = "not-found"
  }

  public var kind: Kind
  /// Whether the bounds cannot be met because of it; the others are only listed.
  public var isBlocking: Bool
  /// The parent concerned, where the problem has parents.
  public var parent: Int?
  /// The units concerned, in increasing order.
  public var units: [Int]
  /// In one line, English and Chinese.
  public var english: String
  public var chinese: String
}
