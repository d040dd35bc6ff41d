import Planar
import Testing

@testable import Assignment

/// The index against every polygon in turn.
@Suite struct AreaIndexTests {
  /// Compares on the probes, on the corners of cells and on their reference points.
  func check(_ areas: [Area], probes: [Point], _ comment: Comment) {
    let index = AreaIndex(areas)
    let brute = BruteForce(areas: areas)
    let every = max(1, probes.count / 500)
    let some = stride(from: 0, to: probes.count, by: every).map { probes[$0] }
    for point in some + places(of: index) {
      let expected = brute.find(point)
      let found = index.find(point)
      let located = index.locate(point).map(Int32.init) ?? -1
      if found != expected || located != expected.area {
        Issue.record("\(point): \(located), \(found) instead of \(expected); \(comment)")
        return
      }
    }
  }

  /// Some corners and reference points of cells, of nested frames too.
  func places(of index: AreaIndex) -> [Point] {
    let frames = [index.frame] + index.cells.nodes.prefix(4).map(\.frame)
    return frames.flatMap { frame in
      stride(from: 0, to: frame.count, by: max(1, frame.count / 60)).flatMap { cell in
        let (row, column) = cell.quotientAndRemainder(dividingBy: frame.columns)
        let box = frame.box(column: column, row: row)
        return [box.min, frame.reference(column: column, row: row), Point(x: box.max.x, y: box.center.y)]
      }
    }
  }

  @Test func nothingIsInNoArea() {
    let index = AreaIndex([])
    #expect(index.locate(Point(x: 0, y: 0)) == nil)
    #expect(index.locate([Point(x: 1, y: 1), Point(x: .nan, y: 0)]) == [-1, -1])
    #expect(index.count == 0)
  }

  @Test func aSharedBorderBelongsToTheLowestCode() {
    let square = { (x: Double) in
      Polygon(Box(min: Point(x: x, y: 0), max: Point(x: x + 1, y: 1)))
    }
    let areas = [Area(code: "9", polygons: [square(0)]), Area(code: "10", polygons: [square(1)])]
    let index = AreaIndex(areas)
    // As text "10" comes before "9".
    #expect(index.find(Point(x: 1, y: 0.5)) == AreaIndex.Found(area: 1, isShared: false))
    #expect(index.locate(Point(x: 1.0.nextDown, y: 0.5)) == 0)
    #expect(index.locate(Point(x: 0, y: 0)) == 0)
    #expect(index.locate(Point(x: 2, y: 1)) == 1)
    #expect(index.locate(Point(x: 2.0.nextUp, y: 1)) == nil)
  }

  @Test func anOverlapBelongsToTheLowestCodeAndIsTold() {
    let square = { (x: Double) in
      Polygon(Box(min: Point(x: x, y: 0), max: Point(x: x + 2, y: 2)))
    }
    let areas = ["b", "a", "c"].enumerated().map { Area(code: $1, polygons: [square(Double($0))]) }
    let index = AreaIndex(areas)
    #expect(index.find(Point(x: 1.5, y: 1)) == AreaIndex.Found(area: 1, isShared: true))
    #expect(index.find(Point(x: 0.5, y: 1)) == AreaIndex.Found(area: 0, isShared: false))
    #expect(index.find(Point(x: 2, y: 1)) == AreaIndex.Found(area: 1, isShared: true))
    #expect(index.find(Point(x: 3.5, y: 1)) == AreaIndex.Found(area: 2, isShared: false))
  }

  @Test func coordinatesThatAreNoNumbersContainNothing() {
    let broken = Ring([Point(x: 0, y: 0), Point(x: .nan, y: 0), Point(x: 1, y: 1)])
    let endless = Ring([Point(x: 0, y: 0), Point(x: .infinity, y: 0), Point(x: 1, y: 1)])
    let sound = Polygon(Box(min: Point(x: 0, y: 0), max: Point(x: 1, y: 1)))
    let index = AreaIndex([
      Area(code: "a", polygons: [Polygon(exterior: broken), Polygon(exterior: endless)]),
      Area(code: "b", polygons: [sound]),
    ])
    #expect(index.locate(Point(x: 0.5, y: 0.25)) == 1)
  }

  /// All pairs of triangles on a 3 × 3 lattice, at every half-lattice point.
  @Test func allTrianglesOnASmallLattice() {
    let lattice: [Point] = (0..<9).map { Point(x: Double($0 % 3), y: Double($0 / 3)) }
    let probes = (0..<49).map { (i: Int) -> Point in
      Point(x: Double(i % 7 - 1) / 2, y: Double(i / 7 - 1) / 2)
    }
    let fixed = Polygon(exterior: Ring([lattice[0], lattice[5], lattice[7]]))
    for a in 0..<9 {
      for b in 0..<9 {
        for c in 0..<9 {
          let areas = [
            Area(code: "2", polygons: [Polygon(exterior: Ring([lattice[a], lattice[b], lattice[c]]))]),
            Area(code: "1", polygons: [fixed]),
          ]
          let index = AreaIndex(areas)
          let brute = BruteForce(areas: areas)
          for p in probes where index.find(p) != brute.find(p) {
            Issue.record("\(a) \(b) \(c) at \(p): \(index.find(p)) instead of \(brute.find(p))")
          }
        }
      }
    }
  }

  @Test(arguments: 1...60) func tangledRings(seed: Int) {
    var dice = Dice(seed: seed)
    let size = [2, 3, 5, 9, 40][seed % 5]
    let areas = Town.tangled(Int.random(in: 1...(seed % 10 == 0 ? 60 : 9), using: &dice), size: size, dice: &dice)
    var probes = Town.probes(of: areas, random: 60, dice: &dice)
    for i in 0...min(size, 9) * 2 {
      for j in 0...min(size, 9) * 2 { probes.append(Point(x: Double(i) / 2, y: Double(j) / 2)) }
    }
    check(areas, probes: probes, "seed \(seed)")
  }

  @Test(arguments: 1...8) func seamlessQuarters(seed: Int) {
    var dice = Dice(seed: seed)
    let areas = Town.seamless(10, jitter: seed % 2 == 0 ? 0 : 0.4, dice: &dice)
    let probes = Town.probes(of: areas, random: 500, dice: &dice)
    check(areas, probes: probes, "seed \(seed)")
    let index = AreaIndex(areas)
    #expect(!probes.contains { index.find($0).isShared }, "quarters that only touch don't overlap")
  }

  @Test(arguments: [
    (Point(x: 0, y: 0), Point(x: 1, y: 1e-9)), (Point(x: 0, y: 0), Point(x: 1e9, y: 1)),
    (Point(x: 39_500_000, y: 4_400_000), Point(x: 300, y: 300)),
    (Point(x: 120.6, y: 31.3), Point(x: 1e-3, y: 1e-3)),
    (Point(x: 120.6, y: 31.3), Point(x: 1e-14, y: 1e-14)), (Point(x: 1e15, y: -1e15), Point(x: 1, y: 1)),
    (Point(x: 1e15, y: 0), Point(x: 100, y: 1e-5)), (Point(x: -1e90, y: 1e90), Point(x: 1e89, y: 1e88)),
    (Point(x: 0, y: 1e-30), Point(x: 1e-40, y: 1e-30)),
  ])
  func anywhereAndAtAnyScale(shift: Point, scale: Point) {
    for seed in 1...2 {
      var dice = Dice(seed: seed)
      let areas = Town.moved(
        Town.tangled(12, size: 12, dice: &dice) + Town.seamless(4, dice: &dice), by: shift, scale: scale)
      let probes = Town.probes(of: areas, random: 200, dice: &dice)
      check(areas, probes: probes, "seed \(seed), shift \(shift), scale \(scale)")
    }
  }

  /// Towns within towns, each a millionth of the size: one frame of cells would hold all in one cell.
  @Test func skewedExtents() {
    var dice = Dice(seed: 5)
    var areas: [Area] = []
    for (i, scale) in [1e6, 1, 1e-6].enumerated() {
      let town = Town.moved(
        Town.seamless(7, dice: &dice), by: Point(x: scale * 20, y: scale * 3), scale: Point(x: scale, y: scale))
      areas += town.map { Area(code: "\(i)-\($0.code)", polygons: $0.polygons) }
    }
    areas.append(Area(code: "far", polygons: [Polygon(Box(min: Point(x: -1e12, y: 0), max: Point(x: -9e11, y: 1)))]))
    let index = AreaIndex(areas)
    #expect(index.cells.nodes.count > 0)
    #expect(index.cells.borders.allSatisfy { $0.testCount == BorderCell.divided || $0.testCount < 40 })
    check(areas, probes: Town.probes(of: areas, random: 300, dice: &dice), "skewed")
  }

  /// Cells that very many edges touch: around one vertex, in equal areas, in a ring of many corners.
  @Test func crowdedCells() {
    var dice = Dice(seed: 11)
    let center = Point(x: 0.3, y: 0.7)
    let rim = Town.star(90, center: center, radius: 1, dice: &dice).points
    var areas = zip(rim, rim.dropFirst()).enumerated().map { i, side in
      Area(code: "\(i)", polygons: [Polygon(exterior: Ring([center, side.0, side.1]))])
    }
    let dense = Town.star(200, center: Point(x: 2, y: 2), radius: 0.01, dice: &dice)
    areas += (0..<3).map { Area(code: "dense \($0)", polygons: [Polygon(exterior: dense)]) }
    let small = Box(min: Point(x: 3, y: 3), max: Point(x: 3.5, y: 3.5))
    areas += (0..<55).map { Area(code: "same \($0)", polygons: [Polygon(small)]) }
    check(areas, probes: Town.probes(of: areas, random: 300, dice: &dice), "crowded")
  }

  /// One shell with very many holes and an enclave in each; a part of the shell's area in some.
  @Test func holesAndEnclaves() {
    var dice = Dice(seed: 3)
    var holes: [Ring] = []
    var areas: [Area] = []
    for i in 0..<12 {
      for j in 0..<12 {
        let center = Point(x: Double(i) + 0.5, y: Double(j) + 0.5)
        let ring = Town.star(9, center: center, radius: 0.45, dice: &dice)
        holes.append(ring)
        if (i + j) % 3 != 0 { areas.append(Area(code: "z\(i),\(j)", polygons: [Polygon(exterior: ring)])) }
        if (i + j) % 3 == 1 {
          let inner = Ring(ring.points.map { center + ($0 - center) * 0.5 })
          areas.append(Area(code: "a\(i)", polygons: [Polygon(exterior: inner, holes: [])]))
        }
      }
    }
    let shell = Ring([Point(x: 0, y: 0), Point(x: 12, y: 0), Point(x: 12, y: 12), Point(x: 0, y: 12)])
    areas.append(Area(code: "m", polygons: [Polygon(exterior: shell, holes: holes)]))
    check(areas, probes: Town.probes(of: areas, random: 400, dice: &dice), "holes")
  }

  @Test func sliversAreExact() {
    var dice = Dice(seed: 21)
    var areas: [Area] = []
    for i in 0..<40 {
      let a = dice.point(in: Box(min: Point(x: 0, y: 0), max: Point(x: 1, y: 1)))
      let b = dice.point(in: Box(min: Point(x: 0, y: 0), max: Point(x: 1, y: 1)))
      let middle = a.midpoint(to: b)
      let thin = Ring([a, Point(x: middle.x, y: middle.y.nextUp), b, Point(x: middle.x, y: middle.y.nextDown)])
      areas.append(Area(code: "\(i)", polygons: [Polygon(exterior: thin)]))
    }
    check(areas, probes: Town.probes(of: areas, random: 100, dice: &dice), "slivers")
  }

  @Test func manyPointsAtOnceAreAsOneByOne() {
    var dice = Dice(seed: 8)
    let areas = Town.seamless(8, dice: &dice)
    let index = AreaIndex(areas)
    let points = (0..<40_000).map { _ in
      dice.point(in: Box(min: Point(x: -1, y: -1), max: Point(x: 9, y: 9)))
    }
    let found = index.locate(points)
    #expect(found.count == points.count)
    #expect(found == points.map { index.locate($0).map(Int32.init) ?? -1 })
  }

  @Test func theOrderOfAreasDoesNotMatter() {
    var dice = Dice(seed: 9)
    var areas = Town.tangled(30, size: 20, dice: &dice)
    for i in areas.indices { areas[i].code = "\(i)" }
    let shuffled = areas.shuffled(using: &dice)
    let a = AreaIndex(areas)
    let b = AreaIndex(shuffled)
    for point in Town.probes(of: areas, random: 300, dice: &dice) {
      #expect(a.locate(point).map { areas[$0].code } == b.locate(point).map { shuffled[$0].code })
    }
  }
}
