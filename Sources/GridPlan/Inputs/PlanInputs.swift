internal import Georeference
internal import MapFiles
internal import Planar

/// The layers of a scenario as plain values in the working CRS.
struct PlanInputs {
  var workingCRS: CRSDescription
  var communities: [Community] = []
  var buildings: [Building] = []
  var units: [CountedUnit] = []
  var streets: [StreetLine] = []
  var barriers: [Barrier] = []
  /// Lines that join what lies at either end of them.
  var bridges: [[Point]] = []
  var compounds: [Compound] = []
  var specials: [Special] = []
  var grids: [ExistingGrid] = []
  var cameras: [PlacedPoint] = []
  var events: [PlacedPoint] = []
  var keyPlaces: [PlacedPoint] = []
  var posts: [Post] = []
  var divisionNames: [String: String] = [:]
  /// Codes that grids had, which no new grid gets.
  var usedCodes: Set<String> = []
  /// Every layer as read, for the report.
  var layers: [InputLayer] = []
  /// Whether any count of households is an estimate.
  var isEstimated = false
  /// Households of joined tables whose buildings no layer has.
  var householdsWithoutPlace = 0
  /// How well tables of addresses fit the layers.
  var addressJoins: [AddressMatch] = []
  /// The sum of households before rounding to whole ones.
  var unroundedHouseholds = 0.0
  var problems: [PlanProblem] = []
}

/// An area that grids tile and never leave.
struct Community: Sendable {
  var code: String
  var name: String?
  var parent: String?
  var polygons: [Polygon]
  /// Households that the community's own figures state, used where no building has a count.
  var statedHouseholds: Int?
}

/// A building with its count of households.
struct Building: Sendable {
  var id: String
  /// Empty where the layer has only a point.
  var polygons: [Polygon]
  /// A point inside; nil where the feature has no geometry.
  var point: Point?
  var households: Int
  var use: String?
  /// Whether the footprint was invalid and has been repaired.
  var isRepaired = false
  /// Further weights, in the order of the scenario's.
  var weights: [Double] = []
}

/// A ready unit: an area with a count, never cut.
struct CountedUnit: Sendable {
  var id: String
  var polygons: [Polygon]
  var households: Int
  var parent: String?
  /// The code of the grid of today that it belongs to, where the layer says so.
  var grid: String?
  /// Units with the same mark stay in one grid.
  var together: String?
  /// Further weights, in the order of the scenario's.
  var weights: [Double] = []
}

/// A line along which grids may part.
struct StreetLine: Sendable {
  var points: [Point]
  var streetClass: String?
}

/// What no grid crosses: areas (water), which belong to no grid, and lines.
struct Barrier: Sendable {
  var name: String?
  /// Its class or kind: river, motorway, rail…
  var kind: String?
  var polygons: [Polygon]
  var lines: [[Point]]
}

struct Compound: Sendable {
  var id: String
  var polygons: [Polygon]
}

/// An area that is a grid of its own (专属网格).
struct Special: Sendable {
  var code: String?
  var name: String?
  var kind: String
  var polygons: [Polygon]
  var households: Int
}

/// A grid of today.
struct ExistingGrid: Sendable {
  var code: String
  var name: String?
  var parent: String?
  var polygons: [Polygon]
}

/// A camera, event or place: a point with an identifier.
struct PlacedPoint: Sendable {
  var id: String
  var point: Point?
}

/// A worker's post; never a person.
struct Post: Sendable {
  var id: String
  var grid: String?
  var hoursPerWeek: Double?
  var skill: String?
}
