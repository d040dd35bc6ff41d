/// What to balance, and how.
public struct BalanceRequest: Sendable {
  /// A scenario (file or folder), or the folder that a plan was written to, or its `grids.geojson`.
  public var path: String
  /// Layers that add to, or stand for, those of the scenario.
  public var workersFile: String?
  public var streetsFile: String?
  public var eventsFile: String?
  /// A table `grid,date,count[,minutes]` of visits, for appraisal periods.
  public var visitsFile: String?
  /// A scenario whose services and constants count instead.
  public var servicesFile: String?
  /// `week`, `month`, `quarter` or `year`.
  public var period = "month"
  /// Whether posts may only work in grids that they look after or know.
  public var onlyKnown = false
  /// Whether all loads are levelled, not the largest only; nil: where no post has a grid today.
  public var levelsAll: Bool?
  /// How much above the least possible largest load is allowed for the sake of fewer changes.
  public var slack = 0.0
  /// Posts' hours are a hard limit; counts below this are left out of what is published.
  public var isPublished = false
  public var minCount: Int?
  public var dropsPersonalColumns = false

  public init(path: String) { self.path = path }
}

/// Input of a balance that makes no sense.
public struct BalanceError: Error, Sendable, CustomStringConvertible {
  public var description: String
}
