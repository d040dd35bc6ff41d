/// The distinct edges of noded chains, each with the areas whose border it is and its lines.
struct EdgeTable {
  /// The vertices at both ends, the lower number first.
  private(set) var ends: [(a: Int32, b: Int32)] = []
  /// Whether a hard barrier line runs along an edge.
  private(set) var isBarrier: [Bool] = []
  /// The rank of the street along an edge, the highest of several; -1 for none.
  private(set) var streetRank: [Int32] = []
  private var firstFeature: [Int32] = [0]
  private var features: [Feature] = []

  /// The areas that begin or end at an edge, ascending. One whose ring runs back along itself
  /// there is not among them.
  func features(of edge: Int32) -> ArraySlice<Feature> {
    features[Int(firstFeature[Int(edge)])..<Int(firstFeature[Int(edge) + 1])]
  }

  /// - Parameter table: numbers all vertices.
  init(_ chains: [Chain], numbered table: VertexTable) {
    var uses: [Use] = []
    uses.reserveCapacity(chains.reduce(0) { $0 + $1.points.count })
    for chain in chains {
      let code = Use.code(of: chain.role)
      var previous: Int32 = -1
      for point in chain.points {
        let vertex = table.number(known: point)
        if previous >= 0, previous != vertex { uses.append(Use(previous, vertex, code)) }
        previous = vertex
      }
    }
    uses.sort { ($0.key, $0.code) < ($1.key, $1.code) }
    var start = 0
    while start < uses.count {
      var end = start
      while end < uses.count, uses[end].key == uses[start].key { end += 1 }
      add(uses[start..<end])
      start = end
    }
  }

  /// Adds the edge that `uses` agree on, unless nothing begins or ends at it.
  private mutating func add(_ uses: ArraySlice<Use>) {
    var barrier = false
    var rank: Int32 = -1
    var odd: [Feature] = []
    for use in uses {
      if use.code == Use.barrier {
        barrier = true
      } else if use.code < 0 {
        rank = max(rank, -2 - use.code)
      } else if odd.last?.code == use.code {
        odd.removeLast()
      } else {
        odd.append(Feature(code: use.code))
      }
    }
    guard barrier || rank >= 0 || !odd.isEmpty else { return }
    let key = uses[uses.startIndex].key
    ends.append((Int32(key >> 32), Int32(truncatingIfNeeded: key)))
    isBarrier.append(barrier)
    streetRank.append(rank)
    features += odd
    firstFeature.append(Int32(features.count))
  }
}

/// One passage of a chain along an edge.
private struct Use {
  static let barrier: Int32 = -1

  var key: UInt64
  var code: Int32

  init(_ a: Int32, _ b: Int32, _ code: Int32) {
    key = UInt64(min(a, b)) << 32 | UInt64(max(a, b))
    self.code = code
  }

  static func code(of role: ChainRole) -> Int32 {
    switch role {
    case .border(let feature): feature.code
    case .barrier: barrier
    case .street(let rank): -2 - Int32(clamping: max(0, min(rank, 1_000_000)))
    }
  }
}
