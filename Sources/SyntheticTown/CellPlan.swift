import Planar

/// A place on a line of the net: `slot` fiftieths of the way along it.
struct Slot {
  static let count = 50
  /// South or west end, and north or east end.
  static let start = 0
  static let end = count

  static func share(_ slot: Int) -> Double { Double(slot) / Double(count) }
}

/// A line that faces share: a side of the lattice, or the lane inside a cell.
enum Line: Hashable {
  case side(Lattice.Side)
  case lane(Cell)
}

/// The smallest face: a group of houses (组团) with half of the streets around it.
struct UnitPlan {
  /// South-west, south-east, north-east, north-west, in metres.
  var corners: [Point]
  var south: Border
  var east: Border
  var north: Border
  var west: Border
  /// The fenced area: a compound (小区), a school, a park…
  var fence: Convex
  var drafts: [Draft]

  /// The stretch of a line from one slot to another, or a cut of the unit's own.
  enum Border {
    case along(Line, from: Int, to: Int)
    case cut(isService: Bool)
  }
}

/// Half of a cell with one use.
struct ParcelPlan {
  var use: ParcelUse
  var units: [UnitPlan]
  var pond: [Point]?
}

/// What stands in a cell.
struct CellPlan {
  var cell: Cell
  /// The lane or wall that parts the cell in two: its slots on the south and north side.
  var lane: (south: Int, north: Int, isStreet: Bool)?
  var parcels: [ParcelPlan]

  /// m² of homes.
  var residentialArea: Double {
    var sum = 0.0
    for parcel in parcels {
      for unit in parcel.units {
        for draft in unit.drafts where draft.use == .residential { sum += draft.floorArea }
      }
    }
    return sum
  }
}

extension Draft {
  var floorArea: Double { Ring(corners).signedArea * Double(floors) }
}

func along(_ a: Point, _ b: Point, _ slot: Int) -> Point { a + (b - a) * Slot.share(slot) }
