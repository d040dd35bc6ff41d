import Planar

/// Divides a place into boxes until what covers each is plain. One for each thread.
final class CoveredAreaSolver {
  /// A closed ring within the box at work, without the repeated point.
  struct Piece {
    var first: Int32
    var count: Int32
    /// Pieces of one polygon follow each other and share a number.
    var figure: Int32
    var isPlace: Bool
    var box: Box
  }

  private let depth: Int
  private var points = PointStack()
  private var pieces: [Piece] = []
  private let slabs: SlabSweep
  private var sums: [Double]

  /// Boxes with no more edges than this are swept.
  private static let fewEdges = 24
  private static let deepest = 40

  init(depth: Int) {
    self.depth = depth
    slabs = SlabSweep(depth: depth)
    sums = Array(repeating: 0, count: depth)
  }

  deinit { points.free() }

  /// Views and place may lie anywhere; they are moved near the origin first.
  func solve(views: some Sequence<Polygon>, place: [Polygon]) -> CoveredArea {
    let frame = place.reduce(Box.empty) { $0.union($1.box) }
    let whole = place.reduce(0) { $0 + $1.area }
    sums = Array(repeating: 0, count: depth)
    guard !frame.isEmpty, whole > 0 else { return CoveredArea(atLeast: sums, whole: whole) }
    points.count = 0
    pieces.removeAll(keepingCapacity: true)
    var figure: Int32 = 0
    for polygon in place {
      add(polygon, origin: frame.min, figure: figure, isPlace: true)
      figure += 1
    }
    for polygon in views where polygon.box.intersects(frame) {
      add(polygon, origin: frame.min, figure: figure, isPlace: false)
      figure += 1
    }
    start(in: Box(min: Point(x: 0, y: 0), max: frame.max - frame.min))
    return CoveredArea(atLeast: sums, whole: whole)
  }

  private func add(_ polygon: Polygon, origin: Point, figure: Int32, isPlace: Bool) {
    for (index, ring) in polygon.rings.enumerated() {
      let isForward = (ring.signedArea > 0) == (index == 0)
      let count = ring.points.count - 1
      guard count >= 3 else { continue }
      points.reserve(count)
      let first = points.count
      var box = Box.empty
      for offset in 0..<count {
        let point = ring.points[isForward ? offset : count - offset] - origin
        box.extend(to: point)
        points.append(point)
      }
      pieces.append(Piece(first: Int32(first), count: Int32(count), figure: figure, isPlace: isPlace, box: box))
    }
  }

  /// Cuts views to the frame, then divides it.
  private func start(in frame: Box) {
    var range = 0..<pieces.count
    for (isX, cut, keepsLow) in [(true, frame.min.x, false), (true, frame.max.x, true), (false, frame.min.y, false), (false, frame.max.y, true)] {
      range = clip(range, isX: isX, at: cut, keepsLow: keepsLow)
    }
    divide(frame, range, covered: 0, counted: 0, isInPlace: false, level: 0)
  }

  // MARK: Dividing

  /// Adds the areas of a box to the sums.
  ///
  /// - Parameters:
  ///   - covered: how many views are known to fill the box.
  ///   - counted: for how many of these the area has been added.
  ///   - isInPlace: whether the box is known to lie in the place.
  private func divide(_ box: Box, _ given: Range<Int>, covered: Int, counted: Int, isInPlace: Bool, level: Int) {
    let floor = (points: points.count, pieces: pieces.count)
    defer {
      points.count = floor.points
      pieces.removeSubrange(floor.pieces...)
    }
    var covered = covered
    var isInPlace = isInPlace
    let kept = takeFull(box, given, &covered, &isInPlace)
    let open = settled(box, kept, covered, counted, isInPlace)
    guard open else { return }
    let edges = kept.reduce(0) { $0 + Int(pieces[$1].count) }
    if edges <= Self.fewEdges || level >= Self.deepest {
      slabs.add(pieces[kept], points.base, covered: covered, isInPlace: isInPlace, to: &sums)
      return
    }
    let isX = box.width >= box.height
    let cut = isX ? box.center.x : box.center.y
    var low = box
    var high = box
    if isX {
      low.max.x = cut
      high.min.x = cut
    } else {
      low.max.y = cut
      high.min.y = cut
    }
    let inner = (points: points.count, pieces: pieces.count)
    let lower = clip(kept, isX: isX, at: cut, keepsLow: true)
    divide(low, lower, covered: covered, counted: covered, isInPlace: isInPlace, level: level + 1)
    points.count = inner.points
    pieces.removeSubrange(inner.pieces...)
    let upper = clip(kept, isX: isX, at: cut, keepsLow: false)
    divide(high, upper, covered: covered, counted: covered, isInPlace: isInPlace, level: level + 1)
  }

  /// Counts figures that fill the box and drops those without area; the rest is copied to the end.
  private func takeFull(_ box: Box, _ given: Range<Int>, _ covered: inout Int, _ isInPlace: inout Bool) -> Range<Int> {
    let first = pieces.count
    let whole = box.width * box.height
    var index = given.lowerBound
    while index < given.upperBound {
      let figure = pieces[index].figure
      var end = index
      var area = 0.0
      while end < given.upperBound && pieces[end].figure == figure {
        area += signedArea(pieces[end])
        end += 1
      }
      if area >= whole * (1 - 1e-11) {
        if pieces[index].isPlace { isInPlace = true } else { covered += 1 }
      } else if area > whole * 1e-13 {
        for kept in index..<end { pieces.append(pieces[kept]) }
      }
      index = end
    }
    return first..<pieces.count
  }

  private func signedArea(_ piece: Piece) -> Double {
    let ring = points.base + Int(piece.first)
    let origin = ring[0]
    var twice = 0.0
    var a = ring[1] - origin
    for i in 2..<Int(piece.count) {
      let b = ring[i] - origin
      twice += cross(a, b)
      a = b
    }
    return twice / 2
  }

  /// Adds what is known of a box without looking closer; whether anything remains to be looked at.
  private func settled(_ box: Box, _ kept: Range<Int>, _ covered: Int, _ counted: Int, _ isInPlace: Bool) -> Bool {
    let placeArea = isInPlace ? box.width * box.height : kept.reduce(0) { $0 + (pieces[$1].isPlace ? signedArea(pieces[$1]) : 0) }
    let views = kept.lazy.filter { !self.pieces[$0].isPlace }
    if placeArea <= 0 { return false }
    let known = min(covered, depth)
    for k in min(counted, depth)..<known { sums[k] += placeArea }
    if known == depth || views.isEmpty { return false }
    let figure = pieces[views.first!].figure
    if isInPlace && views.allSatisfy({ self.pieces[$0].figure == figure }) {
      sums[known] += views.reduce(0) { $0 + signedArea(pieces[$1]) }
      return false
    }
    return true
  }

  // MARK: Cutting

  /// The pieces on one side of a line, appended at the end (Sutherland and Hodgman, 1974).
  ///
  /// Cut rings may run to and fro along the line, which adds nothing to areas.
  private func clip(_ given: Range<Int>, isX: Bool, at cut: Double, keepsLow: Bool) -> Range<Int> {
    let first = pieces.count
    for index in given {
      let piece = pieces[index]
      let low = isX ? piece.box.min.x : piece.box.min.y
      let high = isX ? piece.box.max.x : piece.box.max.y
      if keepsLow ? high <= cut : low >= cut {
        pieces.append(piece)
      } else if keepsLow ? low < cut : high > cut {
        clip(piece, isX: isX, at: cut, keepsLow: keepsLow)
      }
    }
    return first..<pieces.count
  }

  @inline(__always)
  private func clip(_ piece: Piece, isX: Bool, at cut: Double, keepsLow: Bool) {
    let count = Int(piece.count)
    points.reserve(2 * count + 2)
    let ring = points.base + Int(piece.first)
    let first = points.count
    var box = Box.empty
    var a = ring[count - 1]
    var da = keepsLow ? cut - (isX ? a.x : a.y) : (isX ? a.x : a.y) - cut
    for i in 0..<count {
      let b = ring[i]
      let db = keepsLow ? cut - (isX ? b.x : b.y) : (isX ? b.x : b.y) - cut
      if (da > 0 && db < 0) || (da < 0 && db > 0) {
        let t = da / (da - db)
        let p = isX ? Point(x: cut, y: a.y + (b.y - a.y) * t) : Point(x: a.x + (b.x - a.x) * t, y: cut)
        push(p, after: first, isX: isX, cut: cut)
        box.extend(to: p)
      }
      if db >= 0 {
        push(b, after: first, isX: isX, cut: cut)
        box.extend(to: b)
      }
      a = b
      da = db
    }
    let kept = points.count - first
    guard kept >= 3 else {
      points.count = first
      return
    }
    pieces.append(
      Piece(first: Int32(first), count: Int32(kept), figure: piece.figure, isPlace: piece.isPlace, box: box))
  }

  /// Appends a point; of three in a row on the line the middle one is dropped.
  @inline(__always)
  private func push(_ p: Point, after first: Int, isX: Bool, cut: Double) {
    let n = points.count
    if (isX ? p.x : p.y) == cut, n - first >= 2 {
      let last = points.base[n - 1]
      let before = points.base[n - 2]
      if (isX ? last.x : last.y) == cut && (isX ? before.x : before.y) == cut {
        points.base[n - 1] = p
        return
      }
    }
    points.append(p)
  }
}
