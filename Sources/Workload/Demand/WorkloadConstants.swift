public import PlanModel

/// Constants of the workload that hold for all services. Settings, not facts: every report states them.
public struct WorkloadConstants: Sendable, Hashable, Codable {
  /// Net working hours of one post in a year. 40 h a week over 248 days are 1,984 h gross; plans
  /// reckon with 1,500 to 1,700 net.
  public var hoursPerYear = 1600.0
  /// Working hours a week of a full post.
  public var hoursPerWeek = 40.0
  /// Working minutes of a full day; each day begins and ends at the base.
  public var minutesPerDay = 480.0
  /// Metres a minute on foot; 80 to 95 is usual.
  public var walkingSpeed = 85.0
  /// Metres a minute by vehicle in town, about 15 km/h door to door.
  public var vehicleSpeed = 250.0
  /// Metres a minute on foot in the country: the lower end of what is usual.
  public var ruralWalkingSpeed = 80.0
  /// Metres a minute by vehicle in the country, 36 km/h: an assumption.
  public var ruralVehicleSpeed = 600.0
  /// Metres on the ground for a metre as the crow flies, where ways are not measured along streets;
  /// 1.2 to 1.4 is usual.
  public var detour = 1.3
  /// Minutes a grid and year for what no service counts.
  public var setupMinutes = 0.0
  /// A grid with fewer households a hectare is worked at the speeds of the country, unless it says
  /// what it is: an assumption.
  public var ruralHouseholdsPerHectare = 1.0

  public init() {}

  /// The speed of a mode in metres a minute.
  public func speed(_ mode: TravelMode, in setting: GridSetting) -> Double {
    switch (mode, setting) {
    case (.foot, .urban): walkingSpeed
    case (.foot, .rural): ruralWalkingSpeed
    case (.vehicle, .urban): vehicleSpeed
    case (.vehicle, .rural): ruralVehicleSpeed
    }
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    func read(_ key: CodingKeys, _ value: inout Double) throws {
      value = try values.decodeIfPresent(Double.self, forKey: key) ?? value
    }
    try read(.hoursPerYear, &hoursPerYear)
    try read(.hoursPerWeek, &hoursPerWeek)
    try read(.minutesPerDay, &minutesPerDay)
    try read(.walkingSpeed, &walkingSpeed)
    try read(.vehicleSpeed, &vehicleSpeed)
    try read(.ruralWalkingSpeed, &ruralWalkingSpeed)
    try read(.ruralVehicleSpeed, &ruralVehicleSpeed)
    try read(.detour, &detour)
    try read(.setupMinutes, &setupMinutes)
    try read(.ruralHouseholdsPerHectare, &ruralHouseholdsPerHectare)
  }
}

/// Whether a grid is worked at the speeds of a town or of the country.
public enum GridSetting: String, Sendable, Codable, CaseIterable {
  case urban, rural
}
