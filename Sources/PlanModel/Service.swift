/// What one service of a worker is counted by.
public enum ServiceSubject: String, Sendable, Codable, CaseIterable {
  case household, building, place, streetMetre, hectare, event, grid
}

/// How a worker gets to the place of a service.
public enum TravelMode: String, Sendable, Codable, CaseIterable {
  case foot, vehicle
}

/// A service that workers give: what is served, how often, and how long it takes.
///
/// How often is set for the service as a whole, never for a building or a household, so that no
/// frequency marks out a home.
public struct Service: Sendable, Codable, Hashable {
  public var name: String
  public var per: ServiceSubject
  /// How often each one served is served in a year.
  public var timesPerYear: Double
  /// Minutes for one service of one.
  public var minutes: Double
  public var skill: String
  public var mode: TravelMode
  /// Where the figures come from.
  public var source: String?

  public init(
    name: String, per: ServiceSubject, timesPerYear: Double, minutes: Double, skill: String = "general",
    mode: TravelMode = .foot, source: String? = nil
  ) {
    self.name = name
    self.per = per
    self.timesPerYear = timesPerYear
    self.minutes = minutes
    self.skill = skill
    self.mode = mode
    self.source = source
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    name = try values.decode(String.self, forKey: .name)
    per = try values.decode(ServiceSubject.self, forKey: .per)
    timesPerYear = try values.decodeIfPresent(Double.self, forKey: .timesPerYear) ?? 1
    minutes = try values.decode(Double.self, forKey: .minutes)
    skill = try values.decodeIfPresent(String.self, forKey: .skill) ?? "general"
    mode = try values.decodeIfPresent(TravelMode.self, forKey: .mode) ?? .foot
    source = try values.decodeIfPresent(String.self, forKey: .source)
  }
}
