import Parallel
import Planar

extension Fabric {
  /// A fabric of arcs in half ticks, with units whose polygons and measures are yet to be found.
  init(_ arcs: [GridArc], nodeCount: Int, units: [FabricUnit], in halfTicks: GridFrame) {
    self.arcs = arcs.map { arc in
      Arc(
        points: arc.points.map(halfTicks.point), left: arc.left < 0 ? nil : Int(arc.left),
        right: arc.right < 0 ? nil : Int(arc.right), borderClass: arc.borderClass,
        runsFree: arc.runsFree, start: Int(arc.start), end: Int(arc.end))
    }
    self.units = units
    for unit in units.indices { self.units[unit].polygons = [] }
    wheel = Wheel(arcs, nodeCount: nodeCount)
    adjacency = []
    problems = []
    barriers = []
    adjacency = sharedBorders(of: Array(units.indices))
    for area in dissolve(Array(units.indices)) {
      self.units[area.group].polygons = area.polygons
      self.units[area.group].area = area.area
      self.units[area.group].perimeter = area.perimeter
    }
  }

  /// Turns the last unit into barriers.
  mutating func setApartLastUnit() {
    guard let last = units.popLast() else { return }
    let number = units.count
    barriers = last.polygons
    for arc in arcs.indices {
      if arcs[arc].left == number { (arcs[arc].left, arcs[arc].isBarrierLeft) = (nil, true) }
      if arcs[arc].right == number { (arcs[arc].right, arcs[arc].isBarrierRight) = (nil, true) }
    }
    adjacency.removeAll { $0.b == number }
  }

  /// Gives each unit a point inside: its centre where that lies inside, else half way along its
  /// widest stretch; `fallback` where it has no area.
  mutating func findInteriorPoints(_ fallback: (Int) -> Point?) {
    let polygons = units.map(\.polygons)
    let parts = chunks(of: units.count, parts: 256)
    let points = parallelMap(count: parts.count) { part in
      parts[part].map { point(inside: polygons[$0]) }
    }.flatMap { $0 }
    for unit in units.indices {
      units[unit].interiorPoint = points[unit] ?? fallback(unit) ?? Point(x: 0, y: 0)
    }
  }

  /// The shared borders of groups of units, by lower group, then by higher.
  ///
  /// - Parameter groups: the group of each unit; negative for none. Borders with no group on a
  ///   side are left out.
  public func sharedBorders(of groups: [Int]) -> [Adjacency] {
    var borders: [SharedStretch] = []
    for arc in arcs {
      guard let left = arc.left, let right = arc.right else { continue }
      let (g, h) = (groups[left], groups[right])
      guard g != h, g >= 0, h >= 0 else { continue }
      borders.append(
        SharedStretch(
          a: min(g, h), b: max(g, h), borderClass: arc.borderClass, length: pathLength(arc.points)))
    }
    return collected(borders)
  }
}

/// Stretches of border put together, by lower group, then by higher.
func collected(_ stretches: [SharedStretch]) -> [Adjacency] {
  let sorted = stretches.sorted { ($0.a, $0.b, $0.borderClass, $0.length) < ($1.a, $1.b, $1.borderClass, $1.length) }
  var result: [Adjacency] = []
  for stretch in sorted {
    if result.last?.a != stretch.a || result.last?.b != stretch.b {
      result.append(Adjacency(a: stretch.a, b: stretch.b, length: 0, parts: []))
    }
    result[result.count - 1].add(stretch.borderClass, stretch.length)
  }
  return result
}

private func point(inside polygons: [Polygon]) -> Point? {
  if polygons.count == 1, polygons[0].locate(polygons[0].centroid) == .inside {
    return polygons[0].centroid
  }
  return interiorPoint(of: polygons)
}

/// A length of border between two groups, and what runs along it.
struct SharedStretch {
  var a: Int
  var b: Int
  var borderClass: BorderClass
  var length: Double
}

extension Adjacency {
  /// Adds a stretch whose class comes no earlier than those before.
  fileprivate mutating func add(_ borderClass: BorderClass, _ length: Double) {
    self.length += length
    if parts.last?.borderClass == borderClass {
      parts[parts.count - 1].length += length
    } else {
      parts.append(BorderPart(borderClass: borderClass, length: length))
    }
  }
}
