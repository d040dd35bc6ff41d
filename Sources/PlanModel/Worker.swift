public import Planar

/// A worker's post: never a name. What it can do, how long, and from where.
public struct Worker: Sendable, Hashable {
  /// The post's own identifier, such as `W-017`.
  public var id: String
  /// Working hours a week; a full post where nil.
  public var hoursPerWeek: Double?
  public var skills: [String]
  /// The office that the day begins and ends at; nil: in the grid itself.
  public var base: Point?
  /// Codes of the grids that the post looks after today.
  public var grids: [String]
  /// Codes of further grids that it knows.
  public var knows: [String]

  public init(
    id: String, hoursPerWeek: Double? = nil, skills: [String] = ["general"], base: Point? = nil,
    grids: [String] = [], knows: [String] = []
  ) {
    self.id = id
    self.hoursPerWeek = hoursPerWeek
    self.skills = skills
    self.base = base
    self.grids = grids
    self.knows = knows
  }
}
