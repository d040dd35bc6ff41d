internal import Georeference
internal import MapFiles
internal import Parallel
internal import Planar
internal import Topology

extension LayerRepair {
  /// The layer with its repaired areas, in the CRS of the result.
  mutating func outcome() throws -> RepairOutcome {
    var result = try layer.transformed(to: target, allowBallpark: request.allowsBallpark)
    let final = try printed ?? printedAlone()
    var touched = 0
    for (number, row) in rows.enumerated() {
      let old = result.features[row].geometry!.polygons
      let isRounded = request.decimals != nil && printed != nil
      if old.isSameArea(as: final[number], decimals: isRounded ? request.decimals : nil) { continue }
      touched += 1
      result.features[row].geometry = final[number].isEmpty ? nil : .area(of: final[number])
    }
    changes.sort { ($0.feature ?? -1, $0.rule.rawValue, $0.other ?? -1) < ($1.feature ?? -1, $1.rule.rawValue, $1.other ?? -1) }
    let places = try degrees(changes.map(\.place))
    for index in changes.indices { changes[index].place = places[index] }
    return RepairOutcome(layer: result, changes: changes, touched: touched)
  }

  /// Each area by itself in the CRS of the result, valid there and at the printed decimals.
  private mutating func printedAlone() throws -> [[Polygon]] {
    guard let crs = layer.crs else { return mended }
    let own = try Transformation(from: crs, to: target, allowBallpark: request.allowsBallpark)
    let (mended, decimals) = (mended, request.decimals)
    let parts = chunks(of: rows.count, parts: threadCount * 8)
    let made = try parallelMap(count: rows.isEmpty ? 0 : parts.count) { part in
      try parts[part].map { number -> (polygons: [Polygon], reason: String?) in
        let moved = LayerRepair.validated(try mended[number].map { try own($0) })
        let area = try validWhenPrinted(moved.polygons, decimals: decimals)
        return (area, moved.reason ?? (area == moved.polygons ? nil : "rounding to \(decimals ?? 0) decimals"))
      }
    }.flatMap { $0 }
    for (number, made) in made.enumerated() where made.reason != nil { listAgain(made.reason!, row: rows[number]) }
    return made.map(\.polygons)
  }

  /// An area that the other CRS or its decimals made invalid.
  private mutating func listAgain(_ reason: String, row: Int) {
    guard !changes.contains(where: { $0.feature == row && ($0.rule == .madeValid || $0.rule == .vanished) }) else { return }
    changes.append(
      RepairChange(
        rule: .madeValid, feature: row, measure: 0, place: nil,
        message: "valid as it came, invalid in the CRS written (\(reason)); made valid by its structure",
        chinese: "原为有效，写出时因坐标转换或取整无效（\(reason)）；已按结构修复"))
  }

  private func degrees(_ places: [Point?]) throws -> [Point?] {
    let known = places.compactMap { $0 }
    guard !known.isEmpty else { return places }
    var moved = try Transformation(from: working, to: .crs84, allowBallpark: true)(known).makeIterator()
    return places.map { $0 == nil ? nil : moved.next() }
  }
}

/// The area, on the lattice of the decimals where rounding to them would make it invalid.
private func validWhenPrinted(_ area: [Polygon], decimals: Int?) throws -> [Polygon] {
  guard let decimals, !area.isEmpty else { return area }
  let scale = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
  func ring(_ ring: Ring) -> Ring {
    Ring(ring.points.map { Point(x: ($0.x * scale).rounded() / scale, y: ($0.y * scale).rounded() / scale) })
  }
  let rounded = area.map { Polygon(exterior: ring($0.exterior), holes: $0.holes.map(ring)) }
  return isValid(rounded) ? area : try union(repaired(area), grid: 1 / scale)
}

extension [Polygon] {
  /// Whether the rings are the same, wherever they begin and whichever way they run.
  fileprivate func isSameArea(as other: [Polygon], decimals: Int?) -> Bool {
    count == other.count && canonicalRings(decimals) == other.canonicalRings(decimals)
  }

  private func canonicalRings(_ decimals: Int?) -> [[Point]] {
    map { $0.rightHanded() }.flatMap(\.rings).map { $0.canonical(decimals) }.sorted { a, b in
      for (p, q) in zip(a, b) where p != q { return p.precedes(q) }
      return a.count < b.count
    }
  }
}

extension Ring {
  /// The vertices from the least on, rounded where decimals are given; repeated ones once.
  fileprivate func canonical(_ decimals: Int?) -> [Point] {
    var points: [Point] = []
    for point in vertices {
      let point = decimals.map { Point(x: point.x.rounded(to: $0), y: point.y.rounded(to: $0)) } ?? point
      if points.last != point { points.append(point) }
    }
    guard let start = points.indices.min(by: { points[$0].precedes(points[$1]) }) else { return [] }
    return Array(points[start...] + points[..<start])
  }
}
