import Planar
import Topology

extension Fabric {
  /// The fabric of units made from buildings, streets, water and compounds inside parents.
  ///
  /// Precedence: no unit crosses a parent's border; none lies in water or across a barrier line;
  /// no building is cut; streets and the edges of compounds bound the ground between buildings.
  /// Within these the ground belongs to the nearest building, or outside compounds to the nearest
  /// building or compound. Buildings that overlap share a
  /// unit; buildings that touch part along the shared wall. Ground without buildings between
  /// streets is a unit of its own unless it is small or narrow.
  /// - Throws: `FabricError` where a coordinate is not finite.
  /// O(n log n). Method: docs/methods/fabric.md.
  public init(_ world: FabricWorld, settings: FabricSettings = FabricSettings()) throws(FabricError) {
    var world = world
    var problems = try Fabric.clean(&world, settings)
    let frame = GridFrame(around: world.box, resolution: settings.resolution)
    let survey = try Survey.of(world.chains(in: frame))
    let ground = Ground(survey, frame, closedCompounds: world.closedCompounds)
    let faces = Faces(survey, ground)
    let homes = BuildingHomes(survey, ground, world.buildings, frame, settings)
    problems += homes.problems
    let buildingCount = world.buildings.count
    var division = Division(survey, ground, homes, faces, buildingCount: buildingCount)
    division.refine(frame)
    division.grow()
    division.labelOpenGround(frame, settings)
    self = division.fabric(homes, frame, settings)
    problems += adopt(homes.guests)
    self.problems = problems.inOrder
  }

  /// Checks all coordinates and makes the parents fit each other.
  private static func clean(
    _ world: inout FabricWorld, _ settings: FabricSettings
  ) throws(FabricError) -> [FabricProblem] {
    try requireFinite(world.buildings, "building")
    try requireFinite(world.waterAreas, "water")
    try requireFinite(world.compounds, "compound")
    for (number, line) in world.lines.enumerated() { try requireFinite(line.points, "line \(number)") }
    if world.parents.isEmpty {
      world.parents = [world.surroundings]
      return []
    }
    let parents = try Fabric(units: world.parents.map { ReadyUnit(polygons: $0) }, settings: settings)
    world.parents = parents.units.map(\.polygons)
    return parents.problems
  }

  /// Gives buildings that have no ground to the nearest unit, of their parent where they have one.
  ///
  /// Returns a problem for those that no unit can take: none.
  private mutating func adopt(_ guests: [(building: Int, place: Point, parent: Int)]) -> [FabricProblem] {
    guard !guests.isEmpty else { return [] }
    let index = BoxIndex(units.map { unit in unit.polygons.reduce(Box.empty) { $0.union($1.box) } })
    for guest in guests {
      let nearest = index.nearest(to: guest.place) { unit in
        guard guest.parent < 0 || units[unit].parent == guest.parent else { return .infinity }
        return units[unit].polygons.reduce(.infinity) { min($0, $1.distance(to: guest.place)) }
      }
      guard let nearest, nearest.distance.isFinite else { continue }
      units[nearest.item].buildings.append(guest.building)
      units[nearest.item].buildings.sort()
    }
    return []
  }
}

extension Polygon {
  /// 0 inside, else the distance to the border.
  fileprivate func distance(to point: Point) -> Double {
    locate(point) == .outside ? distanceToBoundary(from: point) : 0
  }
}

extension FabricWorld {
  /// The box around everything.
  fileprivate var box: Box {
    lines.reduce(Box(aroundAll: parents + buildings + waterAreas + compounds)) {
      $0.union(Box(around: $1.points))
    }
  }

  /// The ground around all buildings, with a margin: the parent where there is none.
  fileprivate var surroundings: [Polygon] {
    let points = buildings.flatMap { $0.flatMap(\.exterior.points) }
    let margin = 20.0
    if let hull = try? convexHull(of: points), !hull.isEmpty,
      let wide = try? buffer(.area(of: hull), by: margin, quadrantSegments: 4)
    {
      return wide
    }
    let box = Box(around: points)
    return box.isEmpty ? [] : [Polygon(box.expanded(by: margin))]
  }

  fileprivate func chains(in frame: GridFrame) -> [Chain] {
    var chains: [Chain] = []
    for (kind, areas) in [
      (FeatureKind.parent, parents), (.water, waterAreas), (.compound, compounds), (.building, buildings),
    ] {
      for (number, area) in areas.enumerated() { chains += frame.chains(area, Feature(kind, number)) }
    }
    for line in lines {
      switch line.kind {
      case .street(let rank): chains.append(frame.chain(line.points, .street(rank: rank)))
      case .barrier: chains.append(frame.chain(line.points, .barrier))
      }
    }
    return chains
  }
}
