import Parallel
import Planar

extension Fabric {
  /// The areas of groups of units, by group.
  ///
  /// Neighbours have identical vertices along their common borders, wherever three groups meet
  /// included. Rings are simple; where a group touches itself in a point it is split there.
  /// - Parameter groups: the group of each unit; negative for none.
  /// O(n) for n vertices.
  public func dissolve(_ groups: [Int]) -> [DissolvedArea] {
    precondition(groups.count == units.count, "a group for each unit")
    let outline = Outline(self, groups)
    let rings = outline.rings()
    let parts = chunks(of: rings.count, parts: 256)
    return parallelMap(count: parts.count) { part in
      rings[parts[part]].map { area(of: $0.group, $0.loops) }
    }.flatMap { $0 }
  }

  /// The area that loops of half-arcs enclose, the group to the left of each.
  private func area(of group: Int, _ loops: [[Int]]) -> DissolvedArea {
    let rings = loops.map(ring(of:))
    let polygons = assembled(rings)
    return DissolvedArea(
      group: group, polygons: polygons, area: polygons.reduce(0) { $0 + $1.area },
      perimeter: polygons.reduce(0) { $0 + $1.perimeter })
  }

  private func ring(of loop: [Int]) -> Ring {
    var points: [Point] = []
    for half in loop {
      let arc = arcs[half / 2].points
      if half % 2 == 0 {
        points += arc.dropLast()
      } else {
        points += arc.reversed().dropLast()
      }
    }
    return Ring(points.fromLowest)
  }
}

extension [Point] {
  /// The corners of a ring from its lowest one on, so that a ring is the same whichever arc it was
  /// walked from.
  fileprivate var fromLowest: [Point] {
    guard let start = indices.min(by: { self[$0].precedes(self[$1]) }) else { return self }
    return Array(self[start...] + self[..<start])
  }
}

/// Polygons of rings that share points at most: counter-clockwise ones are shells, the others
/// holes of the smallest shell around them. By the lowest vertex of the shell.
func assembled(_ rings: [Ring]) -> [Polygon] {
  let areas = rings.map(\.signedArea)
  let shells = rings.indices.filter { areas[$0] > 0 }
  if shells.count == 1 {
    let holes = rings.indices.filter { areas[$0] < 0 }.map { rings[$0] }
    return [Polygon(exterior: rings[shells[0]], holes: inOrder(holes))]
  }
  var holes: [Int: [Ring]] = [:]
  let boxes = shells.map { rings[$0].box }
  for hole in rings.indices where areas[hole] < 0 {
    let box = rings[hole].box
    let around = shells.indices.filter {
      boxes[$0].contains(box.min) && boxes[$0].contains(box.max) && areas[shells[$0]] > -areas[hole]
        && rings[hole].isInside(rings[shells[$0]])
    }
    if let smallest = around.min(by: { areas[shells[$0]] < areas[shells[$1]] }) {
      holes[shells[smallest], default: []].append(rings[hole])
    }
  }
  return shells.map { Polygon(exterior: rings[$0], holes: inOrder(holes[$0] ?? [])) }
    .sorted { lowest($0).precedes(lowest($1)) }
}

/// Rings by their lowest corners, which come first in each.
private func inOrder(_ rings: [Ring]) -> [Ring] { rings.sorted { $0.points[0].precedes($1.points[0]) } }

private func lowest(_ polygon: Polygon) -> Point {
  polygon.exterior.points.reduce(polygon.exterior.points[0]) { $1.precedes($0) ? $1 : $0 }
}

extension Ring {
  /// Whether the ring lies inside `outer`, which it doesn't cross.
  fileprivate func isInside(_ outer: Ring) -> Bool {
    for (a, b) in zip(points, points.dropFirst()) {
      for point in [a, a.midpoint(to: b)] {
        switch outer.locate(point) {
        case .inside: return true
        case .outside: return false
        case .boundary: continue
        }
      }
    }
    return false
  }
}

/// The half-arcs between different groups.
private struct Outline {
  let fabric: Fabric
  let groups: [Int]

  init(_ fabric: Fabric, _ groups: [Int]) {
    self.fabric = fabric
    self.groups = groups
  }

  /// For each group its loops of half-arcs, the group to their left.
  func rings() -> [(group: Int, loops: [[Int]])] {
    var isUsed = [Bool](repeating: false, count: fabric.arcs.count * 2)
    var loops: [(group: Int, loop: [Int])] = []
    for half in isUsed.indices where !isUsed[half] {
      guard let group = group(leftOf: half), group != self.group(leftOf: half ^ 1) else { continue }
      let walk = walk(from: half, around: group)
      for half in walk { isUsed[half] = true }
      for loop in simpleLoops(walk) { loops.append((group, loop)) }
    }
    let order = loops.indices.sorted { (loops[$0].group, $0) < (loops[$1].group, $1) }
    var result: [(group: Int, loops: [[Int]])] = []
    for index in order {
      if result.last?.group != loops[index].group { result.append((loops[index].group, [])) }
      result[result.count - 1].loops.append(loops[index].loop)
    }
    return result
  }

  private func group(leftOf half: Int) -> Int? {
    let arc = fabric.arcs[half / 2]
    guard let unit = half % 2 == 0 ? arc.left : arc.right, groups[unit] >= 0 else { return nil }
    return groups[unit]
  }

  private func origin(of half: Int) -> Int {
    half % 2 == 0 ? fabric.arcs[half / 2].start : fabric.arcs[half / 2].end
  }

  /// Around one face of the group: at each node the first border clockwise from where we came.
  private func walk(from first: Int, around group: Int) -> [Int] {
    var walk: [Int] = []
    var half = first
    repeat {
      walk.append(half)
      let back = half ^ 1
      half =
        fabric.wheel.clockwise(from: back, at: origin(of: back)).first {
          self.group(leftOf: $0) == group && self.group(leftOf: $0 ^ 1) != group
        } ?? first
    } while half != first
    return walk
  }

  /// The walk cut wherever it comes back to a node.
  private func simpleLoops(_ walk: [Int]) -> [[Int]] {
    var loops: [[Int]] = []
    var path: [Int] = []
    var depth: [Int: Int] = [:]
    for half in walk {
      let node = origin(of: half)
      if let start = depth[node] {
        loops.append(Array(path[start...]))
        for left in path[(start + 1)...] { depth[origin(of: left)] = nil }
        path.removeSubrange(start...)
      } else {
        depth[node] = path.count
      }
      path.append(half)
    }
    loops.append(path)
    return loops
  }
}
