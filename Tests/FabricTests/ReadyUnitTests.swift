import Planar
import Testing
import Topology

@testable import Fabric

private func fabric(_ areas: [[Polygon]], _ settings: FabricSettings = FabricSettings()) throws -> Fabric {
  try Fabric(units: areas.map { ReadyUnit(polygons: $0) }, settings: settings)
}

@Suite struct ReadyUnitTests {
  @Test func neighboursWithDifferentVerticesShareABorder() throws {
    let fabric = try fabric([
      [rectangle(0, 0, 10, 20)], [rectangle(10, 0, 5, 8)], [rectangle(10, 8, 5, 12)],
    ])
    #expect(fabric.problems.isEmpty)
    #expect(fabric.units.map(\.area) == [200, 40, 60])
    #expect(fabric.adjacency.map { [Double($0.a), Double($0.b), $0.length] } == [[0, 1, 8], [0, 2, 12], [1, 2, 5]])
    #expect(vertices(fabric.units[0].polygons).contains(Point(x: 10, y: 8)))
    #expect(try faults(in: fabric.units.map(\.polygons), covering: [rectangle(0, 0, 15, 20)]).isEmpty)
  }

  @Test func cornersAreNoBorders() throws {
    let fabric = try fabric([[rectangle(0, 0, 5, 5)], [rectangle(5, 5, 5, 5)]])
    #expect(fabric.adjacency.isEmpty)
    let both = fabric.dissolve([0, 0])
    #expect(both.count == 1 && both[0].polygons.count == 2)
    #expect(try faults(in: [both[0].polygons], covering: nil).isEmpty)
  }

  @Test func nearlyMatchingBordersAreJoined() throws {
    let ragged = polygon([(10.004, 0), (20, 0), (20, 20), (9.996, 20), (10.003, 11)])
    let fabric = try fabric([[rectangle(0, 0, 10, 20)], [ragged]])
    #expect(fabric.problems.isEmpty)
    #expect(fabric.adjacency.count == 1)
    #expect(abs(fabric.adjacency[0].length - 20) < 0.01)
    #expect(try faults(in: fabric.units.map(\.polygons), covering: nil).isEmpty)
  }

  @Test func aNarrowGapIsFilledAndListed() throws {
    let fabric = try fabric([
      [rectangle(0, 0, 10, 20)], [rectangle(10.1, 0, 10, 20)],
      [rectangle(0, 20, 20.1, 5)], [rectangle(0, -5, 20.1, 5)],
    ])
    #expect(fabric.problems.map(\.kind) == [.sliver])
    #expect(fabric.problems[0].subjects == [0, 1, 2, 3])
    #expect(abs(fabric.problems[0].measure - 2) < 1e-9)
    #expect(try faults(in: fabric.units.map(\.polygons), covering: [rectangle(0, -5, 20.1, 30)]).isEmpty)
    #expect(fabric.adjacency.contains { $0.a == 0 && $0.b == 1 && $0.length > 19 })
  }

  @Test func aWideGapStaysAndIsListed() throws {
    let ring = Polygon(exterior: rectangle(0, 0, 9, 9).exterior, holes: [rectangle(3, 3, 3, 3).exterior])
    let fabric = try fabric([[ring]])
    #expect(fabric.problems.map(\.kind) == [.gap])
    #expect(fabric.problems[0].measure == 9)
    #expect(fabric.units[0].polygons == [ring.rightHanded()] || fabric.units[0].polygons[0].holes.count == 1)
    #expect(fabric.units[0].area == 72)
    #expect(fabric.units[0].polygons[0].locate(fabric.units[0].interiorPoint) == .inside)
  }

  @Test func overlapsGoToTheSmallerUnit() throws {
    let fabric = try fabric([[rectangle(0, 0, 20, 20)], [rectangle(15, 5, 10, 10)]])
    #expect(fabric.units.map(\.area) == [350, 100])
    #expect(fabric.problems.map(\.kind) == [.overlap])
    #expect(fabric.problems[0].subjects == [0, 1])
    #expect(fabric.problems[0].measure == 50)
  }

  @Test func aDuplicateVanishes() throws {
    let fabric = try fabric([[rectangle(0, 0, 4, 4)], [rectangle(0, 0, 4, 4)]])
    #expect(fabric.problems.map(\.kind) == [.overlap, .vanished])
    #expect(fabric.problems[1].subjects == [1])
    #expect(fabric.units.map(\.area) == [16, 0])
    #expect(fabric.units[1].polygons.isEmpty)
    #expect(fabric.units[1].interiorPoint == Point(x: 2, y: 2))
  }

  @Test func aUnitInsideAnother() throws {
    let ring = Polygon(exterior: rectangle(0, 0, 9, 9).exterior, holes: [rectangle(3, 3, 3, 3).exterior])
    let fabric = try fabric([[ring], [rectangle(3, 3, 3, 3)]])
    #expect(fabric.problems.isEmpty)
    #expect(fabric.adjacency.map(\.length) == [12])
    #expect(fabric.dissolve([0, 0])[0].polygons == [Polygon(Box(around: ring.exterior.points))] || fabric.dissolve([0, 0])[0].area == 81)
    #expect(fabric.dissolve([0, 0])[0].polygons[0].holes.isEmpty)
  }

  @Test func aHoleThatTouchesTheOuterRingIsAHole() throws {
    let units = [[rectangle(0, 0, 10, 10)], [polygon([(0, 0), (6, 2), (2, 6)])]]
    let fabric = try fabric(units)
    #expect(fabric.units[0].polygons.count == 1 && fabric.units[0].polygons[0].holes.count == 1)
    #expect(try faults(in: fabric.units.map(\.polygons), covering: [rectangle(0, 0, 10, 10)]).isEmpty)
  }

  @Test func partsStayTogether() throws {
    let fabric = try fabric([[rectangle(0, 0, 2, 2), rectangle(6, 0, 2, 2)], [rectangle(2, 0, 4, 2)]])
    #expect(fabric.units[0].polygons.count == 2)
    #expect(fabric.adjacency.map(\.length) == [4])
  }

  @Test func parentsByPlaceAndByLabel() throws {
    let parents = [[rectangle(0, 0, 10, 10)], [rectangle(10, 0, 10, 10)]]
    let units = [[rectangle(0, 0, 10, 5)], [rectangle(0, 5, 12, 5)], [rectangle(12, 0, 8, 10)], [rectangle(40, 0, 1, 1)]]
    let byPlace = try Fabric(units: units.map { ReadyUnit(polygons: $0) }, parents: parents)
    #expect(byPlace.units.map(\.parent) == [0, 0, 1, nil])
    #expect(byPlace.problems.map(\.kind) == [.crossesParent, .outsideParent])
    #expect(byPlace.problems[0].measure == 10)
    let classes = byPlace.adjacency.map(\.borderClass)
    #expect(classes == [.open, .parent])
    let byLabel = try Fabric(units: [ReadyUnit(polygons: units[0], parent: 7), ReadyUnit(polygons: units[1], parent: 7)])
    #expect(byLabel.units.map(\.parent) == [7, 7])
  }

  @Test func nothingAndNonsense() throws {
    #expect(try fabric([]).units.isEmpty)
    #expect(try fabric([[]]).problems.map(\.kind) == [.vanished])
    #expect(try fabric([[Polygon(exterior: Ring([Point(x: 1, y: 1)]))]]).units[0].area == 0)
    #expect(try fabric([[polygon([(0, 0), (5, 5), (9, 9)])]]).units[0].polygons.isEmpty)
    #expect(throws: FabricError.self) { try fabric([[polygon([(0, 0), (.nan, 1), (1, 1)])]]) }
    #expect(throws: FabricError.self) { try fabric([[polygon([(0, 0), (1e300, 1), (1, 1)])]]) }
  }

  @Test func aBowTieCountsByTheEvenOddRule() throws {
    let fabric = try fabric([[polygon([(0, 0), (4, 4), (4, 0), (0, 4)])]])
    #expect(fabric.units[0].area == 8)
    #expect(fabric.units[0].polygons.count == 2)
  }

  /// Voronoi cells whose vertices were moved by up to 3 mm, each unit on its own.
  @Test(arguments: UInt64(1)...12)
  func jitteredCellsFitAgain(seed: UInt64) throws {
    let box = Box(min: Point(x: 440_000, y: 4_420_000), max: Point(x: 440_600, y: 4_420_400))
    var numbers = SeededNumbers(state: seed)
    let cells = try voronoiUnits(60, in: box, seed: seed)
    let jittered = cells.map { $0.map { cell in
      Polygon(exterior: Ring(cell.exterior.vertices.map {
        Point(x: $0.x + numbers.number(-0.003, 0.003), y: $0.y + numbers.number(-0.003, 0.003))
      }))
    } }
    let fabric = try fabric(jittered)
    let areas = fabric.units.map(\.polygons)
    #expect(try faults(in: areas, covering: nil) == [], "seed \(seed)")
    #expect(fabric.problems.isEmpty, "seed \(seed)")
    for (unit, cell) in zip(fabric.units, cells) { #expect(abs(unit.area - totalArea(cell)) < 1.5) }
    let brute = sharedLengths(areas)
    #expect(fabric.adjacency.map { [$0.a, $0.b] } == brute.keys.sorted { $0.lexicographicallyPrecedes($1) })
    for border in fabric.adjacency { #expect(abs(border.length - brute[[border.a, border.b]]!) < 1e-6) }
  }

  /// Grouped at random, groups are seamless, and all together are the whole.
  @Test(arguments: UInt64(20)...26)
  func groupsAreSeamless(seed: UInt64) throws {
    let box = Box(min: Point(x: 0, y: 0), max: Point(x: 500, y: 500))
    var numbers = SeededNumbers(state: seed)
    let fabric = try fabric(voronoiUnits(120, in: box, seed: seed))
    let groups = fabric.units.map { _ in Int.random(in: -1..<6, using: &numbers) }
    let areas = fabric.dissolve(groups)
    #expect(areas.map(\.group) == Array(0..<6))
    #expect(try faults(in: areas.map(\.polygons), covering: nil) == [], "seed \(seed)")
    for area in areas {
      let members = groups.indices.filter { groups[$0] == area.group }
      #expect(abs(area.area - members.reduce(0) { $0 + fabric.units[$1].area }) < 1e-6)
    }
    let whole = fabric.dissolve(groups.map { _ in 0 })
    #expect(abs(whole[0].area - 250_000) < 1 && whole[0].polygons.count == 1)
    let brute = sharedLengths(areas.map(\.polygons))
    for border in fabric.sharedBorders(of: groups) {
      #expect(abs(border.length - (brute[[border.a, border.b]] ?? 0)) < 1e-6)
    }
  }

  @Test func theOrderOfTheInputDoesNotMatter() throws {
    let box = Box(min: Point(x: 0, y: 0), max: Point(x: 300, y: 300))
    let cells = try voronoiUnits(40, in: box, seed: 5)
    let straight = try fabric(cells)
    let reversed = try fabric(cells.reversed())
    #expect(straight.units.map { vertices($0.polygons) } == reversed.units.reversed().map { vertices($0.polygons) })
  }
}
