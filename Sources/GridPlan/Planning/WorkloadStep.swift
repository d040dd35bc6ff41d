internal import PlanModel
internal import Planar
internal import Workload

/// The services that a plan's workload rests on.
struct WorkloadProfile: Sendable {
  var services: [Service]
  /// Whether they are the program's own, not the scenario's.
  var isAssumed: Bool
  var constants: WorkloadConstants
}

/// Computes the work that each grid asks for.
enum WorkloadStep {
  static func apply(_ inputs: PlanInputs, _ scenario: Scenario, _ plan: inout Plan) -> WorkloadProfile {
    let profile = WorkloadProfile(
      services: scenario.services.isEmpty ? defaultServices : scenario.services,
      isAssumed: scenario.services.isEmpty, constants: scenario.workload)
    let loads = workload(
      of: demands(inputs, plan), services: profile.services, constants: profile.constants)
    let posts = Dictionary(inputs.posts.compactMap(\.grid).map { ($0, 1.0) }, uniquingKeysWith: +)
    for index in plan.grids.indices {
      plan.grids[index].workloadMinutes = loads[index].totalMinutes
      plan.grids[index].workers = posts.isEmpty ? loads[index].workersNeeded : posts[plan.grids[index].code] ?? 0
    }
    return profile
  }

  private static func demands(_ inputs: PlanInputs, _ plan: Plan) -> [GridDemand] {
    var demands = plan.grids.map { grid in
      GridDemand(
        code: grid.code, households: grid.households, buildings: grid.buildings, hectares: grid.area / 10_000,
        events: Double(grid.events))
    }
    let position = Dictionary(
      plan.grids.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    for building in plan.buildings where building.households > 0 {
      if let grid = building.grid.flatMap({ position[$0] }) { demands[grid].stops += 1 }
    }
    let locator = GridLocator(plan.grids)
    for place in inputs.keyPlaces {
      if let grid = place.point.flatMap({ locator.grid(at: $0) }) { demands[grid].places += 1 }
    }
    for street in inputs.streets {
      for (a, b) in zip(street.points, street.points.dropFirst()) {
        if let grid = locator.grid(at: a.midpoint(to: b)) { demands[grid].streetMetres += a.distance(to: b) }
      }
    }
    return demands
  }
}
