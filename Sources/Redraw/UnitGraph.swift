/// Units, which of them touch, and what they weigh: all that a plan is drawn from.
///
/// Units are numbered 0..<count. Neighbours are kept in compressed sparse rows: memory is linear in
/// units and edges.
public struct UnitGraph: Sendable {
  /// How two units that touch are parted by a road, a railway or a river.
  public enum Crossing: Sendable, Hashable {
    /// Nothing lies between.
    case open
    /// A group may cross, at this cost, in metres of border that the crossing counts as.
    case cost(Double)
    /// No group hangs together across this edge.
    case forbidden
  }

  /// Two units that touch, once for each pair.
  public struct Edge: Sendable, Hashable {
    public var a: Int
    public var b: Int
    /// Length of the shared border, in metres.
    public var border: Double
    public var crossing: Crossing
    /// A declared bridge or link: holds a group together however short the border.
    public var isLink: Bool

    public init(_ a: Int, _ b: Int, border: Double = 1, crossing: Crossing = .open, isLink: Bool = false) {
      self.a = a
      self.b = b
      self.border = border
      self.crossing = crossing
      self.isLink = isLink
    }
  }

  /// What `positions` are, and so how far two units are apart.
  public enum Metric: Sendable, Hashable {
    /// x and y, distances in the same unit (metres by rule).
    case planar
    /// Longitude and latitude in degrees, distances in metres on a sphere of 6,371,008.8 m.
    case greatCircle
  }

  /// Households of each unit, or whatever else is balanced first. 0 is ordinary.
  public let weights: [Int]
  /// Where each unit is.
  public let positions: [SIMD2<Double>]
  public let metric: Metric
  /// Area of each unit in square metres, and the length of its outline in metres, where known.
  public let areas: [Double]?
  public let perimeters: [Double]?
  /// Every edge once, with a < b, in increasing order of (a, b); doubled input edges are one.
  public let edges: [Edge]

  /// Row u of `neighbours` is `offsets[u]..<offsets[u + 1]`, in increasing order.
  let offsets: [Int32]
  let neighbours: [Int32]
  /// The edge that each entry of `neighbours` stands for.
  let edgeIndex: [Int32]

  public var count: Int { weights.count }

  /// - Throws: ``RedrawError`` for a negative weight, lists of unequal length, a position or border
  ///   that is no finite number, and an edge that names no unit or one unit twice.
  /// - Complexity: O(n + m log m).
  public init(
    weights: [Int], positions: [SIMD2<Double>], edges: [Edge], metric: Metric = .planar,
    areas: [Double]? = nil, perimeters: [Double]? = nil
  ) throws(RedrawError) {
    try Self.check(weights: weights, positions: positions, edges: edges)
    for list in [areas, perimeters] where list != nil && list!.count != weights.count {
      throw RedrawError("\(weights.count) units, but \(list!.count) areas or perimeters: give one for each unit")
    }
    self.weights = weights
    self.positions = positions
    self.metric = metric
    self.areas = areas
    self.perimeters = perimeters
    self.edges = Self.unique(edges)
    (offsets, neighbours, edgeIndex) = Self.rows(count: weights.count, edges: self.edges)
  }

  func row(_ unit: Int) -> Range<Int> { Int(offsets[unit])..<Int(offsets[unit + 1]) }
}

extension UnitGraph {
  private static func check(
    weights: [Int], positions: [SIMD2<Double>], edges: [Edge]
  ) throws(RedrawError) {
    guard positions.count == weights.count else {
      throw RedrawError("\(weights.count) weights, but \(positions.count) positions: give one for each unit")
    }
    guard weights.count < Int(Int32.max) / 4, edges.count < Int(Int32.max) / 4 else {
      throw RedrawError("more than 500 million units or edges: split the map")
    }
    var total = 0
    for (unit, weight) in weights.enumerated() {
      guard weight >= 0 else { throw RedrawError("unit \(unit) has the negative weight \(weight)") }
      let sum = total.addingReportingOverflow(weight)
      guard !sum.overflow, sum.partialValue < 1 << 53 else {
        throw RedrawError("the weights add up to more than 2^53: scale them down")
      }
      total = sum.partialValue
    }
    for (unit, position) in positions.enumerated() where !(position.x.isFinite && position.y.isFinite) {
      throw RedrawError("unit \(unit) has a position that is no finite number")
    }
    for edge in edges {
      guard weights.indices.contains(edge.a), weights.indices.contains(edge.b) else {
        throw RedrawError("edge \(edge.a)–\(edge.b) names a unit outside 0..<\(weights.count)")
      }
      guard edge.a != edge.b else { throw RedrawError("edge \(edge.a)–\(edge.b) joins a unit to itself") }
      guard edge.border.isFinite, edge.border >= 0 else {
        throw RedrawError("edge \(edge.a)–\(edge.b) has a border that is no length: \(edge.border)")
      }
    }
  }

  /// Each pair once, the longest border of doubles kept.
  private static func unique(_ edges: [Edge]) -> [Edge] {
    var sorted = edges
    for index in sorted.indices where sorted[index].a > sorted[index].b {
      (sorted[index].a, sorted[index].b) = (sorted[index].b, sorted[index].a)
    }
    func precedes(_ p: Edge, _ q: Edge) -> Bool { (p.a, p.b, -p.border) < (q.a, q.b, -q.border) }
    if !zip(sorted, sorted.dropFirst()).allSatisfy({ ($0.a, $0.b) < ($1.a, $1.b) }) {
      sorted.sort(by: precedes)
      var kept: [Edge] = []
      kept.reserveCapacity(sorted.count)
      for edge in sorted {
        if let last = kept.last, last.a == edge.a, last.b == edge.b { continue }
        kept.append(edge)
      }
      sorted = kept
    }
    return sorted
  }

  private static func rows(count: Int, edges: [Edge]) -> ([Int32], [Int32], [Int32]) {
    var offsets = [Int32](repeating: 0, count: count + 1)
    for edge in edges {
      offsets[edge.a + 1] += 1
      offsets[edge.b + 1] += 1
    }
    for unit in 0..<count { offsets[unit + 1] += offsets[unit] }
    var next = offsets
    var neighbours = [Int32](repeating: 0, count: edges.count * 2)
    var edgeIndex = neighbours
    func add(_ from: Int, _ to: Int, _ index: Int) {
      neighbours[Int(next[from])] = Int32(to)
      edgeIndex[Int(next[from])] = Int32(index)
      next[from] += 1
    }
    // Sorted by (a, b): rows get their lower neighbours first, then their higher ones.
    for (index, edge) in edges.enumerated() { add(edge.b, edge.a, index) }
    for (index, edge) in edges.enumerated() { add(edge.a, edge.b, index) }
    return (offsets, neighbours, edgeIndex)
  }
}

extension UnitGraph {
  /// The same units with other weights.
  ///
  /// - Throws: ``RedrawError`` for a negative weight or lists of unequal length.
  public func weighing(_ weights: [Int]) throws(RedrawError) -> UnitGraph {
    try UnitGraph(
      weights: weights, positions: positions, edges: edges, metric: metric, areas: areas, perimeters: perimeters)
  }
}
