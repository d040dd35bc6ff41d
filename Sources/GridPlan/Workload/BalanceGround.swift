internal import PlanModel
internal import Planar
internal import Workload

/// The values that a balance is computed from: grids, stops, streets, events and posts.
struct BalanceGround {
  var plan: Plan
  var demands: [GridDemand]
  /// Doors and places of each grid, and a point inside each.
  var places: [GridPlaces]
  var middles: [Point]
  var streets: [StreetPath]
  var events: [TimedEvent] = []
  /// Events without a readable time, and outside every grid.
  var undatedEvents = 0
  var strayEvents = 0
  var workers: [Worker] = []
  var positions: [String: Int]

  /// - Parameter made: the plan of the same layers, where there is one already.
  init(_ inputs: PlanInputs, _ source: BalanceSource, plan made: Plan? = nil) throws {
    let scenario = source.scenario
    plan =
      try made
      ?? (scenario.grids.source == .existing
        ? ExistingPlan.take(inputs, scenario) : Drawing.draw(inputs, scenario))
    positions = Dictionary(plan.grids.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    middles = plan.grids.map { interiorPoint(of: $0.polygons) ?? centroid(of: $0.polygons) }
    demands = []
    places = plan.grids.map { _ in GridPlaces() }
    streets = Self.streets(inputs)
    if source.isPlan { try takeWrittenCounts(inputs) }
    let locator = GridLocator(plan.grids)
    placeDoors()
    for place in inputs.keyPlaces {
      if let point = place.point, let grid = locator.grid(at: point) { places[grid].places.append(point) }
    }
    try takeEvents(inputs, locator)
    try takeWorkers(inputs)
    makeDemands(locator)
  }

  // MARK: Stops and streets

  /// A door for each building with households; where there are none, one for each ready unit.
  private mutating func placeDoors() {
    let homes = plan.buildings.isEmpty ? plan.units : plan.buildings
    for home in homes where home.households > 0 {
      guard let grid = home.grid.flatMap({ positions[$0] }) else { continue }
      guard let point = home.point ?? interiorPoint(of: home.polygons) else { continue }
      places[grid].doors.append(point)
    }
  }

  /// All streets with the level that they run on; bridges and tunnels carry travel too.
  private static func streets(_ inputs: PlanInputs) -> [StreetPath] {
    guard let layer = inputs.layers.first(where: { $0.kind == .streets }) else { return [] }
    return layer.rows.flatMap { row -> [StreetPath] in
      guard let geometry = layer.layer.features[row].geometry else { return [] }
      let rings = geometry.polygons.flatMap(\.rings).map(\.points)
      let level = level(layer, row)
      return (geometry.lines + rings).filter { $0.count > 1 }.map { StreetPath(points: $0, level: level) }
    }
  }

  private static func level(_ layer: InputLayer, _ row: Int) -> Int {
    if let level = layer.text(.level, of: row).flatMap(Double.init), level != 0, abs(level) < 100 { return Int(level) }
    func isSet(_ role: FieldRole) -> Bool {
      layer.text(role, of: row).map { !["no", "false", "0", "否"].contains($0.lowercased()) } ?? false
    }
    return isSet(.bridge) ? 1 : isSet(.tunnel) ? -1 : 0
  }

  private mutating func makeDemands(_ locator: GridLocator) {
    let figures = events.isEmpty ? nil : eventFigures(events, grids: plan.grids.count).byGrid
    // Without any households their density tells nothing.
    let setting: GridSetting? = plan.grids.allSatisfy { $0.households == 0 } ? .urban : nil
    demands = plan.grids.enumerated().map { index, grid in
      GridDemand(
        code: grid.code, households: grid.households, buildings: grid.buildings, places: places[index].places.count,
        hectares: grid.area / 10_000, events: figures?[index].perYear ?? Double(grid.events),
        stops: places[index].doors.count, setting: setting)
    }
    for street in streets where street.level == 0 {
      for (a, b) in zip(street.points, street.points.dropFirst()) {
        if let grid = locator.grid(at: a.midpoint(to: b)) { demands[grid].streetMetres += a.distance(to: b) }
      }
    }
  }

  /// The counts that a plan was written with, in place of those added up anew.
  private mutating func takeWrittenCounts(_ inputs: PlanInputs) throws {
    guard let layer = inputs.layers.first(where: { $0.kind == .grids }) else { return }
    func number(_ field: String, _ row: Int) -> Double? {
      layer.layer.index(of: field).flatMap { layer.layer.features[row].values[$0].asNumber }
    }
    let estimated = layer.layer.index(of: "estimated")
    for row in layer.rows {
      if let estimated, layer.layer.features[row].values[estimated] == .bool(true) { plan.isEstimated = true }
      guard let grid = layer.text(.code, of: row).flatMap({ positions[$0] }) else { continue }
      plan.grids[grid].households = number("households", row).map { Int($0) } ?? plan.grids[grid].households
      plan.grids[grid].buildings = number("buildings", row).map { Int($0) } ?? plan.grids[grid].buildings
      plan.grids[grid].events = number("events", row).map { Int($0) } ?? 0
      plan.grids[grid].area = number("area_m2", row) ?? plan.grids[grid].area
    }
  }

  // MARK: Events and workers

  private mutating func takeEvents(_ inputs: PlanInputs, _ locator: GridLocator) throws {
    guard let layer = inputs.layers.first(where: { $0.kind == .events }) else { return }
    for grid in plan.grids.indices { plan.grids[grid].events = 0 }
    for row in layer.rows {
      guard let point = inputs.events[row].point, let grid = locator.grid(at: point) else {
        strayEvents += 1
        continue
      }
      plan.grids[grid].events += 1
      guard let reported = layer.text(.reported, of: row).flatMap({ ClockTime($0) }) else {
        undatedEvents += 1
        continue
      }
      let closed = layer.text(.closed, of: row).flatMap { ClockTime($0) }
      events.append(TimedEvent(grid: grid, reported: reported, closed: closed))
    }
  }

  private mutating func takeWorkers(_ inputs: PlanInputs) throws {
    guard let layer = inputs.layers.first(where: { $0.kind == .workers }) else { return }
    for row in layer.rows {
      let skills = Self.list(layer.text(.skill, of: row))
      workers.append(
        Worker(
          id: layer.name(of: row), hoursPerWeek: try layer.number(.hours, of: row),
          skills: skills.isEmpty ? ["general"] : skills, base: base(layer, row), grids: Self.list(layer.text(.grid, of: row)),
          knows: Self.list(layer.text(.knows, of: row))))
    }
  }

  /// The post's own point, else the middle of the grid that its base names.
  private func base(_ layer: InputLayer, _ row: Int) -> Point? {
    layer.layer.features[row].geometry?.firstCoordinate
      ?? layer.text(.base, of: row).flatMap { positions[$0] }.map { middles[$0] }
  }

  static func list(_ text: String?) -> [String] {
    (text ?? "").split { ";；|,，、".contains($0) }.map { String($0).trimmingSpaces }.filter { !$0.isEmpty }
  }
}
