import Planar

/// Plans one cell after another; a cell depends on the seed and its place alone.
struct CellPlanner {
  let lattice: Lattice
  let profile: TownProfile

  /// - Parameter order: place of the cell in the growth of the town, from 0.
  func plan(_ cell: Cell, order: Int) -> CellPlan {
    var random = SplitMix64(seed: lattice.seed, .cell, cell.i, cell.j)
    let corners = lattice.corners(cell)
    let sides = CellSides(cell, lattice)
    let lane = profile == .urban ? lane(sides, corners, &random) : nil
    let distance = lattice.distance(cell)
    let zoning = Zoning(profile: profile)
    let parcels = parts(corners, lane).enumerated().map { index, part in
      let use = zoning.use(
        order: order, parcel: lane == nil && profile == .urban ? 1 : index, distance: distance, &random)
      return parcel(use, part, sides, lane, cell, &random)
    }
    return CellPlan(cell: cell, lane: lane, parcels: parcels)
  }

  typealias Lane = (south: Int, north: Int, isStreet: Bool)

  private func lane(_ sides: CellSides, _ corners: [Point], _ random: inout SplitMix64) -> Lane? {
    let width = corners[0].distance(to: corners[1])
    let isStreet = random.chance(0.6) && sides.south != nil && sides.north != nil
    // Even slots from the south, odd ones from the north: two cells never share a place on a side.
    let south = 2 * random.integer(in: 10...14)
    let north = 2 * random.integer(in: 10...14) + 1
    return width < 150 ? nil : (south, north, isStreet)
  }

  /// One part, or the two on either side of the lane.
  private func parts(_ c: [Point], _ lane: Lane?) -> [Part] {
    guard let lane else { return [Part(corners: c, isWest: true, isEast: true)] }
    let south = along(c[0], c[1], lane.south)
    let north = along(c[3], c[2], lane.north)
    return [
      Part(corners: [c[0], south, north, c[3]], isWest: true, isEast: false),
      Part(corners: [south, c[1], c[2], north], isWest: false, isEast: true),
    ]
  }

  private struct Part {
    var corners: [Point]
    var isWest: Bool
    var isEast: Bool
  }

  private func parcel(
    _ use: ParcelUse, _ part: Part, _ sides: CellSides, _ lane: Lane?, _ cell: Cell,
    _ random: inout SplitMix64
  ) -> ParcelPlan {
    let laneSetback = lane?.isStreet == true ? 9.0 : 5.0
    let setbacks = [
      sides.setback(sides.south), part.isEast ? sides.setback(sides.east) : laneSetback,
      sides.setback(sides.north), part.isWest ? sides.setback(sides.west) : laneSetback,
    ]
    var parcel = ParcelPlan(use: use, units: [])
    let cuts = cuts(use, part, &random)
    let village = villageInset(use, part.corners, &random)
    for index in 0...cuts.count {
      parcel.units.append(
        unit(index, cuts, part, lane, cell, use, setbacks, village, sides, &random))
    }
    if use == .park || (use == .fields && random.chance(0.4)) { parcel.pond = pond(parcel.units[0], &random) }
    return parcel
  }

  /// Slots of the cuts from west to east across a parcel, from the south.
  private func cuts(_ use: ParcelUse, _ part: Part, _ random: inout SplitMix64) -> [(west: Int, east: Int)] {
    guard profile == .urban, use.isResidential else { return [] }
    let height =
      (part.corners[0].distance(to: part.corners[3]) + part.corners[1].distance(to: part.corners[2])) / 2
    let count = max(0, Int((height / (use == .towers ? 95 : 88)).rounded()) - 1)
    return (0..<count).map { index in
      let slot = (index + 1) * Slot.count / (count + 1) + random.integer(in: -2...2)
      return (west: slot | 1, east: slot & ~1)
    }
  }

  /// How far the houses of a village stay from the sides of its cell, beyond the setback.
  private func villageInset(_ use: ParcelUse, _ c: [Point], _ random: inout SplitMix64) -> [Double] {
    guard profile == .rural, use != .fields else { return [0, 0, 0, 0] }
    let (width, height) = (c[0].distance(to: c[1]), c[0].distance(to: c[3]))
    let free = use == .village ? random.number(in: 0.42...0.7) : 0.6
    let (x, y) = (random.fraction(), random.fraction() < 0.6 ? 0 : random.fraction())
    return [height * free * y, width * free * (1 - x), height * free * (1 - y), width * free * x]
  }

  private func unit(
    _ index: Int, _ cuts: [(west: Int, east: Int)], _ part: Part, _ lane: Lane?, _ cell: Cell,
    _ use: ParcelUse, _ setbacks: [Double], _ village: [Double], _ sides: CellSides, _ random: inout SplitMix64
  ) -> UnitPlan {
    let c = part.corners
    let low = index == 0 ? (west: Slot.start, east: Slot.start) : cuts[index - 1]
    let high = index == cuts.count ? (west: Slot.end, east: Slot.end) : cuts[index]
    let corners = [
      along(c[0], c[3], low.west), along(c[1], c[2], low.east), along(c[1], c[2], high.east),
      along(c[0], c[3], high.west),
    ]
    let walls = [
      index == 0 ? setbacks[0] : 6, setbacks[1], index == cuts.count ? setbacks[2] : 6, setbacks[3],
    ]
    let west = part.isWest ? sides.line(.column, 0, 0) : .lane(cell)
    let east = part.isEast ? sides.line(.column, 1, 0) : .lane(cell)
    let isService = (index + cell.i + cell.j) % 2 == 0
    let slots = (lane?.south ?? Slot.end, lane?.north ?? Slot.end)
    return UnitPlan(
      corners: corners,
      south: index == 0
        ? .along(sides.line(.row, 0, 0), from: part.isWest ? Slot.start : slots.0, to: part.isEast ? Slot.end : slots.0)
        : .cut(isService: !isService),
      east: .along(east, from: low.east, to: high.east),
      north: index == cuts.count
        ? .along(sides.line(.row, 0, 1), from: part.isWest ? Slot.start : slots.1, to: part.isEast ? Slot.end : slots.1)
        : .cut(isService: isService),
      west: .along(west, from: low.west, to: high.west),
      fence: Convex.inset(corners, by: walls.map { $0 - 3 }),
      drafts: buildings(
        use, Convex.inset(corners, by: zip(walls, village).map(+)), along: (c[1] - c[0]) + (c[2] - c[3]),
        street: index == 0 ? sides.south : nil, &random))
  }

  private func buildings(
    _ use: ParcelUse, _ area: Convex, along direction: Point, street: StreetClass?,
    _ random: inout SplitMix64
  ) -> [Draft] {
    var drafts: [Draft] = []
    var rest = area
    /// Sets `rows` at the south of what is left and takes it off.
    func place(_ rows: Rows, height: Double) {
      guard !rest.isEmpty else { return }
      let frame = Frame(origin: rest.center, along: direction)
      let low = rest.seen(in: frame).corners.map(\.y).min()!
      let (a, b) = (frame.world(Point(x: 0, y: low + height)), frame.world(Point(x: 1, y: low + height)))
      drafts += rows.fill(rest.clipped(leftOf: b, a, by: 0), along: direction, &random)
      rest = rest.clipped(leftOf: a, b, by: 0)
    }
    switch use {
    case .slabs, .midrise, .towers:
      if street != nil, random.chance(0.4) { place(ParcelUse.shops, height: 20) }
      if random.chance(0.12) { place(ParcelUse.kindergarten, height: 36) }
    case .village where random.chance(0.5): place(ParcelUse.villageHall, height: 22)
    case .school where random.chance(0.7): place(ParcelUse.dormitory, height: 24)
    default: break
    }
    return drafts + use.rows(&random).fill(rest, along: direction, &random)
  }

  /// A pond away from the buildings of a unit, as a ring of 14 corners; nil where none fits.
  private func pond(_ unit: UnitPlan, _ random: inout SplitMix64) -> [Point]? {
    let area = unit.fence
    let walls = unit.drafts.map { mean(of: $0.corners) }
    guard !area.isEmpty else { return nil }
    let center = area.center + (area.corners[random.index(below: area.corners.count)] - area.center) * 0.25
    let toFence = Polygon(exterior: Ring(area.corners)).distanceToBoundary(from: center)
    let toWalls = (walls.map { $0.distance(to: center) }.min() ?? .infinity) - 16
    let radius = min(toFence - 6, toWalls, 70)
    guard radius > 12 else { return nil }
    return Frame(origin: center, along: Point(x: 1, y: 0)).blob(radius: radius, corners: 14, &random)
  }
}

/// The sides of a cell with their streets.
private struct CellSides {
  let cell: Cell
  let settings: Settings
  let south, east, north, west: StreetClass?

  init(_ cell: Cell, _ lattice: Lattice) {
    self.cell = cell
    settings = lattice.settings
    let (i, j) = (cell.i, cell.j)
    south = lattice.street(.init(kind: .row, i: i, j: j))
    east = lattice.street(.init(kind: .column, i: i + 1, j: j))
    north = lattice.street(.init(kind: .row, i: i, j: j + 1))
    west = lattice.street(.init(kind: .column, i: i, j: j))
  }

  func line(_ kind: Lattice.Side.Kind, _ di: Int, _ dj: Int) -> Line {
    .side(Lattice.Side(kind: kind, i: cell.i + di, j: cell.j + dj))
  }

  func setback(_ street: StreetClass?) -> Double { street.map { settings.setback[$0]! } ?? 6 }
}
