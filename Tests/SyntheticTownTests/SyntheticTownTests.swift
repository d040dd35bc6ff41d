import MapFiles
import Planar
import SyntheticTown
import Testing

@Suite struct Requests {
  @Test(arguments: TownProfile.allCases, [2_000, 2_001, 4_999, 20_000])
  func totalIsExact(profile: TownProfile, households: Int) throws {
    for seed: UInt64 in [0, 1, .max] {
      #expect(try World(households, seed: seed, profile).totalHouseholds == households)
    }
  }

  @Test func sameRequestGivesSameBytes() throws {
    for request in [TownRequest(households: 3_000, seed: 9, odd: 7), TownRequest(households: 2_000, seed: 9, profile: .rural)] {
      let first = try SyntheticTown.make(request).layers.map(fingerprint)
      #expect(try SyntheticTown.make(request).layers.map(fingerprint) == first)
    }
  }

  @Test func anotherSeedGivesAnotherTown() throws {
    let towns = try [1, 2].map { fingerprint(try World(2_000, seed: $0).town[.buildings]) }
    #expect(towns[0] != towns[1])
  }

  @Test(arguments: [-1, 0, 1_999, 4_300_001])
  func sizeOutsideTheRangeIsRefused(households: Int) {
    #expect(throws: TownError.self) { try SyntheticTown.make(TownRequest(households: households)) }
  }

  @Test func everyLayerHasItsNameAndFeatures() throws {
    let town = try World(2_000, odd: 6).town
    for kind in TownLayer.allCases {
      #expect(town[kind].name == kind.rawValue)
      #expect(!town[kind].features.isEmpty, "\(kind)")
      #expect(town[kind].features.allSatisfy { $0.values.count == town[kind].fields.count })
    }
  }
}

@Suite struct Codes {
  @Test(arguments: [(6_000, TownProfile.urban), (40_000, .urban), (2_000, .rural), (15_000, .rural)])
  func nestAndAreFictitious(households: Int, profile: TownProfile) throws {
    let world = try World(households, seed: 3, profile)
    let codes = world.texts(.communities, "code")
    #expect(Set(codes).count == codes.count)
    #expect(codes == codes.sorted())
    for (code, street) in zip(codes, world.texts(.communities, "street_code")) {
      #expect(code.count == 12 && code.allSatisfy(\.isNumber))
      #expect(code.hasPrefix("9901") && code.hasPrefix(street) && street.count == 9)
    }
    let grids = world.texts(.grids, "code")
    #expect(Set(grids).count == grids.count)
    for (grid, community) in zip(grids, world.texts(.grids, "community")) {
      #expect(grid.count == 15 && grid.hasPrefix(community) && codes.contains(community))
    }
    let units = Set(world.texts(.units, "community"))
    #expect(units == Set(codes))
  }

  @Test func everyNameSaysThatItIsAModel() throws {
    let world = try World(6_000)
    for layer in [TownLayer.communities, .compounds, .keyPlaces, .sensitivePlaces, .water, .grids] {
      #expect(world.texts(layer, "name").allSatisfy { $0.hasPrefix("示范") }, "\(layer)")
    }
  }
}

@Suite struct Contents {
  @Test(arguments: World.small)
  func buildingsMeetNothing(_ request: TownRequest) throws {
    let world = try World(request.households, seed: request.seed, request.profile)
    let buildings = world.polygons(.buildings)
    let boxes = buildings.map(\.box)
    var order = Array(buildings.indices)
    order.sort { boxes[$0].min.x < boxes[$1].min.x }
    for (k, i) in order.enumerated() {
      #expect(isSimple(buildings[i].exterior) && buildings[i].exterior.isCounterClockwise, "building \(i)")
      for j in order[(k + 1)...] {
        if boxes[j].min.x > boxes[i].max.x { break }
        #expect(!meet(buildings[i], buildings[j]), "buildings \(i) and \(j), seed \(request.seed)")
      }
    }
    let water = world.polygons(.water)
    let lines = world.groundLines
    let lineBoxes = lines.map { Box(around: $0) }
    for (i, building) in buildings.enumerated() {
      #expect(!water.contains { meet(building, $0) }, "building \(i) in water, seed \(request.seed)")
      for (line, box) in zip(lines, lineBoxes) where box.intersects(boxes[i]) {
        #expect(!meet(building.exterior, path: line), "building \(i) on a street, seed \(request.seed)")
      }
    }
  }

  @Test(arguments: World.small)
  func buildingsLieInOneCommunityAndCompound(_ request: TownRequest) throws {
    let world = try World(request.households, seed: request.seed, request.profile)
    let communities = world.polygons(.communities)
    let compounds = Dictionary(
      uniqueKeysWithValues: zip(world.texts(.compounds, "id"), world.polygons(.compounds)))
    for (building, compound) in zip(world.polygons(.buildings), world.texts(.buildings, "compound")) {
      let homes = communities.filter { community in
        building.exterior.points.allSatisfy { community.locate($0) == .inside }
      }
      #expect(homes.count == 1)
      if let fence = compounds[compound] {
        #expect(building.exterior.points.allSatisfy { fence.locate($0) == .inside })
      }
    }
  }

  @Test func peopleAreNowhere() throws {
    let world = try World(6_000)
    let fields = Set(world.town.layers.flatMap(\.fields))
    #expect(fields.isDisjoint(with: ["population", "persons", "phone", "resident", "gender", "age"]))
    #expect(!world.town[.workers].fields.contains("name"))
  }

  @Test func recordsOfCamerasHaveGaps() throws {
    let world = try World(20_000)
    for field in ["azimuth", "fov", "range", "height", "inService"] {
      let missing = world.values(.cameras, field).filter { $0 == .null }.count
      #expect(missing > 0 && missing < world.town[.cameras].features.count / 3, "\(field)")
    }
    let azimuths = world.values(.cameras, "azimuth").compactMap(\.asNumber)
    #expect(azimuths.allSatisfy { (0...360).contains($0) })
  }

  @Test func eventsAreInOrderOfTimeAndCloseLater() throws {
    let world = try World(6_000)
    let reported = world.texts(.events, "reported")
    #expect(reported.count == 600)
    #expect(reported == reported.sorted())
    #expect(reported.allSatisfy { $0.hasPrefix("2024-") && $0.hasSuffix(":00+08:00") && $0.count == 25 })
    for (open, closed) in zip(reported, world.texts(.events, "closed")) where !closed.isEmpty {
      #expect(closed > open)
    }
  }

  @Test func eachPostHasAGridOfItsCommunity() throws {
    let world = try World(20_000)
    let grids = Set(world.texts(.grids, "code"))
    #expect(Set(world.texts(.workers, "grid")) == grids)
    #expect(Set(world.texts(.workers, "id")).count == grids.count)
  }

  @Test func theOddOnesAreThoseListed() throws {
    let clean = try World(3_000, seed: 2)
    let world = try World(3_000, seed: 2, odd: 12)
    #expect(world.totalHouseholds == 3_000)
    let listed = Set(world.texts(.odd, "building"))
    let ids = world.texts(.buildings, "id")
    let changed = ids.indices.filter { clean.polygons(.buildings)[$0] != world.polygons(.buildings)[$0] }
    #expect(Set(changed.map { ids[$0] }) == listed)
    #expect(listed.count == 12)
    #expect(Set(world.texts(.odd, "oddity")).count == 6)
    for (id, kind) in zip(world.texts(.odd, "building"), world.texts(.odd, "oddity")) {
      let polygon = world.polygons(.buildings)[ids.firstIndex(of: id)!]
      #expect(isSimple(polygon.exterior) == (kind != "invalid-ring"), "\(id) \(kind)")
    }
  }
}

@Suite struct Tiling {
  /// Sides of all rings of a layer, each in its own direction.
  private func sides(_ polygons: [Polygon]) -> [[Point]] {
    polygons.flatMap { polygon in
      polygon.rings.flatMap { ring in zip(ring.points, ring.points.dropFirst()).map { [$0, $1] } }
    }
  }

  @Test(arguments: World.small + [TownRequest(households: 40_000, seed: 8), TownRequest(households: 15_000, seed: 8, profile: .rural)])
  func unitsGridsAndCommunitiesAreSeamless(_ request: TownRequest) throws {
    let world = try World(request.households, seed: request.seed, request.profile)
    let units = sides(world.polygons(.units))
    let unitSides = Set(units)
    #expect(unitSides.count == units.count, "two units on one side of a border")
    var outer = unitSides.filter { !unitSides.contains([$0[1], $0[0]]) }
    // Communities and grids have the same outer border and only borders of units inside.
    for layer in [TownLayer.communities, .grids] {
      let list = sides(world.polygons(layer))
      let set = Set(list)
      #expect(set.count == list.count && set.isSubset(of: unitSides), "\(layer)")
      #expect(set.filter { !set.contains([$0[1], $0[0]]) } == outer, "\(layer)")
    }
    for line in world.groundLines {
      for (a, b) in zip(line, line.dropFirst()) {
        #expect(unitSides.contains([a, b]) || unitSides.contains([b, a]), "a street that bounds no unit")
      }
    }
    outer.removeAll()
  }

  @Test(arguments: World.small)
  func areasAddUpAndPartsAreOne(_ request: TownRequest) throws {
    let world = try World(request.households, seed: request.seed, request.profile)
    let unitArea = world.polygons(.units).reduce(0) { $0 + $1.area }
    for layer in [TownLayer.communities, .grids] {
      let polygons = world.polygons(layer)
      #expect(polygons.count == world.town[layer].features.count, "\(layer) in several parts")
      #expect(polygons.allSatisfy { $0.exterior.isCounterClockwise })
      let area = polygons.reduce(0) { $0 + $1.area }
      #expect(abs(area / unitArea - 1) < 1e-9)
    }
  }

  @Test func householdsOfUnitsAreThoseOfBuildings() throws {
    let world = try World(6_000, seed: 5)
    let counts = world.values(.units, "households").map { Int($0.asNumber!) }
    #expect(counts.reduce(0, +) == 6_000)
    let buildings = world.polygons(.buildings)
    let households = world.values(.buildings, "households").map { Int($0.asNumber!) }
    for (unit, count) in zip(world.polygons(.units), counts) {
      let inside = buildings.indices.filter { unit.locate(buildings[$0].exterior.points[0]) == .inside }
      #expect(inside.reduce(0) { $0 + households[$1] } == count)
    }
  }
}
