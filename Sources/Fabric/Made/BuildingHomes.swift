import Planar

/// Where each building is at home, and which buildings share a unit.
///
/// Precedence: a parent's border, then water and barrier lines, then the building. A building
/// that the first two cut is at home in the piece that holds its interior point; in water, in its
/// largest piece on land.
struct BuildingHomes {
  /// For each region the lowest building that is at home there; -1 for open ground.
  private(set) var owner: [Int32]
  /// For each building the building that stands for its unit; -1 where it is at home nowhere.
  private(set) var leader: [Int32]
  /// For each building the region with most of it; -1 where it is at home nowhere.
  private(set) var homeRegion: [Int32]
  private(set) var problems: [FabricProblem] = []
  /// Buildings that the nearest unit takes, each with the parent it lies in.
  private(set) var guests: [(building: Int, place: Point, parent: Int)] = []

  private let ground: Ground
  private let settings: FabricSettings

  init(
    _ survey: borrowing Survey, _ ground: Ground, _ buildings: [[Polygon]], _ frame: GridFrame,
    _ settings: FabricSettings
  ) {
    self.ground = ground
    self.settings = settings
    owner = Array(repeating: -1, count: survey.cover.count)
    leader = Array(repeating: -1, count: buildings.count)
    homeRegion = leader
    var regions: [[Int32]] = Array(repeating: [], count: buildings.count)
    for region in ground.buildings.indices {
      for building in ground.buildings[region] { regions[building].append(Int32(region)) }
    }
    let isHome = settle(survey, regions, buildings, frame)
    shareOverlaps(isHome)
  }

  /// Finds the pieces of each building and its home among them; returns for each region which of
  /// its buildings are at home there.
  private mutating func settle(
    _ survey: borrowing Survey, _ regions: [[Int32]], _ buildings: [[Polygon]], _ frame: GridFrame
  ) -> [[Int]] {
    let links = PieceLinks(survey, ground, regions)
    let locator = RegionLocator(survey, links.needingPlace(regions), frame)
    var isHome: [[Int]] = Array(repeating: [], count: ground.buildings.count)
    for building in buildings.indices {
      let place = interiorPoint(of: buildings[building]) ?? buildings[building].first?.exterior.points.first
      let pieces = links.pieces(of: regions[building])
      let homes = home(of: building, pieces, place, locator)
      for region in homes { isHome[Int(region)].append(building) }
      homeRegion[building] = homes.max { area($0) < area($1) } ?? -1
      if !homes.isEmpty { listCuts(of: building, pieces, homes, links) }
    }
    return isHome
  }

  private func area(_ region: Int32) -> Double { ground.measures[Int(region)].area }
  private func area(_ regions: [Int32]) -> Double { regions.reduce(0) { $0 + area($1) } }
  private func isInside(_ piece: [Int32]) -> Bool { ground.parent[Int(piece[0])] >= 0 }
  private func isLand(_ piece: [Int32]) -> Bool { ground.isLand(Int(piece[0])) }

  /// The regions where a building is at home; none where its nearest unit takes it or none does.
  private mutating func home(
    of building: Int, _ pieces: [[Int32]], _ place: Point?, _ locator: RegionLocator
  ) -> [Int32] {
    guard !pieces.isEmpty, let place else {
      if let place { guests.append((building, place, -1)) }
      problems.append(
        FabricProblem(.noArea, subjects: [building], place: place ?? Point(x: 0, y: 0), measure: 0))
      return []
    }
    if pieces.count == 1, isLand(pieces[0]) { return pieces[0] }
    let central = pieces.first { locator.holds($0, place) } ?? pieces.max { area($0) < area($1) }!
    if isLand(central) { return central }
    let parent = ground.parent[Int(central[0])]
    guard parent >= 0 else {
      problems.append(
        FabricProblem(.outsideParent, subjects: [building], place: place, measure: area(central)))
      return []
    }
    let wet = pieces.filter { !isLand($0) && ground.parent[Int($0[0])] >= 0 }.reduce(0) { $0 + area($1) }
    problems.append(FabricProblem(.inWater, subjects: [building], place: place, measure: wet))
    let onLand = pieces.filter { isLand($0) && ground.parent[Int($0[0])] == parent }
    if let largest = onLand.max(by: { area($0) < area($1) }) { return largest }
    guests.append((building, place, Int(parent)))
    return []
  }

  private mutating func listCuts(
    of building: Int, _ pieces: [[Int32]], _ home: [Int32], _ links: PieceLinks
  ) {
    guard pieces.count > 1 else { return }
    let away = pieces.filter { $0[0] != home[0] }
    for (kind, isMeant) in [(FabricProblem.Kind.cutByBarrier, true), (.cutByParent, false)] {
      let cut = away.filter { (!isLand($0) && isInside($0) || links.touchesBarrier($0)) == isMeant }
      let measure = cut.reduce(0) { $0 + area($1) }
      guard measure > settings.cutArea, let largest = cut.flatMap({ $0 }).max(by: { area($0) < area($1) })
      else { continue }
      problems.append(
        FabricProblem(
          kind, subjects: [building], place: ground.measures[Int(largest)].place, measure: measure))
    }
  }

  /// Buildings that overlap by more than the tolerance share a unit; a smaller overlap goes to the
  /// smaller building.
  private mutating func shareOverlaps(_ isHome: [[Int]]) {
    var areas = [Double](repeating: 0, count: leader.count)
    for (region, buildings) in isHome.enumerated() {
      for building in buildings { areas[building] += ground.measures[region].area }
    }
    var overlap: [[Int]: (area: Double, place: Point, largest: Double)] = [:]
    for (region, buildings) in isHome.enumerated() where !buildings.isEmpty {
      owner[region] = Int32(buildings.min { (areas[$0], $0) < (areas[$1], $1) }!)
      for (i, a) in buildings.enumerated() {
        for b in buildings[(i + 1)...] {
          let measure = ground.measures[region]
          var sum = overlap[[a, b]] ?? (0, measure.place, 0)
          sum.area += measure.area
          if measure.area > sum.largest { (sum.place, sum.largest) = (measure.place, measure.area) }
          overlap[[a, b]] = sum
        }
      }
    }
    var sets = DisjointSets(count: leader.count)
    for (pair, sum) in overlap where sum.area > settings.cutArea {
      sets.join(pair[0], pair[1])
      problems.append(
        FabricProblem(.overlappingBuildings, subjects: pair, place: sum.place, measure: sum.area))
    }
    for building in leader.indices where homeRegion[building] >= 0 {
      leader[building] = Int32(sets.find(building))
    }
    for region in owner.indices where owner[region] >= 0 { owner[region] = leader[Int(owner[region])] }
  }
}

/// Which regions of a building hang together without crossing a parent's border or a barrier.
private struct PieceLinks {
  private let ground: Ground
  /// For each region those beside it with which it makes a piece; only of regions that need it.
  private var neighbours: [Int32: [Int32]] = [:]
  private var isBesideBarrier: [Bool]

  init(_ survey: borrowing Survey, _ ground: Ground, _ regions: [[Int32]]) {
    self.ground = ground
    isBesideBarrier = Array(repeating: false, count: survey.cover.count)
    for h in 0..<Int32(survey.mesh.origin.count) {
      let edge = survey.mesh.constraint[h]
      if edge >= 0, survey.edges.isBarrier[Int(edge)] {
        isBesideBarrier[Int(survey.mesh.region[h / 3])] = true
      }
    }
    var isDivided = isBesideBarrier
    for all in regions where !isWhole(all) { for region in all { isDivided[Int(region)] = true } }
    for h in 0..<Int32(survey.mesh.origin.count) {
      let (g, edge) = (survey.mesh.twin[h], survey.mesh.constraint[h])
      guard g >= 0, edge >= 0, !survey.edges.isBarrier[Int(edge)] else { continue }
      let (a, b) = (survey.mesh.region[h / 3], survey.mesh.region[g / 3])
      guard a != b, isDivided[Int(a)], isDivided[Int(b)] else { continue }
      if ground.parent[Int(a)] == ground.parent[Int(b)], ground.isWater[Int(a)] == ground.isWater[Int(b)] {
        neighbours[a, default: []].append(b)
      }
    }
  }

  /// Whether all regions of a building certainly make one piece.
  private func isWhole(_ regions: [Int32]) -> Bool {
    guard let first = regions.first else { return true }
    return regions.allSatisfy {
      !isBesideBarrier[Int($0)] && ground.parent[Int($0)] == ground.parent[Int(first)]
        && ground.isWater[Int($0)] == ground.isWater[Int(first)]
    }
  }

  func touchesBarrier(_ piece: [Int32]) -> Bool { piece.contains { isBesideBarrier[Int($0)] } }

  /// The regions of which buildings are divided, whose triangles are needed.
  func needingPlace(_ regions: [[Int32]]) -> Set<Int32> {
    Set(regions.filter { !isWhole($0) }.flatMap { $0 })
  }

  /// The regions of a building, in pieces.
  func pieces(of regions: [Int32]) -> [[Int32]] {
    if regions.isEmpty { return [] }
    if isWhole(regions) { return [regions] }
    let all = Set(regions)
    var seen: Set<Int32> = []
    var pieces: [[Int32]] = []
    for seed in regions where seen.insert(seed).inserted {
      var piece = [seed]
      var next = 0
      while next < piece.count {
        for other in neighbours[piece[next]] ?? [] where all.contains(other) && seen.insert(other).inserted {
          piece.append(other)
        }
        next += 1
      }
      pieces.append(piece.sorted())
    }
    return pieces
  }
}

/// Finds which of some regions hold a point.
private struct RegionLocator {
  private let frame: GridFrame
  private var triangles: [Int32: [(GridPoint, GridPoint, GridPoint)]] = [:]

  init(_ survey: borrowing Survey, _ regions: Set<Int32>, _ frame: GridFrame) {
    self.frame = frame
    guard !regions.isEmpty else { return }
    for triangle in 0..<Int32(survey.mesh.triangleCount) {
      let region = survey.mesh.region[triangle]
      guard regions.contains(region) else { continue }
      let h = triangle * 3
      triangles[region, default: []].append((
        survey.mesh.points[survey.mesh.origin[h]], survey.mesh.points[survey.mesh.origin[h + 1]],
        survey.mesh.points[survey.mesh.origin[h + 2]]
      ))
    }
  }

  func holds(_ regions: [Int32], _ place: Point) -> Bool {
    let tick = frame.tick(place)
    return regions.contains { region in
      (triangles[region] ?? []).contains { a, b, c in
        turn(a, b, tick) >= 0 && turn(b, c, tick) >= 0 && turn(c, a, tick) >= 0
      }
    }
  }
}
