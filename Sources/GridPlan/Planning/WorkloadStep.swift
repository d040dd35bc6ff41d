internal import PlanModel
internal import Planar
internal import Workload

/// The services that a plan's workload rests on.
struct WorkloadProfile: Sendable {
  var services: [Service]
  /// Whether they are the program's own, not the scenario's.
  var isAssumed: Bool
  var constants: WorkloadConstants

  /// Whether a service counts key places, or metres of street.
  func asksFor(_ subject: ServiceSubject) -> Bool { services.contains { $0.per == subject } }
}

/// Computes the work that each grid asks for.
enum WorkloadStep {
  static func apply(_ inputs: PlanInputs, _ scenario: Scenario, _ plan: inout Plan) -> WorkloadProfile {
    let profile = WorkloadProfile(
      services: scenario.services.isEmpty ? defaultServices : scenario.services,
      isAssumed: scenario.services.isEmpty, constants: scenario.workload)
    let places = profile.asksFor(.place) ? inputs.keyPlaces.compactMap(\.point) : []
    let streets = profile.asksFor(.streetMetre) ? inputs.streets : []
    if !places.isEmpty || !streets.isEmpty { plan.ground?.count(places, streets: streets) }
    let posts = inputs.posts.isEmpty ? nil : Dictionary(inputs.posts.compactMap(\.grid).map { ($0, 1.0) }, uniquingKeysWith: +)
    let served = plan.ground == nil ? GridSubjects(places, streets, plan.grids) : nil
    apply(profile, posts: posts, served, &plan)
    return profile
  }

  /// Reckons the workload of a plan's grids and micro-grids.
  ///
  /// - Parameters:
  ///   - posts: how many posts look after each grid; where nil, as many as the workload asks for.
  ///   - served: places and streets of grids that have no units.
  static func apply(
    _ profile: WorkloadProfile, posts: [String: Double]?, _ served: GridSubjects? = nil, _ plan: inout Plan
  ) {
    var demands = demands(plan.grids, plan.ground?.grid, plan)
    if let served {
      for grid in demands.indices { (demands[grid].places, demands[grid].streetMetres) = (served.places[grid], served.metres[grid]) }
    }
    let loads = workload(of: demands, services: profile.services, constants: profile.constants)
    for (grid, load) in loads.enumerated() {
      plan.grids[grid].workloadMinutes = load.totalMinutes
      plan.grids[grid].workers = posts.map { $0[plan.grids[grid].code] ?? 0 } ?? load.workersNeeded
    }
    applyToMicroGrids(profile, &plan)
  }

  /// A micro-grid asks for what is served in it; what is done once for a grid stays with the grid.
  private static func applyToMicroGrids(_ profile: WorkloadProfile, _ plan: inout Plan) {
    guard !plan.microGrids.isEmpty else { return }
    var constants = profile.constants
    constants.setupMinutes = 0
    let services = profile.services.filter { $0.per != .grid }
    let demands = demands(plan.microGrids, plan.ground?.micro, plan)
    for (grid, load) in workload(of: demands, services: services, constants: constants).enumerated() {
      plan.microGrids[grid].workloadMinutes = load.totalMinutes
      plan.microGrids[grid].workers = load.workersNeeded
    }
  }

  /// - Parameter code: the grid, or the micro-grid, of each unit; nil where the plan has none.
  private static func demands(_ grids: [PlannedGrid], _ code: [String?]?, _ plan: Plan) -> [GridDemand] {
    var stops: [String: Int] = [:]
    for (row, home) in plan.buildings.enumerated() where home.households > 0 {
      let unit = plan.ground?.unitOfHome[row]
      if let grid = code == nil ? home.grid : unit.flatMap({ code![$0] }) { stops[grid, default: 0] += 1 }
    }
    let places = code.flatMap { plan.ground?.sums(plan.ground!.places, by: $0) } ?? [:]
    let metres = code.flatMap { plan.ground?.sums(plan.ground!.streetMetres, by: $0) } ?? [:]
    return grids.map { grid in
      GridDemand(
        code: grid.code, households: grid.households, buildings: grid.buildings, places: places[grid.code] ?? 0,
        streetMetres: metres[grid.code] ?? 0, hectares: grid.area / 10_000, events: Double(grid.events),
        stops: stops[grid.code] ?? 0)
    }
  }
}

/// Key places and metres of street in each of the grids of today.
struct GridSubjects {
  private(set) var places: [Int]
  private(set) var metres: [Double]

  init(_ points: [Point], _ streets: [StreetLine], _ grids: [PlannedGrid]) {
    places = Array(repeating: 0, count: grids.count)
    metres = Array(repeating: 0, count: grids.count)
    guard !points.isEmpty || !streets.isEmpty else { return }
    let locator = GridLocator(grids)
    for point in points { if let grid = locator.grid(at: point) { places[grid] += 1 } }
    for street in streets {
      for (a, b) in zip(street.points, street.points.dropFirst()) {
        if let grid = locator.grid(at: a.midpoint(to: b)) { metres[grid] += a.distance(to: b) }
      }
    }
  }
}
