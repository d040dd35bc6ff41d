public import Planar

/// A unit that the caller brings along: a block, a compound, a census tract.
public struct ReadyUnit: Sendable, Hashable {
  /// Its area in metres; parts and holes as they are.
  public var polygons: [Polygon]
  /// The number of its parent, where a label tells it; else its place decides.
  public var parent: Int?

  public init(polygons: [Polygon], parent: Int? = nil) {
    self.polygons = polygons
    self.parent = parent
  }
}

/// A line that bounds units: leave out tunnels, bridges and other layers than the ground.
public struct BoundingLine: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// A street that units may lie across where a building does; the rank is the caller's.
    case street(rank: Int)
    /// A line that no unit lies across: water, a railway.
    case barrier
  }

  public var points: [Point]
  public var kind: Kind

  public init(points: [Point], kind: Kind) {
    self.points = points
    self.kind = kind
  }
}

/// What units are made from, in metres of one projected CRS.
public struct FabricWorld: Sendable {
  /// The areas that no unit crosses. Where there are none, one area around everything.
  public var parents: [[Polygon]]
  /// Footprints, repaired. Each gets exactly one unit.
  public var buildings: [[Polygon]]
  /// Streets and barrier lines.
  public var lines: [BoundingLine]
  /// Areas that belong to no unit.
  public var waterAreas: [[Polygon]]
  /// Areas that no unit straddles.
  public var compounds: [[Polygon]]
  /// Of the compounds those, by number, whose units take no ground outside them.
  public var closedCompounds: Set<Int>

  public init(
    parents: [[Polygon]], buildings: [[Polygon]], lines: [BoundingLine] = [],
    waterAreas: [[Polygon]] = [], compounds: [[Polygon]] = [], closedCompounds: Set<Int> = []
  ) {
    self.parents = parents
    self.buildings = buildings
    self.lines = lines
    self.waterAreas = waterAreas
    self.compounds = compounds
    self.closedCompounds = closedCompounds
  }
}

/// Tolerances, in metres and square metres.
public struct FabricSettings: Sendable, Hashable {
  /// Vertices lie on multiples of this, borders between buildings on multiples of half of it.
  public var resolution = 0.001
  /// Vertices of ready units this near to each other, or to a border, are made one.
  public var snap = 0.01
  /// Gaps and overlaps of no more than this area are not listed.
  public var listedArea = 0.01
  /// A gap between ready units whose mean width is at most this is given to a neighbour.
  public var sliverWidth = 0.2
  /// Where ready units overlap on a strip up to this mean width (2 · area / perimeter) the smaller one
  /// has the ground; wider overlaps become units of their own, with the units that cover them.
  public var settledOverlapWidth = Double.infinity
  /// How much of a building may lie outside its unit, or under another building.
  public var cutArea = 0.05
  /// How much of a ready unit may lie outside its parent before it is listed.
  public var crossingArea = 1.0
  /// Open ground without a building up to this area goes to a neighbour.
  public var smallestFace = 100.0
  /// Open ground without a building up to this mean width goes to a neighbour.
  public var narrowestFace = 5.0
  /// Open ground without a building up to this mean width, and whose squared perimeter is at least
  /// so many times its area (40: ten times as long as wide), is divided among the units along it.
  public var widestStrip = 30.0
  public var stripElongation = 40.0
  /// How far a border between buildings may be moved to make it straighter; never by more than a
  /// third of the way to the nearest wall.
  public var simplification = 3.0

  public init() {}
}

/// Why no fabric could be made.
public struct FabricError: Error, Sendable, CustomStringConvertible {
  public enum Kind: Sendable {
    /// A coordinate is not finite.
    case notFinite
    /// A defect of this program; please report it with the input.
    case unexpected
  }

  public var kind: Kind
  /// `unit 12`, `building 7`…
  public var subject: String
  public var place: Point?
  public var message: String

  public var description: String {
    subject + (place.map { " at \($0.x) \($0.y)" } ?? "") + ": " + message
  }
}
