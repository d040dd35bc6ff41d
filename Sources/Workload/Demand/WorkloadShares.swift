public import PlanModel

extension GridDemand {
  /// What there is to serve in several parts together; ways that were measured don't add up and are left out.
  public init(code: String, joining parts: some Sequence<GridDemand>) {
    self.init(code: code, households: 0)
    for part in parts {
      households += part.households
      buildings += part.buildings
      places += part.places
      streetMetres += part.streetMetres
      hectares += part.hectares
      events += part.events
      stops += part.stops
    }
  }
}

/// The workload of a grid, laid on the parts that it is made of.
public struct WorkloadShares: Sendable, Hashable {
  /// Minutes a year that the grid costs whatever it is made of: services to the grid as a whole, setup.
  public var fixed: Double
  /// Minutes a year of each part; with `fixed` they add up to the grid's workload.
  public var parts: [Double]
}

/// Lays the workload of a grid on its parts, so that moving a part moves about its share.
///
/// What is served at a place counts where it is. A round over n stops in an area A is as long as
/// √(nA): of degree one in both together, so it is the sum of its marginal lengths (Euler), and a part
/// with nᵢ stops on Aᵢ bears ½(nᵢ/n + Aᵢ/A) of it. Ways to events, E·√A, are of degree 3/2: a part bears
/// ⅔Eᵢ/E + ⅓Aᵢ/A. To first order these are what the grid gains or loses with the part.
/// O(parts · services).
public func workloadShares(
  of parts: [GridDemand], services: [Service], constants: WorkloadConstants
) -> WorkloadShares {
  let whole = GridDemand(code: "", joining: parts)
  let load = workload(of: [whole], services: services, constants: constants)[0]
  var result = WorkloadShares(fixed: load.setupMinutes, parts: Array(repeating: 0, count: parts.count))
  for (service, load) in zip(services, load.services) {
    guard service.per != .grid else {
      result.fixed += load.total
      continue
    }
    let quantity = sensible(whole.quantity(of: service.per))
    for (index, part) in parts.enumerated() {
      let direct = quantity > 0 ? load.minutes * sensible(part.quantity(of: service.per)) / quantity : 0
      result.parts[index] += direct + load.roundMinutes * roundShare(of: part, in: whole, service.per, count: parts.count)
    }
  }
  return result
}

/// The share of a part in the rounds of a service.
private func roundShare(of part: GridDemand, in whole: GridDemand, _ subject: ServiceSubject, count: Int) -> Double {
  func share(_ part: Double, _ whole: Double) -> Double { whole > 0 ? part / whole : 1 / Double(count) }
  let area = share(part.hectares, whole.hectares)
  switch subject {
  case .household, .building: return (share(Double(part.stops), Double(whole.stops)) + area) / 2
  case .place: return (share(Double(part.places), Double(whole.places)) + area) / 2
  case .event: return (2 * share(part.events, whole.events) + area) / 3
  case .streetMetre, .hectare, .grid: return area
  }
}
