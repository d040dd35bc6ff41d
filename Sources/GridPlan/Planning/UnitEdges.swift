internal import Assignment
internal import Fabric
internal import Planar
internal import Redraw
internal import Topology

/// Which units hang together: through borders that no barrier runs along, over bridges, by stated
/// links, and as islands to the nearest unit where the scenario asks for that.
struct UnitEdges {
  private(set) var edges: [UnitGraph.Edge] = []
  private(set) var problems: [PlanProblem] = []
  private let ground: DrawnGround
  private let scenario: Scenario
  private let members: [Int]
  /// The position of each unit among the members; -1 for none.
  private var position: [Int]
  /// The edge of each pair.
  private var edgeOfPair: [Pair: Int] = [:]

  private struct Pair: Hashable {
    var a: Int
    var b: Int

    init(_ a: Int, _ b: Int) { (self.a, self.b) = (min(a, b), max(a, b)) }
  }

  /// Edges between positions among `members`.
  ///
  /// - Throws: `ScenarioError` for a link to a unit that is not there.
  init(_ ground: DrawnGround, _ inputs: PlanInputs, _ scenario: Scenario, _ members: [Int]) throws {
    (self.ground, self.scenario, self.members) = (ground, scenario, members)
    position = Array(repeating: -1, count: ground.fabric.units.count)
    for (index, unit) in members.enumerated() { position[unit] = index }
    for adjacency in ground.fabric.adjacency { add(adjacency) }
    let rules = scenario.grids.redraw
    if !rules.links.isEmpty || !inputs.bridges.isEmpty {
      for (number, edge) in edges.enumerated() { edgeOfPair[Pair(edge.a, edge.b)] = number }
      for link in rules.links { try add(link) }
      addBridges(inputs.bridges)
    }
    joinIslands(within: rules.islandReach ?? 0)
  }

  // MARK: Borders

  private mutating func add(_ adjacency: Adjacency) {
    guard ground.isPassable(adjacency), let edge = Self.edge(adjacency, position, ground.parents) else { return }
    edges.append(edge)
  }

  /// Units touch where they share at least 1 m of border that is neither a community's nor a barrier.
  ///
  /// - Parameter position: the number of each unit in the graph; -1 for none.
  static func edge(_ adjacency: Adjacency, _ position: [Int], _ parents: [Int?]) -> UnitGraph.Edge? {
    let (a, b) = (position[adjacency.a], position[adjacency.b])
    let length = adjacency.passableLength
    guard a >= 0, b >= 0, length >= 1, parents[adjacency.a] == parents[adjacency.b] else { return nil }
    let cost = adjacency.parts.reduce(0.0) { sum, part in
      guard case .street(let rank) = part.borderClass else { return sum }
      return sum + part.length * Double(rank) / StreetRank.perMetre
    }
    return .init(a, b, border: length, crossing: cost > 0 ? .cost(cost) : .open)
  }

  // MARK: Links

  private mutating func add(_ link: UnitLink) throws {
    func unit(_ name: String) throws -> Int {
      guard let unit = ground.unit(named: name) else {
        throw ScenarioError(
          file: scenario.file, key: "grids.links",
          message: "no unit is called \"\(name)\"" + (nearestName(to: name, among: ground.names).map { ". Did you mean \"\($0)\"?" } ?? ""))
      }
      return unit
    }
    let (a, b) = (try unit(link.a), try unit(link.b))
    guard join(a, b) else {
      problems.append(
        PlanProblem(
          "unused-link", file: scenario.file, feature: link.a, place: ground.fabric.units[a].interiorPoint,
          "the link to \(link.b) joins nothing: both are one unit, in different communities, or in no redrawn grid",
          "与 \(link.b) 的连接无效：两者为同一单元、分属不同社区，或不在调整范围内"))
      return
    }
    note(a, b, "a stated link", "指定连接")
  }

  /// Whether the two now hang together.
  private mutating func join(_ a: Int, _ b: Int) -> Bool {
    let (p, q) = (position[a], position[b])
    guard p >= 0, q >= 0, p != q, ground.parents[a] == ground.parents[b] else { return false }
    if let known = edgeOfPair[Pair(p, q)] {
      edges[known].isLink = true
    } else {
      edgeOfPair[Pair(p, q)] = edges.count
      edges.append(.init(p, q, border: 0, isLink: true))
    }
    return true
  }

  private mutating func note(_ a: Int, _ b: Int, _ by: String, _ byZh: String) {
    problems.append(
      PlanProblem(
        "link", .info, feature: ground.names[a], place: ground.fabric.units[a].interiorPoint,
        "hangs together with \(ground.names[b]) by \(by)", "经\(byZh)与 \(ground.names[b]) 相连"))
  }

  // MARK: Bridges

  private mutating func addBridges(_ bridges: [[Point]]) {
    guard !bridges.isEmpty else { return }
    let walk = UnitWalk(ground)
    for bridge in bridges {
      let units = walk.units(along: bridge)
      for (a, b) in zip(units, units.dropFirst()) where !isHeld(a, b) {
        if join(a, b) { note(a, b, "a bridge", "桥梁") }
      }
    }
  }

  private func isHeld(_ a: Int, _ b: Int) -> Bool {
    edgeOfPair[Pair(position[a], position[b])].map { edges[$0].isLink || edges[$0].border >= 1 } ?? false
  }

  // MARK: Islands

  /// Links each part that touches nothing to the nearest unit of its community, the nearest first,
  /// and lists what stays apart.
  private mutating func joinIslands(within reach: Double) {
    var parts = ConnectedParts(edges, members.map { ground.parents[$0] ?? -1 })
    if reach > 0 {
      let nearest = NearestUnits(ground, members)
      while let link = parts.islands.compactMap({ nearest.link(from: $0, parts, within: reach) }).min(by: { $0.rank < $1.rank }) {
        _ = join(members[link.a], members[link.b])
        let metres = link.distance.rounded(to: 1)
        note(members[link.a], members[link.b], "the nearest way, \(metres) m", "最近距离（\(metres) 米）")
        parts.join(link.a, link.b)
      }
    }
    for island in parts.islands where island.count > 1 { list(island) }
  }

  private mutating func list(_ island: [Int]) {
    let units = island.map { members[$0] }
    let households = units.reduce(0) { $0 + ground.weights[$1] }
    let code = ground.parents[units[0]].map { ground.parentCodes[$0] }
    problems.append(
      PlanProblem(
        "separate-part", .info, feature: ground.names[units[0]], code: code, measure: Double(households), unit: "households",
        place: ground.fabric.units[units[0]].interiorPoint,
        "\(units.count) units with \(households) households touch none of the others: grids of their own",
        "\(units.count) 个单元（\(households) 户）与其他单元不相连：单独成格"))
  }
}

/// The units that a line passes over, in order.
private struct UnitWalk {
  private let index: AreaIndex
  private let ground: DrawnGround
  private let boxes: BoxIndex
  /// How far from either end of a bridge its bank is looked for, in metres.
  private static let reach = 50.0

  init(_ ground: DrawnGround) {
    self.ground = ground
    let units = ground.fabric.units
    index = AreaIndex(units.enumerated().map { Area(code: String($0.offset), polygons: $0.element.polygons) })
    boxes = BoxIndex(units.map { $0.polygons.reduce(.empty) { $0.union($1.box) } })
  }

  /// Each unit once in a row; units on water are passed over.
  func units(along line: [Point]) -> [Int] {
    guard let first = line.first, let last = line.last else { return [] }
    let places = zip(line, line.dropFirst()).flatMap { a, b in
      let steps = max(1, Int((a.distance(to: b) / 5).rounded(.up)))
      return (0..<steps).map { a + (b - a) * (Double($0) / Double(steps)) }
    }
    var units = ([bank(first)] + places.map { index.locate($0) } + [bank(last)]).compactMap { $0 }
    units.removeAll { ground.shore[$0] != nil }
    return units.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  /// The unit that the end of a bridge lies in, or else the nearest one.
  private func bank(_ point: Point) -> Int? {
    if let unit = index.locate(point), ground.shore[unit] == nil { return unit }
    return boxes.nearest(to: point, within: Self.reach) { unit in
      ground.shore[unit] != nil ? .infinity : ground.fabric.units[unit].polygons.map { $0.distanceToBoundary(from: point) }.min() ?? .infinity
    }?.item
  }
}

/// Members that hang together, by parent.
struct ConnectedParts {
  private var root: [Int]
  private let parents: [Int]

  init(_ edges: [UnitGraph.Edge], _ parents: [Int]) {
    root = Array(parents.indices)
    self.parents = parents
    for edge in edges where edge.isLink || edge.border >= 1 { join(edge.a, edge.b) }
  }

  mutating func join(_ a: Int, _ b: Int) {
    let (p, q) = (shortened(a), shortened(b))
    root[max(p, q)] = min(p, q)
  }

  /// The root of a member, its way there halved.
  private mutating func shortened(_ member: Int) -> Int {
    var member = member
    while root[member] != member {
      root[member] = root[root[member]]
      member = root[member]
    }
    return member
  }

  /// The lowest member of the part that a member belongs to.
  func part(of member: Int) -> Int {
    var member = member
    while root[member] != member { member = root[member] }
    return member
  }

  /// All parts of a parent but its largest, by their lowest members.
  var islands: [[Int]] {
    let parts = root.indices.map { part(of: $0) }
    var size: [Int: Int] = [:]
    for part in parts { size[part, default: 0] += 1 }
    var largest: [Int: Int] = [:]
    for part in size.keys.sorted() {
      let rival = largest[parents[part]]
      if rival.map({ size[$0]! < size[part]! }) ?? true { largest[parents[part]] = part }
    }
    guard size.count > largest.count else { return [] }
    var islands: [Int: [Int]] = [:]
    for (member, part) in parts.enumerated() where largest[parents[part]] != part { islands[part, default: []].append(member) }
    return islands.values.sorted { $0[0] < $1[0] }
  }
}

/// Finds the unit nearest to an island.
private struct NearestUnits {
  struct Link {
    /// A member of the island, and one outside.
    var a: Int
    var b: Int
    var distance: Double

    var rank: (Double, Int, Int) { (distance, a, b) }
  }

  private let ground: DrawnGround
  private let members: [Int]
  private let boxes: [Box]
  private let index: BoxIndex

  init(_ ground: DrawnGround, _ members: [Int]) {
    (self.ground, self.members) = (ground, members)
    boxes = members.map { ground.fabric.units[$0].polygons.reduce(.empty) { $0.union($1.box) } }
    index = BoxIndex(boxes)
  }

  func link(from island: [Int], _ parts: ConnectedParts, within reach: Double) -> Link? {
    let part = parts.part(of: island[0])
    var best: Link?
    for member in island {
      var radius = 10.0
      while true {
        radius = min(radius, best?.distance ?? reach, reach)
        best = nearest(to: member, part, parts, within: radius) ?? best
        if best.map({ $0.distance <= radius }) == true || radius >= reach { break }
        radius *= 4
      }
    }
    return best
  }

  private func nearest(to member: Int, _ part: Int, _ parts: ConnectedParts, within radius: Double) -> Link? {
    let box = boxes[member]
    let around = Box(
      min: Point(x: box.min.x - radius, y: box.min.y - radius), max: Point(x: box.max.x + radius, y: box.max.y + radius))
    let own = Geometry.area(of: ground.fabric.units[members[member]].polygons)
    return index.items(meeting: around).compactMap { other -> Link? in
      guard parts.part(of: other) != part, ground.parents[members[other]] == ground.parents[members[member]] else { return nil }
      let geometry = Geometry.area(of: ground.fabric.units[members[other]].polygons)
      guard let distance = try? Topology.distance(own, geometry), distance <= radius else { return nil }
      return Link(a: member, b: other, distance: distance)
    }.min { $0.rank < $1.rank }
  }
}

extension Adjacency {
  /// How much of the border is neither a barrier nor a parent's.
  var passableLength: Double {
    parts.reduce(0) { $1.borderClass == .barrier || $1.borderClass == .parent ? $0 : $0 + $1.length }
  }
}
