public import Coverage
public import PlanModel

/// What a coverage audit reads, and how.
public struct CoverageRequest: Sendable {
  public var cameras: String
  public var buildings: String
  /// Points and areas that cameras are meant to see.
  public var keyPlaces: String?
  public var roads: String?
  /// Public open space: areas.
  public var openSpace: String?
  public var grids: String?
  /// Sensitive, forbidden and private places.
  public var sensitivePlaces: String?

  /// The working CRS; chosen from the data where nil.
  public var crs: String?
  public var allowBallpark = false
  /// Reads layers without their personal columns instead of refusing them.
  public var dropPersonalColumns = false
  public var overrides = CameraOverrides()
  public var profile = CameraProfile()
  public var placeKinds = CameraPlaceKinds()
  public var snap = SnapRule()
  /// The largest distance between chord and arc, in metres.
  public var arcTolerance = 0.005
  /// The level at which key places must be seen, unless they say themselves.
  public var level: String?
  /// The level from which a view into a home counts.
  public var reachLevel = "recognise"
  public var rules = CoverageRules()
  /// Fields; found by common names where nil.
  public var idField: String?
  public var codeField: String?

  public init(cameras: String, buildings: String) {
    self.cameras = cameras
    self.buildings = buildings
  }
}

/// Thresholds that define what counts as covered and as reached. All are printed in the report.
public struct CoverageRules: Sendable, Hashable {
  /// Cameras that must see a key place, unless it says itself.
  public var camerasPerPlace = 1
  /// The share of its open area that makes an area covered.
  public var areaShare = 0.9
  /// How far from a crossing its arms are looked at, in metres.
  public var armLength = 15.0
  /// The share of that length that makes an arm seen.
  public var armShare = 0.5
  /// Walls seen more along than this don't count as reached, degrees from the normal.
  public var largestIncidence = 80.0
  /// A key point inside a footprint is looked at from the nearest free point within this, in metres.
  public var keyPointSnap = 10.0

  public init() {}
}
