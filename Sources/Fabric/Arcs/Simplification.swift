import Parallel

/// Fewer vertices for arcs that nothing but themselves is bent by.
///
/// A vertex goes where the arc then stays within a tolerance of every vertex that it had, and
/// where the triangle that the arc moves over holds no other vertex of any arc (but those that
/// this arc has lost) and no pinned point. So no border comes to cross another or passes over a pinned point, and arcs can be
/// simplified apart from each other. The vertex that moves the arc least goes first (a heap, as
/// in M. Visvalingam and J. Whyatt, 1993, with heights for areas).
struct Simplification {
  /// In half ticks, for borders over open ground: at most this, and at most a share of the room.
  let tolerance: Double
  let shareOfRoom = 0.3
  /// In half ticks, for borders along lines of the input.
  let lineTolerance: Double

  /// - Parameter pinned: points that no border may pass over: vertices of buildings.
  func apply(to arcs: [GridArc], pinned: [GridPoint]) -> [GridArc] {
    let blockers = PointGrid(arcs.flatMap(\.points) + pinned)
    let twins = twinnedArcs(arcs)
    let parts = chunks(of: arcs.count, parts: threadCount * 16)
    return parallelMap(count: parts.count) { part in
      parts[part].map { number in
        var arc = arcs[number]
        let least = arc.start == arc.end ? 4 : twins[number] ? 3 : 2
        let limits = arc.runsFree ? arc.room.map(limit) : arc.room.map { _ in lineTolerance }
        arc.points = simplified(arc.points, atLeast: least, limits, blockers)
        arc.room = []
        return arc
      }
    }.flatMap { $0 }
  }

  private func limit(inRoom room: Float) -> Double {
    max(lineTolerance, min(tolerance, shareOfRoom * Double(room)))
  }

  /// Arcs that share both nodes with another: straight, they would be the same.
  private func twinnedArcs(_ arcs: [GridArc]) -> [Bool] {
    func pair(_ arc: GridArc) -> UInt64 { UInt64(min(arc.start, arc.end)) << 32 | UInt64(max(arc.start, arc.end)) }
    let order = arcs.indices.sorted { (pair(arcs[$0]), $0) < (pair(arcs[$1]), $1) }
    var isTwin = [Bool](repeating: false, count: arcs.count)
    for (a, b) in zip(order, order.dropFirst()) where pair(arcs[a]) == pair(arcs[b]) {
      isTwin[a] = true
      isTwin[b] = true
    }
    return isTwin
  }

  private func simplified(
    _ points: [GridPoint], atLeast least: Int, _ limits: [Double], _ blockers: PointGrid
  ) -> [GridPoint] {
    guard points.count > least else { return points }
    var path = ThinnedPath(points, limits)
    var heap = Heap<ThinnedPath.Candidate>()
    func offer(_ vertex: Int) {
      if let candidate = path.candidate(vertex) { heap.push(candidate) }
    }
    for vertex in points.indices.dropFirst().dropLast() { offer(vertex) }
    while path.count > least, let candidate = heap.pop() {
      let vertex = Int(candidate.vertex)
      guard path.isCurrent(candidate) else { continue }
      let (a, b) = path.neighbours(of: vertex)
      guard path.staysNear(from: a, to: b),
        !blockers.hasPoint(in: points[a], points[vertex], points[b], except: path.gone)
      else { continue }
      path.remove(vertex)
      offer(a)
      offer(b)
    }
    return path.points
  }
}

/// A path that loses vertices one by one and remembers what it had.
private struct ThinnedPath {
  struct Candidate: Comparable {
    /// How far the vertex lies from the line between its neighbours.
    var height: Double
    var vertex: Int32
    var before: Int32
    var after: Int32

    static func < (a: Candidate, b: Candidate) -> Bool { (a.height, a.vertex) < (b.height, b.vertex) }
  }

  private let original: [GridPoint]
  /// How far from each vertex the path may come to lie.
  private let limit: [Double]
  private var before: [Int32]
  private var after: [Int32]
  private var isGone: [Bool]
  private(set) var count: Int
  /// The vertices that it lost.
  private(set) var gone: Set<GridPoint> = []

  init(_ points: [GridPoint], _ limits: [Double]) {
    original = points
    limit = limits
    count = points.count
    before = points.indices.map { Int32($0 - 1) }
    after = points.indices.map { Int32($0 + 1) }
    isGone = Array(repeating: false, count: points.count)
  }

  var points: [GridPoint] { original.indices.filter { !isGone[$0] }.map { original[$0] } }

  func neighbours(of vertex: Int) -> (Int, Int) { (Int(before[vertex]), Int(after[vertex])) }

  /// What removing an inner vertex would mean; nil for the ends and where it moves the path too far.
  func candidate(_ vertex: Int) -> Candidate? {
    guard vertex > 0, vertex < original.count - 1 else { return nil }
    let (a, b) = neighbours(of: vertex)
    let height = distance(original[vertex], original[a], original[b])
    guard height <= limit[vertex] else { return nil }
    return Candidate(height: height, vertex: Int32(vertex), before: Int32(a), after: Int32(b))
  }

  func isCurrent(_ candidate: Candidate) -> Bool {
    let vertex = Int(candidate.vertex)
    return !isGone[vertex] && before[vertex] == candidate.before && after[vertex] == candidate.after
  }

  mutating func remove(_ vertex: Int) {
    let (a, b) = neighbours(of: vertex)
    after[a] = Int32(b)
    before[b] = Int32(a)
    isGone[vertex] = true
    gone.insert(original[vertex])
    count -= 1
  }

  /// Whether the segment between two vertices comes near enough to all that lay between them.
  func staysNear(from a: Int, to b: Int) -> Bool {
    (a...b).allSatisfy { distance(original[$0], original[a], original[b]) <= limit[$0] }
  }
}

/// The distance of `p` from the segment from `a` to `b`, in half ticks.
private func distance(_ p: GridPoint, _ a: GridPoint, _ b: GridPoint) -> Double {
  let (dx, dy) = (Double(b.x) - Double(a.x), Double(b.y) - Double(a.y))
  let (px, py) = (Double(p.x) - Double(a.x), Double(p.y) - Double(a.y))
  let square = dx * dx + dy * dy
  let t = square > 0 ? min(max((px * dx + py * dy) / square, 0), 1) : 0
  let (x, y) = (px - t * dx, py - t * dy)
  return (x * x + y * y).squareRoot()
}

/// Grid points in square cells, to be looked up by place.
struct PointGrid: Sendable {
  private let low: GridPoint
  private let shift: Int
  private let columns: Int
  private let rows: Int
  private let firstPoint: [Int32]
  private let points: [GridPoint]

  init(_ points: [GridPoint]) {
    var low = points.first ?? GridPoint(x: 0, y: 0)
    var high = low
    for point in points {
      low = GridPoint(x: min(low.x, point.x), y: min(low.y, point.y))
      high = GridPoint(x: max(high.x, point.x), y: max(high.y, point.y))
    }
    let (width, height) = (Int(high.x) - Int(low.x), Int(high.y) - Int(low.y))
    var shift = 0
    while (width >> shift + 1) * (height >> shift + 1) > max(points.count / 2, 1) { shift += 1 }
    self.low = low
    self.shift = shift
    columns = width >> shift + 1
    rows = height >> shift + 1
    let (columns, rows) = (columns, rows)
    func cell(_ point: GridPoint) -> Int {
      (Int(point.y) - Int(low.y)) >> shift * columns + (Int(point.x) - Int(low.x)) >> shift
    }
    var first = [Int32](repeating: 0, count: columns * rows + 1)
    for point in points { first[cell(point) + 1] += 1 }
    for cell in 1..<first.count { first[cell] += first[cell - 1] }
    var next = first
    var sorted = points
    for point in points {
      let cell = cell(point)
      sorted[Int(next[cell])] = point
      next[cell] += 1
    }
    firstPoint = first
    self.points = sorted
  }

  /// Whether a point other than the corners and exceptions lies in a closed triangle.
  func hasPoint(
    in a: GridPoint, _ b: GridPoint, _ c: GridPoint, except exceptions: Set<GridPoint>
  ) -> Bool {
    func columnsOf(_ value: Int32, _ low: Int32) -> Int { (Int(value) - Int(low)) >> shift }
    let side = turn(a, b, c)
    let (second, third) = side >= 0 ? (b, c) : (c, b)
    let (left, right) = (min(a.x, b.x, c.x), max(a.x, b.x, c.x))
    let (bottom, top) = (min(a.y, b.y, c.y), max(a.y, b.y, c.y))
    for row in columnsOf(bottom, low.y)...columnsOf(top, low.y) {
      let first = firstPoint[row * columns + columnsOf(left, low.x)]
      let last = firstPoint[row * columns + columnsOf(right, low.x) + 1]
      for point in points[Int(first)..<Int(last)] {
        if point.x < left || point.x > right || point.y < bottom || point.y > top { continue }
        if point == a || point == b || point == c { continue }
        if turn(a, second, point) >= 0, turn(second, third, point) >= 0, turn(third, a, point) >= 0,
          !exceptions.contains(point)
        {
          return true
        }
      }
    }
    return false
  }
}
