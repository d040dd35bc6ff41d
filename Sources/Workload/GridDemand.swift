public import PlanModel

/// What there is to serve in a grid.
public struct GridDemand: Sendable, Hashable {
  public var code: String
  public var households: Int
  public var buildings: Int
  public var places: Int
  public var streetMetres: Double
  public var hectares: Double
  /// Events in a year.
  public var events: Double
  /// Stops of a round: buildings with households, at least one in an inhabited grid.
  public var stops: Int

  public init(
    code: String, households: Int, buildings: Int = 0, places: Int = 0, streetMetres: Double = 0,
    hectares: Double = 0, events: Double = 0, stops: Int = 0
  ) {
    self.code = code
    self.households = households
    self.buildings = buildings
    self.places = places
    self.streetMetres = streetMetres
    self.hectares = hectares
    self.events = events
    self.stops = stops
  }

  /// How many of a service's subject there are.
  public func quantity(of subject: ServiceSubject) -> Double {
    switch subject {
    case .household: Double(households)
    case .building: Double(buildings)
    case .place: Double(places)
    case .streetMetre: streetMetres
    case .hectare: hectares
    case .event: events
    case .grid: 1
    }
  }
}

/// The work that a grid asks for in a year.
public struct GridWorkload: Sendable, Hashable {
  public var code: String
  /// Minutes a year of each service, in the order of the services.
  public var serviceMinutes: [Double]
  /// Minutes a year on the way.
  public var travelMinutes: Double
  public var setupMinutes: Double
  /// Posts that the total asks for, at the constants' net hours.
  public var workersNeeded: Double

  public var totalMinutes: Double { serviceMinutes.reduce(0, +) + travelMinutes + setupMinutes }
}
