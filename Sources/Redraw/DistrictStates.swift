/// Every connected set of nodes as a way through layers of states, one layer a node.
///
/// Nodes are taken one after the other, inside the set or outside. What the rest depends on is the state:
/// which nodes of the frontier (those with neighbours still to come) are inside, and which of these hang
/// together already. Weights and prices are not part of it, so that the layers are built once.
///
/// After Sekine, Imai and Tani, "Computing the Tutte polynomial of a graph of moderate size", 1995.
struct DistrictStates: Sendable {
  /// One node taken. Arrays run over the states before it.
  struct Layer: Sendable {
    var node: Int
    /// The state that follows with the node inside and outside; -1 where the set cannot be finished.
    var inside: [Int32] = []
    var outside: [Int32] = []
    /// Half the cost of the edges cut by this choice.
    var insideCost: [Float] = []
    var outsideCost: [Float] = []

    var count: Int { inside.count }
  }

  private(set) var layers: [Layer] = []
  var count: Int { layers.reduce(0) { $0 + $1.count } }

  /// Nil where the frontier is too wide, or there are more states than `most`.
  init?(_ piece: Piece, order: [Int], most: Int) {
    let frontiers = Frontier.all(piece, order)
    guard frontiers.allSatisfy({ $0.before <= Code.places }) else { return nil }
    var states: [UInt64] = [Code.notBegun]
    var total = 0
    for frontier in frontiers {
      total += states.count
      guard total <= most else { return nil }
      states = add(frontier, states)
    }
    finish(states)
  }

  /// Appends a layer; the states that follow, in order of appearance.
  private mutating func add(_ frontier: Frontier, _ states: [UInt64]) -> [UInt64] {
    var layer = Layer(node: frontier.node)
    var number: [UInt64: Int32] = [:]
    var next: [UInt64] = []
    func place(_ code: UInt64?) -> Int32 {
      guard let code else { return -1 }
      if let known = number[code] { return known }
      number[code] = Int32(next.count)
      next.append(code)
      return Int32(next.count - 1)
    }
    for state in states {
      let code = Code(state, size: frontier.before)
      layer.inside.append(place(code.following(frontier, isInside: true)))
      layer.outside.append(place(code.following(frontier, isInside: false)))
      layer.insideCost.append(frontier.cost(of: code, isInside: true))
      layer.outsideCost.append(frontier.cost(of: code, isInside: false))
    }
    layers.append(layer)
    return next
  }

  /// Cuts off ways that end without a set.
  private mutating func finish(_ last: [UInt64]) {
    var isUseful = last.map { $0 == Code.ended }
    for index in layers.indices.reversed() {
      for state in 0..<layers[index].count {
        if layers[index].inside[state] >= 0, !isUseful[Int(layers[index].inside[state])] { layers[index].inside[state] = -1 }
        if layers[index].outside[state] >= 0, !isUseful[Int(layers[index].outside[state])] { layers[index].outside[state] = -1 }
      }
      isUseful = zip(layers[index].inside, layers[index].outside).map { $0 >= 0 || $1 >= 0 }
    }
  }
}

/// The frontier before a node is taken, and what becomes of it.
private struct Frontier {
  var node: Int
  var before: Int
  /// Places of the node's neighbours, with half their edges' costs; and of those it hangs together with.
  var touching: [(place: Int, cost: Float)] = []
  var holding: [Int] = []
  /// Places, the node itself being the last, that stay and that leave.
  var stays: [Int] = []

  static func all(_ piece: Piece, _ order: [Int]) -> [Frontier] {
    var rank = [Int](repeating: 0, count: piece.count)
    for (place, node) in order.enumerated() { rank[node] = place }
    var open: [Int] = []
    return order.enumerated().map { time, node in
      var frontier = Frontier(node: node, before: open.count)
      for entry in piece.row(node) {
        guard let place = open.firstIndex(of: Int(piece.neighbours[entry])) else { continue }
        frontier.touching.append((place, piece.cutCosts[entry] / 2))
        if piece.holds[entry] { frontier.holding.append(place) }
      }
      open.append(node)
      frontier.stays = open.indices.filter { place in
        piece.row(open[place]).contains { rank[Int(piece.neighbours[$0])] > time }
      }
      open = frontier.stays.map { open[$0] }
      return frontier
    }
  }

  func cost(of code: Code, isInside: Bool) -> Float {
    touching.reduce(0) { (code.part[$1.place] > 0) != isInside ? $0 + $1.cost : $0 }
  }
}

/// A state as four bits for each place of the frontier: 0 outside, else the connected part, numbered in
/// order of appearance.
private struct Code {
  static let places = 15
  static let notBegun: UInt64 = 0
  static let ended: UInt64 = 1 << 63

  var part: [UInt8]
  let isBegun: Bool
  let isEnded: Bool

  init(_ state: UInt64, size: Int) {
    isEnded = state == Self.ended
    isBegun = state != Self.notBegun
    part = (0..<size).map { state == Self.ended ? 0 : UInt8(truncatingIfNeeded: state >> UInt64(4 * $0)) & 15 }
  }

  /// Nil where a part is left behind unfinished, or a finished set is added to.
  func following(_ frontier: Frontier, isInside: Bool) -> UInt64? {
    guard !isInside || !isEnded else { return nil }
    var part = part + [isInside ? 15 : 0]
    if isInside {
      for place in frontier.holding where part[place] > 0 && part[place] != 15 {
        let old = part[place]
        for index in part.indices where part[index] == old { part[index] = 15 }
      }
    }
    let parts = Set(part).subtracting([0])
    let left = Set(frontier.stays.map { part[$0] }).subtracting([0])
    if left.count < parts.count {
      // A part ends: it must be the only one.
      return parts.count == 1 ? Self.ended : nil
    }
    if left.isEmpty { return isEnded ? Self.ended : Self.notBegun }
    return Self.canonical(frontier.stays.map { part[$0] })
  }

  private static func canonical(_ part: [UInt8]) -> UInt64 {
    var number = [UInt8](repeating: 0, count: 16)
    var next: UInt8 = 1
    var code: UInt64 = 0
    for (place, old) in part.enumerated() where old > 0 {
      if number[Int(old)] == 0 {
        number[Int(old)] = next
        next += 1
      }
      code |= UInt64(number[Int(old)]) << UInt64(4 * place)
    }
    return code
  }
}
