/// How many points went where.
public struct AssignmentCounts: Sendable, Hashable {
  /// Points read.
  public var total = 0
  /// Points in a grid.
  public var assigned = 0
  /// Points in two grids or more, inside one of them; counted in `assigned` too.
  public var shared = 0
  /// Points outside every grid.
  public var outside = 0
  public var withoutCoordinates = 0
  /// Coordinates that are no numbers, or have no place in the grids' reference system.
  public var badCoordinates = 0
  /// Points written.
  public var written = 0

  public init() {}

  /// Whether every point that came in went out, under exactly one heading.
  public var isComplete: Bool {
    total == written && total == assigned + outside + withoutCoordinates + badCoordinates
  }

  public static func += (a: inout AssignmentCounts, b: AssignmentCounts) {
    a.total += b.total
    a.assigned += b.assigned
    a.shared += b.shared
    a.outside += b.outside
    a.withoutCoordinates += b.withoutCoordinates
    a.badCoordinates += b.badCoordinates
    a.written += b.written
  }

  mutating func count(_ state: PointState, _ found: AreaIndex.Found) {
    total += 1
    switch state {
    case .missing: withoutCoordinates += 1
    case .bad, .unplaceable: badCoordinates += 1
    case .placed:
      if found.area >= 0 { assigned += 1 } else { outside += 1 }
      if found.isShared { shared += 1 }
    }
  }
}

/// What is known of a point's place.
public enum PointState: UInt8, Sendable {
  case placed, missing, bad, unplaceable

  /// Why a point is in no grid.
  var reason: StaticString {
    switch self {
    case .placed: "outside"
    case .missing: "no-coordinates"
    case .bad: "bad-coordinates"
    case .unplaceable: "outside-crs"
    }
  }
}

/// The assignment lost or doubled points: an error in the program, never in the data.
public struct AssignmentError: Error, Sendable, CustomStringConvertible {
  public var counts: AssignmentCounts

  public var description: String {
    "points in and points out differ: \(counts.total) read, \(counts.written) written, "
      + "\(counts.assigned) assigned, \(counts.outside) outside, \(counts.withoutCoordinates) without and "
      + "\(counts.badCoordinates) with bad coordinates. Please report this as a bug"
  }
}
