import Parallel
public import Planar

extension Fabric {
  /// The same fabric with straighter borders between groups of units.
  ///
  /// Only borders over open ground and along the middle of divided strips move, at most 10 m and
  /// half of the way to the nearest wall (points are cut back by up to 15 m), and they stay 2 m or
  /// three fifths of their former distance from walls. Units keep their buildings, groups their
  /// neighbours; borders inside groups follow. Each parent is worked on by itself.
  /// - Parameters:
  ///   - groups: the group of each unit; negative for none.
  ///   - walls: footprints that no border may come near to.
  ///   - places: points that have to stay in their unit.
  ///   - resolution: the one that the fabric was made with.
  /// O(n log n).
  public func smoothed(
    _ groups: [Int], around walls: [[Polygon]], places: [Point] = [], resolution: Double = 0.001
  ) -> Fabric {
    precondition(groups.count == units.count, "a group for each unit")
    let box = arcs.reduce(Box.empty) { $0.union(Box(around: $1.points)) }
    let frame = GridFrame(around: box, resolution: resolution).halved
    let regions = smoothingRegions(groups, walls, places)
    let moved = parallelMap(count: regions.count) { self.smoothedArcs(of: regions[$0], groups, frame) }
    var points = arcs.map(\.points)
    for (number, path) in moved.joined() { points[number] = path.map(frame.point) }
    return replacing(points, frame)
  }

  /// The same arcs on other ways.
  private func replacing(_ points: [[Point]], _ frame: GridFrame) -> Fabric {
    let water = Int32(units.count)
    let gridArcs = arcs.enumerated().map { number, arc in
      GridArc(
        points: points[number].map(frame.tick), room: [],
        left: arc.isBarrierLeft ? water : Int32(arc.left ?? -1), right: arc.isBarrierRight ? water : Int32(arc.right ?? -1),
        borderClass: arc.borderClass, runsFree: arc.runsFree, start: Int32(arc.start), end: Int32(arc.end))
    }
    let nodeCount = (arcs.lazy.map { max($0.start, $0.end) }.max() ?? -1) + 1
    var result = Fabric(gridArcs, nodeCount: nodeCount, units: units + [FabricUnit(parent: nil)], in: frame)
    result.setApartLastUnit()
    let fallbacks = units.map(\.interiorPoint)
    result.findInteriorPoints { fallbacks[$0] }
    result.problems = problems
    return result
  }
}

/// What is worked on apart: the arcs of one parent, and what stands in it.
private struct SmoothingRegion: Sendable {
  var arcs: [Int] = []
  var walls: [[Point]] = []
  var hasBorders = false
}

extension Fabric {
  private func smoothingRegions(_ groups: [Int], _ walls: [[Polygon]], _ places: [Point]) -> [SmoothingRegion] {
    let count = (units.lazy.compactMap(\.parent).max() ?? -1) + 2
    func region(_ unit: Int?) -> Int? { unit.map { (units[$0].parent ?? -1) + 1 } }
    var regions = Array(repeating: SmoothingRegion(), count: count)
    for (number, arc) in arcs.enumerated() {
      let (left, right) = (region(arc.left), region(arc.right))
      if let left { regions[left].arcs.append(number) }
      if let right, right != left { regions[right].arcs.append(number) }
      if let left, isMovableBorder(arc, groups) { regions[left].hasBorders = true }
    }
    place(walls, places, in: &regions)
    return regions.filter(\.hasBorders)
  }

  private func isMovableBorder(_ arc: Arc, _ groups: [Int]) -> Bool {
    guard arc.runsFree, let left = arc.left, let right = arc.right else { return false }
    return groups[left] != groups[right] && units[left].parent == units[right].parent
  }

  /// Walls stand in every region whose box they meet.
  private func place(_ walls: [[Polygon]], _ places: [Point], in regions: inout [SmoothingRegion]) {
    let boxes = regions.map { region in
      region.hasBorders ? region.arcs.reduce(Box.empty) { $0.union(Box(around: arcs[$1].points)) } : .empty
    }
    let index = BoxIndex(boxes)
    func add(_ path: [Point], _ box: Box) { index.forEach(meeting: box) { regions[$0].walls.append(path) } }
    for ring in walls.joined().flatMap(\.rings) { add(ring.points, ring.box) }
    for point in places { add([point, point], Box(min: point, max: point)) }
  }

  private func smoothedArcs(
    of region: SmoothingRegion, _ groups: [Int], _ frame: GridFrame
  ) -> [(number: Int, points: [GridPoint])] {
    let paths = region.arcs.map { arcs[$0].points.map(frame.tick) }
    var network = BorderNetwork.around(paths, scale: frame.scale)
    let vertices = zip(region.arcs, paths).map { number, path in
      let arc = arcs[number]
      let isBorder = isMovableBorder(arc, groups)
      let isFree = arc.runsFree && arc.left.map { units[$0].parent } == arc.right.map { units[$0].parent }
      return network.add(path, isBorder: isBorder, isFree: isFree)
    }
    for wall in region.walls { network.addWall(wall.map(frame.tick)) }
    var smoothing = BorderSmoothing(network, BorderSmoothing.Limits(scale: frame.scale))
    smoothing.run()
    return zip(region.arcs, zip(vertices, paths)).compactMap { number, own in
      let points = smoothing.network.points(of: own.0)
      return points == own.1 ? nil : (number, points)
    }
  }
}

extension BorderNetwork {
  /// An empty network with room for paths.
  fileprivate static func around(_ paths: [[GridPoint]], scale: Double) -> BorderNetwork {
    var (low, high) = (paths[0][0], paths[0][0])
    var count = 0
    for path in paths {
      count += path.count
      for point in path {
        low = GridPoint(x: min(low.x, point.x), y: min(low.y, point.y))
        high = GridPoint(x: max(high.x, point.x), y: max(high.y, point.y))
      }
    }
    let margin = Int32(20 * scale)
    let (width, height) = (Double(high.x) - Double(low.x), Double(high.y) - Double(low.y))
    let cell = max(10 * scale, (width * height / Double(count)).squareRoot())
    return BorderNetwork(
      around: GridPoint(x: low.x - margin, y: low.y - margin), GridPoint(x: high.x + margin, y: high.y + margin),
      cell: Int32(min(cell, 1e9)))
  }

  /// Adds an arc; its ends stay.
  fileprivate mutating func add(_ path: [GridPoint], isBorder: Bool, isFree: Bool) -> [Int32] {
    let own = path.map { vertex(at: $0) }
    keep(own[0])
    keep(own[own.count - 1])
    for (a, b) in zip(own, own.dropFirst()) { add(from: a, to: b, isBorder: isBorder, isFree: isFree) }
    return own
  }

  /// Adds the walls of a ring, or a point.
  fileprivate mutating func addWall(_ path: [GridPoint]) {
    let own = path.map { vertex(at: $0) }
    for (a, b) in zip(own, own.dropFirst()) where a != b || own.count == 2 { add(from: a, to: b, isWall: true) }
  }

  fileprivate func points(of path: [Int32]) -> [GridPoint] {
    path.filter { !vertices[Int($0)].isGone }.map(place)
  }
}
