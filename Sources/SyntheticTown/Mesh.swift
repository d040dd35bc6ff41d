import Planar

/// The faces of the town as rings of shared nodes: neighbours name the same nodes along a border.
struct Mesh {
  /// Metres.
  private(set) var nodes: [Point] = []
  private(set) var faces: [Face] = []
  private var crossings: [Cell: Int] = [:]
  /// Nodes on each line by slot, in order.
  private var chains: [Line: [(slot: Int, node: Int)]] = [:]

  struct Face {
    /// Counter-clockwise; the first is not repeated.
    var ring: [Int]
    var cell: Cell
    /// Nodes of a cut at the north that carries a service road.
    var service: (Int, Int)?
  }

  /// - Parameters:
  ///   - plans: faces come in their order, parcel by parcel and unit by unit.
  ///   - strips: cells of the river; a face each, after all others.
  init(_ plans: [CellPlan], strips: [Cell], _ lattice: Lattice) {
    for plan in plans { addSides(of: plan.cell, lattice) }
    for strip in strips { addSides(of: strip, lattice) }
    for plan in plans { addLane(plan) }
    for plan in plans { addCuts(plan) }
    for line in chains.keys { chains[line]!.sort { $0.slot < $1.slot } }
    for plan in plans {
      for unit in plan.parcels.flatMap(\.units) { faces.append(face(unit, plan.cell)) }
    }
    for strip in strips { faces.append(face(strip)) }
  }

  /// The nodes of a line in order of slots; empty where no cell of the town touches it.
  func chain(_ line: Line) -> [Int] { chains[line]?.map(\.node) ?? [] }

  func points(_ ids: [Int]) -> [Point] { ids.map { nodes[$0] } }

  private mutating func add(_ point: Point) -> Int {
    nodes.append(point)
    return nodes.count - 1
  }

  private mutating func crossing(_ i: Int, _ j: Int, _ lattice: Lattice) -> Int {
    if let node = crossings[Cell(i: i, j: j)] { return node }
    let node = add(lattice.node(i, j))
    crossings[Cell(i: i, j: j)] = node
    return node
  }

  private mutating func addSides(of cell: Cell, _ lattice: Lattice) {
    for (kind, i, j) in [
      (Lattice.Side.Kind.row, cell.i, cell.j), (.row, cell.i, cell.j + 1), (.column, cell.i, cell.j),
      (.column, cell.i + 1, cell.j),
    ] {
      let line = Line.side(Lattice.Side(kind: kind, i: i, j: j))
      guard chains[line] == nil else { continue }
      let start = crossing(i, j, lattice)
      let end = kind == .row ? crossing(i + 1, j, lattice) : crossing(i, j + 1, lattice)
      chains[line] = [(Slot.start, start), (Slot.end, end)]
    }
  }

  /// The node at a slot of a line whose two ends are known; made where there is none yet.
  private mutating func node(_ slot: Int, of line: Line) -> Int {
    let chain = chains[line]!
    if let known = chain.first(where: { $0.slot == slot }) { return known.node }
    let new = add(along(nodes[chain[0].node], nodes[chain[1].node], slot))
    chains[line]!.append((slot, new))
    return new
  }

  private mutating func addLane(_ plan: CellPlan) {
    guard let lane = plan.lane else { return }
    let (i, j) = (plan.cell.i, plan.cell.j)
    let south = node(lane.south, of: .side(.init(kind: .row, i: i, j: j)))
    let north = node(lane.north, of: .side(.init(kind: .row, i: i, j: j + 1)))
    chains[.lane(plan.cell)] = [(Slot.start, south), (Slot.end, north)]
  }

  private mutating func addCuts(_ plan: CellPlan) {
    for unit in plan.parcels.flatMap(\.units) {
      for case .along(let line, let from, let to) in [unit.east, unit.west] {
        _ = node(from, of: line)
        _ = node(to, of: line)
      }
    }
  }

  private func nodes(_ border: UnitPlan.Border) -> [Int] {
    guard case .along(let line, let from, let to) = border else { return [] }
    return chains[line]!.filter { $0.slot >= from && $0.slot <= to }.map(\.node)
  }

  private func face(_ unit: UnitPlan, _ cell: Cell) -> Face {
    let east = nodes(unit.east)
    let west = nodes(unit.west)
    // A cut has no nodes of its own: it runs straight from the west side to the east side.
    var ring = nodes(unit.south).dropLast() + east
    ring += nodes(unit.north).reversed().dropFirst().dropLast()
    ring += west.reversed().dropLast()
    if case .cut = unit.south { ring.insert(west[0], at: 0) }
    var service: (Int, Int)?
    if case .cut(isService: true) = unit.north { service = (west[west.count - 1], east[east.count - 1]) }
    return Face(ring: Array(ring), cell: cell, service: service)
  }

  private func face(_ strip: Cell) -> Face {
    func side(_ kind: Lattice.Side.Kind, _ di: Int, _ dj: Int) -> [Int] {
      chain(.side(.init(kind: kind, i: strip.i + di, j: strip.j + dj)))
    }
    let ring =
      side(.row, 0, 0).dropLast() + side(.column, 1, 0).dropLast()
      + side(.row, 0, 1).reversed().dropLast() + side(.column, 0, 0).reversed().dropLast()
    return Face(ring: Array(ring), cell: strip)
  }
}
