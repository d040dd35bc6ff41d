public import Planar
internal import Redraw

/// A finished plan: what was drawn, who is where, and everything worth knowing about it.
public struct Plan: Sendable {
  public internal(set) var name: String
  public internal(set) var grids: [PlannedGrid]
  /// Grids below the grids, where the scenario asks for them.
  public internal(set) var microGrids: [PlannedGrid] = []
  public internal(set) var communities: [PlannedCommunity]
  public internal(set) var buildings: [PlacedBuilding]
  /// Ready units, where the scenario has them instead of buildings.
  public internal(set) var units: [PlacedBuilding]
  public internal(set) var cameras: [PlacedFeature]
  public internal(set) var events: [PlacedFeature]
  /// The units that grids were drawn from; nil where grids of today are taken as they are.
  var ground: PlanGround?
  /// Every code that was ever used, and the edits since the plan was drawn.
  var register: CodeRegister?
  var history: [EditRecord] = []
  /// How grids of equal work were found, where the scenario asks for them.
  var loop: WorkloadLoop.Result?
  /// Water and other areas that belong to no grid.
  public internal(set) var barriers: [Polygon]
  public internal(set) var problems: [PlanProblem]
  /// What bounds cannot be met, and why, in one line each.
  public internal(set) var certificates: [PlanCertificate]
  public internal(set) var totals: PlanTotals
  /// The bounds of an ordinary grid; nil where grids of today are taken as they are.
  public internal(set) var bounds: HouseholdBounds?
  public internal(set) var isEstimated: Bool
  /// How well tables of addresses fit the layers.
  var addressJoins: [AddressMatch] = []
  /// Whether gridplan drew the grids, so that they tile their communities.
  var isDrawn = false
  /// How the plan stands to that of today; nil where grids are taken as they are.
  public internal(set) var redraw: RedrawFigures?

  /// Whether every hard bound is kept.
  public var isFeasible: Bool {
    !certificates.contains(where: \.isBlocking) && grids.allSatisfy { $0.violation == nil }
  }
}

/// A grid of the plan. Geometry in the working CRS.
public struct PlannedGrid: Sendable {
  public enum Violation: String, Sendable { case below, above }

  public var code: String
  public var name: String?
  /// The code of its community.
  public var parent: String
  /// `grid`, or the kind of a special grid (school, hospital, market…).
  public var kind: String
  public var polygons: [Polygon]
  /// The same area in longitude and latitude on the lattice of printed digits, where rounding point
  /// by point would fold a ring.
  var printed: [Polygon]?
  public var households: Int
  public var buildings: Int
  /// m²
  public var area: Double
  /// m, holes included
  public var perimeter: Double
  /// Households over the plan's mean, less one; 0 where the mean is 0.
  public var deviation: Double = 0
  /// Minutes a year.
  public var workloadMinutes: Double = 0
  /// Posts assigned to it, or needed for its workload where the scenario names none.
  public var workers: Double = 0
  public var cameras: Int = 0
  public var events: Int = 0
  /// Ready units in it.
  public var units: Int = 0
  /// Sums of further weights, in the order of the scenario's.
  public var weights: [Double] = []
  /// The code of the grid of today that it continues, and the households that came in and left.
  public var continues: String?
  public var movedIn: Int = 0
  public var movedOut: Int = 0
  public var isEstimated: Bool = false
  /// The bound that it misses, if any; an allowed oversize grid misses none.
  public var violation: Violation?
  /// A single unit above the maximum that stands alone.
  public var isOversize: Bool = false

  /// 4πA/P² (Polsby and Popper 1991), P with holes; 0 for no perimeter.
  public var polsbyPopper: Double { perimeter > 0 ? 4 * .pi * area / (perimeter * perimeter) : 0 }

  public var box: Box { polygons.reduce(into: .empty) { $0.formUnion($1.box) } }
}

public struct PlannedCommunity: Sendable {
  public var code: String
  public var name: String?
  public var polygons: [Polygon]
  /// The outline as it was printed, in longitude and latitude, of a plan that was read back: no edit
  /// changes it.
  var printed: [Polygon]?
}

/// A building, or a ready unit, and where it went.
public struct PlacedBuilding: Sendable {
  public enum Status: String, Sendable {
    case placed
    /// A community border, a barrier or a grid of today cuts it; it goes by its interior point.
    case straddles
    /// In no grid.
    case unplaced
  }

  public var id: String
  public var grid: String?
  public var households: Int
  public var status: Status
  public var polygons: [Polygon]
  public var point: Point?
}

/// A camera or event and its grid.
public struct PlacedFeature: Sendable {
  public var id: String
  public var grid: String?
  public var point: Point?
}

/// Why a bound cannot be met, in one line.
public struct PlanCertificate: Sendable, Hashable {
  /// All kinds, as the list of problems names them.
  static let kinds: Set<String> = Set(Certificate.Kind.allCases.map(\.rawValue))

  public var kind: String
  public var isBlocking: Bool
  /// The community concerned.
  public var parent: String?
  public var english: String
  public var chinese: String
}

/// Households that came in, and where they went. `in` always equals `out` + `unplaced`.
public struct PlanTotals: Sendable, Hashable {
  public var incoming: Int
  public var placed: Int
  public var unplaced: Int
  /// The sum before rounding to whole households.
  public var unrounded: Double
}
