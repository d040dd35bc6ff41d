public import Planar

/// Who may do which part of the work of which grid.
public struct StaffingProblem: Sendable {
  /// A post's hours and skills.
  public struct Post: Sendable, Hashable {
    public var id: String
    /// Working minutes a year, a hard limit.
    public var minutes: Double
    public var skills: [String]
    /// Which of `bases` its day begins at; nil: in the grid.
    public var base: Int?
    /// Grids that it looks after today or knows, by number.
    public var known: [Int]

    public init(id: String, minutes: Double, skills: [String], base: Int? = nil, known: [Int] = []) {
      self.id = id
      self.minutes = minutes
      self.skills = skills
      self.base = base
      self.known = known
    }
  }

  /// The work of one skill in one grid, in minutes a year without the way from the base.
  public struct Need: Sendable, Hashable {
    public var grid: Int
    public var skill: String
    public var minutes: Double

    public init(grid: Int, skill: String, minutes: Double) {
      self.grid = grid
      self.skill = skill
      self.minutes = minutes
    }
  }

  public var posts: [Post]
  public var needs: [Need]
  /// Grids' codes, and a place in each (m).
  public var grids: [String]
  public var places: [Point]
  /// For each base and grid: minutes on the way for each minute of work (`dayShare`).
  public var wayShares: [[Double]]
  /// Whether a post may only work in grids that it knows.
  public var onlyKnown: Bool
  /// How evenly loads are to be spread.
  public var evenness: Evenness
  /// How much above the least possible largest load is allowed for the sake of fewer changes.
  public var slack: Double

  public enum Evenness: String, Sendable, Codable, CaseIterable {
    /// The largest relative load as small as can be; below it, changes and ways decide.
    case largest
    /// Then the next largest, and so on.
    case all
  }

  public init(
    posts: [Post], needs: [Need], grids: [String], places: [Point], wayShares: [[Double]] = [],
    onlyKnown: Bool = false, evenness: Evenness? = nil, slack: Double = 0
  ) {
    self.posts = posts
    self.needs = needs
    self.grids = grids
    self.places = places
    self.wayShares = wayShares
    self.onlyKnown = onlyKnown
    self.evenness = evenness ?? (posts.contains { !$0.known.isEmpty } ? .largest : .all)
    self.slack = slack
  }

  /// Minutes on the way for a minute of work of `post` in `grid`.
  func wayShare(_ post: Int, _ grid: Int) -> Double {
    posts[post].base.map { wayShares[$0][grid] } ?? 0
  }
}

/// Who works where, how much, and how good that is.
public struct Staffing: Sendable {
  /// Part of one post's year.
  public struct Share: Sendable, Hashable {
    public var post: Int
    public var grid: Int
    public var skill: String
    /// Work in the grid, minutes a year.
    public var minutes: Double
    /// On the way from the base and back.
    public var wayMinutes: Double
    /// Whether the post knows the grid.
    public var isKnown: Bool
  }

  /// Work that nobody has the hours or the skill for.
  public struct Shortage: Sendable, Hashable {
    public var grid: Int
    public var skill: String
    public var hours: Double
    /// Whether no post at all could do it.
    public var isWithoutPost: Bool
  }

  /// In the order of posts, grids and skills.
  public var shares: [Share]
  public var shortages: [Shortage]
  /// Minutes of each post, ways included.
  public var postMinutes: [Double]
  /// The largest load relative to the post's hours.
  public var largestLoad: Double
  /// What no staffing of the same work goes below. Above 1: the hours don't suffice, and `shares`
  /// fills them.
  public var lowerBound: Double
  /// Minutes in grids that the post does not know.
  public var changedMinutes: Double
  public var wayMinutes: Double
  /// Whether changes and ways are the least in each block of a city only (see `solve`).
  public var isHeuristic: Bool

  /// (largest load − bound)/bound; what is short is not loaded on anyone, so 0 where hours are short.
  public var gap: Double {
    lowerBound > 0 && shortages.isEmpty ? max(0, largestLoad / lowerBound - 1) : 0
  }

  public var isFeasible: Bool { shortages.isEmpty }
}
