import Planar

/// A place of note: a point that should be in view.
struct KeyPlace {
  var name: String
  var kind: String
  var place: Point
}

/// A building into which no camera may look.
struct SensitivePlace {
  var name: String
  var kind: String
  var building: Int
}

extension TownPlan {
  /// Entrances of schools, hospitals, markets and parks, main crossings and stops.
  func keyPlaces() -> [KeyPlace] {
    gates().filter { $0.compound.use.keyPlaceKind != nil }.map { gate in
      KeyPlace(
        name: name(of: gate.compound) + "门口", kind: gate.compound.use.keyPlaceKind!, place: gate.place)
    } + crossings().filter(\.isMain).enumerated().flatMap { number, crossing in
      let stop = KeyPlace(
        name: "示范\(number + 1)号公交站", kind: "bus-stop", place: crossing.place + crossing.arms[0] * 40)
      return [KeyPlace(name: "示范\(number + 1)号路口", kind: "crossing", place: crossing.place), stop]
    }
  }

  struct Gate {
    var compound: Compound
    var place: Point
    /// Towards the street, of length 1.
    var outward: Point
  }

  /// A gate for each compound, in the middle of one side of its fence.
  func gates() -> [Gate] {
    compounds.filter { $0.use != .fields && !$0.fence.isEmpty }.map { compound in
      let corners = compound.fence.corners
      let k = compound.number % corners.count
      let (a, b) = (corners[k], corners[(k + 1) % corners.count])
      let d = (b - a) * (1 / max(1, a.distance(to: b)))
      return Gate(compound: compound, place: a.midpoint(to: b), outward: Point(x: d.y, y: -d.x))
    }
  }

  struct StreetCrossing {
    var place: Point
    /// Directions of the streets that meet there, of length 1.
    var arms: [Point]
    var isMain: Bool
  }

  /// Crossings of the net where three streets or more meet, by row, then column.
  func crossings() -> [StreetCrossing] {
    let cells = Set((plans.map(\.cell) + strips).flatMap { cell in
      [cell, Cell(i: cell.i + 1, j: cell.j), Cell(i: cell.i, j: cell.j + 1), Cell(i: cell.i + 1, j: cell.j + 1)]
    })
    return cells.sorted { ($0.j, $0.i) < ($1.j, $1.i) }.compactMap { crossing(at: $0.i, $0.j) }
  }

  private func crossing(at i: Int, _ j: Int) -> StreetCrossing? {
    let around: [(Lattice.Side, Int, Int)] = [
      (.init(kind: .column, i: i, j: j), i, j + 1), (.init(kind: .row, i: i, j: j), i + 1, j),
      (.init(kind: .column, i: i, j: j - 1), i, j - 1), (.init(kind: .row, i: i - 1, j: j), i - 1, j),
    ]
    let place = lattice.node(i, j)
    let arms = around.filter { lattice.street($0.0) != nil && !mesh.chain(.side($0.0)).isEmpty }
      .map { side, a, b in
        let other = lattice.node(a, b)
        return (other - place) * (1 / other.distance(to: place))
      }
    guard arms.count >= 3 else { return nil }
    let main: Set<StreetClass> = [.primary, .secondary]
    return StreetCrossing(
      place: place, arms: arms, isMain: main.contains(lattice.columnClass(i)) && main.contains(lattice.rowClass(j)))
  }

  func name(of compound: Compound) -> String {
    let suffixes: [String]
    switch compound.use {
    case .slabs: suffixes = ["新村", "小区", "里"]
    case .midrise: suffixes = ["家园", "小区", "苑"]
    case .towers: suffixes = ["花园", "城", "公馆"]
    case .villas: suffixes = ["别墅"]
    case .village: suffixes = ["自然村"]
    case .school: suffixes = ["小学", "中学"]
    case .hospital: suffixes = ["医院"]
    case .market: suffixes = ["菜市场"]
    case .commercial: suffixes = ["商场"]
    case .offices: suffixes = ["写字楼"]
    case .publicService: suffixes = ["服务中心"]
    case .industry: suffixes = ["产业园"]
    case .park: suffixes = ["公园"]
    case .fields: suffixes = ["田"]
    }
    return "示范" + Names.word(compound.number + 200) + suffixes[compound.number % suffixes.count]
  }

  /// Dormitories, toilets, baths, hotels and nursing rooms: kinds of places where the regulation of
  /// 2025 forbids cameras. One each in some schools, parks and shops.
  func sensitivePlaces() -> [SensitivePlace] {
    var taken: Set<Int> = []
    return buildings.indices.compactMap { index in
      let building = buildings[index]
      let compound = compounds[building.face]
      guard let kind = sensitiveKind(building, compound, index), taken.insert(building.face).inserted else {
        return nil
      }
      return SensitivePlace(name: name(of: compound) + kind.name, kind: kind.key, building: index)
    }
  }

  private func sensitiveKind(_ building: Building, _ compound: Compound, _ index: Int) -> (key: String, name: String)? {
    switch (compound.use, building.use) {
    case (.school, .publicUse): ("dormitory", "宿舍")
    case (.park, _): ("toilet", "公厕")
    case (.commercial, _): index % 2 == 0 ? ("bath", "浴室") : ("nursing-room", "母婴室")
    case (.offices, _): index % 3 == 0 ? ("guest-room", "客房") : nil
    default: nil
    }
  }
}

extension ParcelUse {
  /// The kind of key place at the gate, or nil where the gate is none.
  var keyPlaceKind: String? {
    switch self {
    case .school: "school-gate"
    case .hospital: "hospital-gate"
    case .market: "market-gate"
    case .park: "park-gate"
    case .publicService: "office-gate"
    default: nil
    }
  }
}
