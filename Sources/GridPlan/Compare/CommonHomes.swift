internal import Assignment
internal import Planar

/// The homes by which two plans are compared, with the grid of each on either side.
struct CommonHomes {
  /// Where the homes and their households come from.
  enum Source: String { case layer, after, before }

  struct Home {
    var households: Int
    var before: Int?
    var after: Int?
  }

  var homes: [Home]
  let source: Source
  let areBuildings: Bool
  /// Homes whose grid before (or after) is known by identifier; the others go by their place.
  var matched = 0
  /// Households of homes that only the plan of before, or only that of after, has.
  var onlyBefore = 0
  var onlyAfter = 0

  /// - Parameter layer: homes that stand for those of both plans.
  init?(_ before: ComparedSide, _ after: ComparedSide, layer: ComparedHomes?) {
    guard let base = layer ?? after.homes ?? before.homes else { return nil }
    source = layer != nil ? .layer : after.homes != nil ? .after : .before
    areBuildings = base.areBuildings
    homes = base.homes.map { Home(households: $0.households, before: nil, after: nil) }
    let places = base.homes.map { $0.point ?? Point(x: .nan, y: .nan) }
    if source != .after || after.homes == nil { locate(\.after, places, after.grids) }
    if source != .before { locate(\.before, places, before.grids) }
    if source == .after { state(\.after, base.homes) }
    if source == .before { state(\.before, base.homes) }
    if source == .after, let old = before.homes { takeCounterparts(base, old) }
  }

  private mutating func locate(_ side: WritableKeyPath<Home, Int?>, _ places: [Point], _ grids: [ComparedGrid]) {
    let found = ComparedGrid.index(grids).locate(places)
    for (index, grid) in found.enumerated() { homes[index][keyPath: side] = grid < 0 ? nil : Int(grid) }
  }

  private mutating func state(_ side: WritableKeyPath<Home, Int?>, _ stated: [ComparedHomes.Home]) {
    for (index, home) in stated.enumerated() { homes[index][keyPath: side] = home.grid }
  }

  /// Takes the grid that the plan of before itself gave to each home that it knows.
  private mutating func takeCounterparts(_ base: ComparedHomes, _ old: ComparedHomes) {
    var isKnown = Array(repeating: false, count: old.homes.count)
    for (index, counterpart) in base.counterparts(in: old).enumerated() {
      guard let counterpart else {
        onlyAfter += base.homes[index].households
        continue
      }
      isKnown[counterpart] = true
      matched += 1
      homes[index].before = old.homes[counterpart].grid
    }
    for (index, home) in old.homes.enumerated() where !isKnown[index] { onlyBefore += home.households }
  }
}
