public import PlanModel

/// The workload of each grid, in the same order: services plus travel plus setup, in minutes a year.
///
/// W = Σ quantity · timesPerYear · minutes + travel + setup. Travel: each service that goes from
/// stop to stop walks (or drives) one round of the grid's stops for each time a year that it is
/// given; a round is `roundLength` long. Services for a whole grid, for events or along streets
/// have the way in their minutes.
public func workload(
  of demands: [GridDemand], services: [Service], constants: WorkloadConstants
) -> [GridWorkload] {
  demands.map { demand in
    let minutes = services.map { demand.quantity(of: $0.per) * $0.timesPerYear * $0.minutes }
    let travel = services.reduce(0) { $0 + travelMinutes(of: $1, in: demand, constants) }
    var result = GridWorkload(
      code: demand.code, serviceMinutes: minutes, travelMinutes: travel,
      setupMinutes: constants.setupMinutes, workersNeeded: 0)
    result.workersNeeded = result.totalMinutes / (60 * constants.hoursPerYear)
    return result
  }
}

private func travelMinutes(of service: Service, in demand: GridDemand, _ constants: WorkloadConstants) -> Double {
  let stops: Int
  switch service.per {
  case .household, .building: stops = demand.stops
  case .place: stops = demand.places
  case .streetMetre, .hectare, .event, .grid: return 0
  }
  let speed = service.mode == .foot ? constants.walkingSpeed : constants.vehicleSpeed
  let metres = roundLength(stops: stops, squareMetres: demand.hectares * 10_000) * constants.detour
  return service.timesPerYear * metres / speed
}

/// The expected length in metres of a shortest round of `stops` places scattered over an area, as
/// the crow flies.
///
/// 0.7124·√(nA) for many stops (Beardwood, Halton and Hammersley 1959) and more for few: the factor
/// 1 + 0.9/√n meets the known ratio L/√(nA) = 0.7765 at n = 100 and 0.7313 at n = 1,000 within 0.2 %.
public func roundLength(stops: Int, squareMetres: Double) -> Double {
  guard stops > 1, squareMetres > 0 else { return 0 }
  let n = Double(stops)
  return 0.7124 * (1 + 0.9 / n.squareRoot()) * (n * squareMetres).squareRoot()
}
