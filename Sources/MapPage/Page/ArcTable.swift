import Planar

/// Areas as lists of the arcs that bound them: a border between two areas stands once, so that both
/// sides stay the same however it is simplified. The idea is TopoJSON's.
struct ArcTable {
  typealias Place = PageLattice.Place

  private(set) var arcs: [[Place]] = []
  /// For each area its rings; arc `a` forward is `a`, backward `-a - 1`.
  private(set) var areas: [[[Int]]] = []
  private var known: [Start: Int] = [:]

  /// An arc is told by its first step.
  private struct Start: Hashable {
    var first: Place
    var second: Place
  }

  init(_ areas: [[Polygon]], on lattice: PageLattice) {
    let rings = areas.map { polygons in
      polygons.flatMap(\.rings).compactMap { lattice(ring: $0.points) }
    }
    let junctions = Self.junctions(rings.joined())
    self.areas = rings.map { rings in rings.map { cut($0, at: junctions) } }
    known = [:]
  }

  /// Places where borders part: those with more than two neighbours.
  private static func junctions(_ rings: some Sequence<[Place]>) -> Set<Place> {
    var neighbours: [Place: (Place, Place)] = [:]
    var junctions = Set<Place>()
    for ring in rings {
      for index in ring.indices {
        let pair = (ring[index == 0 ? ring.count - 1 : index - 1], ring[index + 1 == ring.count ? 0 : index + 1])
        guard let seen = neighbours[ring[index]] else {
          neighbours[ring[index]] = pair
          continue
        }
        if seen != pair, seen != (pair.1, pair.0) { junctions.insert(ring[index]) }
      }
    }
    return junctions
  }

  private mutating func cut(_ ring: [Place], at junctions: Set<Place>) -> [Int] {
    let starts = ring.indices.filter { junctions.contains(ring[$0]) }
    guard let first = starts.first else {
      // Nothing parts here: the ring is one arc from its lowest place, whichever ring it is met in.
      let low = ring.indices.min { ring[$0] < ring[$1] }!
      return [arc(ring[low...] + ring[...low])]
    }
    return starts.indices.map { index in
      let from = starts[index]
      let to = index + 1 < starts.count ? starts[index + 1] : first
      return arc(from < to ? ring[from...to] : ring[from...] + ring[...to])
    }
  }

  private mutating func arc(_ places: ArraySlice<Place>) -> Int {
    let places = Array(places)
    let forward = Start(first: places[0], second: places[1])
    if let found = known[forward] { return found }
    let number = arcs.count
    arcs.append(places)
    known[forward] = number
    known[Start(first: places[places.count - 1], second: places[places.count - 2])] = -number - 1
    return number
  }

  /// How many places all arcs have.
  var size: Int { arcs.reduce(0) { $0 + $1.count } }

  /// Takes out places that lie within `tolerance` steps of the line without them
  /// (Douglas and Peucker 1973); ends of arcs stay.
  mutating func simplify(_ tolerance: Double) {
    arcs = arcs.map { arc in
      let isRing = arc.first == arc.last
      return arc.count > (isRing ? 5 : 2) ? simplified(arc, tolerance) : arc
    }
  }

  private func simplified(_ arc: [Place], _ tolerance: Double) -> [Place] {
    var keeps = Array(repeating: false, count: arc.count)
    keeps[0] = true
    keeps[arc.count - 1] = true
    var stack = [(0, arc.count - 1)]
    while let (from, to) = stack.popLast() {
      guard let far = (from + 1..<to).max(by: { distance(arc, $0, from, to) < distance(arc, $1, from, to) }),
        distance(arc, far, from, to) > tolerance || from == 0 && to == arc.count - 1 && arc[from] == arc[to]
      else { continue }
      keeps[far] = true
      stack += [(from, far), (far, to)]
    }
    let result = arc.indices.filter { keeps[$0] }.map { arc[$0] }
    return result.first == result.last && result.count < 4 ? arc : result
  }

  private func distance(_ arc: [Place], _ at: Int, _ from: Int, _ to: Int) -> Double {
    let point = { (place: Place) in Point(x: Double(place.x), y: Double(place.y)) }
    return Planar.distance(from: point(arc[at]), toSegment: point(arc[from]), point(arc[to]))
  }

  /// Arcs, each its number of places, the first from the arc before, the others from one to the next.
  var packedArcs: String {
    var packed = PackedBytes()
    packed.append(arcs.count)
    var last = Place(x: 0, y: 0)
    for arc in arcs {
      packed.append(arc.count)
      for place in arc {
        packed.append(signed: place.x - last.x)
        packed.append(signed: place.y - last.y)
        last = place
      }
    }
    return packed.base64
  }

  /// Areas, each its number of rings, each ring its number of arcs and their numbers.
  var packedAreas: String {
    var packed = PackedBytes()
    packed.append(areas.count)
    var last = 0
    for rings in areas {
      packed.append(rings.count)
      for ring in rings {
        packed.append(ring.count)
        for arc in ring {
          packed.append(signed: arc - last)
          last = arc
        }
      }
    }
    return packed.base64
  }
}
