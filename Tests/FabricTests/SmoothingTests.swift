import Planar
import Testing
import Topology

@testable import Fabric

private func line(_ coordinates: [(Double, Double)], _ kind: BoundingLine.Kind) -> BoundingLine {
  BoundingLine(points: coordinates.map { Point(x: $0.0, y: $0.1) }, kind: kind)
}

/// Units to the nearest of some seeds of their parent.
private func randomGroups(_ fabric: Fabric, _ count: Int, seed: UInt64) -> [Int] {
  var numbers = SeededNumbers(state: seed)
  let seeds = (0..<count).map { _ in fabric.units.randomElement(using: &numbers)! }
  return fabric.units.map { unit in
    let own = seeds.indices.filter { seeds[$0].parent == unit.parent }
    let nearest = own.min {
      unit.interiorPoint.distance(to: seeds[$0].interiorPoint) < unit.interiorPoint.distance(to: seeds[$1].interiorPoint)
    }
    return nearest ?? count + (unit.parent ?? 0)
  }
}

/// Borders of groups inside parents.
private func borders(_ fabric: Fabric, _ groups: [Int]) -> [Arc] {
  fabric.arcs.filter { arc in
    guard let left = arc.left, let right = arc.right else { return false }
    return groups[left] != groups[right] && fabric.units[left].parent == fabric.units[right].parent
  }
}

/// How many bends of borders are sharper than 50°, and all turns added up, in half turns.
private func crookedness(_ arcs: [Arc]) -> (spikes: Int, turns: Double) {
  var (spikes, turns) = (0, 0.0)
  for points in arcs.map(\.points) {
    for index in points.indices.dropFirst().dropLast() {
      let (a, b) = (points[index] - points[index - 1], points[index + 1] - points[index])
      let cosine = (a.x * b.x + a.y * b.y) / ((a.x * a.x + a.y * a.y) * (b.x * b.x + b.y * b.y)).squareRoot()
      turns += (1 - cosine) / 2
      if cosine < -0.643 { spikes += 1 }
    }
  }
  return (spikes, turns)
}

private func touching(_ buildings: [[Polygon]], _ arcs: [Arc]) -> Set<Int> {
  let segments = arcs.flatMap { zip($0.points, $0.points.dropFirst()) }
  return Set(
    buildings.indices.filter { number in
      buildings[number].flatMap(\.rings).contains { ring in
        ring.points.contains { p in segments.contains { distance(from: p, toSegment: $0.0, $0.1) < 0.05 } }
          || segments.contains { segment in
            zip(ring.points, ring.points.dropFirst()).contains {
              distance(from: segment.0, toSegment: $0.0, $0.1) < 0.05 || distance(from: segment.1, toSegment: $0.0, $0.1) < 0.05
            }
          }
      }
    })
}

@Suite struct SmoothingTests {
  @Test(arguments: UInt64(1)...12)
  func whatIsCountedAndWhatIsSeamlessStays(seed: UInt64) throws {
    let world = try RandomWorld(seed: seed).world
    let fabric = try Fabric(world)
    let groups = randomGroups(fabric, 6, seed: seed)
    let smooth = fabric.smoothed(groups, around: world.buildings + world.compounds)
    let (before, after) = (fabric.dissolve(groups), smooth.dissolve(groups))

    #expect(try faults(in: after.map(\.polygons) + [smooth.barriers], covering: nil) == [], "seed \(seed)")
    #expect(try faults(in: smooth.units.map(\.polygons) + [smooth.barriers], covering: nil) == [], "seed \(seed)")
    #expect(smooth.units.map(\.buildings) == fabric.units.map(\.buildings) && smooth.barriers == fabric.barriers)
    #expect(before.map(\.group) == after.map(\.group) && before.map(\.polygons.count) == after.map(\.polygons.count))
    #expect(fabric.sharedBorders(of: groups).map { [$0.a, $0.b] } == smooth.sharedBorders(of: groups).map { [$0.a, $0.b] })
    try checkBuildings(world, fabric, smooth, seed)
    let (old, new) = (borders(fabric, groups), borders(smooth, groups))
    #expect(touching(world.buildings, new).isSubset(of: touching(world.buildings, old)), "seed \(seed)")
    #expect(new.reduce(0) { $0 + pathLength($1.points) } <= old.reduce(0) { $0 + pathLength($1.points) } + 1e-6)
    #expect(crookedness(new).turns <= crookedness(old).turns, "seed \(seed)")
    #expect(fabric.smoothed(groups, around: world.buildings + world.compounds).arcs == smooth.arcs)
  }

  /// No more of any building than before lies outside its unit, but of those that go by their
  /// interior point since a parent or a barrier cuts them.
  private func checkBuildings(_ world: FabricWorld, _ fabric: Fabric, _ smooth: Fabric, _ seed: UInt64) throws {
    let cutting: Set<FabricProblem.Kind> = [.cutByParent, .cutByBarrier, .inWater]
    let cut = Set(fabric.problems.filter { cutting.contains($0.kind) }.flatMap(\.subjects))
    for (number, unit) in fabric.unitOfBuilding(count: world.buildings.count).enumerated() {
      guard let unit, !cut.contains(number) else { continue }
      let old = totalArea(try difference(world.buildings[number], fabric.units[unit].polygons))
      let new = totalArea(try difference(world.buildings[number], smooth.units[unit].polygons))
      #expect(new <= old + 1e-6, "seed \(seed), building \(number)")
    }
  }

  /// Parents and lines of the input stay to the last digit.
  @Test(arguments: UInt64(20)...24)
  func whatRunsAlongLinesStays(seed: UInt64) throws {
    let world = try RandomWorld(seed: seed).world
    let fabric = try Fabric(world)
    let groups = randomGroups(fabric, 8, seed: seed)
    let smooth = fabric.smoothed(groups, around: world.buildings + world.compounds)
    #expect(smooth.arcs.count == fabric.arcs.count)
    for (old, new) in zip(fabric.arcs, smooth.arcs) {
      #expect(old.left == new.left && old.right == new.right && old.borderClass == new.borderClass)
      if !old.runsFree { #expect(old.points == new.points, "seed \(seed)") }
    }
  }

  @Test func spikesAndZigzagsGo() throws {
    var (spikes, turns) = ((0, 0), (0.0, 0.0))
    for seed in UInt64(40)...51 {
      let world = try RandomWorld(seed: seed).world
      let fabric = try Fabric(world)
      let groups = randomGroups(fabric, 6, seed: seed)
      let old = crookedness(borders(fabric, groups))
      let new = crookedness(borders(fabric.smoothed(groups, around: world.buildings + world.compounds), groups))
      spikes = (spikes.0 + old.spikes, spikes.1 + new.spikes)
      turns = (turns.0 + old.turns, turns.1 + new.turns)
    }
    #expect(spikes.1 * 2 <= spikes.0, "\(spikes)")
    #expect(turns.1 * 2 <= turns.0, "\(turns)")
  }

  @Test func oneGroupAloneHasNothingToSmooth() throws {
    let world = try RandomWorld(seed: 5).world
    let fabric = try Fabric(world)
    let smooth = fabric.smoothed(fabric.units.map { $0.parent ?? -1 }, around: world.buildings)
    #expect(smooth.arcs == fabric.arcs && smooth.units == fabric.units)
  }

  /// Moves and removals that are allowed let no segment come to touch another, checked pair by pair.
  @Test(arguments: UInt64(1)...30)
  func allowedMovesKeepSegmentsApart(seed: UInt64) {
    var numbers = SeededNumbers(state: seed)
    var network = BorderNetwork(around: GridPoint(x: 0, y: 0), GridPoint(x: 20, y: 20), cell: 3)
    func place() -> GridPoint {
      GridPoint(x: Int32.random(in: 0...20, using: &numbers), y: Int32.random(in: 0...20, using: &numbers))
    }
    for _ in 0..<60 {
      let (a, b) = (place(), place())
      guard a != b, isFree(a, b, network) else { continue }
      network.add(from: network.vertex(at: a), to: network.vertex(at: b), isBorder: true, isFree: true)
    }
    #expect(areApart(network), "seed \(seed)")
    for _ in 0..<400 {
      let vertex = Int32.random(in: 0..<Int32(network.vertices.count), using: &numbers)
      guard !network.vertices[Int(vertex)].isGone else { continue }
      let goal = place()
      let isPlain = network.vertices[Int(vertex)].segments.count == 2
      if isPlain, numbers.number(0, 1) < 0.1, network.canRemove(vertex) {
        network.remove(vertex)
      } else if goal != network.place(vertex), network.canMove(vertex, to: goal) {
        network.move(vertex, to: goal)
      } else {
        continue
      }
      #expect(areApart(network), "seed \(seed)")
    }
  }

  private func isFree(_ a: GridPoint, _ b: GridPoint, _ network: BorderNetwork) -> Bool {
    network.segments.allSatisfy { areApart(a, b, network.place($0.a), network.place($0.b)) }
  }

  private func areApart(_ network: BorderNetwork) -> Bool {
    let alive = network.segments.indices.filter { number in
      network.vertices.contains { $0.segments.contains(Int32(number)) }
    }.map { (network.place(network.segments[$0].a), network.place(network.segments[$0].b)) }
    return alive.indices.allSatisfy { i in alive[..<i].allSatisfy { areApart(alive[i].0, alive[i].1, $0.0, $0.1) } }
  }

  /// Whether segments have nothing but a common end in common.
  private func areApart(_ a: GridPoint, _ b: GridPoint, _ c: GridPoint, _ d: GridPoint) -> Bool {
    func isOn(_ p: GridPoint, _ a: GridPoint, _ b: GridPoint) -> Bool { pointDistance(p, a, b) == 0 }
    let shared = [a, b].filter { $0 == c || $0 == d }
    if shared.count == 2 { return false }
    if let common = shared.first {
      let (mine, other) = (a == common ? b : a, c == common ? d : c)
      return !isOn(mine, c, d) && !isOn(other, a, b)
    }
    return segmentDistance(a, b, c, d) > 0
  }
}

/// Ground between carriageways, and between a road and a river.
@Suite struct StripTests {
  private let lot = [rectangle(0, 0, 400, 160)]
  private let south = [rectangle(50, 20, 40, 20)]
  private let north = [rectangle(250, 120, 40, 20)]

  @Test func aStripBetweenCarriagewaysIsHalved() throws {
    let lines = [line([(-5, 70), (405, 70)], .street(rank: 2)), line([(-5, 86), (405, 86)], .street(rank: 4))]
    let fabric = try Fabric(FabricWorld(parents: [lot], buildings: [south, north], lines: lines))
    #expect(fabric.units.map(\.buildings) == [[0], [1]])
    #expect(fabric.adjacency.map(\.borderClass) == [.street(rank: 4)])
    // Half way along 400 m, the ends as coarse as the triangulation there.
    for unit in fabric.units { #expect(abs(unit.area - (unit.buildings == [0] ? 78 : 82) * 400) < 500) }
    #expect(try faults(in: fabric.units.map(\.polygons), covering: lot) == [])
  }

  @Test func aStripAlongARiverGoesToItsSide() throws {
    let road = line([(-5, 70), (405, 70)], .street(rank: 2))
    let river = [rectangle(-5, 85, 410, 10)]
    let fabric = try Fabric(FabricWorld(parents: [lot], buildings: [south, north], lines: [road], waterAreas: [river]))
    #expect(fabric.units.map { $0.area.rounded() } == [34_000, 26_000])
    #expect(fabric.adjacency.isEmpty)
  }

  @Test func wideGroundIsAUnitOfItsOwn() throws {
    let lines = [line([(-5, 50), (405, 50)], .street(rank: 2)), line([(-5, 110), (405, 110)], .street(rank: 2))]
    let fabric = try Fabric(FabricWorld(parents: [lot], buildings: [south, north], lines: lines))
    #expect(fabric.units.map(\.buildings) == [[0], [1], []])
  }

  @Test func aStripBetweenBarriersStays() throws {
    let lines = [line([(-5, 70), (405, 70)], .barrier), line([(-5, 86), (405, 86)], .barrier)]
    let fabric = try Fabric(FabricWorld(parents: [lot], buildings: [south, north], lines: lines))
    #expect(fabric.units.map { $0.area.rounded() } == [28_000, 29_600, 6_400])
  }
}
