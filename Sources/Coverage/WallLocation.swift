public import Planar

extension WallIndex {
  /// Where a point lies with respect to all footprints together, exactly: inside where any
  /// footprint holds it, on the boundary where it lies on a wall only.
  ///
  /// A ring that crosses itself encloses by the even-odd rule. A point on the wall between two
  /// touching buildings is on the boundary.
  public func locate(_ point: Point) -> Location {
    var location = Location.outside
    forEachPolygon(around: point) { polygon in
      switch locate(point, in: polygon) {
      case .inside: location = .inside
      case .boundary: if location == .outside { location = .boundary }
      case .outside: break
      }
    }
    return location
  }

  /// The footprints that hold a point, its border included, in order.
  public func footprints(at point: Point) -> [Int] {
    var found: [Int] = []
    forEachPolygon(around: point) { polygon in
      if locate(point, in: polygon) != .outside { found.append(Int(polygonFootprints[polygon])) }
    }
    return found.sorted()
  }

  /// Calls `body` with each polygon whose box holds the point.
  private func forEachPolygon(around point: Point, _ body: (Int) -> Void) {
    guard let window = polygonFrame.window(of: Box(min: point, max: point)) else { return }
    let x = Float(window.minX)
    let y = Float(window.minY)
    let cell = window.rows.lowerBound * polygonFrame.columns + window.columns.lowerBound
    for index in Int(polygonCells[cell])..<Int(polygonCells[cell + 1]) {
      let entry = polygonEntries[index]
      if entry.minX <= x && x <= entry.maxX && entry.minY <= y && y <= entry.maxY { body(Int(entry.run)) }
    }
  }

  private func locate(_ point: Point, in polygon: Int) -> Location {
    var isInside = false
    for index in Int(polygonRuns[polygon])..<Int(polygonRuns[polygon + 1]) {
      let run = runs[index]
      for vertex in Int(run.first)..<(Int(run.first) + Int(run.count)) {
        switch crossing(of: point, vertices[vertex], vertices[vertex + 1]) {
        case .touches: return .boundary
        case .crosses: isInside.toggle()
        case .misses: break
        }
      }
    }
    return isInside ? .inside : .outside
  }

  /// The walls within `radius` of a point.
  func walls(within radius: Double, of point: Point) -> [(from: Point, to: Point, isTwoSided: Bool)] {
    var found: [(from: Point, to: Point, isTwoSided: Bool)] = []
    forEachRun(in: Box(min: point, max: point).expanded(by: radius)) { run in
      for vertex in Int(run.first)..<(Int(run.first) + Int(run.count)) {
        let a = vertices[vertex]
        let b = vertices[vertex + 1]
        if distance(from: point, toSegment: a, b) <= radius { found.append((a, b, run.isTwoSided)) }
      }
    }
    return found
  }

  /// The nearest wall within `radius` of a point: its distance and the azimuth that looks away
  /// from it, at a right angle, in degrees.
  public func nearestWall(to point: Point, within radius: Double) -> (distance: Double, azimuth: Double)? {
    var best: (distance: Double, azimuth: Double)?
    for wall in walls(within: radius, of: point) {
      let away = distance(from: point, toSegment: wall.from, wall.to)
      let outward = Point(x: wall.to.y - wall.from.y, y: wall.from.x - wall.to.x)
      // The side the point is on decides for walls without a known outside.
      let sign = wall.isTwoSided && dot(outward, point - wall.from) < 0 ? -1.0 : 1.0
      let candidate = (distance: away, azimuth: azimuth(of: outward * sign))
      if best.map({ (candidate.distance, candidate.azimuth) < ($0.distance, $0.azimuth) }) ?? true {
        best = candidate
      }
    }
    return best
  }
}
