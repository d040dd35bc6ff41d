internal import Checks
internal import Planar

/// What the protection against an earlier publication came to.
public struct SubtractionFigures: Sendable, Hashable {
  /// The folder of the earlier publication.
  public var earlier: String
  /// Figures left out because one plan could be subtracted from the other.
  public var hidden: Int
  /// Small pieces that the earlier publication gives away whatever this plan leaves out.
  public var exposed: Int
  /// Published figures of the earlier plan that differ from what the homes of today give: its grids
  /// were counted at another time, and subtraction tells less.
  public var differing: Int
}

extension Publication {
  /// A count that stands at a place and goes to a row of this plan.
  struct Carrier {
    var place: Point
    var row: Int
    var count: Int
  }

  /// The common pieces of this plan and an earlier one.
  static func pieces(_ carriers: [Carrier], _ earlier: EarlierPublication) -> [CommonPiece] {
    let found = earlier.grids(at: carriers.map(\.place))
    var counts: [Int: Int] = [:]
    let width = earlier.rows.count + 1
    for (carrier, grid) in zip(carriers, found) where carrier.count > 0 {
      counts[carrier.row * width + (grid ?? earlier.rows.count), default: 0] += carrier.count
    }
    return counts.sorted { $0.key < $1.key }.map { CommonPiece(mine: $0.key / width, theirs: $0.key % width, count: $0.value) }
  }
}

extension Plan {
  /// The households of each home with the row of its grid.
  func householdCarriers(_ gridRow: [String: Int]) -> [Publication.Carrier] {
    (buildings.isEmpty ? units : buildings).compactMap { home in
      guard let row = home.grid.flatMap({ gridRow[$0] }) else { return nil }
      let place = home.point ?? interiorPoint(of: home.polygons) ?? home.polygons.first?.centroid
      return Publication.Carrier(place: place ?? Point(x: .nan, y: .nan), row: row, count: home.households)
    }
  }

  func eventCarriers(_ gridRow: [String: Int]) -> [Publication.Carrier] {
    events.compactMap { event in
      guard let row = event.grid.flatMap({ gridRow[$0] }), let place = event.point else { return nil }
      return Publication.Carrier(place: place, row: row, count: 1)
    }
  }
}
