import Planar

/// A street between two ends, in metres.
struct Street {
  var points: [Point]
  /// OpenStreetMap's `highway`, or nil for a railway.
  var highway: String?
  var railway: String?
  var name: String?
  var isBridge = false
  var isTunnel = false
  /// OpenStreetMap's `layer`; 0 on the ground.
  var layer = 0
  var lanes: Int?
}

extension TownPlan {
  /// Streets along the lines of the net, lanes, service roads, then the elevated road and the
  /// underground line, which bound nothing on the ground.
  func streets() -> [Street] {
    columnStreets() + rowStreets() + lanes() + serviceRoads() + elevatedRoad() + undergroundLine()
  }

  /// The cells of the town by line: columns of cells, rows of cells.
  private var range: (i: ClosedRange<Int>, j: ClosedRange<Int>) {
    let cells = plans.map(\.cell) + strips
    let (i, j) = (cells.map(\.i), cells.map(\.j))
    return (i.min()!...(i.max()! + 1), j.min()!...(j.max()! + 1))
  }

  private func side(_ kind: Lattice.Side.Kind, _ i: Int, _ j: Int) -> Lattice.Side {
    Lattice.Side(kind: kind, i: i, j: j)
  }

  private func columnStreets() -> [Street] {
    range.i.flatMap { i -> [Street] in
      let streetClass = lattice.columnClass(i)
      let sides = range.j.map { side(.column, i, $0) }.filter { lattice.street($0) != nil }
      let name = i == 0 || i == 2 ? "示范滨河\(i == 0 ? "西" : "东")路" : streetName(i, streetClass, isColumn: true)
      return runs(sides).map { street($0, streetClass, name) }
    }
  }

  private func rowStreets() -> [Street] {
    range.j.flatMap { j -> [Street] in
      let streetClass = lattice.rowClass(j)
      let name = streetName(j, streetClass, isColumn: false)
      let sides = range.i.map { side(.row, $0, j) }.filter { lattice.street($0) != nil }
      let west = runs(sides.filter { $0.i < 0 })
      let east = runs(sides.filter { $0.i > 1 })
      let river = runs(sides.filter { Lattice.isRiver(column: $0.i) })
      return (west + east).map { street($0, streetClass, name) }
        + river.filter { $0.count >= 3 }.map { crossing($0, j, streetClass, name) }
    }
  }

  private func crossing(_ nodes: [Int], _ j: Int, _ streetClass: StreetClass, _ name: String) -> Street {
    var street = street(nodes, streetClass, name)
    let isTunnel = lattice.crossing(row: j) == .tunnel
    street.isTunnel = isTunnel
    street.isBridge = !isTunnel
    street.layer = isTunnel ? -1 : 1
    return street
  }

  /// Nodes along sides that follow each other, as long as they go; sides outside the town drop out.
  private func runs(_ sides: [Lattice.Side]) -> [[Int]] {
    var runs: [[Int]] = []
    for side in sides {
      let chain = mesh.chain(.side(side))
      guard let first = chain.first else { continue }
      if runs.last?.last == first {
        runs[runs.count - 1] += chain.dropFirst()
      } else {
        runs.append(chain)
      }
    }
    return runs
  }

  private func street(_ nodes: [Int], _ streetClass: StreetClass, _ name: String?) -> Street {
    let lanes: [StreetClass: Int] = [.primary: 6, .secondary: 4, .tertiary: 2, .residential: 2]
    return Street(
      points: mesh.points(nodes), highway: streetClass.rawValue, name: name, lanes: lanes[streetClass])
  }

  private func streetName(_ index: Int, _ streetClass: StreetClass, isColumn: Bool) -> String {
    let number = (index >= 0 ? index * 2 : -index * 2 - 1) * 2 + (isColumn ? 1 : 0)
    let kind = streetClass == .primary ? "大道" : streetClass == .secondary ? "路" : "街"
    return "示范" + Names.word(number + 400) + kind
  }

  private func lanes() -> [Street] {
    plans.filter { $0.lane?.isStreet == true }.map { plan in
      let number = abs(plan.cell.i) * 61 + abs(plan.cell.j) * 7
      return Street(
        points: mesh.points(mesh.chain(.lane(plan.cell))), highway: "residential",
        name: "示范" + Names.word(number) + "巷", lanes: 1)
    }
  }

  private func serviceRoads() -> [Street] {
    mesh.faces.compactMap { face in
      face.service.map { Street(points: mesh.points([$0.0, $0.1]), highway: "service") }
    }
  }

  /// An elevated road above the longest main street that runs north.
  private func elevatedRoad() -> [Street] {
    let isMain = { (i: Int) in lattice.columnClass(i) == .primary }
    let candidates = range.i.filter { $0 < 0 || $0 > 2 }.map { i in
      (i: i, run: runs(range.j.map { side(.column, i, $0) }.filter { lattice.street($0) != nil }).max { $0.count < $1.count } ?? [])
    }
    let best = candidates.max { (isMain($0.i) ? 1 : 0, $0.run.count, -$0.i) < (isMain($1.i) ? 1 : 0, $1.run.count, -$1.i) }
    guard request.profile == .urban, let run = best?.run, run.count > 2 else { return [] }
    let path = shifted(mesh.points(run), by: 5)
    return [
      Street(points: path, highway: "trunk", name: "示范高架路", isBridge: true, layer: 2, lanes: 4)
    ]
  }

  /// A railway under blocks and buildings, straight through the town.
  private func undergroundLine() -> [Street] {
    guard request.profile == .urban else { return [] }
    let box = Box(around: mesh.faces.lazy.flatMap { mesh.points($0.ring) })
    let (w, h) = (box.width, box.height)
    let path = [(0.06, 0.3), (0.34, 0.42), (0.62, 0.46), (0.95, 0.74)].map {
      Point(x: box.min.x + w * $0.0, y: box.min.y + h * $0.1)
    }
    return [Street(points: path, railway: "subway", name: "示范地铁1号线", isTunnel: true, layer: -2)]
  }

  private func shifted(_ path: [Point], by distance: Double) -> [Point] {
    path.indices.map { k in
      let d = path[min(k + 1, path.count - 1)] - path[max(k - 1, 0)]
      let length = (d.x * d.x + d.y * d.y).squareRoot()
      return path[k] + Point(x: -d.y, y: d.x) * (distance / length)
    }
  }
}
