internal import Planar

/// Joins straight pieces into edges between junctions.
struct NetworkBuilder {
  /// A piece, the edge it is part of, and how far along the edge it begins.
  struct PieceOnEdge {
    var a: Point
    var b: Point
    var edge: Int32
    var start: Double
  }

  private(set) var junctions: [Point] = []
  private(set) var edges: [StreetNetwork.Edge] = []
  private(set) var pieceOnEdge: [PieceOnEdge] = []

  private var places: [Point] = []
  private var ends: [(Int32, Int32)] = []
  /// The pieces at each place.
  private var around: [[Int32]] = []
  private var junctionAt: [Int32] = []
  private var isDone: [Bool] = []

  init(_ pieces: [Noding.Piece]) {
    var number: [Point: Int32] = [:]
    var seen: Set<SIMD2<Int32>> = []
    func place(_ point: Point) -> Int32 {
      if let known = number[point] { return known }
      let fresh = Int32(places.count)
      number[point] = fresh
      places.append(point)
      around.append([])
      return fresh
    }
    for piece in pieces {
      let (a, b) = (place(piece.a), place(piece.b))
      guard a != b, seen.insert(SIMD2(min(a, b), max(a, b))).inserted else { continue }
      around[Int(a)].append(Int32(ends.count))
      around[Int(b)].append(Int32(ends.count))
      ends.append((a, b))
    }
    junctionAt = Array(repeating: -1, count: places.count)
    isDone = Array(repeating: false, count: ends.count)
  }

  /// Follows the pieces from every junction to the next; then rings that have none.
  mutating func traceEdges() {
    for place in places.indices where around[place].count != 2 { makeJunction(place) }
    for place in places.indices where junctionAt[place] >= 0 { traceEdges(from: place) }
    for piece in ends.indices where !isDone[piece] {
      makeJunction(Int(ends[piece].0))
      traceEdges(from: Int(ends[piece].0))
    }
    around = []
  }

  private mutating func makeJunction(_ place: Int) {
    junctionAt[place] = Int32(junctions.count)
    junctions.append(places[place])
  }

  private mutating func traceEdges(from place: Int) {
    for piece in around[place] where !isDone[Int(piece)] { trace(from: place, along: Int(piece)) }
  }

  private mutating func trace(from place: Int, along piece: Int) {
    var (place, piece) = (place, piece)
    let start = junctionAt[place]
    var length = 0.0
    while true {
      isDone[piece] = true
      let other = Int(ends[piece].0) == place ? Int(ends[piece].1) : Int(ends[piece].0)
      pieceOnEdge.append(
        PieceOnEdge(a: places[place], b: places[other], edge: Int32(edges.count), start: length))
      length += places[place].distance(to: places[other])
      place = other
      if junctionAt[place] >= 0 { break }
      guard let next = around[place].first(where: { !isDone[Int($0)] }) else { break }
      piece = Int(next)
    }
    edges.append(StreetNetwork.Edge(from: start, to: junctionAt[place], length: length))
  }
}
