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
  /// Town or country; nil: by the density of households.
  public var setting: GridSetting?
  /// Ways measured along streets; what is nil is estimated.
  public var ways: GridWays

  public init(
    code: String, households: Int, buildings: Int = 0, places: Int = 0, streetMetres: Double = 0,
    hectares: Double = 0, events: Double = 0, stops: Int = 0, setting: GridSetting? = nil,
    ways: GridWays = GridWays()
  ) {
    self.code = code
    self.households = households
    self.buildings = buildings
    self.places = places
    self.streetMetres = streetMetres
    self.hectares = hectares
    self.events = events
    self.stops = stops
    self.setting = setting
    self.ways = ways
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

  /// Town or country, as stated or by the density of households; urban where the area is not known.
  public func setting(_ constants: WorkloadConstants) -> GridSetting {
    if let setting { return setting }
    guard hectares > 0 else { return .urban }
    return Double(households) / hectares < constants.ruralHouseholdsPerHectare ? .rural : .urban
  }
}

/// Ways of a grid in metres on the ground (no detour is added); nil where they are to be estimated.
public struct GridWays: Sendable, Hashable, Codable {
  /// One round over all doors and back to the first.
  public var doorRound: Double?
  /// One round over all places and back to the first.
  public var placeRound: Double?
  /// The mean way from one random door or event to another.
  public var eventWay: Double?
  /// From the worker's base to a door of the grid, one way, on average; nil: the base is in the grid.
  public var base: Double?

  public init(
    doorRound: Double? = nil, placeRound: Double? = nil, eventWay: Double? = nil, base: Double? = nil
  ) {
    self.doorRound = doorRound
    self.placeRound = placeRound
    self.eventWay = eventWay
    self.base = base
  }
}
