public import Planar

/// A seamless division of the plane into units, and what is known about their borders.
///
/// Every border is stored once, as an arc between two nodes with one unit (or none) on either
/// side; polygons of units and of groups of units are put together from these arcs. So neighbours
/// share each vertex of a common border to the last bit, whatever they are grouped into.
/// All coordinates are metres in one projected CRS, multiples of half the settings' resolution;
/// `rounded(decimals:_:)` gives the fabric in degrees as it is printed.
public struct Fabric: Sendable {
  /// The units: ready ones in their order; made ones in the order of their lowest building, then
  /// those without a building from west to east.
  public internal(set) var units: [FabricUnit]

  /// The pairs of units that share a border, by `a`, then by `b`. Pairs that meet in points only
  /// are not among them; pairs across a parent's border are.
  public internal(set) var adjacency: [Adjacency]

  /// What was repaired, moved or looks wrong, each with its place.
  public internal(set) var problems: [FabricProblem]

  /// Water and other areas inside the parents that belong to no unit.
  public internal(set) var barriers: [Polygon]

  /// The arcs between units, in an order that only the input decides.
  public internal(set) var arcs: [Arc]

  /// The order of arcs around each node.
  var wheel: Wheel

  /// For each of `count` buildings the unit that it belongs to; nil for one outside every parent.
  public func unitOfBuilding(count: Int) -> [Int?] {
    var result = [Int?](repeating: nil, count: count)
    for (number, unit) in units.enumerated() {
      for building in unit.buildings { result[building] = number }
    }
    return result
  }
}

/// A piece of the plane that grids are made of.
public struct FabricUnit: Sendable, Hashable {
  /// Its area, right-handed. More than one polygon where its buildings or its input have parts.
  public var polygons: [Polygon]
  /// The numbers of its buildings in the input, ascending; empty for ready units and open ground.
  public var buildings: [Int]
  /// The number of its parent in the input.
  public var parent: Int?
  /// The ready units that overlap here, ascending; empty for a unit that is none such overlap.
  public var covers: [Int] = []
  /// The number of the compound that it lies in.
  public var compound: Int?
  /// A point inside.
  public var interiorPoint: Point
  /// In square metres.
  public var area: Double
  /// In metres, holes included.
  public var perimeter: Double

  /// A unit; `area` and `perimeter` are measured once it is part of a fabric.
  public init(
    polygons: [Polygon] = [], parent: Int?, compound: Int? = nil, buildings: [Int] = [],
    interiorPoint: Point = Point(x: 0, y: 0)
  ) {
    self.polygons = polygons
    self.buildings = buildings
    self.parent = parent
    self.compound = compound
    self.interiorPoint = interiorPoint
    area = 0
    perimeter = 0
  }
}

/// What runs along a border between two units.
public enum BorderClass: Sendable, Hashable, Comparable {
  /// Open ground between buildings, or a border of ready units that says no more.
  case open
  /// The edge of a compound.
  case compound
  /// A street; the rank is the caller's, higher for what is harder to cross.
  case street(rank: Int)
  /// A hard barrier: water, a railway.
  case barrier
  /// The border of a parent.
  case parent
}

/// A shared border of two units.
public struct Adjacency: Sendable, Hashable {
  /// The lower unit.
  public var a: Int
  /// The higher unit.
  public var b: Int
  /// The length of the whole shared border in metres.
  public var length: Double
  /// The length for each class along it, by class; lengths add up to `length`.
  public var parts: [BorderPart]

  public init(a: Int, b: Int, length: Double, parts: [BorderPart]) {
    (self.a, self.b, self.length, self.parts) = (a, b, length, parts)
  }

  /// The class along most of the border; among equals the harder one.
  public var borderClass: BorderClass {
    parts.max { ($0.length, $0.borderClass) < ($1.length, $1.borderClass) }?.borderClass ?? .open
  }
}

/// How much of a border is of one class.
public struct BorderPart: Sendable, Hashable {
  public var borderClass: BorderClass
  /// In metres.
  public var length: Double

  public init(borderClass: BorderClass, length: Double) {
    (self.borderClass, self.length) = (borderClass, length)
  }
}

/// A border between two nodes, the same two units along its whole length.
public struct Arc: Sendable, Hashable {
  /// From the start node to the end node, both included; a closed arc begins and ends at one.
  public var points: [Point]
  /// The unit to the left, none outside.
  public var left: Int?
  /// The unit to the right, none outside.
  public var right: Int?
  public var borderClass: BorderClass
  /// Whether there is a barrier to the left, where there is no unit.
  public var isBarrierLeft = false
  /// Whether there is a barrier to the right, where there is no unit.
  public var isBarrierRight = false
  /// Whether it runs over open ground, or along the middle of a divided strip, and not along a line of
  /// the input.
  var runsFree = false
  var start: Int
  var end: Int
}

/// Something about the input that was repaired or needs a look.
public struct FabricProblem: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable, Comparable {
    /// Ready units (or parents) leave a piece of ground between them. Measure: m².
    case gap
    /// Ready units (or parents) cover the same ground. Measure: m².
    case overlap
    /// A gap or overlap too narrow to be meant; given to a neighbour. Measure: m².
    case sliver
    /// A ready unit has no ground of its own left: it collapsed or lies under another. Measure: m² given.
    case vanished
    /// A unit without parent, or ground outside every parent. Measure: m².
    case outsideParent = "outside-parent"
    /// A unit with more than the tolerated area outside its parent. Measure: m² outside.
    case crossesParent = "crosses-parent"
    /// A building that a parent's border cuts; it goes by its interior point. Measure: m² cut off.
    case cutByParent = "cut-by-parent"
    /// A building that a hard barrier cuts; it goes by its interior point. Measure: m² cut off.
    case cutByBarrier = "cut-by-barrier"
    /// A building that stands in water; its nearest unit takes it. Measure: m² in the water.
    case inWater = "in-water"
    /// Buildings that overlap by more than the tolerance and share a unit. Measure: m².
    case overlappingBuildings = "overlapping-buildings"
    /// A building without area; its nearest unit takes it.
    case noArea = "no-area"

    public static func < (a: Kind, b: Kind) -> Bool { a.rawValue < b.rawValue }
  }

  public var kind: Kind
  /// The numbers of the units, parents or buildings concerned, ascending.
  public var subjects: [Int]
  public var place: Point
  /// What is measured, in the unit that the kind states.
  public var measure: Double
  /// Of a sliver whether it was a gap, else an overlap.
  public var isGap = false
  /// The unit that an overlap was given to.
  public var winner: Int?

  public init(_ kind: Kind, subjects: [Int], place: Point, measure: Double) {
    self.kind = kind
    self.subjects = subjects
    self.place = place
    self.measure = measure
  }
}

/// A group of units put together.
public struct DissolvedArea: Sendable, Hashable {
  /// The number of the group.
  public var group: Int
  /// Right-handed; several where the group doesn't hang together through borders.
  public var polygons: [Polygon]
  /// In square metres.
  public var area: Double
  /// In metres, holes included.
  public var perimeter: Double
}
