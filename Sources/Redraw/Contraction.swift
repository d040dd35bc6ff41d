/// The graph with every set that stays together drawn into one node, an atom, and with the costs
/// of the objective on its edges.
struct Contraction {
  var piece: Piece
  /// The atom of each unit, and the units of each atom in increasing order.
  var atom: [Int32]
  var members: [[Int]]
  /// How border costs and moments are weighed in the search.
  var cost: ShapeCost

  init(_ problem: RedrawProblem, homes: [Int32]) {
    let graph = problem.graph
    (atom, members) = Self.atoms(problem)
    let scale = Self.groupWidth(problem)
    let mass = Self.masses(problem)
    cost = Self.cost(problem.objective, scale)
    piece = .empty(moreWeights: problem.moreWeights.count)
    piece.weights = members.map { $0.reduce(0) { $0 + graph.weights[$1] } }
    piece.moreWeights = problem.moreWeights.map { weight in
      members.map { $0.reduce(0) { $0 + weight.values[$1] } }
    }
    piece.mass = members.map { $0.reduce(0) { $0 + mass[$1] } }
    let positions = graph.planarPositions
    let centres = members.map { units in Self.centre(units, positions, mass) }
    piece.x = centres.map(\.x)
    piece.y = centres.map(\.y)
    piece.home = members.map { units in units.map { homes[$0] }.first { $0 >= 0 } ?? -1 }
    var locked = [Bool](repeating: false, count: members.count)
    for unit in problem.locked + problem.seeds { locked[Int(atom[unit])] = true }
    piece.isLocked = locked
    piece.origin = Array(0..<Int32(members.count))
    connect(problem)
    if piece.hasNoPlaces { piece.placeByHops() }
  }

  private static func atoms(_ problem: RedrawProblem) -> ([Int32], [[Int]]) {
    let n = problem.graph.count
    var sets = DisjointSets(count: n)
    for set in problem.keepTogether { for unit in set.dropFirst() { sets.join(set[0], unit) } }
    var atom = [Int32](repeating: -1, count: n)
    var members: [[Int]] = []
    members.reserveCapacity(n)
    for unit in 0..<n {
      let root = sets.root(unit)
      if atom[root] < 0 {
        atom[root] = Int32(members.count)
        members.append([])
      }
      atom[unit] = atom[root]
      members[Int(atom[unit])].append(unit)
    }
    return (atom, members)
  }

  private static func centre(_ units: [Int], _ positions: [SIMD2<Double>], _ mass: [Double]) -> SIMD2<Double> {
    if units.count == 1 { return positions[units[0]] }
    let total = units.reduce(0) { $0 + mass[$1] }
    if total > 0 { return units.reduce(SIMD2(0, 0)) { $0 + positions[$1] * mass[$1] } / total }
    return units.reduce(SIMD2(0, 0)) { $0 + positions[$1] } / Double(units.count)
  }

  /// What each unit counts in moments. For compactness half its weight and half its ground, so that
  /// empty units stand close to their group too; the mean is 1.
  private static func masses(_ problem: RedrawProblem) -> [Double] {
    let graph = problem.graph
    let n = Double(max(1, graph.count))
    let total = Double(graph.weights.reduce(0, +))
    switch problem.objective {
    case .momentOfInertia: return graph.weights.map { Double($0) + 1e-6 * total / n }
    case .pMedian(weighted: true): return graph.weights.map(Double.init)
    case .pMedian(weighted: false): return graph.weights.map { _ in 1 }
    case .cutEdges, .perimeter, .compactness:
      let ground = graph.areas?.reduce(0, +) ?? 0
      return graph.weights.indices.map { unit in
        let households = total > 0 ? Double(graph.weights[unit]) * n / total : 1
        let area = ground > 0 ? graph.areas![unit] * n / ground : 1
        return (households + area) / 2
      }
    }
  }

  private static func cost(_ objective: RedrawProblem.Objective, _ scale: (mass: Double, width: Double)) -> ShapeCost {
    switch objective {
    case .cutEdges, .perimeter: ShapeCost(cut: 1, inertia: 0)
    case .momentOfInertia, .pMedian: ShapeCost(cut: 0, inertia: 1)
    case .compactness:
      ShapeCost(cut: 1 / scale.width, inertia: 8 / (scale.width * scale.width * scale.mass))
    }
  }

  /// Mean mass of a group, and about the side of a square as large as a mean group.
  private static func groupWidth(_ problem: RedrawProblem) -> (mass: Double, width: Double) {
    let graph = problem.graph
    let total = graph.weights.reduce(0, +)
    let ideal = max(1, problem.bounds.ideal)
    let groups: Double =
      if case .exactly(let k) = problem.count { Double(k) } else { max(1, Double(total) / Double(ideal)) }
    let perGroup = Double(graph.count) / groups
    if let areas = graph.areas {
      let ground = areas.reduce(0, +)
      if ground > 0 { return (perGroup, (ground / groups).squareRoot()) }
    }
    let positions = graph.planarPositions
    var lengths = graph.edges.map { edge -> Double in
      let d = positions[edge.a] - positions[edge.b]
      return (d * d).sum().squareRoot()
    }
    guard !lengths.isEmpty else { return (perGroup, 1) }
    lengths.sort()
    let median = max(lengths[lengths.count / 2], 1e-9)
    return (perGroup, median * perGroup.squareRoot())
  }

  private mutating func connect(_ problem: RedrawProblem) {
    let graph = problem.graph
    let isSimple = members.count == graph.count
    let costs = graph.edges.map { Self.cutCost($0, problem) }
    let holds = graph.edges.map { edge in
      edge.isLink || (edge.border >= problem.minimumBorder && edge.crossing != .forbidden)
    }
    piece.offsets.reserveCapacity(members.count + 1)
    piece.neighbours.reserveCapacity(graph.neighbours.count)
    var slot = [Int](repeating: -1, count: members.count)
    for (index, units) in members.enumerated() {
      let start = piece.neighbours.count
      for unit in units {
        for entry in graph.row(unit) {
          let other = atom[Int(graph.neighbours[entry])]
          guard isSimple || Int(other) != index else { continue }
          let edge = Int(graph.edgeIndex[entry])
          if !isSimple, slot[Int(other)] >= start {
            piece.cutCosts[slot[Int(other)]] += costs[edge]
            if holds[edge] { piece.holds[slot[Int(other)]] = true }
            continue
          }
          slot[Int(other)] = piece.neighbours.count
          piece.neighbours.append(other)
          piece.cutCosts.append(costs[edge])
          piece.holds.append(holds[edge])
        }
      }
      piece.offsets.append(Int32(piece.neighbours.count))
    }
  }

  private static func cutCost(_ edge: UnitGraph.Edge, _ problem: RedrawProblem) -> Float {
    let border = problem.objective == .cutEdges ? 1 : edge.border
    let paysCrossings = problem.objective == .compactness || problem.crossingPrice > 1
    guard case .cost(let crossing) = edge.crossing, paysCrossings else { return Float(border) }
    return Float(border - crossing * problem.crossingPrice)
  }
}
