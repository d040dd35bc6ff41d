import Planar
import Testing
import Topology

@testable import Fabric

private let lot = [rectangle(0, 0, 100, 50)]
private let west = [rectangle(10, 15, 20, 20)]
private let east = [rectangle(70, 15, 20, 20)]

private func line(_ coordinates: [(Double, Double)], _ kind: BoundingLine.Kind) -> BoundingLine {
  BoundingLine(points: coordinates.map { Point(x: $0.0, y: $0.1) }, kind: kind)
}

/// How much of each building lies outside its unit.
private func areasCut(_ buildings: [[Polygon]], _ fabric: Fabric) throws -> [Double?] {
  try zip(buildings, fabric.unitOfBuilding(count: buildings.count)).map { building, unit in
    try unit.map { totalArea(try difference(building, fabric.units[$0].polygons)) }
  }
}

@Suite struct MadeUnitTests {
  @Test func theGroundIsDividedHalfWay() throws {
    let fabric = try Fabric(FabricWorld(parents: [lot], buildings: [west, east]))
    #expect(fabric.units.map(\.buildings) == [[0], [1]])
    #expect(fabric.units.map(\.parent) == [0, 0])
    for unit in fabric.units { #expect(abs(unit.area - 2500) < 200) }
    #expect(fabric.adjacency.count == 1 && fabric.adjacency[0].borderClass == .open)
    #expect(fabric.adjacency[0].length >= 50 && fabric.adjacency[0].length < 60)
    #expect(try faults(in: fabric.units.map(\.polygons), covering: lot) == [])
    #expect(fabric.problems.isEmpty && fabric.barriers.isEmpty)
  }

  @Test func aStreetBoundsUnitsAlongItsLine() throws {
    let street = line([(40, -10), (40, 60)], .street(rank: 3))
    let fabric = try Fabric(FabricWorld(parents: [lot], buildings: [west, east], lines: [street]))
    #expect(fabric.units.map(\.area) == [2000, 3000])
    #expect(fabric.adjacency.map(\.borderClass) == [.street(rank: 3)])
    #expect(abs(fabric.adjacency[0].length - 50) < 1e-9)
  }

  @Test func aDeadEndDoesNotMatter() throws {
    let street = line([(-10, 5), (95, 5)], .street(rank: 1))
    let barrier = line([(50, 60), (50, 20)], .barrier)
    let fabric = try Fabric(FabricWorld(parents: [lot], buildings: [west, east], lines: [street, barrier]))
    #expect(fabric.units.count == 2)
    #expect(fabric.adjacency.count == 1 && fabric.adjacency[0].length >= 49)
    #expect(try faults(in: fabric.units.map(\.polygons), covering: lot) == [])
  }

  @Test func aStreetDoesNotCutABuilding() throws {
    let street = line([(75, -10), (75, 60)], .street(rank: 1))
    let fabric = try Fabric(FabricWorld(parents: [lot], buildings: [west, east], lines: [street]))
    #expect(try areasCut([west, east], fabric) == [0, 0])
    #expect(fabric.problems.isEmpty)
    #expect(fabric.adjacency.contains { $0.borderClass == .street(rank: 1) })
    #expect(try faults(in: fabric.units.map(\.polygons), covering: lot) == [])
  }

  @Test func waterBelongsToNoUnit() throws {
    let river = [rectangle(45, -10, 10, 80)]
    let fabric = try Fabric(FabricWorld(parents: [lot], buildings: [west, east], waterAreas: [river]))
    #expect(fabric.units.map(\.area) == [2250, 2250])
    #expect(fabric.adjacency.isEmpty)
    #expect(totalArea(fabric.barriers) == 500)
    #expect(try faults(in: fabric.units.map(\.polygons) + [fabric.barriers], covering: lot) == [])
    #expect(fabric.arcs.contains { $0.borderClass == .barrier })
  }

  @Test func waterCutsABuildingAndIsListed() throws {
    let river = [rectangle(60, -10, 15, 80)]
    let fabric = try Fabric(FabricWorld(parents: [lot], buildings: [west, east], waterAreas: [river]))
    #expect(fabric.problems.map(\.kind) == [.cutByBarrier])
    #expect(fabric.problems[0].subjects == [1] && abs(fabric.problems[0].measure - 100) < 1e-6)
    #expect(fabric.units.map(\.buildings) == [[0], [1]])
    #expect(abs(fabric.units[1].area - 1250) < 1e-6)
  }

  @Test func aBarrierLineCutsABuilding() throws {
    let rails = line([(75, -10), (75, 60)], .barrier)
    let fabric = try Fabric(FabricWorld(parents: [lot], buildings: [west, east], lines: [rails]))
    #expect(fabric.problems.map(\.kind) == [.cutByBarrier])
    #expect(fabric.units.map { $0.area.rounded() } == [3750, 1250])
    #expect(fabric.adjacency.map(\.borderClass) == [.barrier])
  }

  @Test func aParentCutsABuilding() throws {
    let parents = [[rectangle(0, 0, 73, 50)], [rectangle(73, 0, 27, 50)]]
    let fabric = try Fabric(FabricWorld(parents: parents, buildings: [west, east]))
    #expect(fabric.problems.map(\.kind) == [.cutByParent])
    #expect(fabric.problems[0].subjects == [1] && abs(fabric.problems[0].measure - 60) < 1e-6)
    #expect(fabric.units.map(\.parent) == [0, 1])
    #expect(fabric.units.map { $0.area.rounded() } == [3650, 1350])
    #expect(fabric.adjacency.map(\.borderClass) == [.parent])
  }

  @Test func overlappingBuildingsShareAUnitAndTouchingOnesPart() throws {
    let buildings = [west, [rectangle(25, 20, 10, 10)], east, [rectangle(90, 15, 5, 20)], east]
    let fabric = try Fabric(FabricWorld(parents: [lot], buildings: buildings))
    #expect(fabric.units.map(\.buildings) == [[0, 1], [2, 4], [3]])
    #expect(fabric.problems.map(\.kind) == [.overlappingBuildings, .overlappingBuildings])
    #expect(fabric.problems.map(\.subjects) == [[0, 1], [2, 4]])
    #expect(try areasCut(buildings, fabric) == [0, 0, 0, 0, 0])
    let shared = try #require(fabric.adjacency.first { $0.a == 1 && $0.b == 2 })
    #expect(shared.length > 45)
    #expect(try faults(in: fabric.units.map(\.polygons), covering: lot) == [])
  }

  @Test func buildingsInWaterOrOutside() throws {
    let river = [rectangle(40, 0, 20, 50)]
    let buildings = [west, east, [rectangle(55, 20, 4, 4)], [rectangle(200, 0, 9, 9)], [polygon([(1, 1), (2, 2), (3, 3)])]]
    let fabric = try Fabric(FabricWorld(parents: [lot], buildings: buildings, waterAreas: [river]))
    #expect(fabric.unitOfBuilding(count: 5) == [0, 1, 1, nil, 0])
    #expect(fabric.problems.map(\.kind) == [.inWater, .noArea, .outsideParent])
    #expect(fabric.problems.map(\.subjects) == [[2], [4], [3]])
  }

  @Test func openGroundIsAUnitUnlessItIsSmall() throws {
    let streets = [line([(60, -1), (60, 51)], .street(rank: 1)), line([(61, -1), (61, 51)], .street(rank: 1))]
    let fabric = try Fabric(FabricWorld(parents: [lot], buildings: [west], lines: streets))
    #expect(fabric.units.map(\.buildings) == [[0], []])
    // The metre between the streets is halved.
    #expect(fabric.units.map { $0.area.rounded() } == [3025, 1975])
    #expect(fabric.units.allSatisfy { unit in unit.polygons.contains { $0.locate(unit.interiorPoint) == .inside } })
  }

  @Test func unitsDoNotStraddleCompounds() throws {
    let compound = [rectangle(0, 0, 60, 50)]
    let world = FabricWorld(
      parents: [lot], buildings: [west, east], compounds: [compound], closedCompounds: [0])
    let fabric = try Fabric(world)
    #expect(fabric.units.map { $0.area.rounded() } == [3000, 2000])
    #expect(fabric.units.map(\.compound) == [0, nil])
    #expect(fabric.adjacency.map(\.borderClass) == [.compound])
  }

  @Test func groundOutsideACompoundIsDividedHalfWayToItsEdge() throws {
    let compound = [rectangle(0, 0, 60, 50)]
    let fabric = try Fabric(FabricWorld(parents: [lot], buildings: [west, east], compounds: [compound]))
    #expect(totalArea(try difference(compound, fabric.units[0].polygons)) == 0)
    #expect(fabric.units[0].area > 3250 && fabric.units[0].area < 3550)
    #expect(fabric.adjacency.map(\.borderClass) == [.open])
    #expect(try faults(in: fabric.units.map(\.polygons), covering: lot) == [])
  }

  @Test func openGroundBetweenCompoundsIsDividedAmongThem() throws {
    let compounds = [[rectangle(5, 5, 40, 40)], [rectangle(55, 5, 40, 40)]]
    let fabric = try Fabric(FabricWorld(parents: [lot], buildings: [west, east], compounds: compounds))
    #expect(fabric.units.map(\.compound) == [0, 1])
    for (unit, compound) in zip(fabric.units, compounds) {
      #expect(abs(unit.area - 2500) < 50)
      #expect(totalArea(try difference(compound, unit.polygons)) == 0)
    }
    #expect(fabric.adjacency.map(\.borderClass) == [.open])
    #expect(try faults(in: fabric.units.map(\.polygons), covering: lot) == [])
  }

  @Test func groundAroundClosedCompoundsIsOpen() throws {
    let compounds = [[rectangle(5, 5, 40, 40)], [rectangle(55, 5, 40, 40)]]
    let fabric = try Fabric(
      FabricWorld(parents: [lot], buildings: [west, east], compounds: compounds, closedCompounds: [0, 1]))
    #expect(fabric.units.map(\.compound) == [0, 1, nil])
    #expect(fabric.units.map { $0.area.rounded() } == [1600, 1600, 1800])
  }

  @Test func aBuildingInACourtyard() throws {
    let court = [Polygon(exterior: rectangle(10, 5, 40, 40).exterior, holes: [rectangle(20, 15, 20, 20).exterior])]
    let buildings = [court, [rectangle(28, 22, 4, 4)]]
    let fabric = try Fabric(FabricWorld(parents: [lot], buildings: buildings))
    #expect(fabric.units.count == 2)
    #expect(fabric.units[0].polygons.count == 1 && fabric.units[0].polygons[0].holes.count == 1)
    #expect(fabric.adjacency.count == 1)
    #expect(try areasCut(buildings, fabric) == [0, 0])
    #expect(try faults(in: fabric.units.map(\.polygons), covering: lot) == [])
  }

  @Test func withoutParentsTheGroundAroundTheBuildingsIsOne() throws {
    let fabric = try Fabric(FabricWorld(parents: [], buildings: [west, east]))
    #expect(fabric.units.map(\.parent) == [0, 0])
    #expect(try areasCut([west, east], fabric) == [0, 0])
  }

  @Test func nothingAtAll() throws {
    #expect(try Fabric(FabricWorld(parents: [], buildings: [])).units.isEmpty)
    let bare = try Fabric(FabricWorld(parents: [lot], buildings: []))
    #expect(bare.units.map(\.buildings) == [[]] && bare.units[0].area == 5000)
    #expect(throws: FabricError.self) {
      try Fabric(FabricWorld(parents: [], buildings: [], lines: [line([(0, 0), (.nan, 1)], .barrier)]))
    }
  }

  @Test(arguments: UInt64(1)...16)
  func randomWorlds(seed: UInt64) throws {
    let world = try RandomWorld(seed: seed).world
    let fabric = try Fabric(world)
    let whole = try union(world.parents.flatMap { $0 })
    #expect(try faults(in: fabric.units.map(\.polygons) + [fabric.barriers], covering: nil) == [], "seed \(seed)")
    let covered = totalArea(try union(fabric.units.flatMap(\.polygons) + fabric.barriers))
    #expect(abs(covered - totalArea(whole)) < 1, "seed \(seed)")
    checkBuildings(try areasCut(world.buildings, fabric), fabric, seed)
    checkAdjacency(fabric, seed)
    try checkParents(fabric, world, seed)
  }

  /// Every building has one unit, and lies in it unless it is listed.
  private func checkBuildings(_ cut: [Double?], _ fabric: Fabric, _ seed: UInt64) {
    let listed = Set(fabric.problems.filter {
      [.cutByParent, .cutByBarrier, .inWater, .outsideParent, .noArea].contains($0.kind)
    }.flatMap(\.subjects))
    for (building, area) in cut.enumerated() where !listed.contains(building) {
      #expect((area ?? .infinity) <= 0.05, "seed \(seed), building \(building)")
    }
    let all = fabric.units.flatMap(\.buildings)
    #expect(Set(all).count == all.count)
  }

  private func checkAdjacency(_ fabric: Fabric, _ seed: UInt64) {
    let brute = sharedLengths(fabric.units.map(\.polygons))
    #expect(fabric.adjacency.count == brute.count, "seed \(seed)")
    for border in fabric.adjacency {
      #expect(abs(border.length - (brute[[border.a, border.b]] ?? 0)) < 1e-6, "seed \(seed)")
      #expect(abs(border.length - border.parts.reduce(0) { $0 + $1.length }) < 1e-9)
    }
  }

  /// Units never leave their parent; those of a parent together are the parent without water.
  private func checkParents(_ fabric: Fabric, _ world: FabricWorld, _ seed: UInt64) throws {
    for area in fabric.dissolve(fabric.units.map { $0.parent ?? -1 }) {
      let outside = totalArea(try difference(area.polygons, world.parents[area.group]))
      #expect(outside < 0.5, "seed \(seed)")
      let missing = try difference(world.parents[area.group], union(area.polygons + fabric.barriers))
      #expect(totalArea(missing) < 0.5, "seed \(seed)")
    }
  }

  @Test func theOrderOfTheInputDoesNotMatter() throws {
    let world = try RandomWorld(seed: 3).world
    var turned = world
    turned.buildings.reverse()
    turned.lines.reverse()
    let (a, b) = (try Fabric(world), try Fabric(turned))
    #expect(a.units.count == b.units.count)
    #expect(Set(a.units.map { vertices($0.polygons) }) == Set(b.units.map { vertices($0.polygons) }))
  }

  @Test func theSameInputGivesTheSameFabric() throws {
    let world = try RandomWorld(seed: 4).world
    let (a, b) = (try Fabric(world), try Fabric(world))
    #expect(a.units == b.units && a.adjacency == b.adjacency && a.arcs == b.arcs && a.problems == b.problems)
  }
}

/// Two parents with a crooked border, streets, a river, and turned rectangles of which some
/// overlap, touch, repeat, and lie in the water, on the border or outside.
struct RandomWorld {
  let world: FabricWorld

  init(seed: UInt64) throws {
    var numbers = SeededNumbers(state: seed)
    let box = Box(min: Point(x: 500_000, y: 3_450_000), max: Point(x: 500_400, y: 3_450_300))
    let corner = box.min
    func shifted(_ polygon: Polygon) -> Polygon {
      Polygon(exterior: Ring(polygon.exterior.points.map { $0 + corner }))
    }
    let parents = [
      [shifted(polygon([(0, 0), (200, 0), (230, 120), (180, 300), (0, 300)]))],
      [shifted(polygon([(200, 0), (400, 0), (400, 300), (180, 300), (230, 120)]))],
    ]
    let river = [shifted(polygon([(0, 130), (150, 150), (400, 120), (400, 135), (150, 170), (0, 140)]))]
    var buildings: [[Polygon]] = []
    for _ in 0..<60 {
      let center = numbers.point(box.expanded(by: 3))
      let angle = numbers.number(0, 1) < 0.5 ? 0 : numbers.number(0, 3)
      buildings.append([RandomWorld.house(center, angle, numbers.number(3, 14), numbers.number(3, 8))])
      if numbers.number(0, 1) < 0.2 {
        // A neighbour that shares a wall, at a rounded place.
        let last = buildings[buildings.count - 1][0].exterior.points
        let side = last[1] - last[0]
        let out = Point(x: side.y, y: -side.x)
        buildings.append([Polygon(exterior: Ring([last[0], last[0] + out * 0.5, last[1] + out * 0.5, last[1]]))])
      }
      if numbers.number(0, 1) < 0.05 { buildings.append(buildings[buildings.count - 1]) }
    }
    var lines: [BoundingLine] = []
    for rank in 0..<5 {
      lines.append(
        BoundingLine(points: (0..<3).map { _ in numbers.point(box.expanded(by: 20)) }, kind: .street(rank: rank)))
    }
    lines.append(BoundingLine(points: [numbers.point(box), numbers.point(box)], kind: .barrier))
    world = FabricWorld(
      parents: parents, buildings: buildings, lines: lines, waterAreas: [river],
      compounds: [[shifted(rectangle(20, 20, 90, 80))]])
  }

  private static func house(_ center: Point, _ angle: Double, _ a: Double, _ b: Double) -> Polygon {
    let (u, v) = (turned(a, 0, angle), turned(0, b, angle))
    return Polygon(exterior: Ring([center - u - v, center + u - v, center + u + v, center - u + v]))
  }

  private static func turned(_ x: Double, _ y: Double, _ angle: Double) -> Point {
    // Pythagorean turns: no library function whose last digit differs between machines.
    let t = angle / 4
    let (c, s) = ((1 - t * t) / (1 + t * t), 2 * t / (1 + t * t))
    return Point(x: c * x - s * y, y: s * x + c * y)
  }
}
