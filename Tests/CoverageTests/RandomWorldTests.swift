import Planar
import Testing

@testable import Coverage

/// Views against rays, in seeded worlds of touching, overlapping and hollow buildings.
@Suite struct RandomWorldTests {
  @Test(arguments: 1...24) func viewsAgreeWithRays(seed: UInt64) {
    let world = World(seed: seed)
    let walls = WallIndex(polygons: world.polygons)
    var random = SeededGenerator(seed: seed &+ 1000)
    for place in world.places {
      let placement = walls.placed(place)
      guard placement.status != .inside else { continue }
      let sector = Sector(
        eye: placement.eye, azimuth: random.uniform(0..<360),
        fieldOfView: Bool.random(using: &random) ? 360 : random.uniform(5..<355), range: 30)
      let view = walls.view(of: sector, arcs: ArcRule(.tolerance(0.0005)))
      #expect(isValid(view), "seed \(seed), \(sector)")
      compare(view, sector, world, &random, seed)
    }
  }

  private func compare(
    _ view: View, _ sector: Sector, _ world: World, _ random: inout SeededGenerator, _ seed: UInt64
  ) {
    for _ in 0..<60 {
      let azimuth = sector.azimuth + (random.uniform(0..<1) - 0.5) * sector.fieldOfView
      let expected = sight(from: sector.eye, azimuth: azimuth, range: sector.range, world.polygons)
      let found = reach(of: view, from: sector.eye, azimuth: azimuth)
      let isClose = expected == sector.range ? abs(found - expected) < 0.001 : abs(found - expected) < 1e-6
      // A ray at the very edge of a wall may fall on either side of it.
      guard !isClose else { continue }
      let left = sight(from: sector.eye, azimuth: azimuth - 1e-6, range: sector.range, world.polygons)
      let right = sight(from: sector.eye, azimuth: azimuth + 1e-6, range: sector.range, world.polygons)
      #expect(abs(left - right) > 1e-3, "seed \(seed), \(sector), azimuth \(azimuth): \(found) for \(expected)")
    }
  }

  @Test(arguments: 1...20) func movingAndTurningLeaveAreasAlone(seed: UInt64) {
    let world = World(seed: seed)
    var random = SeededGenerator(seed: seed)
    let angle = random.uniform(0..<6)
    let shift = Point(x: 4_123_456.7, y: 3_987_654.3)
    let walls = WallIndex(polygons: world.polygons)
    let moved = WallIndex(polygons: world.polygons.map { move($0, angle, shift) })
    for place in world.places where walls.locate(place) == .outside {
      let eye = walls.placed(place).eye
      let sector = Sector(eye: eye, azimuth: 70, fieldOfView: 130, range: 25)
      let turned = Sector(
        eye: rotated(eye, by: angle) + shift, azimuth: 70 - angle * 180 / .pi, fieldOfView: 130, range: 25)
      let before = walls.view(of: sector, arcs: ArcRule(.step(2))).area
      let after = moved.view(of: turned, arcs: ArcRule(.step(2))).area
      #expect(abs(before - after) < 1e-5 * max(1, before), "seed \(seed), place \(place)")
    }
  }

  private func move(_ polygon: Polygon, _ angle: Double, _ shift: Point) -> Polygon {
    func ring(_ ring: Ring) -> Ring { Ring(ring.points.map { rotated($0, by: angle) + shift }) }
    return Polygon(exterior: ring(polygon.exterior), holes: polygon.holes.map(ring))
  }

  @Test(arguments: 1...20) func aBuildingNeverAddsView(seed: UInt64) {
    let world = World(seed: seed)
    let few = WallIndex(polygons: Array(world.polygons.dropLast(2)))
    let all = WallIndex(polygons: world.polygons)
    for place in world.places {
      let placement = all.placed(place)
      guard placement.status != .inside else { continue }
      let sector = Sector(eye: placement.eye, azimuth: 0, fieldOfView: 360, range: 40)
      let arcs = ArcRule(.step(3))
      #expect(all.view(of: sector, arcs: arcs).area <= few.view(of: sector, arcs: arcs).area + 1e-6)
    }
  }

  @Test(arguments: 1...20) func nearLimitsTakeTheirDiscAway(seed: UInt64) {
    let world = World(seed: seed)
    let walls = WallIndex(polygons: world.polygons)
    for (place, fov) in zip(world.places, [360.0, 90, 200, 360, 30, 359, 360, 120, 10, 360, 360, 75]) {
      let placement = walls.placed(place)
      guard placement.status != .inside else { continue }
      var sector = Sector(eye: placement.eye, azimuth: 40, fieldOfView: fov, range: 30)
      let arcs = ArcRule(.tolerance(1e-4))
      let whole = walls.view(of: sector, arcs: arcs)
      sector.range = 8
      let disc = walls.view(of: sector, arcs: arcs)
      sector.range = 30
      sector.near = 8
      let ring = walls.view(of: sector, arcs: arcs)
      #expect(isValid(ring), "seed \(seed), \(sector)")
      #expect(abs(whole.area - disc.area - ring.area) < 0.02, "seed \(seed), \(sector)")
      let drawn = ring.polygons.reduce(0) { $0 + $1.area }
      #expect(abs(drawn - ring.area) < 1e-6 * max(1, drawn))
    }
  }
}
