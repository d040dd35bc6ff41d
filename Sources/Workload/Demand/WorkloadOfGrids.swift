public import PlanModel

/// The workload of each grid, in the same order: services plus travel plus setup, in minutes a year.
///
/// W = Σ quantity · timesPerYear · minutes + travel + setup. Travel:
/// - a service from stop to stop (households, buildings, places) makes one round of the stops for
///   each time a year that it is given: as long as measured along streets, else the detour times
///   `roundLength`; an event is a way of its own, from a random place in the grid;
/// - along streets, over hectares and for the grid as a whole, the way is in the service's minutes;
/// - where the base is not in the grid, each day's work begins and ends with the way from it.
///
/// A number below 0 or not finite counts as 0; `faults(of:demands:constants:)` finds them. O(n·s).
public func workload(
  of demands: [GridDemand], services: [Service], constants: WorkloadConstants
) -> [GridWorkload] {
  demands.map { demand in
    let loads = services.map { GridReckoning(demand: demand, constants: constants).load(of: $0) }
    let setup = sensible(constants.setupMinutes)
    var result = GridWorkload(
      code: demand.code, setting: demand.setting(constants), services: loads, setupMinutes: setup, workersNeeded: 0)
    if constants.hoursPerYear > 0 { result.workersNeeded = result.totalMinutes / (60 * constants.hoursPerYear) }
    return result
  }
}

/// Reckons the services of one grid.
struct GridReckoning {
  let demand: GridDemand
  let constants: WorkloadConstants

  func load(of service: Service) -> ServiceLoad {
    let quantity = sensible(demand.quantity(of: service.per))
    let times = sensible(service.timesPerYear)
    let minutes = quantity * times * sensible(service.minutes)
    let speed = constants.speed(service.mode, in: demand.setting(constants))
    let round = quantity > 0 ? sensible(times * round(of: service.per) / speed) : 0
    let base = demand.ways.base.map { dayShare(ofWay: $0, speed: speed, constants) * (minutes + round) }
    return ServiceLoad(
      service: service.name, skill: service.skill, mode: service.mode, quantity: quantity, minutes: minutes,
      roundMinutes: round, baseMinutes: base ?? 0)
  }

  /// Metres on the ground for serving everything of `subject` once.
  func round(of subject: ServiceSubject) -> Double {
    let area = sensible(demand.hectares * 10_000)
    switch subject {
    case .household, .building: return demand.ways.doorRound ?? estimatedRound(demand.stops, area)
    case .place: return demand.ways.placeRound ?? estimatedRound(demand.places, area)
    case .event: return sensible(demand.events) * (demand.ways.eventWay ?? constants.detour * meanWay(squareMetres: area))
    case .streetMetre, .hectare, .grid: return 0
    }
  }

  private func estimatedRound(_ stops: Int, _ area: Double) -> Double {
    constants.detour * roundLength(stops: stops, squareMetres: area)
  }
}

/// Minutes on the way between base and grid for each minute of work there: there and back once a day.
///
/// The way shortens the day, so x minutes of work take x/(day − 2·way) days; none where it eats more
/// than nine tenths of a day: then nine.
public func dayShare(ofWay metres: Double, speed: Double, _ constants: WorkloadConstants) -> Double {
  let day = sensible(constants.minutesPerDay)
  let way = sensible(2 * metres / speed)
  guard day > 0 else { return 0 }
  return way < 0.9 * day ? way / (day - way) : 9
}

func sensible(_ value: Double) -> Double { value.isFinite && value > 0 ? value : 0 }
