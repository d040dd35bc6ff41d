/// Makes borders between groups straighter, vertex by vertex.
///
/// A vertex of a border is drawn to the line between its neighbours, so that zigzags vanish and long
/// bends stay; it never leaves its own room, and borders keep their distance from walls. Vertices that
/// come to lie on that line go. Where a border comes to a point sharper than `sharpest`, the point
/// is cut back. Vertices come in a fixed order: the same input gives the same borders.
struct BorderSmoothing {
  struct Limits {
    /// All in half ticks.
    var farthestLook: Double
    var clearance: Double
    var shift: Double
    var spikeShift: Double
    var height: Double
    var settled: Double
    /// Share of the way to the nearest wall that a vertex may go, and that has to be left.
    let shareOfRoom = 0.5
    let shareLeft = 0.6
    let sweeps = 12

    /// - Parameter scale: half ticks per metre.
    init(scale: Double) {
      farthestLook = 20 * scale
      clearance = 2 * scale
      shift = 10 * scale
      spikeShift = 15 * scale
      height = 0.6 * scale
      settled = 0.02 * scale
    }
  }

  var network: BorderNetwork
  private let limits: Limits
  private var movable: [Int32] = []

  /// Angles below this are points, as its cosine: 50°.
  private static let sharpest = 0.643

  init(_ network: BorderNetwork, _ limits: Limits) {
    self.network = network
    self.limits = limits
    movable = network.vertices.indices.map(Int32.init).filter { isMovable($0) }
    for vertex in movable { self.network.measureRoom(of: vertex, within: limits.farthestLook) }
    // A border that touches a wall stays there.
    movable.removeAll { self.network.vertices[Int($0)].room < Float(limits.settled) }
  }

  /// Two or three borders meet there, and nothing that has to stay.
  private func isMovable(_ vertex: Int32) -> Bool {
    let own = network.vertices[Int(vertex)].segments
    let borders = own.filter { network.segments[Int($0)].isBorder }.count
    return (2...3).contains(borders) && own.allSatisfy { network.segments[Int($0)].isFree }
  }

  mutating func run() {
    for sweep in 0..<limits.sweeps {
      var farthest = 0.0
      for vertex in sweep % 2 == 0 ? movable : movable.reversed() where !network.vertices[Int(vertex)].isGone {
        farthest = max(farthest, improve(vertex))
      }
      if farthest < limits.settled { return }
    }
  }

  /// How far the vertex went; a vertex that is gone went far.
  private mutating func improve(_ vertex: Int32) -> Double {
    let ends = borderEnds(of: vertex)
    if ends.count == 3 { return spread(vertex, ends) }
    let height = pointDistance(network.place(vertex), network.place(ends[0]), network.place(ends[1]))
    let isPoint = isSharp(vertex, ends[0], ends[1])
    if isPlain(vertex), height <= (isPoint ? limits.spikeShift : limits.height), remove(vertex, ends) {
      return limits.shift
    }
    guard height >= limits.settled else { return 0 }
    let foot = footPoint(of: network.place(vertex), network.place(ends[0]), network.place(ends[1]))
    return draw(vertex, to: foot, ends, atMost: isPoint ? limits.spikeShift : reach(of: vertex))
  }

  /// The neighbours along borders.
  private func borderEnds(of vertex: Int32) -> [Int32] {
    network.vertices[Int(vertex)].segments.filter { network.segments[Int($0)].isBorder }.map {
      network.end(of: $0, beyond: vertex)
    }
  }

  private func isPlain(_ vertex: Int32) -> Bool {
    let vertex = network.vertices[Int(vertex)]
    return vertex.segments.count == 2 && !vertex.isNode
  }

  private func isSharp(_ vertex: Int32, _ a: Int32, _ b: Int32) -> Bool {
    let (p, q, r) = (network.place(vertex), network.place(a), network.place(b))
    let (ax, ay) = (Double(q.x) - Double(p.x), Double(q.y) - Double(p.y))
    let (bx, by) = (Double(r.x) - Double(p.x), Double(r.y) - Double(p.y))
    return ax * bx + ay * by > Self.sharpest * ((ax * ax + ay * ay) * (bx * bx + by * by)).squareRoot()
  }

  private func reach(of vertex: Int32) -> Double {
    min(limits.shift, limits.shareOfRoom * Double(network.vertices[Int(vertex)].room))
  }

  /// How near to walls borders at a vertex may come.
  private func clearance(of vertex: Int32) -> Double {
    min(limits.clearance, limits.shareLeft * Double(network.vertices[Int(vertex)].room))
  }

  // MARK: Moves

  /// Where three borders meet at a sharp angle, the place between their ends is better.
  private mutating func spread(_ vertex: Int32, _ ends: [Int32]) -> Double {
    guard (0..<3).contains(where: { isSharp(vertex, ends[$0], ends[($0 + 1) % 3]) }) else { return 0 }
    let sum = ends.reduce(SIMD2(0.0, 0.0)) { $0 + SIMD2(Double(network.place($1).x), Double(network.place($1).y)) }
    return draw(vertex, to: sum / 3, ends, atMost: reach(of: vertex))
  }

  /// Draws a vertex towards a place, as far as may be of all, half and a quarter of the way.
  private mutating func draw(_ vertex: Int32, to goal: SIMD2<Double>, _ ends: [Int32], atMost reach: Double) -> Double {
    let (place, origin) = (network.place(vertex), network.vertices[Int(vertex)].origin)
    let start = SIMD2(Double(place.x), Double(place.y))
    let first = SIMD2(Double(origin.x), Double(origin.y))
    var step = within(reach, of: first, goal) - start
    for _ in 0..<3 {
      let target = start + step
      let rounded = GridPoint(x: Int32(target.x.rounded()), y: Int32(target.y.rounded()))
      guard rounded != place else { return 0 }
      if keepsClear(vertex, at: rounded, ends), network.canMove(vertex, to: rounded) {
        network.move(vertex, to: rounded)
        return (step * step).sum().squareRoot()
      }
      step /= 2
    }
    return 0
  }

  private func within(_ reach: Double, of first: SIMD2<Double>, _ goal: SIMD2<Double>) -> SIMD2<Double> {
    let way = goal - first
    let length = (way * way).sum().squareRoot()
    return length <= reach ? goal : first + way * (reach / length)
  }

  /// Whether borders to the neighbours would be as far from walls as they have to be, or as they are.
  private func keepsClear(_ vertex: Int32, at place: GridPoint, _ ends: [Int32]) -> Bool {
    let clearance = clearance(of: vertex)
    return ends.allSatisfy { end in
      let other = network.place(end)
      let now = network.wallDistance(network.place(vertex), other, within: clearance)
      return network.wallDistance(place, other, within: now) >= now
    }
  }

  private mutating func remove(_ vertex: Int32, _ ends: [Int32]) -> Bool {
    let (place, a, b) = (network.place(vertex), network.place(ends[0]), network.place(ends[1]))
    let clearance = clearance(of: vertex)
    let now = min(
      network.wallDistance(place, a, within: clearance), network.wallDistance(place, b, within: clearance))
    guard network.wallDistance(a, b, within: now) >= now, network.canRemove(vertex) else { return false }
    network.remove(vertex)
    return true
  }
}
