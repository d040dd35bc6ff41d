public import PlanModel
public import Planar

/// What a map shows: shapes in a plane of metres, and the words around them.
public struct MapScene: Sendable {
  /// A grid with the figure that colours it.
  public struct Grid: Sendable {
    public var polygons: [Polygon]
    public var label: String
    /// Share above (or below) the mean; nil where it is not known.
    public var deviation: Double?

    public init(polygons: [Polygon], label: String, deviation: Double?) {
      self.polygons = polygons
      self.label = label
      self.deviation = deviation
    }
  }

  /// A street's line and how wide it is drawn, in metres.
  public struct Street: Sendable {
    public var points: [Point]
    public var width: Double

    public init(points: [Point], width: Double) {
      self.points = points
      self.width = width
    }
  }

  public var title: String
  public var subtitle: String
  public var language: Language
  public var grids: [Grid] = []
  public var communities: [[Polygon]] = []
  public var water: [Polygon] = []
  public var streets: [Street] = []
  public var buildings: [[Polygon]] = []
  public var cameras: [Point] = []

  public init(title: String, subtitle: String = "", language: Language = .english) {
    self.title = title
    self.subtitle = subtitle
    self.language = language
  }

  /// The box around grids, communities and buildings.
  public var extent: Box {
    let areas = grids.flatMap(\.polygons) + communities.joined() + buildings.joined()
    return areas.reduce(into: .empty) { $0.formUnion($1.box) }
  }
}
