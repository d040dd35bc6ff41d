internal import Fabric
internal import Georeference
internal import MapFiles
internal import Planar
internal import Topology

extension LayerRepair {
  /// Puts all borders into one set of arcs, in working metres and again in printed coordinates.
  mutating func shareBorders(parents: Layer?) throws {
    var settings = FabricSettings()
    settings.snap = request.snap
    settings.sliverWidth = request.tolerance
    settings.settledOverlapWidth = request.tolerance
    let fabric = try Fabric(
      units: areas.map { ReadyUnit(polygons: $0) }, parents: try areas(of: parents), settings: settings)
    for problem in fabric.problems { list(problem) }
    let areasBefore = areas
    areas = fabric.coveredAreas(count: rows.count)
    let decimals = try latticeDecimals()
    let lattice = try fabric.rounded(decimals: decimals) { try toTarget($0) }
    printed = try substituted(lattice.coveredAreas(count: rows.count), decimals: decimals)
    listMoves(from: areasBefore)
  }

  private func areas(of parents: Layer?) throws -> [[Polygon]] {
    guard let parents else { return [] }
    guard let crs = parents.crs else { throw MapFileError.noCRS(of: parents) }
    let transformation = try Transformation(from: crs, to: working, allowBallpark: request.allowsBallpark)
    return try parents.features.compactMap { try $0.geometry.map { try transformation($0) }?.polygons }
  }

  /// Millimetres, or a hundredth of a metre in degrees.
  private func latticeDecimals() throws -> Int {
    let usual = try target.described().isGeographic ? 7 : 3
    return min(request.decimals ?? usual, usual)
  }

  private mutating func list(_ problem: FabricProblem) {
    let (first, second) = (problem.subjects.first.map { rows[$0] }, problem.subjects.dropFirst().first.map { rows[$0] })
    let area = problem.measure.rounded(to: 3)
    func add(_ rule: RepairChange.Rule, _ feature: Int?, _ other: Int?, _ english: String, _ chinese: String) {
      changes.append(
        RepairChange(
          rule: rule, feature: feature, other: other, measure: area, place: problem.place, message: english, chinese: chinese))
    }
    switch (problem.kind, problem.isGap) {
    case (.sliver, true):
      add(.closedGap, first, second, "a gap of \(area) m² was given to the features beside it", "空隙 \(area) 平方米已并入相邻要素")
    case (.gap, _):
      guard request.kind == .grids else { return }
      add(.leftGap, first, second, "a gap of \(area) m² is wider than the tolerance", "空隙 \(area) 平方米，宽于容差，未处理")
    case (.sliver, false):
      let winner = problem.winner.map { rows[$0] }
      let loser = problem.subjects.map { rows[$0] }.first { $0 != winner }
      add(.closedOverlap, loser, winner, "a strip of \(area) m² that two features covered belongs to the other now", "重叠窄条 \(area) 平方米已归另一要素")
    case (.overlap, _):
      add(.leftOverlap, first, second, "an overlap of \(area) m² is wider than the tolerance", "重叠 \(area) 平方米，宽于容差，未处理")
    case (.vanished, _) where problem.subjects.contains { !areas[$0].isEmpty }:
      add(.vanished, first, nil, "its \(area) m² lie in other features", "其 \(area) 平方米均在其他要素内")
    default: break
    }
  }

  /// Lists how far vertices moved, for features whose border has others than before.
  private mutating func listMoves(from areasBefore: [[Polygon]]) {
    for (number, row) in rows.enumerated() where !areas[number].isEmpty {
      let old = Set(areasBefore[number].flatMap(\.rings).flatMap(\.points).map(\.millimetres))
      let new = areas[number].flatMap(\.rings).flatMap(\.vertices)
      let added = new.filter { !old.contains($0.millimetres) }
      let gone = old.subtracting(new.map(\.millimetres))
      guard !added.isEmpty || !gone.isEmpty else { continue }
      let moves = gone.map { vertex in areas[number].map { $0.distanceToBoundary(from: vertex) }.min() ?? 0 }
      let farthest = (moves.max() ?? 0).rounded(to: 4)
      changes.append(
        RepairChange(
          rule: .snappedBorder, feature: row, measure: farthest, place: added.first,
          message: "\(added.count) vertices are new and \(gone.count) gone, by up to \(farthest) m, so that neighbours share them",
          chinese: "为与相邻要素共边，新增顶点 \(added.count) 个，移除 \(gone.count) 个，最多移动 \(farthest) 米"))
    }
  }

  // MARK: Coordinates as they were

  /// The areas with vertices that hardly moved where they were, to the last bit: one place for one
  /// vertex, whichever features have it. Where that makes an area invalid all stay on the lattice.
  private func substituted(_ lattice: [[Polygon]], decimals: Int) throws -> [[Polygon]] {
    let table = OriginalVertices(try originals(), decimals: decimals)
    let exact = lattice.map { $0.map { table.restored($0, rounding: request.decimals) } }
    return exact.allSatisfy { $0.isEmpty || isValid($0) } ? exact : lattice
  }

  /// The vertices of the layer in the CRS of the result, in the order of the file.
  private func originals() throws -> [Point] {
    guard let crs = layer.crs else { return [] }
    let points = rows.flatMap { layer.features[$0].geometry!.polygons.flatMap(\.rings).flatMap(\.vertices) }.filter(\.isFinite)
    return try Transformation(from: crs, to: target, allowBallpark: request.allowsBallpark)(points)
  }
}

/// The vertices that a layer had, by the cell of a lattice.
private struct OriginalVertices {
  private struct Cell: Hashable {
    var x: Int
    var y: Int
  }

  private let scale: Double
  private var points: [Cell: Point] = [:]

  init(_ originals: [Point], decimals: Int) {
    scale = (0..<decimals).reduce(1) { power, _ in power * 10 }
    for point in originals where points[cell(of: point)] == nil { points[cell(of: point)] = point }
  }

  private func cell(of point: Point) -> Cell {
    Cell(x: Int((point.x * scale).rounded()), y: Int((point.y * scale).rounded()))
  }

  /// The original vertex within a cell of a lattice point, the nearest; else the lattice point.
  private func original(near point: Point) -> Point {
    let home = cell(of: point)
    var best: (distance: Double, point: Point)?
    for dx in -1...1 {
      for dy in -1...1 {
        guard let known = points[Cell(x: home.x + dx, y: home.y + dy)] else { continue }
        let distance = known.squaredDistance(to: point)
        if let best, best.distance <= distance { continue }
        best = (distance, known)
      }
    }
    guard let best, best.distance.squareRoot() * scale < 1 else { return point }
    return best.point
  }

  func restored(_ polygon: Polygon, rounding decimals: Int?) -> Polygon {
    func place(_ point: Point) -> Point {
      let exact = original(near: point)
      guard decimals != nil else { return exact }
      return Point(x: (exact.x * scale).rounded() / scale, y: (exact.y * scale).rounded() / scale)
    }
    func ring(_ ring: Ring) -> Ring { Ring(ring.points.map(place)) }
    return Polygon(exterior: ring(polygon.exterior), holes: polygon.holes.map(ring))
  }
}

extension Point {
  /// Rounded to millimetres.
  fileprivate var millimetres: Point { Point(x: x.rounded(to: 3), y: y.rounded(to: 3)) }
}

extension Fabric {
  /// The area of each of the first `count` units, overlaps that several keep in each of them.
  func coveredAreas(count: Int) -> [[Polygon]] {
    var result = (0..<count).map { units[$0].polygons }
    var open = Set(units.indices.filter { !units[$0].covers.isEmpty }.flatMap { units[$0].covers }).sorted()
    while !open.isEmpty {
      var groups = [Int](repeating: -1, count: units.count)
      var later: [Int] = []
      for unit in open {
        let pieces = units.indices.filter { units[$0].covers.contains(unit) }
        guard pieces.allSatisfy({ groups[$0] < 0 }) else {
          later.append(unit)
          continue
        }
        for piece in pieces + [unit] { groups[piece] = unit }
      }
      for area in dissolve(groups) { result[area.group] = area.polygons }
      open = later
    }
    return result
  }
}
